"""What every main procedure of punishment must promise, and what every deadline must say."""

import pytest
import yaml

from zhiheng.rulebook.loader import PROJECT_ROOT, load

PROMISES = {"notice", "window", "review", "once", "not_heavier"}
EVERY = sorted(load(PROJECT_ROOT).procedures)
MAIN = [name for name in EVERY if name.startswith("penalty.")]


def excused(procedure):
    """Promises that the invariants' file says cannot be broken here, with reasons."""
    found = {}
    for path in sorted((PROJECT_ROOT / "invariants").glob("*.yaml")):
        raw = yaml.safe_load(path.read_text("utf-8"))
        if raw["procedure"] == procedure:
            found |= raw.get("does_not_arise", {})
    return found


@pytest.mark.parametrize("name", MAIN)
def test_each_promise_is_an_invariant_or_excused_with_a_reason(name, real):
    promised = {tag for each in real.procedure(name).invariants for tag in each.covers}
    excuses = excused(name)
    assert promised | set(excuses) == PROMISES
    assert promised.isdisjoint(excuses), "是承诺就不必说不会发生"


@pytest.mark.parametrize("name", MAIN)
def test_no_promise_is_kept_by_saying_true(name, real):
    for each in real.procedure(name).invariants:
        if each.covers:
            assert each.must.variables, f"{each.id} 什么都没有说"
            assert each.basis, f"{each.id} 没有依据"


def test_an_ordinary_procedure_without_a_promise_is_noticed(real_tree):
    path = real_tree / "invariants" / "penalty.ordinary.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("    covers: [once]\n", ""), "utf-8")
    book = load(real_tree)
    promised = {
        tag for each in book.procedure("penalty.ordinary").invariants for tag in each.covers
    }
    assert promised == PROMISES - {"once"}


def deadlines_of(book, name):
    """Every deadline that a procedure starts, meets, or reads a fact of."""
    procedure = book.procedure(name)
    steps = procedure.steps.values()
    used = {each for step in steps for each in (*step.starts, *step.meets)}
    return used | {book.all_facts[fact].deadline for fact in procedure.facts} - {""}


@pytest.mark.parametrize("name", EVERY)
def test_every_deadline_of_a_procedure_has_a_start_a_unit_and_a_basis(name, real):
    for each in sorted(deadlines_of(real, name)):
        found = real.parameters[each]
        assert found.kind == "deadline", each
        assert found.starts, f"{each} 没有写自何时起算"
        assert found.values, f"{each} 没有写多长"
        for value in found.values:
            assert value.unit in ("ND", "WD", "M", "Y", "H"), each
            assert value.basis, f"{each} 没有依据"
