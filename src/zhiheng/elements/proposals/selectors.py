"""Finding proposals: one within reach, those that wait for somebody, those open on an element."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from zhiheng.elements.models import Proposal
from zhiheng.elements.proposals.rules import EDIT, PUBLISH, REVIEW
from zhiheng.kernel.errors import NotFound
from zhiheng.people import api as people

State = Proposal.State
CAP = 99


@dataclass(frozen=True)
class Waiting:
    """What waits for a person: counted up to a hundred, the first few named."""

    key: str
    title: str
    rows: tuple[Proposal, ...]
    count: str

    @property
    def more(self) -> bool:
        """Whether more wait than are named."""
        return self.count != str(len(self.rows))


def reachable(*, actor: people.Actor) -> QuerySet[Proposal]:
    """Proposals of the regions in which the actor edits, reviews or publishes."""
    reach = Q(pk__in=[])
    for permission in (EDIT, REVIEW, PUBLISH):
        for one in people.scope(actor, permission).reaches if people.may(actor, permission) else ():
            reach |= Q(region_code__startswith=one.region_prefix)
    rows = Proposal.objects.filter(reach)
    return rows.select_related("drafted_by", "reviewed_by", "published_by")


def access_proposal(*, proposal_id: int, actor: people.Actor) -> Proposal:
    """A proposal within reach; absent and out of reach answer alike."""
    found = reachable(actor=actor).filter(pk=proposal_id).first()
    if found is None:
        raise NotFound("没有这张变更单，或者它不在您的辖区。", next_step="请从要素中心重新打开。")
    return found


def open_on(*, uid: uuid.UUID) -> list[Proposal]:
    """Proposals still under way on an element, whoever drafts them."""
    rows = Proposal.objects.filter(
        element_uid=uid, state__in=(State.DRAFT, State.IN_REVIEW, State.REVIEWED)
    )
    return list(rows.select_related("drafted_by").order_by("-id")[:10])


def last_published(*, uid: uuid.UUID) -> Proposal | None:
    """The proposal by which an element was last changed."""
    rows = Proposal.objects.filter(element_uid=uid, state=State.PUBLISHED)
    return rows.select_related("drafted_by", "published_by").order_by("-published_at").first()


def waiting_for(*, actor: people.Actor) -> list[Waiting]:
    """What this person can do next, the most urgent first; empty kinds are left out."""
    me, rows = actor.account_id, reachable(actor=actor).order_by("-id")
    kinds: list[tuple[str, str, QuerySet[Proposal]]] = []
    if people.may(actor, EDIT):
        mine = rows.filter(drafted_by=me, state=State.DRAFT)
        kinds.append(("returned", "退回给我的", mine.exclude(returned_reason="")))
    if people.may(actor, REVIEW):
        others = rows.filter(state=State.IN_REVIEW).exclude(drafted_by=me)
        kinds.append(("review", "等我审核", others))
    if people.may(actor, PUBLISH):
        third = rows.filter(state=State.REVIEWED).exclude(drafted_by=me).exclude(reviewed_by=me)
        kinds.append(("publish", "等我发布", third))
    if people.may(actor, EDIT):
        kinds.append(("drafts", "我的草稿", mine.filter(returned_reason="")))
        sent = rows.filter(drafted_by=me, state__in=(State.IN_REVIEW, State.REVIEWED))
        kinds.append(("sent", "我提交、还在走的", sent))
    return [one for key, title, found in kinds if (one := _waiting(key, title, found)).rows]


def filtered(*, actor: people.Actor, which: str) -> QuerySet[Proposal]:
    """Proposals by what they wait for, or all."""
    rows = reachable(actor=actor)
    return rows.filter(state=which) if which in State.values else rows


def _waiting(key: str, title: str, rows: Iterable[Proposal]) -> Waiting:
    found = list(rows[: CAP + 1])  # type: ignore[index]
    count = f"{CAP}+" if len(found) > CAP else str(len(found))
    return Waiting(key, title, tuple(found[:5]), count)
