"""A rule of upkeep: how a fault is found, what it says, what to do, how soon.

Rules read sets of rows in a constant number of queries. They never look at one element at a time.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from zhiheng.elements.models import Severity
from zhiheng.rulebook import api as rulebook

MEND = {
    Severity.HIGH: "upkeep.mend.high",
    Severity.MEDIUM: "upkeep.mend.medium",
    Severity.LOW: "upkeep.mend.low",
}


@dataclass(frozen=True)
class Fault:
    """One element that a rule complains of.

    `happens_on`: first day on which it no longer holds, where known. `cause` tells faults of one
    element and one rule apart. `slug`/`uid` where the page to mend it on is another's.
    """

    key: str
    title: str
    says: str
    region_code: str
    owner_id: int | None = None
    agency_code: str = ""
    happens_on: date | None = None
    cause: str = ""
    slug: str = ""
    uid: str = ""


Find = Callable[[date, date], Iterable[Fault]]


@dataclass(frozen=True)
class Rule:
    """A kind of fault in one register.

    `find(on, until)` returns what is wrong on the day, and what will be by `until` (excluded
    faults end later). `ahead` names the parameter that says how many days ahead it looks.
    """

    id: str
    title: str
    register: str
    severity: Severity
    next_step: str
    mended: str
    find: Find
    ahead: str = ""

    def faults(self, on: date) -> Iterable[Fault]:
        """What is wrong on a day, and what will be within the days ahead."""
        return self.find(on, on + timedelta(days=number(self.ahead, on) if self.ahead else 0))


_rules: dict[str, Rule] = {}


def register(*rules: Rule) -> None:
    """Add rules; the same id again replaces the rule."""
    for one in rules:
        _rules[one.id] = one


def every() -> dict[str, Rule]:
    """All rules by id."""
    from zhiheng.elements.upkeep import corpus, expiring, links, missing

    for module in (links, missing, expiring, corpus):
        for one in module.RULES:
            _rules.setdefault(one.id, one)
    return dict(_rules)


def number(parameter: str, on: date) -> int:
    """A number of the rulebook on a day: days, or per cent."""
    return _number(rulebook.current().version, parameter, on)


@lru_cache(maxsize=256)
def _number(version: str, parameter: str, on: date) -> int:
    return int(rulebook.current().parameter(parameter, on=on).value)


def due_on(*, happens_on: date | None, found_on: date, severity: str) -> date:
    """The day by which a fault is to be mended: before it happens, else so many days after."""
    if happens_on is not None and happens_on > found_on:
        return happens_on
    return found_on + timedelta(days=number(MEND[Severity(severity)], found_on))
