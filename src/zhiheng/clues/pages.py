"""What the clue screens may show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zhiheng.clues.models import Clue
from zhiheng.clues.selectors import InformantCard
from zhiheng.procedures.pages import state_title
from zhiheng.web.faces import (
    ActFace,
    Cell,
    ClockFace,
    Digest,
    DocumentFace,
    Link,
    ListedFace,
    StepFace,
    Table,
    Tone,
    WayPoint,
)
from zhiheng.web.paging import Page

TONES: dict[str, Tone] = {"RECEIVED": "warn", "MATCHED": "info", "CHECKED": "warn", "FILED": "ok"}


@dataclass(frozen=True)
class ClueListPage:
    """A list of clues, filters above."""

    filters: list[Link]
    table: Table
    rows: Page[Clue]
    may_register: bool


@dataclass(frozen=True)
class CluePage:
    """One clue: what was reported, where it stands, what can be done."""

    clue: Clue
    state: str
    tone: str
    way: list[WayPoint]
    clocks: list[ClockFace]
    steps: list[StepFace]
    more: list[Link]
    law: list[Digest]
    acts: list[ActFace]
    facts: list[tuple[Any, ...]]
    informant: InformantCard | None
    documents: list[DocumentFace]
    case_href: str
    listed: Sequence[ListedFace] = ()


@dataclass(frozen=True)
class StepPage:
    """The form of one step."""

    title: str
    note: str
    back_href: str
    heading: str
    findings: tuple[Any, ...]
    law: list[Digest]
    may_find: bool = False
    find: str = ""


def table_of(clues: list[Clue], *, href: Any) -> Table:
    """Clues as rows; a card each on a phone."""
    rows = tuple(
        (
            Cell(clue.description[:40], "strong", href=href(clue), note=clue.place),
            Cell(clue.get_source_display()),
            Cell(clue.item.name if clue.item else "待匹配"),
            Cell(clue.handler.name if clue.handler else "待分派"),
            Cell(state_of(clue), "tag", TONES.get(clue.state, "plain")),
            Cell(clue.received_at, "date"),
        )
        for clue in clues
    )
    return Table(("反映的问题", "来源", "事项", "核查人", "状态", "收到"), rows, "线索列表")


def state_of(clue: Clue) -> str:
    """The state in words."""
    return state_title("clue.intake", 1, clue.state)
