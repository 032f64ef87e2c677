"""Notices: the list, one notice, its head, and what takes it on."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from zhiheng.elements.models import AdjustmentNotice, Body
from zhiheng.elements.notice_pages import (
    NoticeHeadPage,
    NoticeListPage,
    NoticePage,
    PreviewPage,
    action_table,
    head_facts,
    notice_table,
    preview_tables,
    way_of,
)
from zhiheng.elements.notices import drafting, life, selectors
from zhiheng.elements.notices.forms import HeadForm, tell
from zhiheng.elements.notices.preview import preview
from zhiheng.kernel.clock import now, today
from zhiheng.kernel.errors import NotFound, ZhihengError
from zhiheng.people import api as people
from zhiheng.people.api import requires
from zhiheng.web.faces import Link
from zhiheng.web.pages import render_page
from zhiheng.web.paging import keyset

State = AdjustmentNotice.State
_EDITABLE = (State.DRAFT, State.PREVIEWED, State.RETURNED)


def crumbs(*more: Link) -> list[Link]:
    """Where a screen of notices stands."""
    return [
        Link("要素中心", reverse("element_home")),
        Link("调整通告", reverse("notice_list")),
        *more,
    ]


@requires("element.view")
def notice_list(request: HttpRequest) -> HttpResponse:
    """Notices in reach, newest first; those that concern one's own body on demand."""
    state, mine = request.GET.get("state", ""), request.GET.get("mine") == "1"
    found = selectors.list_notices(actor=request.actor, state=state, mine=mine)
    rows = keyset(found, order=("-id",), after=request.GET.get("after"), size=30)
    states = State.choices if selectors.sees_drafts(request.actor) else []
    page = NoticeListPage(
        rows=rows, table=notice_table(rows.items),
        filters=[
            Link("全部", "?", not state and not mine), Link("与本单位有关", "?mine=1", mine),
            *(Link(label, f"?state={code}", code == state) for code, label in states),
        ],
        may_draft=people.may(request.actor, "element.edit"),
        crumbs=[Link("要素中心", reverse("element_home")), Link("调整通告")],
    )  # fmt: skip
    return render_page(request, "elements/notices/list.html", page)


@requires("element.edit")
def notice_new(request: HttpRequest) -> HttpResponse:
    """Begin a notice; a second click on the same form leads to the same notice."""
    bound = request.method == "POST"
    form = HeadForm(request.POST, today=today()) if bound else HeadForm.fresh(today=today())
    if bound and form.is_valid():
        region = request.actor.region_code[:6]
        try:
            notice = drafting.draft(
                actor=request.actor, at=now(), region_code=region, **form.cleaned_data
            )
            messages.success(request, "已起草。接着选要调整的事项。")
            return redirect("notice_items", notice_id=notice.pk)
        except ZhihengError as wrong:
            tell(form, wrong)
    page = NoticeHeadPage("起草调整通告", crumbs(Link("起草")), reverse("notice_list"))
    return render_page(request, "elements/notices/head.html", page, form=form)


@requires("element.edit")
def notice_edit(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Change the head of a draft."""
    notice = selectors.get_notice(notice_id=notice_id, actor=request.actor)
    names = ("notice_no", "title", "issuer", "level_approval", "issued_on", "publish_url",
             "effective_on", "key")  # fmt: skip
    initial = {name: getattr(notice, name) for name in names}
    bound = request.method == "POST"
    form = HeadForm(request.POST if bound else None, initial=initial, today=today())
    if bound and form.is_valid():
        head = {name: form.cleaned_data[name] for name in names if name != "key"}
        try:
            drafting.edit(notice_id=notice.pk, actor=request.actor, **head)
            messages.success(request, "已修改。")
            return redirect("notice", notice_id=notice.pk)
        except ZhihengError as wrong:
            tell(form, wrong)
    back = reverse("notice", args=[notice.pk])
    page = NoticeHeadPage(f"修改 {notice.notice_no}", crumbs(Link(str(notice), back)), back)
    return render_page(request, "elements/notices/head.html", page, form=form)


@requires("element.view")
def notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """One notice: where it stands, its actions paged, what one may do next."""
    found = selectors.get_notice(notice_id=notice_id, actor=request.actor)
    actions = selectors.actions_of(notice=found)
    mine = request.GET.get("mine") == "1"
    if mine:
        own = Body.objects.filter(code=request.actor.agency_code).values("uid")
        actions = actions.filter(from_body__uid__in=own) | actions.filter(to_body__uid__in=own)
    rows = keyset(actions, order=("item_code", "id"), after=request.GET.get("after"), size=50)
    may_edit = found.state in _EDITABLE and people.may(request.actor, "element.edit")
    page = NoticePage(
        notice=found, way=way_of(found), facts=head_facts(found), rows=rows,
        table=action_table(rows.items), mine=mine, may_edit=may_edit,
        steps=_steps(request, found), crumbs=crumbs(Link(str(found))),
        may_withdraw=_may_withdraw(request, found),
    )  # fmt: skip
    return render_page(request, "elements/notices/show.html", page)


def _may_withdraw(request: HttpRequest, found: AdjustmentNotice) -> bool:
    waits = found.effective_on > today() or found.state != State.PUBLISHED
    return waits and found.state != State.WITHDRAWN and people.may(request.actor, "element.edit")


def _steps(request: HttpRequest, found: AdjustmentNotice) -> list[str]:
    """What this person may do now, by name; the service decides in the end."""
    mine = request.actor.account_id
    offers = {
        "submit": found.state in _EDITABLE and people.may(request.actor, "element.edit"),
        "approve": found.state == State.PREVIEWED and mine != found.drafted_by_id
        and people.may(request.actor, "element.review"),
        "return": found.state in (State.PREVIEWED, State.APPROVED)
        and people.may(request.actor, "element.review"),
        "publish": found.state == State.APPROVED
        and mine not in (found.drafted_by_id, found.reviewed_by_id)
        and people.may(request.actor, "element.publish"),
    }  # fmt: skip
    return [name for name, offered in offers.items() if offered]


@requires("element.edit", "element.review", "element.publish")
def notice_preview(request: HttpRequest, notice_id: int) -> HttpResponse:
    """What will change for whom on the day, and which open matters it meets."""
    found = selectors.get_notice(notice_id=notice_id, actor=request.actor)
    if found.state in (State.PUBLISHED, State.WITHDRAWN):
        messages.info(request, f"通告{found.get_state_display()}，不再预览。")
        return redirect("notice", notice_id=notice_id)
    seen = preview(notice=found)
    page = PreviewPage(
        notice=found, seen=seen, tables=preview_tables(found, seen), steps=_steps(request, found),
        changed=bool(found.preview_digest) and found.preview_digest != seen.plan.digest,
        crumbs=crumbs(Link(str(found), reverse("notice", args=[found.pk])), Link("预览")),
    )  # fmt: skip
    return render_page(request, "elements/notices/preview.html", page)


@requires("element.edit", "element.review", "element.publish")
@require_POST
def notice_step(request: HttpRequest, notice_id: int, what: str) -> HttpResponse:
    """Take one step; a refusal is told on the notice's own page and changes nothing."""
    if what not in _TAKERS:
        raise NotFound("没有这一步。", next_step="请回到通告页，从那里选择。")
    take, done = _TAKERS[what]
    selectors.get_notice(notice_id=notice_id, actor=request.actor)
    try:
        take(request, notice_id)
        messages.success(request, done)
    except ZhihengError as wrong:
        messages.error(request, str(wrong))
    return redirect("notice", notice_id=notice_id)


def _common(request: HttpRequest, notice_id: int) -> dict[str, Any]:
    return {"notice_id": notice_id, "actor": request.actor, "at": now()}


def _with_reason(request: HttpRequest, notice_id: int) -> dict[str, Any]:
    return _common(request, notice_id) | {"reason": request.POST.get("reason", "")[:500]}


def _drop(request: HttpRequest, notice_id: int) -> None:
    ids = [int(one) for one in request.POST.getlist("action") if one.isdigit()]
    drafting.remove_actions(notice_id=notice_id, actor=request.actor, action_ids=ids)


_TAKERS: dict[str, tuple[Callable[[HttpRequest, int], Any], str]] = {
    "submit": (lambda r, n: life.submit(**_common(r, n)), "已送审。审核人看到的就是这份预览。"),
    "approve": (lambda r, n: life.approve(**_common(r, n)), "已审核通过，待第三人公布。"),
    "publish": (lambda r, n: life.publish(**_common(r, n)), "已公布，到生效日零点自动生效。"),
    "return": (lambda r, n: life.send_back(**_with_reason(r, n)), "已退回起草人。"),
    "withdraw": (lambda r, n: life.withdraw(**_with_reason(r, n)), "已撤回，一切照旧。"),
    "drop": (_drop, "已移出选中的事项。"),
}
