"""What people do with a line: give it to somebody, set a day, put it aside, settle it, comment.

Every act leaves a note with who and when. The element administrator of the region works on every
line there, the owner on the own ones.
"""

from datetime import date, datetime

from django.db import transaction

from zhiheng.elements.models import UpkeepItem, UpkeepNote
from zhiheng.elements.upkeep.selectors import in_region
from zhiheng.kernel.errors import Conflict, Invalid, NotAllowed
from zhiheng.people import api as people
from zhiheng.people.api import Account, Actor
from zhiheng.web import words

State, Kind = UpkeepItem.State, UpkeepNote.Kind


def may_work(*, item: UpkeepItem, actor: Actor) -> bool:
    """Whether somebody may act on a line: the owner, or the element administrator in reach."""
    if item.owner_id == actor.account_id:
        return True
    prefixes = [one.region_prefix for one in people.scope(actor, "element.edit").reaches]
    return in_region(item.region_code, prefixes)


def _held(item: UpkeepItem, actor: Actor, *, open_only: bool = True) -> UpkeepItem:
    """The line, locked; refused to those who may not, and when it is closed already."""
    row = UpkeepItem.objects.select_for_update().get(pk=item.pk)
    if not may_work(item=row, actor=actor):
        raise NotAllowed(
            "这一条由责任人或者本地要素管理员清理。",
            next_step="请联系他们，或者请管理员把责任人改成您。",
        )
    if open_only and row.state != State.OPEN:
        raise Conflict(
            f"这一条刚刚已经是“{row.get_state_display()}”了。", next_step="请回到清单看最新的结果。"
        )
    return row


def _note(row: UpkeepItem, kind: str, text: str, *, actor: Actor, at: datetime) -> UpkeepNote:
    return UpkeepNote.objects.create(
        item=row, kind=kind, text=text[:400], by_id=actor.account_id, at=at
    )


@transaction.atomic
def assign(*, item: UpkeepItem, to: Account, actor: Actor, at: datetime) -> UpkeepItem:
    """Give a line to somebody; a later sweep keeps that."""
    row = _held(item, actor)
    row.owner, row.owner_fixed = to, True
    row.save(update_fields=["owner", "owner_fixed"])
    _note(row, Kind.ASSIGNED, to.name, actor=actor, at=at)
    return row


@transaction.atomic
def set_due(*, item: UpkeepItem, due_on: date, on: date, actor: Actor, at: datetime) -> UpkeepItem:
    """Set the day by which a line is to be mended; not a day that has passed."""
    row = _held(item, actor)
    if due_on < on:
        raise Invalid("期限不能早于今天。", fields={"due_on": "请选今天或以后的日子。"})
    row.due_on, row.due_fixed = due_on, True
    row.save(update_fields=["due_on", "due_fixed"])
    _note(row, Kind.DUE, words.day(due_on), actor=actor, at=at)
    return row


@transaction.atomic
def dismiss(*, item: UpkeepItem, reason: str, actor: Actor, at: datetime) -> UpkeepItem:
    """Put a line aside with a reason; it comes back when the fault goes and returns."""
    row = _held(item, actor)
    return _end(row, State.DISMISSED, Kind.DISMISSED, _said(reason), actor=actor, at=at)


@transaction.atomic
def settle(*, item: UpkeepItem, note: str, actor: Actor, at: datetime) -> UpkeepItem:
    """Say of a line of a law change that it was looked at, and with which result."""
    row = _held(item, actor)
    if row.change_id is None:
        raise NotAllowed(
            "这一条要改好要素才会消除，不能直接标完成。",
            next_step="改好后点“复查”，或者写明理由搁置。",
        )
    return _end(row, State.DONE, Kind.DONE, _said(note), actor=actor, at=at)


@transaction.atomic
def comment(*, item: UpkeepItem, text: str, actor: Actor, at: datetime) -> UpkeepNote:
    """Leave a remark, also on a closed line."""
    row = _held(item, actor, open_only=False)
    return _note(row, Kind.COMMENT, _said(text), actor=actor, at=at)


def _said(text: str) -> str:
    if not text.strip():
        raise Invalid("请写几个字说明。", fields={"text": "写明理由或者核对结果，别人看得懂就行。"})
    return text.strip()


def _end(
    row: UpkeepItem, state: str, kind: str, note: str, *, actor: Actor, at: datetime
) -> UpkeepItem:
    row.state, row.closed_at, row.closed_note = state, at, note[:300]
    row.save(update_fields=["state", "closed_at", "closed_note"])
    _note(row, kind, note, actor=actor, at=at)
    return row


def ask_again(*, item: UpkeepItem, actor: Actor) -> None:
    """Refuse a new look to those who may not work on the line."""
    if not may_work(item=item, actor=actor):
        raise NotAllowed(
            "这一条由责任人或者本地要素管理员清理。",
            next_step="改好后请他们复查，或者等夜里自动复查。",
        )
