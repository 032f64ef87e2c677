"""What each screen of the work list may use."""

from dataclasses import dataclass, field
from typing import Any

from zhiheng.elements.models import LawChange, UpkeepItem, UpkeepNote
from zhiheng.elements.upkeep.selectors import Progress
from zhiheng.web.faces import Link, Table
from zhiheng.web.paging import Page


@dataclass(frozen=True)
class Cause:
    """One reason with how far its list has emptied."""

    title: str
    href: str
    progress: Progress
    on: bool = False


@dataclass(frozen=True)
class UpkeepPage:
    """The work list: causes with progress, filters, rows."""

    causes: list[Cause]
    filters: list[Link]
    severities: list[Link]
    rows: Page[Any]
    table: Table
    heading: str
    settled: bool
    owners: list[tuple[str, str]]
    owner: str
    kept: list[tuple[str, str]]
    crumbs: list[Link]


@dataclass(frozen=True)
class LinePage:
    """One line: what is wrong, where to mend it, what was done, what may be done now."""

    item: UpkeepItem
    facts: list[tuple[Any, ...]]
    notes: list[UpkeepNote]
    places: list[dict[str, Any]]
    may_work: bool
    is_open: bool
    forms: dict[str, Any] = field(default_factory=dict)
    crumbs: list[Link] = field(default_factory=list)


@dataclass(frozen=True)
class ChangesPage:
    """Law changes, the newest first, each with its progress."""

    rows: Page[Any]
    lines: list[tuple[LawChange, str, str, Progress]]
    crumbs: list[Link]


@dataclass(frozen=True)
class Touched:
    """The lines of one kind."""

    title: str
    table: Table
    progress: Progress
    more_href: str = ""


@dataclass(frozen=True)
class ChangePage:
    """One change: what differs, who is touched, how far the list has emptied."""

    change: LawChange
    lead: str
    facts: list[tuple[Any, ...]]
    articles: Table
    groups: list[Touched]
    progress: Progress
    crumbs: list[Link]
    left_out: int = 0
