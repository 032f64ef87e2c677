"""When the remedies against a decision are exhausted, and by which the party went.

Law: 行政强制法第五十三条; 行政复议法第二十条、第二十三条、第七十八条; 行政诉讼法第四十五、四十六条.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from zhiheng.cases.models import Case, Side
from zhiheng.cases.owing import REMEDY
from zhiheng.kernel import deadlines
from zhiheng.kernel.terms import DeadlineRule
from zhiheng.ledger import api as ledger
from zhiheng.procedures import api as procedures

RECONSIDERATION, LITIGATION = "remedy.reconsideration", "remedy.litigation"
HANDED_IN = "remedy.handed_in"
AFTER = "remedy.after-reconsideration"
ANSWERED = ("UPHELD", "REJECTED")  # what is withdrawn, settled or ended is no answer
CHANGED = ("ANNULLED", "PARTLY", "CHANGED", "VOID")

SAID = {
    "NONE": "被申请人在法定期限内没有申请行政复议，也没有提起行政诉讼。",
    "REFUSED": "被申请人申请行政复议，复议机关不予受理，被申请人在法定期限内没有提起行政诉讼。",
    "LEFT": "被申请人申请的行政复议没有作出决定即告结束，被申请人在法定期限内没有提起行政诉讼。",
    "RECONSIDERED": "复议机关没有改变本决定，被申请人在法定期限内没有提起行政诉讼。",
    "TRIED": "被申请人提起行政诉讼，生效裁判没有改变本决定。",
}


@dataclass(frozen=True, slots=True)
class Remedies:
    """What became of the remedies: the last day for another, by which way, whether one runs.

    `end` is None while it cannot be told: a year's holidays are not published.
    """

    end: date | None
    way: str
    running: bool
    overturned: bool

    def over(self, on: date) -> bool:
        """Whether the decision stands and nothing can be brought against it any more."""
        return self.end is not None and on > self.end and not (self.running or self.overturned)

    @property
    def said(self) -> str:
        """The sentence for the court."""
        return SAID[self.way]


def remedies_of(case: Case) -> Remedies:
    """What became of the remedies against the decision of a case.

    Who was answered by the reconsideration organ has fifteen days for a suit, whatever was left
    of the six months; what was decided on the spot is reconsidered first.
    """
    rows = Side.objects.filter(case=case, procedure_id__startswith=REMEDY)
    sides = list(rows.select_related("dossier__run").order_by("-number"))
    way, end = _end(case, sides)
    return Remedies(
        end=end, way=way, running=any(each.closed_on is None for each in sides),
        overturned=any(
            each.state in ("OVERTURNED", "COMPLIED")
            and _fact(each, "overturned_kind", "ANNULLED") in CHANGED
            for each in sides
        ),
    )  # fmt: skip


def _end(case: Case, sides: list[Side]) -> tuple[str, date | None]:
    for each in sides:
        if each.procedure_id == LITIGATION and each.state == "UPHELD":
            return "TRIED", each.closed_on
        answered = _fact(each, "upheld_kind", "UPHELD") in ANSWERED
        if each.procedure_id == RECONSIDERATION and each.state == "UPHELD" and answered:
            return "RECONSIDERED", last_day(AFTER, case, start=_answered_on(each))
        if each.procedure_id == HANDED_IN and _fact(each, "not_accepted_kind", "") == "REFUSED":
            return "REFUSED", _later(case, last_day(AFTER, case, start=_answered_on(each)))
    left = any(each.procedure_id == RECONSIDERATION and each.state == "UPHELD" for each in sides)
    return "LEFT" if left else "NONE", _of_the_decision(case)


def _later(case: Case, last: date | None) -> date | None:
    """The later of this day and the end of what began with the decision."""
    first = _of_the_decision(case)
    return max(first, last) if first and last else None


def _answered_on(side: Side) -> date:
    """The day the party got the answer: the period for a suit begins; the entry, where unknown."""
    said = _fact(side, "reconsidered_on", None)
    return date.fromisoformat(said) if said else side.closed_on or side.opened_on


def last_day(rule_id: str, case: Case, *, start: date) -> date | None:
    """The last day of a period of a case from a day that is not counted; None where no rule is."""
    terms = procedures.terms_of(
        rule_id, on=start, domain=case.dossier.run.domain, region=case.region_code
    )  # fmt: skip
    if terms is None:
        return None
    rule = DeadlineRule(
        amount=terms.amount, unit=terms.unit, roll=terms.roll, excludes=tuple(terms.excludes),
        rule_id=terms.id, title=terms.title,
    )  # fmt: skip
    return deadlines.compute(rule, start=start, calendar=ledger.current_calendar()).due_on


def _of_the_decision(case: Case) -> date | None:
    """The last day of the longer remedy, of those that began when the decision was served."""
    days = []
    for rule_id in (RECONSIDERATION, LITIGATION):
        clock = ledger.get_deadline(case.dossier, rule_id)
        if clock is None:
            continue
        if clock.due_on is None:
            return None
        days.append(clock.due_on)
    return max(days, default=None)


def _fact(side: Side, name: str, initial: Any) -> Any:
    return side.dossier.run.facts.get(name, initial)
