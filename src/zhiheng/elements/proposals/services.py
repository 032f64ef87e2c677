"""Moving a proposal on: drafted, revised, submitted, reviewed, returned, published, withdrawn."""

import uuid
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from zhiheng.elements import links, privacy, registers
from zhiheng.elements.models import ElementRecord, Proposal, ProposalStep
from zhiheng.elements.proposals import applying, ends, hooks
from zhiheng.elements.proposals.rules import STEPS, why_not
from zhiheng.elements.upkeep.run import after_publication
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import Conflict, Invalid, NotAllowed
from zhiheng.people import api as people

Kind, State, Told = Proposal.Kind, Proposal.State, ProposalStep.Kind
_AFTER = {
    "submit": (State.IN_REVIEW, Told.SUBMITTED),
    "approve": (State.REVIEWED, Told.APPROVED),
    "return": (State.DRAFT, Told.RETURNED),
    "publish": (State.PUBLISHED, Told.PUBLISHED),
    "send_back": (State.DRAFT, Told.RETURNED),
    "withdraw": (State.WITHDRAWN, Told.WITHDRAWN),
}


@transaction.atomic
def draft(
    *,
    slug: str,
    kind: str,
    base: ElementRecord | None,
    values: dict[str, Any],
    valid_from: date,
    reason: str,
    actor: people.Actor,
    at: datetime,
    key: str,
    approve_doc: str = "",
    region_code: str = "",
    together: bool = False,
    valid_until: date | None = None,
) -> Proposal:
    """Write a proposal; the same key again gives the same proposal.

    `values`: fields that change, as `elements.values.encode` keeps them. `together`: when
    ending, everything that would be left pointing at nothing ends as well; when an end is moved,
    what was to end together moves as well. `valid_until`: when a suspension is over; the new end.

    Raises:
        Invalid: what is proposed could not be published; a sentence per field.
        Conflict: others point at the element that is to end.
        NotAllowed: the element lies outside the drafter's region.
    """
    if found := Proposal.objects.filter(idempotency_key=key).first():
        return found
    region = base.region_code if base else region_code
    _refuse_stranger(actor=actor, region=region)
    proposal = Proposal(
        kind=kind, slug=slug, element_uid=base.uid if base else uuid.uuid4(),
        base_id=base.pk if base else None, region_code=region, values=values,
        valid_from=valid_from, valid_until=valid_until, reason=reason.strip(), approve_doc=approve_doc.strip(),
        drafted_by_id=actor.account_id, drafted_at=at, changed_at=at, idempotency_key=key,
    )  # fmt: skip
    if kind == Kind.END and base is not None:
        proposal.together = _together(base=base, on=valid_from, wanted=together)
    if kind == Kind.MOVE_END and base is not None and together:
        moved = ends.ended_together(base=base)
        proposal.together = [[slug, str(row.uid)] for slug, row in moved]
    _check(proposal, at)
    try:
        with transaction.atomic():
            proposal.save(force_insert=True)
    except IntegrityError:
        return Proposal.objects.get(idempotency_key=key)
    _tell(proposal, Told.DRAFTED, actor=actor, at=at)
    return proposal


@transaction.atomic
def revise(
    *,
    proposal: Proposal,
    values: dict[str, Any],
    valid_from: date,
    reason: str,
    approve_doc: str,
    actor: people.Actor,
    at: datetime,
    region_code: str = "",
) -> Proposal:
    """Change a draft; only its drafter may."""
    held = _hold(proposal)
    _refuse(held, "submit", actor)
    if held.kind == Kind.NEW and region_code:
        _refuse_stranger(actor=actor, region=region_code)
        held.region_code = region_code
    held.values, held.valid_from = values, valid_from
    held.reason, held.approve_doc = reason.strip(), approve_doc.strip()
    held.changed_at = at
    _check(held, at)
    held.save()
    _tell(held, Told.REVISED, actor=actor, at=at)
    return held


@transaction.atomic
def take(
    *, proposal: Proposal, step_id: str, actor: people.Actor, at: datetime, note: str = ""
) -> Proposal:
    """Take a step; taken twice by the same person it is taken once.

    Raises:
        NotAllowed: not this person's step, or not now.
        Conflict: the base has been superseded, or links would dangle.
        Invalid: a return has no reason.
    """
    held = _hold(proposal)
    step = STEPS[step_id]
    after, told = _AFTER[step_id]
    if _repeated(held, told, actor):
        return held
    _refuse(held, step_id, actor)
    if step.asks == "required" and not note.strip():
        raise Invalid("请写明理由。", fields={"note": "请写明理由，起草人才知道怎么改。"})
    if step_id == "submit":
        _check(held, at)
        held.returned_reason = ""
    elif step_id == "approve":
        held.reviewed_by_id = actor.account_id
    elif step_id in ("return", "send_back"):
        held.returned_reason, held.reviewed_by = note.strip(), None
    elif step_id == "publish":
        _publish(held, actor=actor, at=at)
        after_publication()
    held.state, held.changed_at = after, at
    held.save()
    _tell(held, told, actor=actor, at=at, note=note)
    return held


@transaction.atomic
def carry_over(
    *, proposal: Proposal, values: dict[str, Any], actor: people.Actor, at: datetime
) -> Proposal:
    """Put the drafter's changes onto the version known now; it has to be reviewed anew.

    Raises:
        Conflict: the element has ended meanwhile, so there is nothing to change.
    """
    held = _hold(proposal)
    if held.drafted_by_id != actor.account_id or not held.is_open:
        raise NotAllowed("只有起草人能把修改移到最新版本。", next_step="请联系起草人。")
    target = applying.target_of(proposal=held)
    if not target.stale:
        return held
    if target.newest is None:
        raise Conflict("这条要素已经不在登记簿里。", next_step="请撤回这张变更单。")
    held.base_id, held.values, held.changed_at = target.newest.pk, values, at
    held.valid_from = max(held.valid_from, target.newest.valid_from)
    held.state, held.reviewed_by = State.DRAFT, None
    _check(held, at)
    held.save()
    _tell(held, Told.CARRIED, actor=actor, at=at)
    return held


@transaction.atomic
def supersede(*, proposal: Proposal, actor: people.Actor, at: datetime, note: str) -> None:
    """Withdraw a draft in whose place something else has come, whoever drafted it."""
    held = _hold(proposal)
    if held.state == State.DRAFT:
        held.state, held.changed_at = State.WITHDRAWN, at
        held.save()
        _tell(held, Told.WITHDRAWN, actor=actor, at=at, note=note)


def _publish(held: Proposal, *, actor: people.Actor, at: datetime) -> None:
    hooks.complete(proposal=held, actor=actor, at=at)
    target = applying.target_of(proposal=held)
    if not target.stale:
        applying.check(proposal=held, target=target, on=local_date(at))
    try:
        with transaction.atomic():
            applying.apply(proposal=held, target=target, at=at, approved_by=actor.name)
    except IntegrityError as clash:
        raise Conflict(
            "同一编号或同一段时间已经有别的登记，没有发布。",
            next_step="请退回起草人，核对编号和生效日。",
        ) from clash
    held.published_by_id, held.published_at = actor.account_id, at


def _check(proposal: Proposal, at: datetime) -> None:
    """Refuse what could not be published, and name the proposal after its element."""
    if not proposal.reason:
        raise Invalid("变更单有误。", fields={"reason": "请写明为什么要变更。"})
    target = applying.target_of(proposal=proposal)
    if target.stale:
        return  # said on its page; carrying over checks again
    applying.check(proposal=proposal, target=target, on=local_date(at))
    row = applying.result_of(proposal=proposal, target=target)
    proposal.title = privacy.title_of(row=row, open_personal=False)[:200]


def _together(*, base: ElementRecord, on: date, wanted: bool) -> list[list[str]]:
    pointing = links.closure(row=base, on=on)
    if pointing and not wanted:
        some = "、".join(f"{one.kind}“{one.title}”" for one in pointing[:5])
        raise Conflict(
            f"还有 {len(pointing)} 条要素指向它：{some}{'等' if len(pointing) > 5 else ''}。",
            next_step="请先改掉它们，或者选择“一并终止”。",
        )
    if len(pointing) > links.MOST:
        raise Conflict(
            "指向它的要素太多，不能用一张变更单终止。", next_step="请先用调整通告处理授权。"
        )
    found = ((registers.register_of(model=one.model), one) for one in pointing)
    return [[reg.slug if reg else "", str(one.row.uid)] for reg, one in found]


def _hold(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_for_update().get(pk=proposal.pk)


def _repeated(held: Proposal, told: str, actor: people.Actor) -> bool:
    """Whether the last thing that happened is this step, taken by this person."""
    last = held.steps.order_by("-id").first()
    return last is not None and (last.kind, last.by_id) == (told, actor.account_id)


def _refuse(held: Proposal, step_id: str, actor: people.Actor) -> None:
    step = STEPS[step_id]
    why = why_not(
        step=step, state=held.state, account_id=actor.account_id,
        permitted=people.may(actor, step.permission), drafter_id=held.drafted_by_id,
        reviewer_id=held.reviewed_by_id,
    )  # fmt: skip
    if why:
        raise NotAllowed(why, next_step="变更单上写着下一步该由谁办。")


def _refuse_stranger(*, actor: people.Actor, region: str) -> None:
    reaches = people.scope(actor, "element.edit").reaches
    if not any(region.startswith(one.region_prefix) for one in reaches):
        raise NotAllowed(
            "这条要素不属于您管理的地区，不能在这里改。",
            next_step="上级登记的要素，请上级的要素管理员来改。",
        )


def _tell(
    proposal: Proposal, kind: str, *, actor: people.Actor, at: datetime, note: str = ""
) -> None:
    ProposalStep.objects.create(
        proposal=proposal, kind=kind, by_id=actor.account_id, at=at, note=note.strip()
    )
    hooks.tell(proposal=proposal, told=kind, actor=actor, at=at, note=note.strip())
