"""What the case screens may show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from zhiheng.cases.discretion.scale import Scale
from zhiheng.cases.models import Case, Interference
from zhiheng.documents import api as documents
from zhiheng.evidence import api as evidence
from zhiheng.ledger import api as ledger
from zhiheng.procedures.pages import state_title
from zhiheng.web.faces import (
    ActFace,
    Cell,
    ClockFace,
    Digest,
    DocumentFace,
    EvidenceFace,
    Link,
    ListedFace,
    Shelf,
    Stat,
    StepFace,
    Table,
    Tone,
    WayPoint,
)
from zhiheng.web.paging import Page

TABS = (("documents", "文书"), ("evidence", "证据"), ("party", "当事人"), ("facts", "事实与裁量"),
        ("acts", "全过程"))  # fmt: skip
document_faces = documents.document_faces
EVIDENCE_TONES: dict[str, Tone] = {"VERIFIED": "ok", "COLLECTED": "warn", "EXCLUDED": "stop"}


@dataclass(frozen=True)
class CaseListPage:
    """Cases in scope, with search and filters."""

    filters: list[Link]
    table: Table
    rows: Page[Case]
    query: str
    problem: str = ""
    title: str = "案件"


@dataclass(frozen=True)
class SideFace:
    """One side proceeding on the case's screen."""

    title: str
    href: str
    state: str
    tone: Tone
    when: date
    due: date | None = None


@dataclass(frozen=True)
class CasePage:
    """The dossier of a case: where it stands, what can be done, everything in it."""

    case: Case
    state: str
    way: list[WayPoint]
    clocks: list[ClockFace]
    steps: list[StepFace]
    more: list[Shelf]
    law: list[Digest]
    acts: list[ActFace]
    act_count: int
    tabs: list[Link]
    tab: str
    documents: list[DocumentFace]
    evidence: list[EvidenceFace]
    facts: list[tuple[Any, ...]]
    party: list[tuple[Any, ...]]
    handlers: list[tuple[str, str]]
    handlers_href: str
    log_href: str
    tags: list[tuple[str, str]]
    over: bool
    sides: list[SideFace]
    begin: list[Shelf]
    weighing: list[Link]
    meddling_href: str = ""
    reviewer_href: str = ""
    listed: Sequence[ListedFace] = ()


@dataclass(frozen=True)
class SpotPage:
    """Beginning a case on the spot; what lies unfinished stands above."""

    open: list[Link]
    find: str
    more: bool
    candidates: list[Any]
    chosen: str
    party_href: str
    card_href: str
    title: str = "当场处罚"


@dataclass(frozen=True)
class SpotCasePage:
    """One phase of a case on the spot: what to read out, what is asked, where else to go."""

    case: Case
    phase: str
    title: str
    state: str
    told: str
    findings: tuple[Any, ...]
    paper: list[tuple[str, Any]]
    paper_href: str
    code_svg: str
    order: list[tuple[str, Any]]
    case_href: str
    ways: list[Link]
    law: list[Digest]


@dataclass(frozen=True)
class SidePage:
    """What runs beside a case: where it stands, what can be done, its papers and acts."""

    title: str
    number: str
    heading: str
    back_href: str
    state: str
    way: list[WayPoint]
    clocks: list[ClockFace]
    steps: list[StepFace]
    more: list[Link]
    law: list[Digest]
    acts: list[ActFace]
    act_count: int
    documents: list[DocumentFace]
    panel: list[tuple[Any, ...]]
    facts: list[tuple[Any, ...]]
    log_href: str
    over: bool
    listed: Sequence[ListedFace] = ()


@dataclass(frozen=True)
class EntrustListPage:
    """What an organ has entrusted."""

    table: Table
    rows: Page[ledger.Dossier]
    title: str = "委托书"


@dataclass(frozen=True)
class StepPage:
    """The form of one step of a case; `closed` while something is missing that no form here asks."""

    title: str
    note: str
    back_href: str
    heading: str
    findings: tuple[Any, ...]
    law: list[Digest]
    known: list[tuple[Any, ...]]
    acted_on: date | None = None
    before: Link | None = None
    closed: bool = False
    scale: Scale | None = None


@dataclass(frozen=True)
class InterferencePage:
    """Interference that was written down, for supervisors."""

    table: Table
    rows: Page[Interference]
    tabs: list[Link]
    title: str = "干预登记"


@dataclass(frozen=True)
class TodoRow:
    """One to-do: the step, the matter, the day and what ends then; `left` days, where there is a day."""

    title: str
    about: str
    number: str
    href: str
    due: str
    due_note: str
    tone: str
    reason: str
    left: int | None
    end: str = ""


@dataclass(frozen=True)
class TodoGroup:
    """What is due at about the same time."""

    key: str
    title: str
    note: str
    rows: list[TodoRow]


@dataclass(frozen=True)
class TodoPage:
    """What waits for the person, by when; where the rest stands when not all of it fits."""

    greeting: str
    filters: list[Link]
    stats: list[Stat]
    groups: list[TodoGroup]
    next_href: str
    reminders: list[Link]
    lists: list[Link]


def case_table(cases: list[Case]) -> Table:
    """Cases as rows."""
    rows = tuple(
        (
            Cell(c.party_name, "strong", href=reverse("case", args=[c.code]), note=c.number),
            Cell(c.item_name),
            Cell(_state_of(c), "tag", tone_of(c.state)),
            Cell(c.lead.name),
            Cell(c.filed_on or c.proposed_on, "date"),
            Cell(c.due_on, "date") if c.due_on and not c.fine_cents else Cell("—"),
        )
        for c in cases
    )
    return Table(("当事人", "案由", "状态", "主办", "立案", "决定期限"), rows, "案件列表")


def _state_of(case: Case) -> str:
    """The state in the words of the procedure that the case follows."""
    dossier = case.dossier
    return state_title(dossier.procedure_id, dossier.procedure_version, case.state)


def tone_of(state: str) -> Tone:
    """The tone of a state's tag."""
    if state in ("ARCHIVED", "CLOSED", "PERFORMED"):
        return "ok"
    ended = ("NOT_FILED", "WITHDRAWN", "TRANSFERRED", "HANDED_ON", "ENDED")
    return "plain" if state in ended else "info"


def evidence_faces(rows: Iterable[evidence.EvidenceItem]) -> list[EvidenceFace]:
    """Evidence as tiles."""
    return [
        EvidenceFace(
            title=row.title, kind=row.get_kind_display(),
            href=reverse("evidence_item", args=[row.pk]),
            thumb=reverse("evidence_thumb", args=[row.pk]) if row.is_image else "",
            when=row.collected_at, who="、".join(c["name"] for c in row.collectors),
            state=row.get_status_display(), tone=EVIDENCE_TONES[row.status],
        )
        for row in rows
    ]  # fmt: skip
