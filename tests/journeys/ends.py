"""Which ending is reached by which journey: a table, held against what the journey really reached."""

from collections.abc import Iterator

from zhiheng.ledger import api as ledger
from zhiheng.rulebook import api as rulebook


def reached() -> set[str]:
    """The endings that the record of acts tells of: procedure/STATE, of everything there is."""
    return {end for act in ledger.Act.objects.exclude(rule_id="") for end in _end_of(act.rule_id)}


def _end_of(rule_id: str) -> Iterator[str]:
    procedure_id, _, step_id = rule_id.partition("/")
    book = rulebook.current()
    if procedure_id not in book.procedures:
        return
    procedure = book.procedure(procedure_id)
    step = procedure.steps.get(step_id)
    if step and step.to and procedure.states[step.to].final:
        yield f"{procedure_id}/{step.to}"
