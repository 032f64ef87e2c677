"""What becomes of a candidate while its proposal goes from person to person."""

from datetime import datetime

from zhiheng.elements.candidates.bases import first_day, known_node, node_for, words_of
from zhiheng.elements.history import Change
from zhiheng.elements.models import Item, ItemCandidate, Proposal, ProposalStep
from zhiheng.elements.proposals import hooks
from zhiheng.kernel.errors import Invalid
from zhiheng.people.api import Actor
from zhiheng.web import words

State, Told = ItemCandidate.State, ProposalStep.Kind
_BASIS = "penalty_basis"
_MOST = ItemCandidate._meta.get_field("reason").max_length or 0


def listen() -> None:
    """Have every proposal's steps told here; called once when the apps are ready."""
    hooks.before_publication(complete)
    hooks.after_step(follow)


def of_proposal(*, proposal: Proposal) -> list[ItemCandidate]:
    """Candidates that a proposal came from, with law and place."""
    rows = proposal.candidates.select_related("law_node__parent__parent", "law_version__law")
    return list(rows.order_by("id"))


def complete(*, proposal: Proposal, actor: Actor, at: datetime) -> None:
    """Give the item the clause that it was proposed with, which is registered along with it."""
    for candidate in of_proposal(proposal=proposal):
        if not _lacks_basis(proposal):
            continue
        _refuse_too_early(proposal, candidate)
        node = node_for(candidate=candidate, at=at, approved_by=actor.name)
        proposal.values = proposal.values | {_BASIS: node.pk}


def pending(*, proposal: Proposal) -> list[Change]:
    """What publication will add that no field of the proposal can say yet."""
    if proposal.state == Proposal.State.PUBLISHED or not _lacks_basis(proposal):
        return []
    return [
        Change("罚则", "—", f"{words_of(one)}（发布时一并登记这一条款）")
        for one in of_proposal(proposal=proposal)
        if known_node(candidate=one) is None
    ]


def follow(*, proposal: Proposal, told: str, actor: Actor, at: datetime, note: str) -> None:
    """Keep the candidates of a proposal in step with it.

    Raises:
        Invalid: the item would begin before the law that it stands on.
    """
    if told in (Told.SUBMITTED, Told.RETURNED, Told.WITHDRAWN, Told.PUBLISHED):
        rows = ItemCandidate.objects.select_for_update(of=("self",)).filter(proposal=proposal)
        for one in rows.select_related("law_version__law", "law_node"):
            _step(one, proposal, told, actor, at, note)


def _step(
    one: ItemCandidate, proposal: Proposal, told: str, actor: Actor, at: datetime, note: str
) -> None:
    if told == Told.SUBMITTED:
        _refuse_too_early(proposal, one)
        one.state, one.reason = State.IN_PROPOSAL, ""
        one.decided_by_id, one.decided_at = proposal.drafted_by_id, at
    elif told == Told.PUBLISHED:
        new = proposal.kind == Proposal.Kind.NEW
        one.state = State.ACCEPTED if new else State.MERGED
        one.item_uid, one.decided_at = proposal.element_uid, at
    else:
        said = "退回" if told == Told.RETURNED else "撤回"
        one.state, one.decided_by, one.decided_at = State.OPEN, None, None
        one.reason = f"{actor.name}{said}了变更单" + (f"：{note}" if note else "")
        one.reason = one.reason[:_MOST]
    one.save(update_fields=["state", "reason", "decided_by", "decided_at", "item_uid"])


def _lacks_basis(proposal: Proposal) -> bool:
    """Whether neither the proposal nor the item it changes says on which clause the item stands."""
    if proposal.values.get(_BASIS) is not None:
        return False
    if proposal.base_id is None:
        return True
    return Item.objects.filter(pk=proposal.base_id, penalty_basis=None).exists()


def _refuse_too_early(proposal: Proposal, candidate: ItemCandidate) -> None:
    begins = first_day(candidate=candidate)
    if proposal.valid_from < begins:
        said = f"{candidate.law_version.law}自 {words.day_zh(begins)} 起施行，事项不能早于这一天。"
        raise Invalid("变更单有误。", fields={"valid_from": said})
