"""The tables of guards and procedures follow from the rulebook."""

from zhiheng.rulebook import api as rulebook
from zhiheng.rulebook.elsewhere import elsewhere
from zhiheng.rulebook.loader import PROJECT_ROOT
from zhiheng.rulebook.reference import guards_page
from zhiheng.rulebook.reference_procedures import into_readme, procedures_page

README = PROJECT_ROOT.parent / "README.md"
PROCEDURES = PROJECT_ROOT.parent / "docs" / "reference" / "procedures.md"
MAKE = "请运行 manage.py rulebook table --output docs/reference/procedures.md --readme README.md"
PAGE = PROJECT_ROOT.parent / "docs" / "reference" / "guards.md"


def test_the_table_of_guards_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == guards_page(rulebook.load()), (
        "请运行 manage.py rulebook guards --output docs/reference/guards.md"
    )


def test_the_table_has_a_row_for_each_guard():
    page = guards_page(rulebook.load())
    rows = [line for line in page.splitlines() if line.startswith("| G-")]
    assert len(rows) == len(rulebook.load().guards)


def test_a_guard_tells_its_articles_its_steps_and_its_stories():
    row = next(
        line for line in guards_page(rulebook.load()).splitlines() if line.startswith("| G-065 ")
    )
    assert "第四十五条" in row
    assert "作出处罚决定" in row
    assert "penalty.ordinary/" in row


def test_the_tables_of_procedures_are_up_to_date():
    book = rulebook.load()
    assert PROCEDURES.read_text(encoding="utf-8") == procedures_page(book), MAKE
    text = README.read_text(encoding="utf-8")
    assert text == into_readme(book, text), MAKE


def test_the_table_in_readme_has_a_row_for_each_procedure():
    book, text = rulebook.load(), README.read_text(encoding="utf-8")
    for name in book.procedures:
        procedure = book.procedure(name)
        assert f"| {procedure.title} | {len(procedure.steps)} |" in text


def test_what_is_held_elsewhere_names_files_and_tests_that_are_there():
    root = PROJECT_ROOT.parent
    for one in elsewhere(root=PROJECT_ROOT, schemas=PROJECT_ROOT / "_schema"):
        assert (one.state == "NOT_YET") == (not one.test), f"{one.id}：没有测试的不许写成守住"
        assert (one.state == "NOT_YET") == (not one.where), one.id
        for path in one.where:
            assert (root / path).is_file(), f"{one.id}：没有 {path}"
        for named in one.test:
            path, _, name = named.partition("::")
            assert (root / path).is_file(), f"{one.id}：没有 {path}"
            assert not name or f"def {name}(" in (root / path).read_text(encoding="utf-8"), named


def test_no_guard_is_said_to_be_held_elsewhere_that_a_step_holds():
    book = rulebook.load()
    found = {one.id for one in elsewhere(root=PROJECT_ROOT, schemas=PROJECT_ROOT / "_schema")}
    assert not found & set(book.guards)
