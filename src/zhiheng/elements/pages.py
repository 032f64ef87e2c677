"""What each screen of the element centre may use."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from zhiheng.elements.history import Moment
from zhiheng.elements.models import ElementRecord
from zhiheng.elements.proposals.selectors import Waiting
from zhiheng.elements.registers import Register
from zhiheng.web.faces import ActFace, Link, Table
from zhiheng.web.paging import Page


@dataclass(frozen=True)
class Shelf:
    """A few doors under one heading: (link, what lies behind it); `count` is how many it holds."""

    title: str
    note: str
    rows: list[tuple[Link, str]]


@dataclass(frozen=True)
class HomePage:
    """What waits for me, the registers with how many they hold, tools, recent changes."""

    waiting: list[Waiting]
    takes_part: bool
    shelves: list[Shelf]
    tools: list[Shelf]
    recent: list[ActFace]
    tones: dict[str, Any] = field(default_factory=dict)
    imports_waiting: bool = False
    upkeep_waiting: int = 0

    @property
    def upkeep_count(self) -> str:
        """How many lines wait to be cleared, up to a hundred."""
        return str(self.upkeep_waiting) if self.upkeep_waiting < 100 else "99+"

    @property
    def nothing_waits(self) -> bool:
        """Whether the list of what waits is empty."""
        return not (self.waiting or self.imports_waiting or self.upkeep_waiting)


@dataclass(frozen=True)
class ListPage:
    """One register on a day, as known now or at a moment: rows paged, what was searched."""

    register: Register
    rows: Page[Any]
    table: Table
    query: str
    on: date
    is_today: bool
    crumbs: list[Link]
    known: datetime | None = None
    new_href: str = ""
    dictionary_href: str = ""
    mine: bool = False
    may_import: bool = False
    may_export: bool = False


@dataclass(frozen=True)
class DictionaryPage:
    """The fields of a register."""

    register: Register
    table: Table
    crumbs: list[Link]


@dataclass(frozen=True)
class PartySection:
    """The party behind a subject: matters of every agency, merges, likely twins."""

    rows: Page[Any] | None
    matters: Table | None
    merges: Table
    twins: list[Link]
    survivor_href: str


@dataclass(frozen=True)
class ShowPage:
    """One element: the version shown, its facts, what stands beside it, its history."""

    register: Register
    title: str
    record: ElementRecord
    facts: list[tuple[str, Any]]
    header: list[tuple[str, Any]]
    masked: bool
    tables: list[Table]
    history: Table
    moments: list[Moment]
    geometry: dict[str, Any]
    crumbs: list[Link]
    on: date
    known: datetime | None
    asked: bool
    missing: bool
    gone: bool
    files: Table
    edits: list[Link]
    under_way: list[Link]
    dictionary_href: str
    party: PartySection | None = None
    stopped: str = ""
