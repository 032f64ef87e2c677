"""Merging two registrations of a party and parting them again; nothing is lost either way."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from zhiheng.elements import services, values
from zhiheng.elements.merging.selectors import COMPARED
from zhiheng.elements.models import Subject, SubjectMerge
from zhiheng.kernel.errors import Conflict, Invalid, NotAllowed
from zhiheng.people import api as people

_SIDES = ("kept", "gone")
_TIED = {"citizen_id": ("citizen_id_hash",), "address": ("lon", "lat")}


@transaction.atomic
def merge(
    *,
    kept: Subject,
    gone: Subject,
    survived: dict[str, str],
    reason: str,
    actor: people.Actor,
    at: datetime,
) -> SubjectMerge:
    """Make one registration of two: `gone` is closed, `kept` takes the values chosen.

    `survived`: for fields that differ "kept" or "gone"; what is not named stays with `kept`.
    Two merges at once: the second finds that a registration is no longer there.

    Raises:
        Invalid: no reason, or one and the same registration.
        Conflict: one of the two was merged or changed meanwhile.
    """
    if not reason.strip():
        raise Invalid("没有写理由。", fields={"reason": "请写明凭什么认定是同一个对象。"})
    if kept.uid == gone.uid:
        raise Invalid("这是同一条登记，不用合并。")
    _refuse_stranger(actor, kept, gone)
    _lock(kept.uid, gone.uid)
    stay, leave = _known(kept.uid), _known(gone.uid)
    if kept.pk not in {r.pk for r in stay} or gone.pk not in {r.pk for r in leave}:
        raise Conflict(
            "其中一个对象刚刚被别人合并或改过。", next_step="请从重复对象列表重新打开再比较。"
        )
    survived = {n: who for n, who in survived.items() if n in COMPARED and who in _SIDES}
    changes = _changes(gone, survived)
    at = max([at, *(row.known_from for row in [*stay, *leave])])
    made = _rewrite(stay, changes, at=at, actor=actor, doc="对象合并") if changes else []
    closed = [row.pk for row in (*stay, *leave)] if changes else [row.pk for row in leave]
    _close(leave, at)
    return SubjectMerge.objects.create(
        kept_uid=kept.uid, gone_uid=gone.uid, region_code=kept.region_code, survived=survived,
        closed=closed, made=[row.pk for row in made], reason=reason.strip(),
        merged_by_id=actor.account_id, merged_at=at,
    )  # fmt: skip


@transaction.atomic
def undo(*, merge: SubjectMerge, reason: str, actor: people.Actor, at: datetime) -> SubjectMerge:
    """Part what was merged: both registrations stand as before.

    Where the survivor was changed after the merge, the later changes stay with it and only what
    the merge itself brought is taken back; `undo_note` names the fields that stayed.

    Raises:
        Conflict: undone already, or the survivor was merged into another since.
    """
    if not reason.strip():
        raise Invalid("没有写理由。", fields={"reason": "请写明为什么要分开。"})
    held = SubjectMerge.objects.select_for_update().get(pk=merge.pk)
    before = list(Subject.objects.filter(pk__in=held.closed).order_by("valid_from", "pk"))
    _refuse_stranger(actor, *before)
    if held.undone_at is not None:
        raise Conflict("这次合并已经撤销过了。", next_step="请刷新页面查看现在的登记。")
    _lock(held.kept_uid, held.gone_uid)
    now_rows = _known(held.kept_uid)
    if not now_rows:
        raise Conflict(
            "保留的对象后来又并入了别的对象。", next_step="请先撤销后一次合并，再撤销这一次。"
        )
    at = max([at, *(row.known_from for row in now_rows)])
    was_kept = [row for row in before if row.uid == held.kept_uid]
    _again([row for row in before if row.uid == held.gone_uid], at=at, actor=actor)
    left = later_changes(merge=held, rows=now_rows)
    if held.made and not left:
        _close(now_rows, at)
        _again(was_kept, at=at, actor=actor)
    elif held.made:
        back = _taken_back(held, now_rows, was_kept)
        _rewrite(now_rows, back, at=at, actor=actor, doc="撤销对象合并")
    held.undone_by_id, held.undone_at, held.undo_reason = actor.account_id, at, reason.strip()
    held.undo_note = "；".join(left)
    held.save()
    return held


def later_changes(*, merge: SubjectMerge, rows: list[Subject]) -> list[str]:
    """What was changed after the merge and therefore stays with the survivor, as sentences."""
    if not merge.made or {row.pk for row in rows} == set(merge.made):
        return []
    made = Subject.objects.filter(pk__in=merge.made).order_by("-valid_from").first()
    if made is None or not rows:
        return []
    newest = max(rows, key=lambda row: row.valid_from)
    changed = [
        values.label_of(field)
        for field in values.editable_fields(Subject)
        if not values.same(
            Subject, field, values.value_of(made, field), values.value_of(newest, field)
        )
    ]
    return [f"合并以后改过{'、'.join(changed) or '有效期'}，改过的内容留在保留的对象上"]


def _changes(gone: Subject, survived: dict[str, str]) -> dict[str, Any]:
    """Columns that the survivor takes over, those tied to them included."""
    taken = [name for name, who in survived.items() if who == "gone"]
    names = [*taken, *(tied for name in taken for tied in _TIED.get(name, ()))]
    return {name: getattr(gone, name) for name in names}


def _taken_back(
    merge: SubjectMerge, now_rows: list[Subject], was_kept: list[Subject]
) -> dict[str, Any]:
    """Columns that still hold what the merge brought go back to what they were."""
    made = Subject.objects.filter(pk__in=merge.made).order_by("-valid_from").first()
    newest = max(now_rows, key=lambda row: row.valid_from)
    taken = [name for name, who in merge.survived.items() if who == "gone"]
    names = [*taken, *(tied for name in taken for tied in _TIED.get(name, ()))]
    return {
        name: getattr(was_kept[-1], name)
        for name in names
        if made is not None and getattr(newest, name) == getattr(made, name)
    }


def _rewrite(
    rows: list[Subject], changes: dict[str, Any], *, at: datetime, actor: people.Actor, doc: str
) -> list[Subject]:
    """Every stretch again with some columns changed."""
    return [
        services.amend(
            row=row, changes=dict(changes), valid_from=row.valid_from, at=at,
            approved_by=actor.name, approve_doc=doc,
        )
        for row in rows
    ] if changes else []  # fmt: skip


def _again(rows: Iterable[Subject], *, at: datetime, actor: people.Actor) -> None:
    """Closed stretches become known again, exactly as they were."""
    for row in rows:
        kept = {f.attname: getattr(row, f.attname) for f in Subject._meta.concrete_fields}
        kept |= {"id": None, "known_from": at, "known_until": None, "version": row.version + 1}
        kept |= {"approved_by": actor.name, "approve_doc": "撤销对象合并"}
        Subject(**kept).save(force_insert=True)


def later_changes_shown(*, merge: SubjectMerge) -> list[str]:
    """The same before anybody decides, without holding the rows."""
    rows = Subject.objects.known().filter(uid=merge.kept_uid).order_by("valid_from", "pk")
    return later_changes(merge=merge, rows=list(rows))


def _known(uid: uuid.UUID) -> list[Subject]:
    rows = Subject.objects.known().select_for_update().filter(uid=uid)
    return list(rows.order_by("valid_from", "pk"))


def _close(rows: list[Subject], at: datetime) -> None:
    Subject.objects.filter(pk__in=[row.pk for row in rows], known_until=None).update(known_until=at)


def _lock(*uids: uuid.UUID) -> None:
    """One merge at a time touches a registration; always in the same order."""
    with connection.cursor() as cursor:
        for uid in sorted(map(str, uids)):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [uid])


def _refuse_stranger(actor: people.Actor, *rows: Subject) -> None:
    reaches = people.scope(actor, "element.edit").reaches
    for row in rows:
        if not any(row.region_code.startswith(one.region_prefix) for one in reaches):
            raise NotAllowed(
                "这两个对象不都在您管理的地区。", next_step="请上级的要素管理员来合并。"
            )
