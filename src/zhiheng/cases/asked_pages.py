"""What the screens of those asked from outside a case may show."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from zhiheng.cases.models import Asked
from zhiheng.elements import api as elements
from zhiheng.kernel.clock import local_date
from zhiheng.procedures.pages import state_title
from zhiheng.web.faces import Cell, ClockFace, Digest, EvidenceFace, Link, StepFace, Table
from zhiheng.web.paging import Page


@dataclass(frozen=True)
class AskedListPage:
    """What was asked of this person or organ."""

    title: str
    table: Table
    rows: Page[Asked]


@dataclass(frozen=True)
class AskedPage:
    """One question, what it needs of the case, what can be answered."""

    title: str
    heading: str
    number: str
    back_href: str
    state: str
    clocks: list[ClockFace]
    steps: list[StepFace]
    more: list[Link]
    asked: list[tuple[Any, ...]]
    facts: list[tuple[Any, ...]]
    evidence: list[EvidenceFace]
    law: list[Digest]


def asked_table(rows: list[Asked], name: str) -> Table:
    """Questions as rows; of the case only its item is named."""
    cells = []
    codes = {row.side.case.agency_code for row in rows}
    organs = {code: elements.get_body(code).name for code in codes}
    for row in rows:
        side, dossier = row.side, row.side.dossier
        over = side.closed_on is not None
        cells.append((
            Cell(side.case.item_name, "strong", href=reverse(name, args=[row.pk]), note=dossier.number),
            Cell(dossier.title.partition("：")[0]), Cell(organs[side.case.agency_code]),
            Cell(state_title(side.procedure_id, dossier.procedure_version, side.state), "tag",
                 "plain" if over else "info"),
            Cell(local_date(row.asked_at), "date"),
        ))  # fmt: skip
    return Table(("事项", "请求", "提出机关", "状态", "收到"), tuple(cells), "征询列表")
