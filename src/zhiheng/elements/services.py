"""Writes of the element centre: a first version, and a change that keeps what was known."""

import uuid
from collections.abc import Collection
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import connection, models, transaction

from zhiheng.elements import links, policies
from zhiheng.elements.merging.family import survivor
from zhiheng.elements.models import ElementRecord, Subject
from zhiheng.elements.validation import check_record
from zhiheng.kernel import ciphers, codes
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import Conflict, NotAllowed
from zhiheng.people import api as people
from zhiheng.people.api import Actor

Record = TypeVar("Record", bound=ElementRecord)
_OWN_TIME = {"id", "valid_from", "valid_until", "known_from", "known_until", "version"}


@transaction.atomic
def record(*, row: Record, at: datetime) -> Record:
    """Store the first version of an element after checking its codes."""
    check_record(row=row)
    row.known_from = at
    row.save(force_insert=True)
    return row


@transaction.atomic
def amend(
    *,
    row: Record,
    changes: dict[str, Any],
    valid_from: date,
    at: datetime,
    valid_until: date | None = None,
    approved_by: str = "",
    approve_doc: str = "",
) -> Record:
    """Register that from a day on something else holds; return the version of that day.

    What was known until now is closed, not changed: the stretch before the day is written again
    as it was, the stretch from the day on with the changes; from `valid_until` on, where given,
    as it was again. `row` has to be the version known
    now, else somebody else was faster and the caller has to look again.

    Raises:
        Conflict: the row has been superseded, or ended before the change.
    """
    at = max(at, row.known_from)  # nothing was known before it was known
    closed = type(row).objects.filter(pk=row.pk, known_until=None).update(known_until=at)
    pieces = policies.slices_after_change(
        valid_from=row.valid_from, valid_until=row.valid_until, changed_from=valid_from,
        changed_until=valid_until,
    )  # fmt: skip
    if not closed or not pieces:
        raise Conflict(
            "这条要素刚刚被别人改过，或在变更日之前已经失效。",
            next_step="请打开最新版本，核对后再改。",
        )
    changed = changes | {"approved_by": approved_by, "approve_doc": approve_doc}
    made = {}
    for piece in pieces:
        copy = next_version(row=row, piece=piece, changes=changed if piece.changed else {})
        made[piece] = record(row=copy, at=at)
    return next(one for piece, one in made.items() if piece.changed)


def next_version(*, row: Record, piece: policies.Slice, changes: dict[str, Any]) -> Record:
    """The next version of a row for one stretch of time."""
    model = type(row)
    values = {f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields}
    values = {name: value for name, value in values.items() if name not in _OWN_TIME}
    values |= {"valid_from": piece.valid_from, "valid_until": piece.valid_until}
    made = model(**values | {"version": row.version + 1})
    for name, value in changes.items():  # a link may be given as an object or as its id
        setattr(made, name, value)
    return made


@transaction.atomic
def end(
    *,
    row: Record,
    valid_until: date,
    at: datetime,
    approve_doc: str = "",
    approved_by: str = "",
    also: Collection[uuid.UUID | str] | None = None,
) -> Record:
    """Register that an element ends on a day (that day excluded).

    `also`: uids of elements that end in the same transaction; given (be it empty), nothing else
    may be left pointing at it. Without it the end is a fact of the world, such as a law repealed
    by its maker: it is registered, and what points at it goes to the work list.

    Raises:
        Conflict: `also` is given and others that still hold on that day point at it; they are named.
    """
    if also is not None and (left := links.dangling(row=row, on=valid_until, also=also)):
        raise Conflict(
            f"还有 {len(left)} 条要素指向它，不能单独终止：{_named(left)}。",
            next_step="请先改掉或终止它们，或者在终止时选择一并终止。",
        )
    return amend(
        row=row,
        changes={"valid_until": valid_until},
        valid_from=row.valid_from,
        at=at,
        approved_by=approved_by,
        approve_doc=approve_doc,
    )


def _named(left: list[links.Pointer]) -> str:
    """The first few that point, by kind and title."""
    some = "、".join(f"{one.kind}“{one.title}”" for one in left[:5])
    return f"{some}等" if len(left) > 5 else some


@transaction.atomic
def hand_over(
    *, row: ElementRecord, owner_id: int | None, actor: Actor, at: datetime
) -> list[ElementRecord]:
    """Register who looks after an element from now on, in every stretch known of it.

    Raises:
        NotAllowed: the element lies outside the regions that the actor looks after.
        Conflict: somebody else changed the element meanwhile.
    """
    reaches = people.scope(actor, "element.edit").reaches
    if not any(row.region_code.startswith(one.region_prefix) for one in reaches):
        raise NotAllowed(
            "这条要素不属于您管理的地区。", next_step="请上级的要素管理员来登记责任人。"
        )
    rows = [r for r in type(row).objects.known().filter(uid=row.uid) if r.owner_id != owner_id]
    return [
        amend(
            row=one, changes={"owner_id": owner_id}, valid_from=one.valid_from, at=at,
            approved_by=one.approved_by, approve_doc=one.approve_doc,
        )
        for one in rows
    ]  # fmt: skip


@transaction.atomic
def ensure_subject(
    *,
    kind: str,
    name: str,
    region_code: str,
    at: datetime,
    uscc: str = "",
    citizen_id: str = "",
    source_sys: str = "",
    **known: Any,
) -> Subject:
    """Find a subject by its code, else by name and address, or register it.

    `known` may hold legal_representative, phone, address, lon, lat, industry, scene: what the
    record leaves open is filled by a new version; what it says already is not overwritten.
    """
    plain = {name_: value for name_, value in known.items() if value not in (None, "")}
    uscc, citizen_id = codes.normalise(uscc), codes.normalise(citizen_id)
    key = uscc or (ciphers.match_hash(citizen_id) if citizen_id else "")
    _hold(key or f"{region_code}|{name}|{plain.get('address', '')}")
    found = _find(uscc=uscc, citizen_id=citizen_id, name=name, region_code=region_code, **plain)
    if "phone" in plain:
        plain["phone"] = ciphers.seal_field(plain["phone"])
    if citizen_id:
        plain["citizen_id"] = ciphers.seal_field(citizen_id)
        plain["citizen_id_hash"] = ciphers.match_hash(citizen_id)
    if uscc:
        plain["uscc"] = uscc
    if found is None:
        row = Subject(
            kind=kind, name=name.strip(), region_code=region_code, source_sys=source_sys,
            valid_from=local_date(at), **plain,
        )  # fmt: skip
        return record(row=row, at=at)
    missing = {field: value for field, value in plain.items() if not getattr(found, field)}
    if not missing:
        return found
    return amend(row=found, changes=missing, valid_from=found.valid_from, at=at)


def _hold(key: str) -> None:
    """Let only one transaction at a time look for and register the same subject."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"subject|{key}"])


def _find(
    *, uscc: str, citizen_id: str, name: str, region_code: str, **known: Any
) -> Subject | None:
    """The subject known now by code; without a code by exact name and address in the region."""
    rows: models.QuerySet[Subject] = (
        Subject.objects.known().select_for_update().order_by("-valid_from", "id")
    )
    if uscc:
        return rows.filter(uscc=uscc).first() or _merged(rows, uscc=uscc)
    if citizen_id:
        number = ciphers.match_hash(citizen_id)
        return rows.filter(citizen_id_hash=number).first() or _merged(rows, citizen_id_hash=number)
    same = rows.filter(name=name.strip(), region_code=region_code)
    if address := known.get("address"):
        same = same.filter(address=address)
    return same.first()


def _merged(rows: models.QuerySet[Subject], **code: str) -> Subject | None:
    """The registration into which the one that carried the code was merged."""
    earlier = Subject.objects.filter(**code).order_by("-known_from").first()
    if earlier is None or (uid := survivor(earlier.uid)) == earlier.uid:
        return None
    return rows.filter(uid=uid).first()
