"""Pure reading of a procedure: what facts become, who waits for whom, which clock starts when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhiheng.people.api import Actor
from zhiheng.rulebook.api import Fact, Procedure, Step, StepReading

# The day from which a period runs is the day the step says it happened, when it says so.
DAY_FACTS = ("served_on",)


# Who looks when nobody in particular does: for to-dos, where any fit person is meant.
NOBODY = Actor(
    account_id=0, name="系统", username="", roles=frozenset(), region_code="", agency_code=""
)


@dataclass(frozen=True)
class Offer:
    """One step as this person sees it today.

    `mine`: this person may take it; otherwise `who` says in one sentence who may. `cures`
    are the steps, open from this state, that settle what blocks it.
    """

    step: Step
    reading: StepReading
    mine: bool
    who: str
    cures: tuple[Step, ...] = ()

    @property
    def is_blocked(self) -> bool:
        """Whether a guard forbids the step now."""
        return self.reading.status == "BLOCKED"


def day_of(*, values: Mapping[str, Any], on: date) -> date:
    """The day on which the step legally happened: the day it names, else today."""
    named = (values.get(name) for name in DAY_FACTS)
    return next((day for day in named if isinstance(day, date)), on)


def cures_of(*, procedure: Procedure, state: str, reading: StepReading) -> tuple[Step, ...]:
    """Steps open from this state that settle what blocks the step; a return is no cure."""
    wanted = {fix.step for finding in reading.blocks for fix in finding.fixed_by}
    return tuple(
        step
        for step in procedure.steps_from(state)
        if step.id in wanted and step.id != reading.step.id and not step.returns_to
    )


def roles_of(offers: Iterable[Offer]) -> dict[str, list[Offer]]:
    """Per role, the offers that wait for it: the next primary steps, or what would unblock them.

    What settles a block may itself be blocked (a hearing is held after it was arranged): then
    what settles that waits. A matter is on somebody's list as long as it is open: where the next
    primary step is blocked and no step settles it (only time does), its own role keeps it.
    """
    by_id = {offer.step.id: offer for offer in offers}
    result: dict[str, list[Offer]] = {}
    waiting: dict[str, Offer] = {}
    for offer in by_id.values():
        if offer.step.primary:
            waiting |= {each.step.id: each for each in _openings(offer, by_id, set()) or [offer]}
    for offer in waiting.values():
        for role in offer.step.by:
            result.setdefault(role, []).append(offer)
    return result


def _openings(offer: Offer, by_id: Mapping[str, Offer], seen: set[str]) -> list[Offer]:
    """The offer itself if it is open, else the open steps that lead to it."""
    if not offer.is_blocked:
        return [offer]
    seen.add(offer.step.id)
    cures = [by_id[step.id] for step in offer.cures if step.id not in seen]
    return [each for cure in cures for each in _openings(cure, by_id, seen)]


def is_answer(fact: Fact, value: Any) -> bool:
    """Whether a choice answers the question: 无 and 不予处罚 do, 未选 and 未举行 do not."""
    return value != "NONE" or not str(fact.choices.get("NONE", "")).startswith("未")


def stored(value: Any) -> Any:
    """A fact as it is kept in JSON: a date as its ISO text, the rest as it is."""
    return value.isoformat() if isinstance(value, date) else value


def live(value: Any, type_: str) -> Any:
    """A kept fact as the rulebook takes it: a date as a date."""
    return date.fromisoformat(value) if type_ == "date" and isinstance(value, str) else value
