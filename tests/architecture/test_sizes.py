"""Files stay small enough to be read in one go."""

from tests.architecture.layers import ROOT

LIMIT = 300
HARD_LIMIT = 400
TEMPLATE_LIMIT = 150
EXCEPTIONS: dict[str, str] = {}  # path: why it may be longer


def _long(pattern: str, folder: str, limit: int) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for path in sorted((ROOT / folder).rglob(pattern))
        if "migrations" not in path.parts
        for lines in [len(path.read_text().splitlines())]
        if lines > limit and str(path.relative_to(ROOT)) not in EXCEPTIONS
    ]


def test_python_files_are_short():
    found = [
        line for folder in ("src", "tools", "benchmarks") for line in _long("*.py", folder, LIMIT)
    ]
    assert found == [], "split the file along what it talks about"


def test_test_files_are_not_endless():
    assert _long("test_*.py", "tests", HARD_LIMIT) + _long("test_*.py", "src", HARD_LIMIT) == []


def test_templates_are_short():
    assert _long("*.html", "src", TEMPLATE_LIMIT) == []
