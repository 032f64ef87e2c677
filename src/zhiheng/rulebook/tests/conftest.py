"""A small rulebook to break, and the real one."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from zhiheng.rulebook.book import Rulebook
from zhiheng.rulebook.loader import PROJECT_ROOT, load
from zhiheng.rulebook.problems import RulebookError

MINI = Path(__file__).parent / "fixtures" / "mini"
Edit = Callable[[str, str, str], None]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the small rulebook that a test may change."""
    return Path(shutil.copytree(MINI, tmp_path / "mini"))


@pytest.fixture
def edit(tree: Path) -> Edit:
    def change(file: str, old: str, new: str) -> None:
        path = tree / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


@pytest.fixture
def says(tree: Path) -> Callable[[], str]:
    """The problems that loading the changed copy tells."""

    def problems() -> str:
        with pytest.raises(RulebookError) as caught:
            load(tree)
        return "\n".join(map(str, caught.value.problems))

    return problems


@pytest.fixture(scope="session")
def mini() -> Rulebook:
    return load(MINI)


@pytest.fixture(scope="session")
def real() -> Rulebook:
    return load(PROJECT_ROOT)


@pytest.fixture
def real_tree(tmp_path: Path) -> Path:
    """A copy of the real rulebook (without documents) that a test may break."""
    return Path(
        shutil.copytree(PROJECT_ROOT, tmp_path / "real", ignore=shutil.ignore_patterns("documents"))
    )
