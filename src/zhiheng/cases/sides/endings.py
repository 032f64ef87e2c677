"""How enforcement beside a case has ended, as far as the case may close by it (law.md A.13)."""

from collections.abc import Iterable
from datetime import date

from zhiheng.cases.models import Case, Side
from zhiheng.rulebook import api as rulebook

# The end of an enforcement, by procedure and state, as the rulebook's `execution_end` names it.
ENDINGS = {
    ("execution.court", "EXECUTED"): "EXECUTED", ("execution.own", "EXECUTED"): "EXECUTED",
    ("execution.court", "ENDED"): "ENDED", ("execution.own", "ENDED"): "ENDED",
    ("execution.court", "PARTLY"): "ENDED",
}  # fmt: skip
WITH_COURT = ("ACCEPTED", "RULED")


def ending_facts(case: Case, *, on: date, sides: Iterable[Side]) -> dict[str, str]:
    """The fact `execution_end`: executed, lawfully ended, accepted by a court where that suffices."""
    found = [(each.procedure_id, each.state) for each in sides if _of_the_fine(each)]
    ends = {ENDINGS[each] for each in found if each in ENDINGS}
    for end in ("EXECUTED", "ENDED"):
        if end in ends:
            return {"execution_end": end}
    accepted = any(each == ("execution.court", state) for each in found for state in WITH_COURT)
    if accepted and _closes_by_court(case, on=on):
        return {"execution_end": "COURT_ACCEPTED"}
    return {"execution_end": "NONE"}


def _of_the_fine(side: Side) -> bool:
    """Whether it enforces the fine: who has pulled a building down still owes what was fined."""
    if side.procedure_id != "execution.own":
        return True
    return bool(side.dossier.run.facts.get("execution_object", "MONEY") == "MONEY")


def _closes_by_court(case: Case, *, on: date) -> bool:
    found = rulebook.current().parameter(
        "execution.closing-by-court", on=on, domain=case.dossier.run.domain,
        region=case.region_code,
    )  # fmt: skip
    return bool(found.value)
