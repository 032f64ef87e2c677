"""Deadlines of the rulebook, counted by the kernel; and the facts that they decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from zhiheng.kernel.calendar import WorkCalendar, default_calendar
from zhiheng.kernel.deadlines import DeadlineRule, Due, Suspension, compute
from zhiheng.rulebook.book import Rulebook
from zhiheng.rulebook.model import Value
from zhiheng.rulebook.problems import Problem, RulebookError, UnknownRule
from zhiheng.rulebook.source import read_yaml

FULL = 100
MORNING, SHANGHAI = time(9), ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Running:
    """A deadline of a matter: since when, until when if that is known, and whether it was met."""

    started_on: date
    due_on: date | None
    met: bool = False


def deadline_rule(
    rulebook: Rulebook, id: str, *, on: date, region: str = "", domain: str = ""
) -> DeadlineRule:
    """Return how a deadline is counted for a matter that starts on a day in a region and domain.

    Raises:
        UnknownRule: no such deadline, or none in force.
    """
    value = rulebook.parameter(id, on=on, region=region, domain=domain)
    parameter = rulebook.parameters[id]
    if parameter.kind != "deadline" or not isinstance(value.value, int):
        raise UnknownRule(
            f"{id}（{parameter.title}）不是期限。", next_step="请换一个 kind: deadline 的参数。"
        )
    rule: Any = DeadlineRule  # the schema has checked unit and roll
    found: DeadlineRule = rule(
        amount=value.value,
        unit=value.unit,
        roll=value.roll,
        excludes=value.excludes,
        rule_id=id,
        title=parameter.title,
    )
    return found


def due(
    rulebook: Rulebook,
    id: str,
    *,
    start: date | datetime,
    suspensions: Sequence[Suspension] = (),
    region: str = "",
    domain: str = "",
    calendar: WorkCalendar | None = None,
) -> Due:
    """Return when a deadline of the rulebook ends, and how each day was counted.

    A period of hours that began on a day without a known hour is counted from the morning.
    """
    on = start.date() if isinstance(start, datetime) else start
    rule = deadline_rule(rulebook, id, on=on, region=region, domain=domain)
    if rule.unit == "H" and not isinstance(start, datetime):
        start = datetime.combine(start, MORNING, SHANGHAI)
    return compute(
        rule, start=start, suspensions=suspensions, calendar=calendar or calendar_of(rulebook.root)
    )


def deadline_facts(
    rulebook: Rulebook, names: Iterable[str], running: Mapping[str, Running], on: date
) -> dict[str, Value]:
    """Return the facts that deadlines decide, on a day.

    A deadline that has not been started, that is met, or whose end is not known yet (a year
    not published, a clock that stands still) leaves its facts at their initial value.
    """
    found: dict[str, Value] = {}
    for name in names:
        fact = rulebook.all_facts[name]
        if not fact.deadline:
            continue
        clock = running.get(fact.deadline)
        found[name] = fact.initial
        if clock is not None and not clock.met and clock.due_on is not None:
            found[name] = _is_over(clock, clock.due_on, fact.share, on)
    return found


def _is_over(clock: Running, due_on: date, share: int, on: date) -> bool:
    if not share:
        return on > due_on
    return (on - clock.started_on).days * FULL >= (due_on - clock.started_on).days * share


@lru_cache(maxsize=8)
def calendar_of(root: Path) -> WorkCalendar:
    """Return the working-day calendar with the years that the rulebook adds.

    Raises:
        RulebookError: a calendar file cannot be read.
    """
    contents = []
    problems: list[Problem] = []
    for path in sorted((root / "parameters" / "calendar").glob("*.yaml")):
        content, found = read_yaml(path=path, name=path.relative_to(root).as_posix())
        problems += found
        contents.append(content)
    if problems:
        raise RulebookError(problems=problems)
    return default_calendar(overrides=contents)
