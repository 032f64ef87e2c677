"""A notice from hand to hand: previewed, approved, published, returned, withdrawn.

Each step is one transaction on the locked notice; a step that was taken already is not taken
twice. Three different people draft, approve and publish.
"""

from datetime import datetime

from django.db import connection, transaction

from zhiheng.elements.many import amend_many, end_many, record_many, take_back
from zhiheng.elements.models import AdjustmentNotice, Grant, Item
from zhiheng.elements.notices.plan import Plan, make_plan
from zhiheng.elements.notices.selectors import may_touch
from zhiheng.elements.upkeep.run import after_publication
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import Conflict, Invalid, NotAllowed
from zhiheng.people.api import Actor

State = AdjustmentNotice.State


def _locked(*, notice_id: int, actor: Actor, permission: str) -> AdjustmentNotice:
    """The notice, held until the end of the transaction; absent and out of reach answer alike."""
    notice = AdjustmentNotice.objects.select_for_update().filter(pk=notice_id).first()
    return may_touch(notice=notice, actor=actor, permission=permission)


def _expect(notice: AdjustmentNotice, *states: str) -> None:
    if notice.state not in states:
        raise Conflict(
            f"这份通告现在是“{notice.get_state_display()}”，这一步已经办过或不能办。",
            next_step="请刷新页面，看看现在到了哪一步。",
        )


@transaction.atomic
def submit(*, notice_id: int, actor: Actor, at: datetime) -> Plan:
    """Fix what the preview shows and hand it on for approval.

    Raises:
        Invalid: there are no actions, or some cannot be done.
    """
    notice = _locked(notice_id=notice_id, actor=actor, permission="element.edit")
    _expect(notice, State.DRAFT, State.RETURNED, State.PREVIEWED)
    plan = make_plan(notice=notice)
    _check(notice, plan, at)
    notice.state, notice.previewed_at = State.PREVIEWED, at
    notice.preview_digest, notice.reason = plan.digest, ""
    notice.save()
    return plan


def _check(notice: AdjustmentNotice, plan: Plan, at: datetime) -> None:
    if not plan.actions:
        raise Invalid("通告里还没有事项。", next_step="请先选事项，再送审。")
    if notice.effective_on <= local_date(at):
        raise Invalid(
            "生效日已到或已过，不能再改变那一天。", next_step="请把生效日改为明天或以后。"
        )
    if plan.problems:
        first = plan.problems[0]
        raise Invalid(
            f"有 {len(plan.problems)} 项办不成，如 {first.item_code}：{first.says}",
            next_step="请在预览页逐项改正或移出。",
        )


@transaction.atomic
def approve(*, notice_id: int, actor: Actor, at: datetime) -> None:
    """Another person approves exactly what was previewed.

    Raises:
        NotAllowed: the drafter approves.
        Conflict: grants or actions have changed since the preview.
    """
    notice = _locked(notice_id=notice_id, actor=actor, permission="element.review")
    _expect(notice, State.PREVIEWED)
    if actor.account_id == notice.drafted_by_id:
        raise NotAllowed("起草人不能审核自己的通告。", next_step="请换一位审核人员办理。")
    _same_as_previewed(notice, make_plan(notice=notice))
    notice.state, notice.reviewed_by_id, notice.reviewed_at = (
        State.APPROVED, actor.account_id, at,
    )  # fmt: skip
    notice.save()


def _same_as_previewed(notice: AdjustmentNotice, plan: Plan) -> None:
    if plan.digest != notice.preview_digest:
        raise Conflict(
            "预览之后，涉及的授权或事项有了变动。",
            next_step="请退回起草人重新预览，看清新的影响后再办。",
        )


@transaction.atomic
def send_back(*, notice_id: int, actor: Actor, at: datetime, reason: str) -> None:
    """Return a notice to its drafter, with what has to be mended."""
    notice = _locked(notice_id=notice_id, actor=actor, permission="element.review")
    _expect(notice, State.PREVIEWED, State.APPROVED)
    if not reason.strip():
        raise Invalid("退回要写明理由。", fields={"reason": "请写清哪里要改，起草人才知道怎么办。"})
    notice.state, notice.reason = State.RETURNED, reason.strip()
    notice.reviewed_by_id, notice.reviewed_at = actor.account_id, at
    notice.save()


@transaction.atomic
def publish(*, notice_id: int, actor: Actor, at: datetime) -> Plan:
    """Write what holds from the effective day on; a third person does it.

    Thousands of actions are one transaction: all of it stands, or nothing.

    Raises:
        NotAllowed: drafter or reviewer publishes.
        Conflict: something has changed since the preview, or somebody was faster.
        Invalid: the effective day has come.
    """
    notice = _locked(notice_id=notice_id, actor=actor, permission="element.publish")
    _expect(notice, State.APPROVED)
    if actor.account_id in (notice.drafted_by_id, notice.reviewed_by_id):
        raise NotAllowed("起草、审核、公布须是三个人。", next_step="请由另一位有公布权限的人办理。")
    _one_at_a_time(notice)
    plan = make_plan(notice=notice)
    _same_as_previewed(notice, plan)
    _check(notice, plan, at)
    _write(notice, plan, at)
    notice.state, notice.published_by_id, notice.published_at = (
        State.PUBLISHED, actor.account_id, at,
    )  # fmt: skip
    notice.issued_on = notice.issued_on or local_date(at)
    notice.save()
    after_publication()
    return plan


def _one_at_a_time(notice: AdjustmentNotice) -> None:
    """Two notices of one region are published one after the other."""
    with connection.cursor() as cursor:
        key = f"adjust|{notice.region_code}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _write(notice: AdjustmentNotice, plan: Plan, at: datetime) -> None:
    on, doc = notice.effective_on, notice.level_approval or notice.notice_no
    ended = end_many(rows=plan.ended, valid_until=on, at=at, approve_doc=doc)
    changed = amend_many(changes=plan.changed, at=at, approve_doc=doc)
    created = record_many(rows=plan.created, at=at)
    notice.closed_grants = ended.closed + changed.closed
    notice.written_grants = ended.written + changed.written + created
    items_ended = end_many(rows=plan.items_ended, valid_until=on, at=at, approve_doc=doc)
    items_changed = amend_many(changes=plan.items_changed, at=at, approve_doc=doc)
    notice.closed_items = items_ended.closed + items_changed.closed
    notice.written_items = items_ended.written + items_changed.written


@transaction.atomic
def withdraw(*, notice_id: int, actor: Actor, at: datetime, reason: str) -> None:
    """Take a notice back before its day; a published one leaves everything as it was.

    Raises:
        Conflict: it has taken effect, or what it wrote has been changed since.
    """
    notice = _locked(notice_id=notice_id, actor=actor, permission="element.edit")
    if notice.state == State.WITHDRAWN:
        return
    if not reason.strip():
        raise Invalid("撤回要写明理由。", fields={"reason": "请写清为什么撤回。"})
    if notice.state == State.PUBLISHED:
        if local_date(at) >= notice.effective_on:
            raise Conflict("通告已经生效，不能撤回。", next_step="如需改回，请另发一份调整通告。")
        _one_at_a_time(notice)
        take_back(model=Grant, closed=notice.closed_grants, written=notice.written_grants, at=at)
        take_back(model=Item, closed=notice.closed_items, written=notice.written_items, at=at)
    notice.state, notice.reason = State.WITHDRAWN, reason.strip()
    notice.withdrawn_by_id, notice.withdrawn_at = actor.account_id, at
    notice.save()
