"""Finding candidates in a law version, and the three ways to decide one."""

import uuid
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from zhiheng.elements.candidates.bases import first_day, known_node, words_of
from zhiheng.elements.candidates.drafting import item_values
from zhiheng.elements.candidates.naming import likely_domain, short_name
from zhiheng.elements.candidates.reading import act_words, places_in, text_of
from zhiheng.elements.models import Item, ItemCandidate, Proposal
from zhiheng.elements.proposals import services as proposals
from zhiheng.kernel import bulk
from zhiheng.kernel.errors import Conflict, Invalid
from zhiheng.laws.api import LawNode, LawVersion, Place, find_clause
from zhiheng.people.api import Actor

State = ItemCandidate.State


@transaction.atomic
def find_candidates(*, version: LawVersion, at: datetime) -> int:
    """Read a version and store the penalty clauses that are not stored yet; returns how many.

    A second reading adds nothing and changes nothing that was decided.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"candidates|{version.pk}"]
        )
    known = set(
        ItemCandidate.objects.filter(law_version=version).values_list("law_node_id", flat=True)
    )
    rows = []
    for node, place in places_in(version=version):
        if node.pk not in known and (row := _candidate(version, node, place, at)):
            known.add(node.pk)
            rows.append(row)
    for row, number in zip(rows, bulk.take_ids(model=ItemCandidate, count=len(rows)), strict=True):
        row.pk = number
    return bulk.copy_rows(model=ItemCandidate, rows=rows)


def _candidate(
    version: LawVersion, node: LawNode, place: Place, at: datetime
) -> ItemCandidate | None:
    finding = find_clause(place.text)
    if finding is None:
        return None
    plain = finding.as_json()
    acts = act_words(text=place.text, finding=plain)
    who = finding.subject.name if finding.subject else ""
    named = short_name(acts[0], who) if acts else ""
    return ItemCandidate(
        law_version=version,
        law_node=node,
        title=named or f"{version.law.short[:40]}{node.label}",
        domain=likely_domain("、".join(one.name for one in finding.bodies), version.law.short),
        finding=plain,
        text_digest=place.digest,
        found_at=at,
    )


@transaction.atomic
def accept(
    *, number: int, name: str, code: str, domain: str, region_code: str, valid_from: date,
    actor: Actor, at: datetime, submit: bool = False,
) -> Proposal:  # fmt: skip
    """Propose the candidate as a new item that stands on its place in the law.

    The item is born when the proposal is published; until then the candidate waits with it.

    Raises:
        Conflict: somebody else has decided it.
        Invalid: the code is in use, or the law's first day is not known.
    """
    candidate = _hold(number, actor=actor, at=at)
    _refuse_taken(code)
    found = item_values(candidate.finding)
    acts = act_words(text=text_of(candidate), finding=candidate.finding)
    values = {
        "code": code, "name": name, "domain": domain, "kind": Item.Kind.PENALTY.value,
        "act_description": "；".join(acts) or name, **_basis_value(candidate), **found,
    }  # fmt: skip
    proposal = proposals.draft(
        slug="items", kind=Proposal.Kind.NEW, base=None, values=values, region_code=region_code,
        valid_from=max(valid_from, first_day(candidate=candidate)),
        reason=f"由事项候选收入：{words_of(candidate)}。", actor=actor, at=at, key=uuid.uuid4().hex,
    )  # fmt: skip
    _wait(candidate, proposal, actor, at)
    if submit:
        proposal = proposals.take(proposal=proposal, step_id="submit", actor=actor, at=at)
    return proposal


def _refuse_taken(code: str) -> None:
    """A code belongs to one item, registered or on its way."""
    said = f"编码 {code} 已被使用。请换一个，或改用“并入已有事项”。"
    if not Item.objects.known().filter(code=code, valid_until=None).exists():
        under_way = Proposal.objects.filter(
            slug="items", kind=Proposal.Kind.NEW, values__code=code,
            state__in=(Proposal.State.DRAFT, Proposal.State.IN_REVIEW, Proposal.State.REVIEWED),
        ).select_related("drafted_by").first()  # fmt: skip
        if under_way is None:
            return
        said = f"{under_way.drafted_by.name}的变更单已经用了编码 {code}，正在办理。请换一个。"
    raise Invalid(f"编码 {code} 已经用在别的事项上。", fields={"code": said})


def _basis_value(candidate: ItemCandidate) -> dict[str, Any]:
    """The item's penalty basis; one that is not registered yet is made at publication."""
    node = known_node(candidate=candidate)
    return {"penalty_basis": node.pk} if node else {}


@transaction.atomic
def merge(
    *, number: int, code: str, reason: str, actor: Actor, at: datetime, submit: bool = False
) -> Item | Proposal:
    """Say that an item which is there already is this clause.

    An item that has no clause yet is to get this one, by a proposal, which is returned; else the
    item, and the candidate is done with.

    Raises:
        Conflict: somebody else has decided it.
        Invalid: there is no such item.
        NotAllowed: the item has to change and lies outside the actor's region.
    """
    candidate = _hold(number, actor=actor, at=at)
    item = Item.objects.known().filter(code=code, status="ACTIVE").order_by("-valid_from").first()
    if item is None:
        raise Invalid(
            f"没有编码为“{code}”的事项。",
            fields={"item_code": f"没有编码为“{code}”的事项。请到执法事项里核对编码。"},
        )
    if item.penalty_basis_id is not None:
        _decide(candidate, State.MERGED, actor, at, reason=reason)
        candidate.item_uid = item.uid
        candidate.save(update_fields=["item_uid"])
        return item
    why = f"事项候选并入：罚则是{words_of(candidate)}。{reason}"
    proposal = proposals.draft(
        slug="items", kind=Proposal.Kind.AMEND, base=item, values=_basis_value(candidate),
        valid_from=max(item.valid_from, first_day(candidate=candidate)), reason=why,
        actor=actor, at=at, key=uuid.uuid4().hex,
    )  # fmt: skip
    _wait(candidate, proposal, actor, at)
    if submit:
        proposal = proposals.take(proposal=proposal, step_id="submit", actor=actor, at=at)
    return proposal


@transaction.atomic
def dismiss(*, number: int, reason: str, actor: Actor, at: datetime) -> ItemCandidate:
    """Say that this is no item for us, and why.

    Raises:
        Conflict: somebody else has decided it.
        Invalid: no reason is given.
    """
    if not reason.strip():
        raise Invalid("没有写理由。", fields={"reason": "请写明为什么不收，一句话就行。"})
    candidate = _hold(number, actor=actor, at=at)
    return _decide(candidate, State.DISMISSED, actor, at, reason=reason.strip())


def _hold(number: int, *, actor: Actor, at: datetime) -> ItemCandidate:
    """The candidate, for us alone until the end of the transaction, if it is still open.

    A proposal of it that came back is given up: the candidate is being decided anew. Proposals
    are locked before candidates, here as in their own steps.
    """
    returned = Proposal.objects.filter(candidates=number, state=Proposal.State.DRAFT).first()
    if returned and ItemCandidate.objects.filter(pk=number, state=State.OPEN).exists():
        note = "这条候选已另行处理，退回的草稿不再需要。"
        proposals.supersede(proposal=returned, actor=actor, at=at, note=note)
    candidate = (
        ItemCandidate.objects.select_for_update(of=("self",))
        .select_related("law_node__parent", "law_version__law", "decided_by")
        .get(pk=number)
    )
    if candidate.state != State.OPEN:
        who = candidate.decided_by.name if candidate.decided_by else "别人"
        raise Conflict(
            f"{who}刚刚已经处理了这一条：{candidate.get_state_display()}。",
            next_step="您的决定没有保存；请看处理结果，有不同意见请与对方商量。",
        )
    return candidate


def _wait(candidate: ItemCandidate, proposal: Proposal, actor: Actor, at: datetime) -> None:
    """The candidate stands with its proposal from here on."""
    candidate.proposal = proposal
    candidate.save(update_fields=["proposal"])
    _decide(candidate, State.IN_PROPOSAL, actor, at)


def _decide(
    candidate: ItemCandidate, state: str, actor: Actor, at: datetime, *, reason: str = ""
) -> ItemCandidate:
    candidate.state, candidate.reason = state, reason
    candidate.decided_by_id, candidate.decided_at = actor.account_id, at
    candidate.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    return candidate
