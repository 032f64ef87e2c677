"""Supervision clues as a list and as files; periods that were missed."""

import io
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from zhiheng.elements import api as elements
from zhiheng.kernel.clock import today
from zhiheng.people import api as people
from zhiheng.people.api import requires
from zhiheng.procedures.api import SupervisionClue
from zhiheng.procedures.pages import procedure_title
from zhiheng.supervision import pages
from zhiheng.supervision.selectors import Wanted, agencies_listed, list_clues, missed_deadlines
from zhiheng.web.faces import Link
from zhiheng.web.pages import render_page
from zhiheng.web.paging import keyset

SIZE, MOST = 30, 20_000
TITLES = ("办理日期", "发生了什么", "到期", "案号", "程序", "步骤", "机关", "规则", "依据", "核实")
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@requires("supervision.view")
def supervision_list(request: HttpRequest) -> HttpResponse:
    """What was listed, newest first; by state, rule and agency."""
    wanted, state = _wanted(request)
    rows = keyset(
        list_clues(actor=request.actor, wanted=wanted), order=("-id",),
        after=request.GET.get("after"), size=SIZE,
    )  # fmt: skip
    listed = agencies_listed(request.actor)
    names = pages.agency_names(sorted({*listed, *(r.agency_code for r in rows)}), on=today())
    page = pages.ListPage(
        tabs=tabs_of(request, "supervision_list"),
        filters=[Link(label, _with(request, state=key), key == state) for key, label in pages.STATES],
        guards=pages.guard_choices(), agencies=[(code, names[code]) for code in listed],
        wanted=wanted, state=state, table=pages.table_of(rows.items, names=names), rows=rows,
        exports=[
            Link(label, f"{reverse('supervision_export')}{_with(request, form=form)}")
            for form, label in (("xlsx", "导出 XLSX"), ("csv", "导出 CSV"))
        ],
    )  # fmt: skip
    return render_page(request, "supervision/list.html", page)


@require_safe
@requires("supervision.view")
def supervision_export(request: HttpRequest) -> HttpResponse:
    """The filtered list as a file, noted in the security log; no person is named in it."""
    wanted, state = _wanted(request)
    form = "csv" if request.GET.get("form") == "csv" else "xlsx"
    rows = list_clues(actor=request.actor, wanted=wanted).order_by("-id")[:MOST]
    people.record_security_event(
        kind="EXPORTED", actor=request.actor, ip=request.META.get("REMOTE_ADDR"),
        detail={"what": "监督线索", "form": form, "query": [state, wanted.guard, wanted.agency]},
    )  # fmt: skip
    names = pages.agency_names(agencies_listed(request.actor), on=today())
    out, lines = io.BytesIO(), _lines(rows.iterator(500), names)
    if form == "csv":
        elements.sheets.csv_file(out, titles=TITLES, rows=lines, remarks=_remarks)
    else:
        elements.sheets.xlsx_file(out, name="监督线索", titles=TITLES, rows=lines, remarks=_remarks)
    response = HttpResponse(out.getvalue(), content_type=KINDS[form])
    name = f"监督线索-{today().isoformat()}.{form}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _remarks(seal: elements.sheets.Seal) -> list[tuple[str, str]]:
    note = "线索不是结论；不公开，不对人计数、排名"
    most = (
        f"{seal.rows}" if seal.rows < MOST else f"{seal.rows}，只含最新的这些，其余请缩小筛选范围"
    )
    return [("说明", note), ("行数", most), ("摘要", seal.hexdigest())]


def _lines(rows: Iterator[SupervisionClue], names: dict[str, str]) -> Iterator[list[str]]:
    for row in rows:
        yield [
            row.acted_on.isoformat(), row.sentence, pages.late(row), row.dossier.number,
            procedure_title(row.procedure_id), pages.step_title(row),
            names.get(row.agency_code, row.agency_code), f"{row.guard_id} {row.title}",
            pages.law_of(row), row.get_state_display(),
        ]  # fmt: skip


@require_safe
@requires("supervision.view")
def supervision_overdue(request: HttpRequest) -> HttpResponse:
    """Periods of agencies that ended unmet, the latest end first, done meanwhile or not."""
    every = request.GET.get("show") == "all"
    found = missed_deadlines(actor=request.actor, still_open=not every)
    rows = keyset(
        found, order=("-due_on", "-id"), after=request.GET.get("after"), size=SIZE
    )  # fmt: skip
    names = pages.agency_names(sorted({r.dossier.agency_code for r in rows}), on=today())
    page = pages.OverduePage(
        tabs=tabs_of(request, "supervision_overdue"),
        filters=[Link("还没有办", "?", not every), Link("全部", "?show=all", every)],
        table=pages.overdue_table(rows.items, on=today(), names=names), rows=rows,
    )  # fmt: skip
    return render_page(request, "supervision/overdue.html", page)


def tabs_of(request: HttpRequest, here: str) -> list[Link]:
    """The screens of supervision that this reader may open."""
    every = (
        ("supervision_list", "监督线索", "supervision.view"),
        ("supervision_overdue", "逾期的期限", "supervision.view"),
        ("interference_list", "干预登记", "interference.view"),
    )
    return [
        Link(label, reverse(name), name == here)
        for name, label, permission in every
        if people.may(request.actor, permission)
    ]


def _wanted(request: HttpRequest) -> tuple[Wanted, str]:
    """What is asked for, and the state as chosen: what waits comes first."""
    state = request.GET.get("state", "")
    state = state if state in dict(pages.STATES) else "PENDING"
    guard, agency = request.GET.get("guard", "")[:32], request.GET.get("agency", "")[:32]
    return Wanted("" if state == "all" else state, guard, agency), state


def _with(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"
