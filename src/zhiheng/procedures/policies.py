"""Pure reading of a procedure: what facts become, who waits for whom, which clock starts when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhiheng.people.api import Actor
from zhiheng.rulebook.api import Fact, Procedure, Step, StepReading

# What a line of a form takes, and the largest numbers that can be meant.
LONGEST_LINE = 200
LARGEST = {"int": 100_000, "cents": 10**13}

# The day from which a period runs is the day that follows from the matter's own clocks (an
# extension begins where the first period ends), or the day the step says it happened.
DAY_FACTS = ("_starts_on", "served_on", "remedy_received_on", "transfer_receipt_on",
             "police_decided_on", "handed_in_on", "cash_handed_on", "cash_landed_on",
             "paid_on")  # fmt: skip


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

    @property
    def may_wait(self) -> bool:
        """Whether what blocks the step may also settle itself with the end of a period."""
        return any(
            finding.known[fix.fact].deadline
            for finding in self.reading.blocks
            for fix in finding.fixed_by
        )


def day_of(*, values: Mapping[str, Any], on: date) -> date:
    """The day on which the step legally happened: the day it names, else today."""
    named = (values.get(name) for name in DAY_FACTS)
    return next((day for day in named if isinstance(day, date)), on)


def cures_of(*, procedure: Procedure, state: str, reading: StepReading) -> tuple[Step, ...]:
    """Steps open from this state that settle what blocks the step.

    A return is no cure, and nobody is sent to what the law allows by way of exception only.
    """
    wanted = {fix.step for finding in reading.blocks for fix in finding.fixed_by}
    return tuple(
        step
        for step in procedure.steps_from(state)
        if step.id in wanted
        and step.id != reading.step.id
        and not (step.returns_to or step.exceptional)
    )


def awaited(offers: Iterable[Offer], *, pressing: bool = False) -> list[Offer]:
    """The next primary steps, or what would unblock them; and what somebody has asked for.

    What settles a block may itself be blocked (a hearing is held after it was arranged): then
    what settles that waits. Where nothing does (only time), the blocked step itself remains.

    Args:
        offers: every step from the present state.
        pressing: leave out what would spare a period that also ends by itself.
    """
    by_id = {offer.step.id: offer for offer in offers}
    waiting: dict[str, Offer] = {}
    for offer in by_id.values():
        if offer.step.primary:
            waits = pressing and offer.is_blocked and offer.may_wait
            opened = [] if waits else _openings(offer, by_id, set())
            waiting |= {each.step.id: each for each in opened or [offer]}
        elif offer.step.asked_for and not offer.is_blocked:
            waiting[offer.step.id] = offer
    return list(waiting.values())


def roles_of(offers: Iterable[Offer]) -> dict[str, list[Offer]]:
    """Per role, the offers that wait for it; a matter is on a list as long as it is open."""
    result: dict[str, list[Offer]] = {}
    for offer in awaited(offers):
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


def gap(fact: Fact, value: Any) -> str:
    """What is wrong with an answer that is no answer, as a sentence; empty if it is one."""
    if type(value) is int and value < 0:
        return f"{fact.title}不能是负数。"
    if type(value) is int and value > LARGEST.get(fact.type, value):
        return f"{fact.title}太大，请核对是不是多打了几位。"
    if isinstance(value, str) and not fact.multiline and len(value) > LONGEST_LINE:
        return f"{fact.title}最多 {LONGEST_LINE} 个字，请写短一些。"
    if fact.optional:
        return ""
    if value is None or (isinstance(value, str) and not value.strip()):
        return f"请填写{fact.title}。"
    return "" if is_answer(fact, value) else f"请选择{fact.title}。"


def stored(value: Any) -> Any:
    """A fact as it is kept in JSON: a date as its ISO text, the rest as it is."""
    return value.isoformat() if isinstance(value, date) else value


def live(value: Any, type_: str) -> Any:
    """A kept fact as the rulebook takes it: a date as a date."""
    return date.fromisoformat(value) if type_ == "date" and isinstance(value, str) else value
