"""Proposals: the list, one with its difference, its steps, and carrying over to a newer version."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhiheng.elements import registers
from zhiheng.elements.attachments import selectors as attachments
from zhiheng.elements.candidates import following
from zhiheng.elements.candidates.pages import Clause, clause_of
from zhiheng.elements.links import Pointer
from zhiheng.elements.models import Proposal
from zhiheng.elements.proposals import comparing, selectors, services
from zhiheng.elements.proposals.applying import Target, target_of
from zhiheng.elements.proposals.forms import MINE, StepForm
from zhiheng.elements.proposals.pages import (
    CarryPage,
    ProposalListPage,
    ProposalPage,
    StepPage,
)
from zhiheng.elements.proposals.rules import EDIT, NEXT, PUBLISH, REVIEW, STEPS, Step, why_not
from zhiheng.elements.views.common import posted
from zhiheng.elements.views.editing import WITH_FIELDS
from zhiheng.kernel.clock import now
from zhiheng.kernel.errors import Invalid, NotFound
from zhiheng.people import api as people
from zhiheng.people.api import requires
from zhiheng.web import words
from zhiheng.web.faces import ActFace, Cell, Link, Table, Tone, WayPoint
from zhiheng.web.pages import render_page
from zhiheng.web.paging import keyset

State = Proposal.State
TONES: dict[str, Tone] = {
    State.DRAFT: "plain", State.IN_REVIEW: "warn", State.REVIEWED: "info", State.PUBLISHED: "ok",
    State.WITHDRAWN: "plain",
}  # fmt: skip


@requires(EDIT, REVIEW, PUBLISH)
def proposal_list(request: HttpRequest) -> HttpResponse:
    """Proposals of the own region by state, newest first."""
    which = request.GET.get("state", "")
    found = selectors.filtered(actor=request.actor, which=which)
    rows = keyset(found, order=("-id",), after=request.GET.get("after"), size=40)
    kinds = [("", "全部"), *State.choices]
    page = ProposalListPage(
        filters=[Link(label, f"?state={code}", code == which) for code, label in kinds],
        table=_list_table(rows.items), rows=rows,
    )  # fmt: skip
    return render_page(request, "elements/proposals.html", page)


@requires(EDIT, REVIEW, PUBLISH)
def proposal_show(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """One proposal: its difference, what it touches, who comes next."""
    proposal = selectors.access_proposal(proposal_id=proposal_id, actor=request.actor)
    target = target_of(proposal=proposal)
    may_open = people.may(request.actor, "element.personal")
    offers = _offers(request, proposal)
    mine = proposal.drafted_by_id == request.actor.account_id
    here = [proposal.pk]
    stale = target.stale and proposal.is_open
    page = ProposalPage(
        proposal=proposal,
        crumbs=[Link("要素中心", reverse("element_home")),
                Link("变更单", reverse("element_proposals")), Link(proposal.title)],
        way=_way(proposal), facts=_facts(proposal),
        changes=(*comparing.diff(proposal=proposal, target=target, open_personal=may_open),
                 *following.pending(proposal=proposal)),
        clauses=_clauses(request, proposal),
        touched=_touched(comparing.touched(proposal=proposal, target=target)),
        next_who="起草人把修改移到最新版本" if stale else NEXT.get(proposal.state, ""),
        why_not_me=_why_not_me(offers),
        steps=[(step, reverse("element_proposal_step", args=[proposal.pk, step.id]))
               for step, why in offers if not why and not (stale and step.id != "withdraw")],
        acts=_acts(proposal),
        files=attachments.table_of(rows=attachments.of_proposal(proposal=proposal)),
        element_href=_element_href(proposal, target),
        edit_href=reverse("element_proposal_edit", args=here)
        if mine and proposal.state == State.DRAFT and proposal.kind in WITH_FIELDS else "",
        carry_href=reverse("element_proposal_carry", args=here) if stale and mine else "",
        file_href=reverse("element_file_add", args=[proposal.slug, proposal.element_uid])
        + f"?proposal={proposal.pk}" if mine and proposal.is_open else "",
        stale=_who_was_faster(proposal) if stale else "",
    )  # fmt: skip
    return render_page(request, "elements/proposal.html", page)


@requires(EDIT, REVIEW, PUBLISH)
def proposal_step(request: HttpRequest, proposal_id: int, step_id: str) -> HttpResponse:
    """Take one step after reading what it means."""
    proposal = selectors.access_proposal(proposal_id=proposal_id, actor=request.actor)
    if step_id not in STEPS:
        raise NotFound("变更单没有这一步。", next_step="请回到变更单重新选择。")
    step = STEPS[step_id]
    form = StepForm.asking(required=step.asks == "required", data=posted(request))
    if not step.asks:
        form.fields.pop("note")
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data.get("note", "")
        try:
            services.take(
                proposal=proposal, step_id=step_id, actor=request.actor, at=now(), note=note
            )
        except Invalid as wrong:
            for sentence in wrong.fields.values() or [str(wrong)]:
                form.add_error(None, sentence)
        else:
            messages.success(request, step.done)
            return redirect("element_proposal", proposal_id=proposal.pk)
    page = StepPage(
        step.title, step.note, f"{proposal.get_kind_display()}　{proposal.title}",
        reverse("element_proposal", args=[proposal.pk]), step.danger,
    )  # fmt: skip
    return render_page(request, "elements/proposal_step.html", page, form=form)


@requires(EDIT)
def proposal_carry(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Three columns: as it was, as somebody else made it, as the drafter wants it."""
    proposal = selectors.access_proposal(proposal_id=proposal_id, actor=request.actor)
    target, back = target_of(proposal=proposal), reverse("element_proposal", args=[proposal.pk])
    if not target.stale or not proposal.is_open:
        messages.info(request, "这张变更单已经在最新版本上。")
        return redirect(back)
    may_open = people.may(request.actor, "element.personal")
    rows = comparing.three_way(proposal=proposal, target=target, open_personal=may_open)
    if request.method == "POST":
        choices = {row.name: request.POST.get(row.name, MINE) for row in rows}
        kept = comparing.carried(proposal=proposal, target=target, choices=choices)
        services.carry_over(proposal=proposal, values=kept, actor=request.actor, at=now())
        messages.success(request, "已移到最新版本，回到草稿；请核对后重新提交。")
        return redirect(back)
    page = CarryPage(proposal, _who_was_faster(proposal), rows, back)
    return render_page(request, "elements/carry.html", page)


def _clauses(request: HttpRequest, proposal: Proposal) -> list[Clause]:
    """The words of law that the proposal was read from, marked."""
    may_decide = people.may(request.actor, EDIT)
    return [
        clause_of(one, href=reverse("candidate", args=[one.pk]) if may_decide else "")
        for one in following.of_proposal(proposal=proposal)
    ]


def _offers(request: HttpRequest, proposal: Proposal) -> list[tuple[Step, str]]:
    """The steps of this state, each with why this person may not take it."""
    return [
        (step, why_not(
            step=step, state=proposal.state, account_id=request.actor.account_id,
            permitted=people.may(request.actor, step.permission),
            drafter_id=proposal.drafted_by_id, reviewer_id=proposal.reviewed_by_id,
        ))
        for step in STEPS.values()
        if proposal.is_open and step.state in ("", proposal.state)
    ]  # fmt: skip


def _why_not_me(offers: list[tuple[Step, str]]) -> str:
    """Why the step that is due is not this person's; empty when one of them is."""
    due = [why for step, why in offers if step.state]
    return "" if "" in due else next(iter(due), "")


def _way(proposal: Proposal) -> list[WayPoint]:
    """Drafted, reviewed, published: by whom, and which is now."""
    stations = (
        ("起草", proposal.drafted_by, State.DRAFT), ("审核", proposal.reviewed_by, State.IN_REVIEW),
        ("发布", proposal.published_by, State.REVIEWED),
    )  # fmt: skip
    order = [State.DRAFT, State.IN_REVIEW, State.REVIEWED, State.PUBLISHED]
    at = order.index(State(proposal.state)) if proposal.state in order else -1
    return [
        WayPoint(
            title, "skip" if at < 0 else "done" if place < at else "now" if place == at else "todo",
            note=who.name if who else "",
        )
        for place, (title, who, _) in enumerate(stations)
    ]  # fmt: skip


def _facts(proposal: Proposal) -> list[tuple[str, object]]:
    pairs = [
        ("登记簿", registers.get_register(slug=proposal.slug).title),
        ("变更类型", proposal.get_kind_display()),
        ("从哪天起", words.day_zh(proposal.valid_from)),
        ("到哪天恢复", words.day_zh(proposal.valid_until) if proposal.kind == "SUSPEND" else ""),
        ("变更理由", proposal.reason), ("批准文号", proposal.approve_doc),
        ("一并改终止日" if proposal.kind == "MOVE_END" else "一并终止", f"{len(proposal.together)} 条" if proposal.together else ""),
        ("退回理由", proposal.returned_reason),
    ]  # fmt: skip
    return [(label, value) for label, value in pairs if value]


def _acts(proposal: Proposal) -> list[ActFace]:
    return [
        ActFace(one.get_kind_display(), one.by.name, one.at, one.note,
                tone="warn" if one.kind == "RETURNED" else "")
        for one in proposal.steps.select_related("by").order_by("-id")
    ]  # fmt: skip


def _touched(found: list[Pointer]) -> Table:
    rows = tuple(
        (one.kind, Cell(one.title, "strong", href=_href_of(one)), one.field) for one in found[:60]
    )
    return Table(("种类", "名称", "从哪个字段指过来"), rows, "牵连到的要素")


def _href_of(one: Pointer) -> str:
    register = registers.register_of(model=one.model)
    return reverse("element_show", args=[register.slug, one.row.uid]) if register else ""


def _element_href(proposal: Proposal, target: Target) -> str:
    if target.base is None and proposal.state != State.PUBLISHED:
        return ""
    return reverse("element_show", args=[proposal.slug, proposal.element_uid])


def _who_was_faster(proposal: Proposal) -> str:
    last = selectors.last_published(uid=proposal.element_uid)
    if last is None:
        return "这条要素在起草以后被改过。"
    changed = "、".join(
        str(f.verbose_name) for f in registers.get_register(slug=last.slug).model._meta.fields
        if f.name in last.values
    )  # fmt: skip
    said = f"改了{changed}" if changed else last.get_kind_display()
    return (
        f"{last.drafted_by.name} {words.moment(last.published_at)} {said}（{last.reason[:60]}）。"
    )


def _list_table(rows: list[Proposal]) -> Table:
    lines = tuple(
        (
            Cell(one.title, "strong", href=reverse("element_proposal", args=[one.pk])),
            one.get_kind_display(), registers.get_register(slug=one.slug).title,
            one.drafted_by.name, Cell(one.get_state_display(), "tag", TONES[one.state]),
            Cell(words.moment(one.changed_at), "num"),
        )
        for one in rows
    )  # fmt: skip
    return Table(("要素", "变更", "登记簿", "起草人", "状态", "最近变动"), lines, "变更单")
