"""The typed rulebook: what the files say, resolved, immutable and cheap to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from zhiheng.rulebook.expressions import Expression

Value = bool | int | str | date | None | tuple[str, ...]
NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule stands: file relative to the rulebook, and line."""

    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """Dates `[from_, until)`; an open end is None."""

    from_: date
    until: date | None = None

    def contains(self, on: date) -> bool:
        """Say whether the rule is in force on that day."""
        return self.from_ <= on and (self.until is None or on < self.until)

    def overlaps(self, other: Span) -> bool:
        """Say whether any day belongs to both."""
        return (self.until is None or other.from_ < self.until) and (
            other.until is None or self.from_ < other.until
        )


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a statute: its number in Chinese and a digest in our words."""

    number: str
    zh: str
    digest: str


@dataclass(frozen=True, slots=True)
class Statute:
    """An instrument that is cited, with the days it is in force."""

    id: str
    title: str
    short: str
    level: str
    adopted: date | None
    in_force: Span
    source: str
    articles: Mapping[str, Article]
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Basis:
    """A citation, already put into words: 《行政处罚法》第四十五条第二款."""

    statute: str
    article: str
    paragraph: str
    item: str
    text: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """Who compared the rule with the statute's text, and when; `unverified` shows as 待核."""

    by: str
    on: date | None = None
    note: str = ""

    @property
    def verified(self) -> bool:
        """Say whether a lawyer has compared it."""
        return self.by == "legal"


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One value of a parameter, for the days, domain and region it holds."""

    value: int | str
    span: Span
    domain: str
    region: str
    basis: tuple[Basis, ...]
    checked: Checked
    unit: str
    roll: str = "none"
    excludes: tuple[str, ...] = ()
    note: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Parameter:
    """An amount, limit or deadline that the law sets, with all its dated values."""

    id: str
    title: str
    unit: str
    kind: str
    starts: str
    values: tuple[DatedValue, ...]
    may_set: tuple[str, ...] = ()
    direction: str = "free"
    whose: str = "agency"
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known or not yet known about a matter; CEL speaks of it by its id."""

    id: str
    title: str
    type: str
    source: str
    initial: Value
    choices: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    explore: tuple[Value, ...] = ()
    fixed_by: str = ""
    deadline: str = ""
    share: int = 0
    varies: bool = False
    optional: bool = False
    multiline: bool = False
    personal: bool = False
    help: str = ""
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class GuardCase:
    """An example of a guard that is also its test."""

    name: str
    given: Mapping[str, Value]
    holds: bool
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition that a step must meet, with its article and what to tell the officer."""

    id: str
    title: str
    when: Expression
    basis: tuple[Basis, ...]
    mode: str
    says: str
    override: str
    facts_shown: tuple[str, ...]
    span: Span | None
    status: str
    checked: Checked
    cases: tuple[GuardCase, ...]
    region: str = ""
    domain: str = ""
    second_lock: str = ""
    listed_as: str = ""
    place: Place = field(default=Place(), compare=False)

    def in_force(self, on: date) -> bool:
        """Say whether the guard speaks on that day."""
        return self.status in ("active", "trial") and (self.span is None or self.span.contains(on))
