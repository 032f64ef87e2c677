"""干预登记: anybody who handles a case writes it down; only supervisors read it."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhiheng.cases.models import Interference
from zhiheng.cases.pages import InterferencePage, StepPage
from zhiheng.cases.selectors import access_case_by_code
from zhiheng.cases.services.interference import interferences, opened, record_interference
from zhiheng.kernel.clock import now
from zhiheng.people import api as people
from zhiheng.people.api import requires
from zhiheng.procedures.views import problems_onto
from zhiheng.web.faces import Cell, Link, Table
from zhiheng.web.pages import render_page
from zhiheng.web.paging import keyset

SIZE = 30
NOTE = "如实登记受保护；只有行政执法监督机构能看到，本案其他人员看不到，也不进入案件的过程记录。"


class InterferenceForm(forms.Form):
    """Who, how, what."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    happened_on = forms.DateField(
        label="哪一天", widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "请填发生的日期。", "invalid": "请选择日期。"},
    )  # fmt: skip
    way = forms.ChoiceField(
        label="用什么方式", choices=Interference.Way.choices, widget=forms.RadioSelect,
        error_messages={"required": "请选择方式。"},
    )  # fmt: skip
    who = forms.CharField(label="谁", max_length=100, error_messages={"required": "请写明是谁。"})
    post = forms.CharField(label="单位和职务", max_length=100, required=False)
    what = forms.CharField(
        label="说了什么、要求什么", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="照原话写，不用评价。", error_messages={"required": "请写明说了什么。"},
    )  # fmt: skip


@requires("case.step")
def interference_record(request: HttpRequest, code: str) -> HttpResponse:
    """Write it down."""
    case = access_case_by_code(actor=request.actor, code=code)
    bound = request.method == "POST"
    form = InterferenceForm(
        request.POST if bound else None, initial={"key": uuid.uuid4().hex, "way": "SPOKEN"}
    )
    if bound and form.is_valid():
        given = form.cleaned_data
        with problems_onto(form):
            record_interference(
                case=case, happened_on=given["happened_on"], way=given["way"], who=given["who"],
                post=given["post"], what=given["what"], actor=request.actor, at=now(),
                idempotency_key=f"interference/{given['key']}",
            )  # fmt: skip
            messages.success(request, "已登记，只有监督机构能看到。")
            return redirect("case", code=code)
    page = StepPage(
        title="登记干预", note=NOTE, heading=case.title, back_href=reverse("case", args=[code]),
        findings=(), law=[], known=[],
    )  # fmt: skip
    return render_page(request, "cases/step.html", page, form=form)


@requires("interference.view")
def interference_list(request: HttpRequest) -> HttpResponse:
    """What was written down, for supervisors; reading it is itself on record."""
    rows = keyset(
        interferences(actor=request.actor),
        order=("-id",),
        after=request.GET.get("after"),
        size=SIZE,
    )
    people.record_security_event(
        kind="PERSONAL_DATA_SEEN", actor=request.actor,
        detail={"what": "干预登记", "rows": [row.pk for row in rows]},
    )  # fmt: skip
    return render_page(
        request,
        "cases/interference_list.html",
        InterferencePage(table=_table(rows.items), rows=rows, tabs=_tabs()),
    )


def _tabs() -> list[Link]:
    """The screens of supervision; this is the last of them."""
    named = (("监督线索", "supervision_list"), ("逾期的期限", "supervision_overdue"),
             ("干预登记", "interference_list"))  # fmt: skip
    return [Link(label, reverse(name), name == "interference_list") for label, name in named]


def _table(rows: list[Interference]) -> Table:
    cells = []
    for row in rows:
        told = opened(row)
        cells.append((
            Cell(row.happened_on, "date"), Cell(told["who"], "strong", note=told["post"]),
            Cell(row.get_way_display()), Cell(told["what"]),
            Cell(row.case.number, note=row.case.item_name), Cell(row.recorded_by.name),
        ))  # fmt: skip
    return Table(("日期", "干预人", "方式", "内容", "案件", "登记人"), tuple(cells), "干预登记")
