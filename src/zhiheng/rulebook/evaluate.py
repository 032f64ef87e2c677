"""Is a step open to this matter today, and if not: which guard, which article, which fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhiheng.rulebook import words
from zhiheng.rulebook.book import Rulebook
from zhiheng.rulebook.findings import Facts, Finding, Status, StepReading
from zhiheng.rulebook.model import Fact, Guard
from zhiheng.rulebook.tables import Procedure, Step


def evaluate_step(
    rulebook: Rulebook,
    procedure: Procedure,
    step_id: str,
    state: str,
    facts: Facts,
    on: date,
    *,
    given: Facts | None = None,
    region: str = "",
    domain: str = "",
) -> StepReading:
    """Return how a step stands on a day.

    Args:
        rulebook: the rules.
        procedure: the version under which the matter was opened.
        step_id: the step.
        state: where the matter stands.
        facts: what is known; names that are not there count as not known.
        on: the day whose law is applied to guards.
        given: what the person filled in; None while the form is still empty, then guards that
            read an asked fact are pending instead of failing.
        region: region code; adds the guards of its packs.
        domain: domain of the matter; guards of other domains are left out.
    """
    step = procedure.steps[step_id]
    if state not in step.from_:
        return StepReading(step, Status.BLOCKED, (), _elsewhere(procedure, step, state))
    looked = _Look(rulebook, procedure, on, region, domain)
    before = {**facts, **given} if given else facts
    after = facts_after(rulebook, step, facts, given or {}) if step.guards_after else before
    waits = frozenset((*step.asks, *step.chooses)) if given is None else frozenset()
    findings = (
        *looked.at(step, before, waits, after=False),
        *looked.at(step, after, waits, after=True),
    )
    broken = {finding.mode for finding in findings if finding.holds is False}
    if "block" in broken:
        return StepReading(step, Status.BLOCKED, findings)
    return StepReading(step, Status.WARNED if "warn" in broken else Status.OFFERED, findings)


def _elsewhere(procedure: Procedure, step: Step, state: str) -> str:
    here = procedure.states[state].title if state in procedure.states else state
    there = "、".join(procedure.states[code].title for code in step.from_)
    return f"现在是“{here}”，“{step.title}”要到“{there}”才能办。"


@dataclass(frozen=True, slots=True)
class _Look:
    """What stays the same while the guards of one step are looked at."""

    rulebook: Rulebook
    procedure: Procedure
    on: date
    region: str
    domain: str

    def at(
        self, step: Step, values: Facts, waits: frozenset[str], *, after: bool
    ) -> Iterator[Finding]:
        book, known = self.rulebook, self.rulebook.all_facts
        for guard in book.guards_of(
            procedure=self.procedure, step=step.id, after=after, region=self.region
        ):
            if not guard.in_force(self.on):
                continue
            if guard.domain and self.domain and guard.domain != self.domain:
                continue
            holds: bool | None = None
            error = ""
            if waits.isdisjoint(guard.when.variables):
                holds, error = judge(guard=guard, values=values, known=known)
            mode = book.mode_of(guard=guard, region=self.region)
            yield Finding(guard, mode, holds, values, error, self.procedure, known)


def offered(
    rulebook: Rulebook,
    procedure: Procedure,
    state: str,
    facts: Facts,
    on: date,
    *,
    region: str = "",
    domain: str = "",
) -> list[StepReading]:
    """Return every step that starts in this state, open or closed, in the order of the file."""
    return [
        evaluate_step(rulebook, procedure, step.id, state, facts, on, region=region, domain=domain)
        for step in procedure.steps_from(state)
    ]


def judge(*, guard: Guard, values: Facts, known: Mapping[str, Fact]) -> tuple[bool, str]:
    """Return whether a guard holds; a fact of a wrong type or not known never lets it pass."""
    program_facts = {}
    for name in guard.when.variables:
        value = values.get(name)
        fact = known[name]
        if value is not None:
            reader, kinds = READERS[fact.type]
            fits = type(value) in kinds
            if fits and reader is not None:
                value = reader(value)
                fits = value is not None
            if not fits:
                return False, f"“{fact.title}”登记的值不对（{values[name]!r}），不能判断。"
        program_facts[name] = value
    try:
        return guard.when.program.execute(program_facts) is True, ""
    except Exception:
        missing = [known[n].title for n in guard.when.variables if program_facts[n] is None]
        if missing:
            return False, f"还不能判断：{'、'.join(missing)}还没有登记。"
        return False, "还不能判断：规则在这些事实下算不出来，请告诉系统管理员。"


def facts_after(rulebook: Rulebook, step: Step, facts: Facts, given: Facts) -> dict[str, Any]:
    """Return the facts as a step leaves them: cleared, then filled in, then set.

    A deadline that the step starts is running anew, so the facts that tell its end are as at
    the beginning.
    """
    after = dict(facts)
    for name in step.clears:
        after[name] = rulebook.all_facts[name].initial
    after.update(given)
    after.update(step.sets)
    if step.starts:
        for name in facts:
            fact = rulebook.all_facts.get(name)
            if fact is not None and fact.deadline in step.starts:
                after[name] = fact.initial
    return after


def initial_facts(rulebook: Rulebook, procedure: Procedure) -> dict[str, Any]:
    """Return the facts of a matter on which nothing has happened yet."""
    return rulebook.initial_facts(procedure)


def given_errors(rulebook: Rulebook, step: Step, given: Facts) -> dict[str, str]:
    """Return, for each filled-in value that cannot be, a sentence for the field."""
    allowed = {*step.asks, *step.chooses}
    errors = {}
    for name, raw in given.items():
        fact = rulebook.all_facts.get(name)
        if fact is None or name not in allowed:
            errors[name] = f"“{step.title}”不填 {name}。"
            continue
        value = words.as_fact_value(fact=fact, raw=raw)
        if wrong := words.value_error(fact=fact, value=value):
            errors[name] = f"{wrong}。"
    return errors


def _ordinal(value: date | str) -> int | None:
    """Return the day number; None when the text is no day."""
    try:
        return (date.fromisoformat(value) if isinstance(value, str) else value).toordinal()
    except ValueError:
        return None


Reader = Callable[[Any], Any]
READERS: dict[str, tuple[Reader | None, tuple[type, ...]]] = {
    "bool": (None, (bool,)),
    "int": (None, (int,)),
    "cents": (None, (int,)),
    "text": (None, (str,)),
    "enum": (None, (str,)),
    "date": (_ordinal, (date, str)),
    "list": (list, (list, tuple)),
}
