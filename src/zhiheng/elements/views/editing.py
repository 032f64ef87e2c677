"""Drafting a change of an element: a new one, an amendment, an end; and revising the draft."""

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
from zhiheng.elements.proposals import selectors, services
from zhiheng.elements.proposals.applying import target_of
from zhiheng.elements.proposals.forms import EndForm, changed_values, element_form, onto
from zhiheng.elements.proposals.pages import EditPage
from zhiheng.elements.registers import Register
from zhiheng.elements.views.common import crumbs, known_row, posted
from zhiheng.kernel.clock import now, today
from zhiheng.kernel.errors import Conflict, Invalid
from zhiheng.people import api as people
from zhiheng.people.api import requires
from zhiheng.web import words
from zhiheng.web.pages import render_page

_EDIT = "elements/edit.html"
WITH_FIELDS = (Proposal.Kind.NEW, Proposal.Kind.AMEND)


@requires("element.edit")
def element_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Draft a new element."""
    register = registers.get_register(slug=slug)
    form = _form(request, register, base=None)
    page = EditPage(
        f"新增{register.title}", "填好后先存为草稿，再由另外两个人审核、发布。",
        crumbs(request, register, None, "新增"), reverse("element_list", args=[slug]), "存为草稿",
    )  # fmt: skip
    return _draft(request, register, None, Proposal.Kind.NEW, form, page)


@requires("element.edit")
def element_edit(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """Draft an amendment of what is known now."""
    register = registers.get_register(slug=slug)
    base = known_row(request, register, uid)
    form = _form(request, register, base=base)
    page = EditPage(
        f"修改{register.title}", "改好后先存为草稿，再由另外两个人审核、发布；原来的版本留在历史里。",
        crumbs(request, register, base, "修改"), reverse("element_show", args=[slug, uid]),
        "存为草稿", others_at(base), notice=_later(base), notice_href=_later_href(slug, base),
    )  # fmt: skip
    return _draft(request, register, base, Proposal.Kind.AMEND, form, page)


@requires("element.edit")
def element_end(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """Draft the end of an element; who points at it is listed first."""
    register = registers.get_register(slug=slug)
    base = known_row(request, register, uid)
    initial = {"key": uuid.uuid4().hex, "valid_from": today()}
    form = EndForm(posted(request), initial=initial)
    pointing = links.closure(row=base, on=today())
    if not pointing:
        form.fields.pop("together")
    page = EditPage(
        f"终止{register.title}", "终止以后，从那天起它不再成立；以前的事仍按以前的版本。",
        crumbs(request, register, base, "终止"), reverse("element_show", args=[slug, uid]),
        "存为草稿", others_at(base), pointing,
    )  # fmt: skip
    return _draft(request, register, base, Proposal.Kind.END, form, page)


@requires("element.edit")
def proposal_edit(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Revise a draft that is one's own."""
    proposal = selectors.access_proposal(proposal_id=proposal_id, actor=request.actor)
    register = registers.get_register(slug=proposal.slug)
    base = target_of(proposal=proposal).base
    here = reverse("element_proposal", args=[proposal.pk])
    if proposal.kind not in WITH_FIELDS or proposal.state != Proposal.State.DRAFT:
        messages.warning(request, "这张变更单现在不能改内容。要换日子，请撤回后另起一张。")
        return redirect(here)
    form = _form(request, register, base=base, proposal=proposal)
    if request.method == "POST" and form.is_valid():
        changed = _kept_seals(proposal, base) | _changed(register, base, form)
        try:
            services.revise(
                proposal=proposal, values=changed, actor=request.actor, at=now(),
                region_code=form.cleaned_data.get("region_code", ""), **why_of(form),
            )  # fmt: skip
        except (Invalid, Conflict) as wrong:
            onto(form, wrong if isinstance(wrong, Invalid) else Invalid(str(wrong)))
        else:
            messages.success(request, "草稿已改。")
            return redirect(here)
    way = crumbs(request, register, base, "修改草稿")
    page = EditPage("修改草稿", proposal.returned_reason, way, here, "存草稿")
    return render_page(request, _EDIT, page, form=form)


def _draft(
    request: HttpRequest,
    register: Register,
    base: ElementRecord | None,
    kind: str,
    form: forms.Form,
    page: EditPage,
) -> HttpResponse:
    """Store the draft, or show the form with what is wrong."""
    if request.method == "POST" and form.is_valid():
        changed = _changed(register, base, form) if kind != Proposal.Kind.END else {}
        try:
            if kind == Proposal.Kind.AMEND and not changed:
                raise Invalid("什么也没有改，没有存草稿。")
            proposal = services.draft(
                slug=register.slug, kind=kind, base=base, values=changed, actor=request.actor,
                at=now(), key=form.cleaned_data["key"], **why_of(form),
                region_code=form.cleaned_data.get("region_code", ""),
                together=bool(form.cleaned_data.get("together")),
            )  # fmt: skip
        except Invalid as wrong:
            onto(form, wrong)
        except Conflict as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, "已存为草稿。看一遍，没有错就提交审核。")
            return redirect("element_proposal", proposal_id=proposal.pk)
    return render_page(request, _EDIT, page, form=form)


def _form(
    request: HttpRequest,
    register: Register,
    *,
    base: ElementRecord | None,
    proposal: Proposal | None = None,
) -> forms.Form:
    return element_form(
        model=register.model, on=today(), base=base, proposal=proposal,
        data=posted(request),
        region_code=request.actor.region_code,
        open_personal=people.may(request.actor, "element.personal"),
    )  # fmt: skip


def _changed(register: Register, base: ElementRecord | None, form: forms.Form) -> dict[str, Any]:
    return changed_values(model=register.model, base=base, cleaned=form.cleaned_data)


def _kept_seals(proposal: Proposal, base: ElementRecord | None) -> dict[str, Any]:
    """Sealed fields typed earlier: an empty box leaves them as they are."""
    sealed = registers.get_register(slug=proposal.slug).model.sealed_fields
    return {name: value for name, value in proposal.values.items() if name in sealed}


def why_of(form: forms.Form) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("valid_from", "reason", "approve_doc")}


def others_at(base: ElementRecord) -> list[str]:
    """Who else is changing this element right now."""
    return [
        f"{one.drafted_by.name} {words.moment(one.drafted_at)} 起草了“{one.get_kind_display()}”，"
        f"{one.get_state_display()}"
        for one in selectors.open_on(uid=base.uid)
    ]


def _later_href(slug: str, base: ElementRecord) -> str:
    """Where the version that follows is edited."""
    here = reverse("element_edit", args=[slug, base.uid])
    return f"{here}?on={base.valid_until}" if _later(base) else ""


def _later(base: ElementRecord) -> str:
    """That another version follows, so that the change holds until then only."""
    until: date | None = base.valid_until
    later = type(base).objects.known().filter(uid=base.uid, valid_from__gt=base.valid_from)
    if until and later.exists():
        return f"另一个版本自 {words.day_zh(until)} 起接着有效，这次修改只管到那天以前。"
    return ""
