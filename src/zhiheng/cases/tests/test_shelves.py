"""The many steps and side proceedings of a case page, under headings."""

import pytest

from zhiheng.cases import shelves
from zhiheng.rulebook import api as rulebook
from zhiheng.web.faces import Link

BOOK = rulebook.current()
EVERY = [BOOK.procedure(key) for key in BOOK.procedures]
MAIN = [p for p in EVERY if p.id.startswith("penalty.")]


def links(*keys: str) -> list[Link]:
    return [Link(key, f"/{key}/", key=key) for key in keys]


def test_a_few_stand_together_without_a_heading():
    found = shelves.shelved(links("suspend", "show_id"), shelves.STEPS)
    assert [(one.title, one.open, len(one.links)) for one in found] == [("", True, 2)]
    assert shelves.shelved([], shelves.STEPS) == []
    both = shelves.shelved(links("educate"), shelves.STEPS, first=links("order"))
    assert [link.key for one in both for link in one.links] == ["order", "educate"]


def test_many_are_sorted_under_headings_of_which_the_first_is_open():
    given = links("suspend", "withdraw", "record_site", "new_step", "show_id", "educate", "resume")
    found = shelves.shelved(given, shelves.STEPS, first=links("order"))
    told = [(one.title, one.open, [link.key for link in one.links]) for one in found]
    assert told == [
        ("", True, ["order"]),
        ("取证", True, ["show_id", "record_site"]),
        ("改正与从宽", False, ["educate"]),
        ("期限", False, ["suspend", "resume"]),
        ("别的走向", False, ["withdraw"]),
        ("其他", False, ["new_step"]),
    ]


@pytest.mark.parametrize("procedure", MAIN, ids=lambda p: p.id)
def test_every_step_beside_the_main_line_has_its_heading(procedure):
    known = {key for keys in shelves.STEPS.values() for key in keys}
    assert {step.id for step in procedure.steps.values() if not step.primary} <= known


def test_every_side_proceeding_has_its_heading_and_no_heading_names_what_is_not():
    known = {key for keys in shelves.SIDES.values() for key in keys}
    assert known == {p.id for p in EVERY if p.attaches}
    steps = {step for p in MAIN for step in p.steps}
    assert {key for keys in shelves.STEPS.values() for key in keys} <= steps
