"""The same person, the same act, over all agencies: hits, a person's word, the first violation."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhiheng.cases.discretion import confirming
from zhiheng.cases.discretion.answering import FIRST_QUERY
from zhiheng.cases.discretion.elsewhere import Hit, find_same_acts
from zhiheng.cases.discretion.forms import FirstQueryForm, SameActForm
from zhiheng.cases.discretion.pages import ElsewherePage
from zhiheng.cases.matters import CaseMatter
from zhiheng.cases.selectors import access_case_by_code
from zhiheng.elements import api as elements
from zhiheng.kernel.clock import now, today
from zhiheng.people.api import requires
from zhiheng.procedures.views import problems_onto
from zhiheng.web import words
from zhiheng.web.faces import Cell, Table, Tone
from zhiheng.web.pages import render_page

LIKENESS: dict[int, tuple[str, Tone]] = {3: ("很可能是同一行为", "stop"), 2: ("可能是同一行为", "warn"), 1: ("时间或地点相近", "plain"),
            0: ("只是同一当事人", "plain")}  # fmt: skip


@requires("case.view")
def case_elsewhere(request: HttpRequest, code: str) -> HttpResponse:
    """Look at the hits; say of one whether it is the same act; ask whether it is the first."""
    found, on = access_case_by_code(actor=request.actor, code=code), today()
    matter = CaseMatter(found)
    hits = find_same_acts(found, actor=request.actor, on=on)
    asking = request.POST.get("do") == "first"
    form = _same_form(request, hits, bound=request.method == "POST" and not asking)
    first = FirstQueryForm(
        request.POST if asking else None,
        initial={"key": uuid.uuid4().hex, "months": _months(matter, on=on)}, prefix="first",
    )  # fmt: skip
    if form.is_bound and form.is_valid() and _confirm(request, matter, form):
        return redirect("case_elsewhere", code=code)
    if first.is_bound and first.is_valid() and _query(request, matter, first):
        return redirect("case_elsewhere", code=code)
    page = _page(request, matter, hits, first, on=on)
    status = 422 if form.errors or first.errors else 200
    return render_page(request, "cases/elsewhere.html", page, form=form, status=status)


def _same_form(request: HttpRequest, hits: list[Hit], *, bound: bool) -> SameActForm:
    form = SameActForm(request.POST if bound else None, initial={"key": uuid.uuid4().hex})
    chosen = form.fields["hit"]
    assert isinstance(chosen, forms.ChoiceField)  # noqa: S101
    chosen.choices = [
        (str(hit.pk), f"{hit.agency}　{hit.item}　{words.day_zh(hit.on)}　{hit.state}")
        for hit in hits
    ]
    return form


def _confirm(request: HttpRequest, matter: CaseMatter, form: SameActForm) -> bool:
    given = form.cleaned_data
    with problems_onto(form):
        confirming.confirm(
            matter, hit_pk=int(given["hit"]), reason=given["reason"],
            what="" if given["what"] == "BACK" else given["what"], actor=request.actor, at=now(),
            idempotency_key=f"same-act/{given['key']}",
        )  # fmt: skip
        messages.success(request, "已记入全过程记录；作出决定前可以收回。")
        return True
    return False


def _query(request: HttpRequest, matter: CaseMatter, form: FirstQueryForm) -> bool:
    given = form.cleaned_data
    with problems_onto(form):
        confirming.query_first(
            matter, months=given["months"], actor=request.actor, at=now(),
            idempotency_key=f"first/{given['key']}",
        )  # fmt: skip
        messages.success(request, "查询结果已随卷保存。")
        return True
    return False


def _months(matter: CaseMatter, *, on: date) -> int | None:
    """How far back the list of gentle enforcement looks; nothing where the item is not listed."""
    first = elements.flexible_entries(item=matter.case.item, on=on).get("FIRST")
    return first.lookback_months if first else None


def _page(
    request: HttpRequest, matter: CaseMatter, hits: list[Hit], first: FirstQueryForm, *, on: date
) -> ElsewherePage:
    case, facts = matter.case, matter.run.facts
    said = facts.get(confirming.SAME_ACTS) or {}
    return ElsewherePage(
        title="同一行为与初次违法", heading=case.title, back_href=reverse("case", args=[case.code]),
        table=_table(hits, said) if hits else None,
        said=[(_named(hits, pk), f"{confirming.WHAT[one['what']]}：{one['reason']}（{one['by']}）")
              for pk, one in said.items()],
        first=_snapshot(facts.get(FIRST_QUERY)), listed=_listed(matter, on=on),
        closed=confirming.not_yours(matter, actor=request.actor),
        suspected=sum(hit.likeness == 3 and str(hit.pk) not in said for hit in hits),
        first_form=first,
    )  # fmt: skip


def _named(hits: list[Hit], pk: str) -> str:
    hit = next((one for one in hits if str(one.pk) == pk), None)
    return f"{hit.agency}　{hit.item}" if hit else f"卷宗 {pk}"


def _table(hits: list[Hit], said: dict[str, Any]) -> Table:
    rows = tuple(
        (
            Cell(hit.agency, "strong", note="其他机关" if hit.elsewhere else "本机关"),
            Cell(hit.number or "不在您的范围内", href=hit.href, note=hit.item),
            Cell(hit.on, "date"), Cell(hit.state, "tag", "info" if hit.open else "plain"),
            Cell(hit.fine_cents, "money") if hit.fine_cents else Cell("—"),
            Cell(LIKENESS[hit.likeness][0], "tag", LIKENESS[hit.likeness][1], note=hit.why),
            confirming.WHAT[said[str(hit.pk)]["what"]] if str(hit.pk) in said else "还没有判断",
        )
        for hit in hits
    )  # fmt: skip
    return Table(
        ("机关", "案件", "立案", "状态", "罚款", "像不像", "人的判断"), rows, "同一当事人的案件"
    )


def _snapshot(kept: dict[str, Any] | None) -> list[tuple[str, Any]]:
    if not kept:
        return []
    return [
        ("查询日", words.day_zh(date.fromisoformat(kept["on"]))),
        ("查询期间", f"{words.day_zh(date.fromisoformat(kept['since']))}以来，{kept['months']} 个月"),
        ("范围", "平台上全部机关，同一当事人、同一事项的处罚决定"),
        ("结果", "没有查到，可以认定为初次" if not kept["count"] else f"查到 {kept['count']} 件，不是初次"),
        ("查询人", kept["by"]), ("结果摘要", kept["digest"][:16]),
    ]  # fmt: skip


def _listed(matter: CaseMatter, *, on: date) -> list[tuple[str, Any]]:
    rows = elements.flexible_entries(item=matter.case.item, on=on)
    return [
        (row.get_kind_display(), "；".join(map(str, row.conditions)) or row.legal_ground)
        for row in rows.values()
    ]
