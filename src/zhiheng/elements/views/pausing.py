"""Drafting 停用, 恢复 and 改终止日: one day, one reason, who feels it."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhiheng.elements import links, registers
from zhiheng.elements.models import ElementRecord, Proposal
from zhiheng.elements.proposals import ends, services
from zhiheng.elements.proposals.applying import newest_of
from zhiheng.elements.proposals.forms import MoveEndForm, SuspendForm, Why, onto
from zhiheng.elements.proposals.pages import EditPage
from zhiheng.elements.registers import Register
from zhiheng.elements.views.common import crumbs, known_row, posted
from zhiheng.elements.views.editing import others_at
from zhiheng.kernel.clock import now, today
from zhiheng.kernel.errors import Conflict, Invalid, NotAllowed
from zhiheng.people.api import requires
from zhiheng.web import words
from zhiheng.web.pages import render_page

EDIT = "element.edit"
Kind = Proposal.Kind
_LEADS = {
    Kind.SUSPEND: "停用期间，它不能再被选用，也不产生职权；以前的事不受影响，到期或者办了恢复就照旧。",
    Kind.RESUME: "从那天起重新可用，内容和停用以前一样。",
}
_AFFECTED = "停用期间它们不用改，也用不上它；它恢复以后照旧。"


@requires(EDIT)
def element_suspend(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """Draft that an element is out of use from a day on, until another day or further notice."""
    form = SuspendForm(posted(request), initial=_initial())
    return _pause(request, slug, uid, Kind.SUSPEND, form)


@requires(EDIT)
def element_resume(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """Draft that an element is in use again from a day on."""
    form = Why(posted(request), initial=_initial())
    return _pause(request, slug, uid, Kind.RESUME, form)


@requires(EDIT)
def element_move_end(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """Draft another day for an end whose day has not come, or none at all."""
    register = registers.get_register(slug=slug)
    known_row(request, register, uid)
    base = ends.last_stretch(model=register.model, uid=uid)
    back = reverse("element_show", args=[slug, uid])
    if base is None or (said := ends.too_late(base=base, on=today())):
        messages.error(request, said if base else "这条要素已经不在登记簿里。")
        return redirect(back)
    form = MoveEndForm(posted(request), initial=_initial())
    together = [
        links.Pointer(type(row), row, f"也到 {words.day(row.valid_until)} 终止")
        for _, row in ends.ended_together(base=base)
    ]
    if not together:
        form.fields.pop("together")
    page = EditPage(
        f"改{register.title}的终止日",
        f"现在定在 {words.day_zh(base.valid_until)} 终止，过了这天就不能再改。",
        crumbs(request, register, base, "改终止日"), back, "存为草稿", others_at(base), together,
        pointing_note="它们当时和它一并终止，可以在下面选一起改。",
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        new, old = form.cleaned_data["valid_until"], base.valid_until
        first = min(new, old) if new and old else old
        if answer := _store(request, register, base, Kind.MOVE_END, form, first or today()):
            return answer
    return render_page(request, "elements/edit.html", page, form=form)


def _pause(
    request: HttpRequest, slug: str, uid: uuid.UUID, kind: str, form: forms.Form
) -> HttpResponse:
    register = registers.get_register(slug=slug)
    base = known_row(request, register, uid)
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["valid_from"]
        then = newest_of(model=register.model, uid=uid, on=on) or base
        if answer := _store(request, register, then, kind, form, on):
            return answer
    pointing = links.pointing_at(row=base, on=today()) if kind == Kind.SUSPEND else []
    label = Kind(kind).label
    page = EditPage(
        f"{label}{register.title}", _LEADS[Kind(kind)], crumbs(request, register, base, label),
        reverse("element_show", args=[slug, uid]), "存为草稿", others_at(base), pointing,
        pointing_note=_AFFECTED,
    )  # fmt: skip
    return render_page(request, "elements/edit.html", page, form=form)


def _store(
    request: HttpRequest, register: Register, base: ElementRecord, kind: str, form: Any, first: date
) -> HttpResponse | None:
    """Store the draft and go there; None when the form has to be shown again."""
    data = form.cleaned_data
    try:
        proposal = services.draft(
            slug=register.slug, kind=kind, base=base, values={}, actor=request.actor, at=now(),
            key=data["key"], valid_from=first, valid_until=data.get("valid_until"),
            reason=data["reason"], approve_doc=data["approve_doc"],
            together=bool(data.get("together")),
        )  # fmt: skip
    except (Invalid, Conflict, NotAllowed) as wrong:
        onto(form, wrong if isinstance(wrong, Invalid) else Invalid(str(wrong)))
        return None
    messages.success(request, "已存为草稿。看一遍，没有错就提交审核。")
    return redirect("element_proposal", proposal_id=proposal.pk)


def _initial() -> dict[str, Any]:
    return {"key": uuid.uuid4().hex, "valid_from": today()}
