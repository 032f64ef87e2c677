"""What components show: small frozen records that any context fills in.

Templates read attributes only, so a dict with the same keys or a model with the same attributes
serves as well. Times are dates or aware datetimes; the templates write them the same way everywhere.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

Tone = Literal["", "info", "ok", "warn", "stop", "plain"]


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere; without an address they are only words. `key` sorts it in."""

    label: str
    href: str = ""
    on: bool = False
    count: int | str | None = None
    icon: str = ""
    key: str = ""


@dataclass(frozen=True)
class Shelf:
    """Links of one kind, folded away under their heading unless open."""

    title: str
    links: list[Link]
    open: bool = False


@dataclass(frozen=True)
class WayPoint:
    """One station on a procedure's line. `state`: done, now, todo, skip."""

    title: str
    state: str = "todo"
    when: date | datetime | str | None = None
    note: str = ""


@dataclass(frozen=True)
class CountedDay:
    """One day of a period: whether it counted, and why or why not."""

    day: date
    counted: bool
    why: str = ""


@dataclass(frozen=True)
class ClockFace:
    """One deadline: what is left, until when, what it counts and what it leaves out."""

    label: str
    left: int | None = None
    unit: str = "天"
    due: date | datetime | None = None
    tone: Tone = ""
    used: str = ""
    excludes: tuple[str, ...] = ()
    basis: str = ""
    note: str = ""
    provisional: bool = False
    days: tuple[CountedDay, ...] = ()


@dataclass(frozen=True)
class Finding:
    """Why a step is closed or doubtful. `mode`: block, warn or list; `missing`: where to put it right."""

    message: str
    basis: str = ""
    facts: str = ""
    missing: tuple[Link, ...] = ()
    next_step: str = ""
    mode: str = "block"


@dataclass(frozen=True)
class ListedFace:
    """Something listed for supervisors: what, at which step and when, what was made of it."""

    title: str
    note: str
    href: str
    state: str
    tone: Tone = ""


@dataclass(frozen=True)
class StepFace:
    """One next step. `status`: offered, warned, blocked, done."""

    title: str
    status: str = "offered"
    summary: str = ""
    href: str = ""
    action: str = "去办"
    primary: bool = False
    findings: tuple[Finding, ...] = ()
    override_href: str = ""
    who: str = ""


@dataclass(frozen=True)
class Digest:
    """A law article in a line or two, as it reads on the right day."""

    title: str
    text: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class ActFace:
    """One thing that happened: what, who, when."""

    title: str
    who: str = ""
    when: datetime | None = None
    note: str = ""
    href: str = ""
    digest: str = ""
    tone: Tone = ""


@dataclass(frozen=True)
class Cell:
    """A table cell: text, and how it is shown. `kind`: text, num, date, tag, strong, money.

    Law that a text cites is linked as it stood `on` a day, or stands today.
    """

    text: object
    kind: str = "text"
    tone: Tone = ""
    href: str = ""
    note: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Table:
    """Columns and rows; on a phone each row becomes a card headed by its first cell."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | str, ...], ...]
    caption: str = ""


@dataclass(frozen=True)
class Stat:
    """One figure with its meaning."""

    value: str
    label: str
    tone: Tone = ""
    note: str = ""
    href: str = ""


@dataclass(frozen=True)
class EvidenceFace:
    """One piece of evidence in the grid. `kind` is its Chinese kind, `thumb` the address of a small picture."""

    title: str
    kind: str
    href: str = ""
    thumb: str = ""
    when: date | datetime | None = None
    who: str = ""
    state: str = ""
    tone: Tone = ""
    icon: str = "file-text"


@dataclass(frozen=True)
class DocumentFace:
    """One document row: title, number, state, date, where it opens."""

    title: str
    number: str = ""
    state: str = ""
    tone: Tone = ""
    when: date | datetime | None = None
    href: str = ""
    action: str = "打开"
    note: str = ""


@dataclass(frozen=True)
class ConfirmPage:
    """A page that asks before something that cannot be undone (template `web/confirm.html`)."""

    title: str
    lines: tuple[str, ...]
    action: str
    back_href: str
    danger: bool = False
    hidden: tuple[tuple[str, str], ...] = ()


def clock_face(
    *, label: str, due: date | None, on: date, unit: str = "天", soon: int = 3, **more: object
) -> ClockFace:
    """Build a clock from a due date as seen on a day; red when late, amber when it runs short."""
    if due is None:
        return ClockFace(label=label, unit=unit, **more)  # type: ignore[arg-type]
    left = (due - on).days
    tone: Tone = "stop" if left < 0 else "warn" if left <= soon else ""
    return ClockFace(label=label, left=left, unit=unit, due=due, tone=tone, **more)  # type: ignore[arg-type]


def value_of(thing: Any, key: str) -> Any:
    """A value of a record, a model or a dict alike; None when it has none."""
    return thing.get(key) if isinstance(thing, dict) else getattr(thing, key, None)
