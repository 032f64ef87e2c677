"""The work list: what has to be cleaned up, one line, and what is done with it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhiheng.elements.models import UpkeepItem
from zhiheng.elements.upkeep import selectors, showing, work
from zhiheng.elements.upkeep.changes import recheck
from zhiheng.elements.upkeep.forms import AssignForm, DueForm, SettleForm, TextForm, first_due
from zhiheng.elements.upkeep.pages import LinePage
from zhiheng.elements.upkeep.sweep import sweep
from zhiheng.kernel.clock import now, today
from zhiheng.kernel.errors import Invalid, NotFound
from zhiheng.people.api import requires
from zhiheng.web.faces import Link
from zhiheng.web.pages import render_page

VIEW = "element.view"


@requires(VIEW)
def upkeep_list(request: HttpRequest) -> HttpResponse:
    """Open lines by due day; by reason, owner, severity; how far each reason has emptied."""
    page = showing.list_page(actor=request.actor, asked=request.GET, on=today())
    return render_page(request, "elements/upkeep/list.html", page)


@requires(VIEW)
def upkeep_item(request: HttpRequest, pk: int) -> HttpResponse:
    """One line with its history; the forms that this person may use."""
    item = selectors.access_item(actor=request.actor, pk=pk)
    return render_page(request, "elements/upkeep/item.html", _page(request, item))


@requires(VIEW)
def upkeep_do(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Assign, set the day, put aside, settle, comment or look again; the form keeps what was typed."""
    item = selectors.access_item(actor=request.actor, pk=pk)
    if what not in ACTS:
        raise NotFound("没有这种办法。", next_step="请回到这一条，从右边选择。")
    if request.method != "POST":
        return redirect("upkeep_item", pk=pk)
    form = _form(what, item, request)
    if form is None or form.is_valid():
        try:
            messages.success(request, ACTS[what](request, item, form))
        except Invalid as wrong:
            assert form is not None  # noqa: S101
            for name, sentence in wrong.fields.items():
                form.add_error(name if name in form.fields else None, sentence)
        else:
            return redirect(_after(request, item, what))
    page = _page(request, item, **{what: form})
    return render_page(request, "elements/upkeep/item.html", page, form=form)


def _after(request: HttpRequest, item: UpkeepItem, what: str) -> str:
    """Back to the line; from the settled line of a change to the form that changes the element."""
    result = str(request.POST.get("result", ""))
    edit = showing.edit_href(item) if what == "settle" and result.startswith("node-") else ""
    if edit:
        return f"{edit}?node={result.removeprefix('node-')}"
    return reverse("upkeep_item", args=[item.pk])


def _form(what: str, item: UpkeepItem, request: HttpRequest | None = None) -> forms.Form | None:
    data = request.POST if request else None
    if what == "due":
        return DueForm(data, initial={"due_on": first_due(item, today())}, prefix=what)
    if what == "settle":
        return SettleForm(data, item=item)
    return TextForm(data, prefix=what) if what in ("dismiss", "comment") else None


def _assign_form(request: HttpRequest, item: UpkeepItem, *, bound: bool) -> AssignForm:
    people = selectors.owners_for(item, request.actor)
    return AssignForm(
        request.POST if bound else None, prefix="assign", initial={"to": item.owner_id or ""},
        people=[(str(one.pk), f"{one.name}　{one.agency_code} {one.unit}") for one in people],
    )  # fmt: skip


def _page(request: HttpRequest, item: UpkeepItem, **bound: Any) -> LinePage:
    may, is_open = work.may_work(item=item, actor=request.actor), item.state == "OPEN"
    names = ("assign", "due", "dismiss", "comment") if is_open else ("comment",)
    every = {name: bound.get(name) or _blank(name, item, request) for name in names} if may else {}
    if may and is_open and item.change_id:
        every["settle"] = bound.get("settle") or _form("settle", item)
    return LinePage(
        item=item, facts=showing.facts_of(item), is_open=is_open, may_work=may, forms=every,
        notes=list(item.notes.select_related("by").order_by("-at", "-id")[:100]),
        places=showing.places_of(item),
        crumbs=[
            Link("要素中心", reverse("element_home")),
            Link("要素待清理", reverse("upkeep_list")),
            Link(item.title[:30]),
        ],
    )  # fmt: skip


def _blank(name: str, item: UpkeepItem, request: HttpRequest) -> forms.Form | None:
    if name == "assign":
        return _assign_form(request, item, bound=False)
    return _form(name, item)


def _assign(request: HttpRequest, item: UpkeepItem, _: Any) -> str:
    form = _assign_form(request, item, bound=True)
    if not form.is_valid():
        raise NotFound("没有选责任人，或者他不在您的辖区。", next_step="请回到这一条，从名单里选。")
    to = next(
        one for one in selectors.owners_for(item, request.actor)
        if str(one.pk) == form.cleaned_data["to"]
    )  # fmt: skip
    work.assign(item=item, to=to, actor=request.actor, at=now())
    return f"已交给{to.name}。"


def _due(request: HttpRequest, item: UpkeepItem, form: Any) -> str:
    day = form.cleaned_data["due_on"]
    work.set_due(item=item, due_on=day, on=today(), actor=request.actor, at=now())
    return f"清理期限改为 {day}。"


def _dismiss(request: HttpRequest, item: UpkeepItem, form: Any) -> str:
    text = form.cleaned_data["text"]
    work.dismiss(item=item, reason=text, actor=request.actor, at=now())
    return "已搁置，理由已记下。"


def _settle(request: HttpRequest, item: UpkeepItem, form: Any) -> str:
    work.settle(item=item, note=form.note(), actor=request.actor, at=now())
    return "核对结果已记下。"


def _comment(request: HttpRequest, item: UpkeepItem, form: Any) -> str:
    work.comment(item=item, text=form.cleaned_data["text"], actor=request.actor, at=now())
    return "备注已记下。"


def _again(request: HttpRequest, item: UpkeepItem, _: Any) -> str:
    work.ask_again(item=item, actor=request.actor)
    if item.change is not None:
        recheck(on=today(), at=now(), change=item.change)
    else:
        sweep(on=today(), at=now(), only=[item.reason])
    item.refresh_from_db()
    return "复查过了，已经消除。" if item.state == "MENDED" else "复查过了，问题还在。"


ACTS: dict[str, Callable[[HttpRequest, UpkeepItem, Any], str]] = {
    "assign": _assign, "due": _due, "dismiss": _dismiss, "settle": _settle,
    "comment": _comment, "again": _again,
}  # fmt: skip
