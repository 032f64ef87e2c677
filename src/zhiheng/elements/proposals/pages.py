"""What the screens of proposals may use."""

from dataclasses import dataclass, field

from zhiheng.elements.candidates.pages import Clause
from zhiheng.elements.history import Change
from zhiheng.elements.links import Pointer
from zhiheng.elements.models import Proposal
from zhiheng.elements.proposals.comparing import ThreeWay
from zhiheng.elements.proposals.rules import Step
from zhiheng.web.faces import ActFace, Link, Table, WayPoint
from zhiheng.web.paging import Page


@dataclass(frozen=True)
class EditPage:
    """The form of a change: what is edited, who else is at it."""

    title: str
    lead: str
    crumbs: list[Link]
    back_href: str
    action: str
    others: list[str] = field(default_factory=list)
    pointing: list[Pointer] = field(default_factory=list)
    notice: str = ""
    notice_href: str = ""
    pointing_note: str = "它终止以后，这些就没有着落了。先改掉它们，或者在下面选一并终止。"


@dataclass(frozen=True)
class ProposalPage:
    """One proposal: what changes, what it touches, where it stands, who comes next."""

    proposal: Proposal
    crumbs: list[Link]
    way: list[WayPoint]
    facts: list[tuple[str, object]]
    changes: tuple[Change, ...]
    touched: Table
    next_who: str
    why_not_me: str
    steps: list[tuple[Step, str]]
    acts: list[ActFace]
    files: Table
    element_href: str = ""
    edit_href: str = ""
    carry_href: str = ""
    file_href: str = ""
    stale: str = ""
    clauses: list[Clause] = field(default_factory=list)


@dataclass(frozen=True)
class StepPage:
    """One step before it is taken."""

    title: str
    note: str
    heading: str
    back_href: str
    danger: bool


@dataclass(frozen=True)
class CarryPage:
    """Three columns: as it was, as it is now, as the drafter wants it."""

    proposal: Proposal
    who: str
    rows: list[ThreeWay]
    back_href: str


@dataclass(frozen=True)
class ProposalListPage:
    """Proposals, newest first."""

    filters: list[Link]
    table: Table
    rows: Page[Proposal]
