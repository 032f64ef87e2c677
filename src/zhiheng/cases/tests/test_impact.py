"""Which open matters a change of the rules touches: cases, what runs beside them, one item's."""

import pytest

from tests import cast
from zhiheng.cases.management.commands.rulebook import touched
from zhiheng.rulebook import api as rulebook
from zhiheng.rulebook.impact import Change, reach

pytestmark = pytest.mark.django_db


def change(kind, name, item=""):
    steps = reach(book=rulebook.current(), kind=kind, name=name)
    return Change(kind, name, name, "changed", (), steps, item)


@pytest.fixture
def matters():
    """A case under investigation, and evidence registered beside it."""
    cast.county()
    return cast.living_case(), cast.living_side()


def test_a_guard_of_a_side_proceeding_touches_what_runs_beside_a_case(matters):
    case, side = matters
    lines = list(touched([change("guard", "G-022")]))
    assert len(lines) == 2
    assert side.dossier.number in lines[0]
    assert "登记保存" in lines[0]
    assert case.number in side.dossier.number
    assert lines[-1].startswith("在办事项 1 件")


def test_a_deadline_touches_the_case_and_the_side_that_reckon_by_it(matters):
    case, side = matters
    assert side.dossier.number in "".join(touched([change("parameter", "registration.disposal")]))
    found = "".join(touched([change("parameter", "penalty.defence-window")]))
    assert f"{case.number} " in found
    assert side.dossier.number not in found


def test_a_discretion_table_touches_the_open_cases_of_its_item_alone(matters):
    case, _ = matters
    table = rulebook.current().tables["discretion.catering-fume"]
    assert table.item == case.item.code
    mine = list(touched([change("table", table.id, table.item)]))
    assert case.number in mine[0]
    assert "在办事项 1 件" in mine[-1]
    others = list(touched([change("table", "discretion.shopfront", "QH-CG-018")]))
    assert others == ["在办事项 0 件还要走到改动的步骤。"]


def test_a_matter_that_two_changes_touch_is_told_once(matters):
    case, _ = matters
    table = rulebook.current().tables["discretion.catering-fume"]
    lines = list(touched([change("guard", "G-065"), change("table", table.id, table.item)]))
    assert sum(case.number in line for line in lines) == 1
