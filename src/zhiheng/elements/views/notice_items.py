"""Choosing the items of a notice: by filter and ticks, all that fit, or pasted codes."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhiheng.elements.models import AdjustmentNotice, Item
from zhiheng.elements.notice_pages import PickPage
from zhiheng.elements.notices import drafting, selectors
from zhiheng.elements.notices.forms import MOST_BODIES, ActionsForm, FilterForm, tell
from zhiheng.elements.views.notices import crumbs
from zhiheng.kernel.errors import ZhihengError
from zhiheng.people.api import requires
from zhiheng.web.faces import Link
from zhiheng.web.pages import render_page

SHOWN = 200


@requires("element.edit")
def notice_items(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Filter on the left of the question mark, terms and ticks in the form; nothing typed is lost."""
    notice = selectors.get_notice(notice_id=notice_id, actor=request.actor)
    on = notice.effective_on
    bodies = list(
        selectors.bodies_in(prefixes=(notice.region_code,), on=on).defer("domains")[:MOST_BODIES]
    )
    choice = FilterForm(request.GET or None, bodies=bodies)
    wanted = choice.cleaned_data if choice.is_bound and choice.is_valid() else {}
    found = selectors.choose_items(on=on, **wanted)
    bound = request.method == "POST"
    initial = {"from_body": wanted.get("holder", "")}
    form = ActionsForm(request.POST if bound else None, bodies=bodies, initial=initial)
    if bound and form.is_valid():
        try:
            if added := _add(request, notice, form, found):
                messages.success(request, f"已加入 {added} 项。")
                return redirect("notice", notice_id=notice.pk)
        except ZhihengError as wrong:
            tell(form, wrong)
    shown = list(found.select_related("penalty_basis__basis")[: SHOWN + 1])
    ticked = set(request.POST.getlist("item")) if bound else set()
    page = PickPage(
        notice=notice, filter=choice, items=shown[:SHOWN], more=len(shown) > SHOWN,
        ticked=ticked, back_href=reverse("notice", args=[notice.pk]),
        crumbs=crumbs(Link(str(notice), reverse("notice", args=[notice.pk])), Link("选事项")),
    )  # fmt: skip
    return render_page(request, "elements/notices/pick.html", page, form=form)


def _add(
    request: HttpRequest, notice: AdjustmentNotice, form: ActionsForm, found: QuerySet[Item]
) -> int:
    """Add what was chosen; when a pasted line is wrong nothing is added and each is told."""
    kind = form.cleaned_data["kind"]
    rows = _chosen(request, form, found)
    if form.cleaned_data["codes"].strip():
        pasted = drafting.read_lines(
            text=form.cleaned_data["codes"], kind=kind, on=notice.effective_on
        )
        for sentence in pasted.errors[:50]:
            form.add_error("codes", sentence)
        if len(pasted.errors) > 50:
            form.add_error("codes", f"还有 {len(pasted.errors) - 50} 行有误，先改上面这些。")
        rows += pasted.rows
    elif kind in ("RENAME", "REBASE"):
        form.add_error("codes", "改名和改依据请在这里一行一条地写。")
    if form.errors:
        return 0
    if not rows:
        form.add_error(None, "还没有选事项。请在下面勾选，或粘贴编码。")
        return 0
    return drafting.add_actions(
        notice_id=notice.pk, actor=request.actor, terms=form.terms(), rows=rows
    ) or _nothing_new(form)


def _nothing_new(form: ActionsForm) -> int:
    form.add_error(None, "选中的事项通告里都已有了，没有新加的。")
    return 0


def _chosen(
    request: HttpRequest, form: ActionsForm, found: QuerySet[Item]
) -> list[tuple[Item, str]]:
    """Ticked items, or everything that fits the filter."""
    if form.cleaned_data["kind"] in ("RENAME", "REBASE"):
        return []
    if request.POST.get("scope") == "all":
        return [(item, "") for item in found[: drafting.MOST]]
    codes = request.POST.getlist("item")
    return [(item, "") for item in found.filter(code__in=codes)] if codes else []
