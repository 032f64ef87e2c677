"""What the screens of supervision may show."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from zhiheng.elements import api as elements
from zhiheng.kernel.ciphers import open_field
from zhiheng.kernel.clock import local_date
from zhiheng.ledger import api as ledger
from zhiheng.procedures.api import SupervisionClue
from zhiheng.procedures.pages import procedure_title
from zhiheng.rulebook import api as rulebook
from zhiheng.supervision.models import Answer
from zhiheng.supervision.selectors import Wanted
from zhiheng.web.faces import Cell, Link, Table, Tone
from zhiheng.web.paging import Page

TONES: dict[str, Tone] = {"PENDING": "warn", "CONFIRMED": "stop", "DISMISSED": "plain"}
STATES = (
    ("PENDING", "待核实"),
    ("CONFIRMED", "已核实属实"),
    ("DISMISSED", "不构成问题"),
    ("all", "全部"),
)
COLUMNS = ("办理日期", "发生了什么", "案件", "机关", "依据", "核实")
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class ListPage:
    """Supervision clues within reach, with filters; `exports` are the addresses of the files."""

    tabs: list[Link]
    filters: list[Link]
    guards: Choices
    agencies: Choices
    wanted: Wanted
    state: str
    table: Table
    rows: Page[SupervisionClue]
    exports: list[Link]
    title: str = "监督线索"


@dataclass(frozen=True)
class OverduePage:
    """Periods that ended before what they asked for was done, whether or not a step followed."""

    tabs: list[Link]
    filters: list[Link]
    table: Table
    rows: Page[ledger.Deadline]
    title: str = "逾期的期限"


@dataclass(frozen=True)
class Said:
    """What somebody wrote, opened."""

    who: str
    at: Any
    text: str


@dataclass(frozen=True)
class CluePage:
    """One clue: what was found, what the officer says, what the supervisor found."""

    clue: SupervisionClue
    title: str
    state: str
    tone: Tone
    back: Link
    facts: list[tuple[Any, ...]]
    basis: str
    explanation: Said | None
    verification: Said | None
    explain_form: Any = None
    verify_form: Any = None


def agency_names(codes: list[str], *, on: date) -> dict[str, str]:
    """Names of agencies; one that is no longer registered keeps its code."""
    return {code: code for code in codes} | {
        body.code: body.name for body in elements.bodies_of(codes, on)
    }


def guard_choices() -> Choices:
    """The rules that list, in order of their ids."""
    guards = rulebook.current().guards.values()
    return sorted((g.id, g.title) for g in guards if g.mode == "list" or g.status == "trial")


def late(clue: SupervisionClue) -> str:
    """When the periods behind the clue ended, and by how many calendar days the step came after.

    What was done in time and only entered late says so.
    """
    told = []
    for lapse in clue.lapses:
        due = date.fromisoformat(lapse["due_on"])
        after = f"超 {(clue.happened_on - due).days} 天"
        if clue.happened_on <= due:
            after = f"所填的日期是 {clue.happened_on}，{clue.acted_on} 才登记"
        told.append(f"{lapse['title']} {due} 到期，{after}")
    return "；".join(told)


def step_title(clue: SupervisionClue) -> str:
    """The step as it was called when it was taken."""
    return clue.act.title


def law_of(clue: SupervisionClue) -> str:
    """The articles; a rule that no lawyer has checked says so."""
    return clue.basis + ("" if clue.checked else "（待核）")


def table_of(rows: list[SupervisionClue], *, names: dict[str, str]) -> Table:
    """A clue a row. No person is named here: the list is about what happened."""
    return Table(COLUMNS, tuple(_row(row, names) for row in rows), "监督线索")


def _row(row: SupervisionClue, names: dict[str, str]) -> tuple[Cell, ...]:
    return (
        Cell(row.acted_on, "date"),
        Cell(row.sentence, "strong", href=reverse("supervision_clue", args=[row.pk]), note=late(row)),
        Cell(row.dossier.number, href=reverse("dossier", args=[row.dossier_id]),
             note=f"{procedure_title(row.procedure_id)} · {step_title(row)}"),
        Cell(names.get(row.agency_code, row.agency_code)),
        Cell(law_of(row), on=row.acted_on),
        Cell(row.get_state_display(), "tag", TONES[row.state]),
    )  # fmt: skip


def overdue_table(rows: list[ledger.Deadline], *, on: date, names: dict[str, str]) -> Table:
    """A missed period a row."""
    cells = tuple(
        (
            Cell(row.due_on, "date"), Cell(row.title, "strong"),
            Cell(row.dossier.number, href=reverse("dossier", args=[row.dossier_id]),
                 note=procedure_title(row.dossier.procedure_id)),
            Cell(names.get(row.dossier.agency_code, row.dossier.agency_code)),
            Cell(row.basis, on=row.due_on), Cell(*_since(row, on=on)),
        )
        for row in rows
    )  # fmt: skip
    return Table(("到期日", "期限", "案件", "机关", "依据", "现在"), cells, "逾期的期限")


def _since(row: ledger.Deadline, *, on: date) -> tuple[str, str, Tone]:
    due = row.due_on or on
    if row.ended_at:
        return f"晚 {(local_date(row.ended_at) - due).days} 天办结", "tag", "plain"
    return f"还没有办，已超 {(on - due).days} 天", "tag", "stop"


def facts_of(clue: SupervisionClue, *, agency: str) -> list[tuple[Any, ...]]:
    """Everything the clue rests on, in words."""
    act = clue.act
    who = act.actor_name + (f"（代{act.acting_for}）" if act.acting_for else "")
    pairs = [
        ("案件", clue.dossier.number, reverse("dossier", args=[clue.dossier_id])),
        ("程序", procedure_title(clue.procedure_id)), ("步骤", step_title(clue)),
        ("办理日期", clue.acted_on.isoformat()),
        ("所填的发生日期", "" if clue.happened_on == clue.acted_on else clue.happened_on.isoformat()),
        ("办理人", who), ("机关", agency),
        ("规则", f"{clue.guard_id} {clue.title}"), ("到期", late(clue)),
        ("用到的事实", "；".join(f"{title}：{text}" for title, text in clue.facts)),
        ("行为记录", act.digest.hex()[:16], reverse("log_proof", args=[act.digest.hex()])),
    ]  # fmt: skip
    return [pair for pair in pairs if pair[1]]


def said(answer: Answer | None) -> Said | None:
    """An answer, opened."""
    if answer is None:
        return None
    return Said(answer.account.name, answer.at, open_field(answer.text))
