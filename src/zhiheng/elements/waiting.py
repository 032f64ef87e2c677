"""Proposals, imports and lines to be cleared that wait for a person, for the to-do list."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from zhiheng.elements.exchange import selectors as imports
from zhiheng.elements.models import ImportBatch, Proposal, UpkeepItem
from zhiheng.elements.proposals import selectors as proposals
from zhiheng.elements.proposals.rules import EDIT, PUBLISH, REVIEW
from zhiheng.elements.registers import get_register
from zhiheng.elements.upkeep import selectors as upkeep
from zhiheng.ledger import api as ledger
from zhiheng.people import api as people

State = Proposal.State
UPKEEP = "UPKEEP"
_DUE = {
    State.DRAFT: "修改退回的变更单",
    State.IN_REVIEW: "审核要素变更",
    State.REVIEWED: "发布要素变更",
}


def register() -> None:
    """Enter what waits in the centre; called when the apps are ready."""
    ledger.contribute_waiting(
        ledger.Source("ELEMENT", "要素", find, count, lambda: reverse("element_home"))
    )
    ledger.contribute_waiting(
        ledger.Source(
            UPKEEP, "待清理", find_lines, count_lines, lambda: reverse("upkeep_list") + "?mine=1"
        )
    )


def find(actor: Any, most: int) -> list[ledger.Waiting]:
    """The oldest that wait for this person."""
    due = [_of_proposal(one) for one in _proposals(actor).order_by("changed_at")[:most]]
    return due + [_of_batch(one) for one in _batches(actor).order_by("uploaded_at")[:most]]


def count(actor: Any, most: int) -> int:
    """How many wait, counted up to a limit."""
    changes = _proposals(actor).order_by().values_list("pk")[:most]
    return len(changes.union(_batches(actor).order_by().values_list("pk")[:most], all=True))


def find_lines(actor: Any, most: int) -> list[ledger.Waiting]:
    """The lines to be cleared that are due first."""
    rows = upkeep.mine(actor).order_by(*upkeep.ORDER)[:most]
    return [_of_line(one) for one in rows]


def count_lines(actor: Any, most: int) -> int:
    """How many lines wait, counted up to a limit; nobody who may not open them is asked."""
    if not people.may(actor, "element.view"):
        return 0
    return len(upkeep.mine(actor).order_by().values_list("pk")[:most])


def _proposals(actor: Any) -> QuerySet[Proposal]:
    """Returned to their drafter; to be reviewed by another; to be published by a third."""
    me, mine = actor.account_id, Q()
    if people.may(actor, EDIT):
        mine |= Q(drafted_by=me, state=State.DRAFT) & ~Q(returned_reason="")
    if people.may(actor, REVIEW):
        mine |= Q(state=State.IN_REVIEW) & ~Q(drafted_by=me)
    if people.may(actor, PUBLISH):
        mine |= Q(state=State.REVIEWED) & ~Q(drafted_by=me) & ~Q(reviewed_by=me)
    return proposals.reachable(actor=actor).filter(mine) if mine else Proposal.objects.none()


def _batches(actor: Any) -> QuerySet[ImportBatch]:
    """Imports that somebody else uploaded and that are checked without error."""
    return imports.waiting(actor=actor)


def _of_proposal(one: Proposal) -> ledger.Waiting:
    register = get_register(slug=one.slug).title
    return ledger.Waiting(
        title=_DUE[State(one.state)], about=f"{one.get_kind_display()}{register}“{one.title}”",
        number=f"变更单 {one.pk}", href=reverse("element_proposal", args=[one.pk]),
        since=one.changed_at, reason=one.returned_reason if one.state == State.DRAFT else "",
    )  # fmt: skip


def _of_batch(one: ImportBatch) -> ledger.Waiting:
    register = get_register(slug=one.register).title
    counted = f"新增 {one.rows_new:,} 行，变更 {one.rows_changed:,} 行"
    return ledger.Waiting(
        title="批准导入", about=f"{register}：{one.file_name}（{counted}）",
        number=f"导入 {one.pk}", href=reverse("import_show", args=[one.pk]),
        since=one.checked_at or one.uploaded_at,
    )  # fmt: skip


def _of_line(one: UpkeepItem) -> ledger.Waiting:
    return ledger.Waiting(
        title=f"清理：{one.title}", about=f"{one.says} {one.next_step}",
        number=f"待清理 {one.pk}", href=reverse("upkeep_item", args=[one.pk]),
        since=one.found_at, due_on=one.due_on,
    )  # fmt: skip
