"""Duplicates: the list, two side by side, merging them, and parting them again."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhiheng.elements import privacy
from zhiheng.elements.merging import selectors, services
from zhiheng.elements.merging.forms import MergeForm, UndoForm
from zhiheng.elements.merging.pages import DuplicatesPage, MergePage
from zhiheng.elements.models import SubjectMerge
from zhiheng.elements.views.common import prefixes
from zhiheng.kernel.clock import now
from zhiheng.kernel.errors import Invalid, NotFound
from zhiheng.people import api as people
from zhiheng.people.api import requires
from zhiheng.web.faces import Cell, ConfirmPage, Link, Table
from zhiheng.web.pages import render_page

_WAY = ("要素中心", "element_home")


@requires("element.edit")
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs of registrations that look like one party."""
    may_open = people.may(request.actor, "element.personal")
    lines = tuple(
        (
            Cell(privacy.card_of(subject=pair.one, open_personal=may_open).name, "strong",
                 href=reverse("element_merge", args=[pair.one.uid, pair.other.uid])),
            privacy.card_of(subject=pair.other, open_personal=may_open).name,
            privacy.card_of(subject=pair.other, open_personal=may_open).address or "—", pair.sign,
        )
        for pair in selectors.likely(prefixes=prefixes(request))
    )  # fmt: skip
    page = DuplicatesPage(
        Table(("对象", "另一个", "地址", "为什么像"), lines, "可能重复的对象"),
        [Link(_WAY[0], reverse(_WAY[1])), Link("重复对象")],
    )
    return render_page(request, "elements/duplicates.html", page)


@requires("element.edit")
def merge(request: HttpRequest, kept: uuid.UUID, gone: uuid.UUID) -> HttpResponse:
    """Two registrations side by side; the first one stays."""
    reach = prefixes(request)
    one = selectors.access_known(uid=kept, prefixes=reach)
    other = selectors.access_known(uid=gone, prefixes=reach)
    may_open = people.may(request.actor, "element.personal")
    rows = selectors.compare(one=one, other=other, open_personal=may_open)
    form = MergeForm(request.POST or None)
    for row in rows:
        row["prefer"] = request.POST.get(str(row["name"]), row["prefer"])
    if form.is_bound and form.is_valid():
        survived = {str(r["name"]): str(r["prefer"]) for r in rows if not r["same"]}
        try:
            services.merge(
                kept=one, gone=other, survived=survived, actor=request.actor, at=now(),
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except Invalid as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, "已合并。两边的案件和线索都还找得到；需要时可以撤销。")
            return redirect("element_show", slug="subjects", uid=one.uid)
    page = MergePage(
        left=privacy.title_of(row=one, open_personal=may_open),
        right=privacy.title_of(row=other, open_personal=may_open), rows=rows,
        crumbs=[Link(_WAY[0], reverse(_WAY[1])),
                Link("重复对象", reverse("element_duplicates")), Link("合并")],
        back_href=reverse("element_duplicates"), masked=not may_open,
        swap_href=reverse("element_merge", args=[gone, kept]),
    )  # fmt: skip
    return render_page(request, "elements/merge.html", page, form=form)


@requires("element.edit")
def merge_undo(request: HttpRequest, merge_id: int) -> HttpResponse:
    """Part two registrations again; says first what a later change means."""
    reach = prefixes(request)
    found = SubjectMerge.objects.filter(pk=merge_id).first()
    if found is None or not any(found.region_code.startswith(prefix) for prefix in reach):
        raise NotFound("没有这次合并，或者它不在您的辖区。", next_step="请从对象页面重新打开。")
    back = reverse("element_show", args=["subjects", found.kept_uid])
    form = UndoForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            services.undo(
                merge=found, reason=form.cleaned_data["reason"], actor=request.actor, at=now()
            )
        except Invalid as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, "已撤销合并，两个对象各自恢复。")
            return redirect(back)
    later = services.later_changes_shown(merge=found)
    page = ConfirmPage(
        "撤销这次合并？", (*(f"{one}。" for one in later), "并入的对象恢复为合并前的登记。"),
        "撤销合并", back, danger=True,
    )  # fmt: skip
    return render_page(request, "web/confirm.html", page, form=form)
