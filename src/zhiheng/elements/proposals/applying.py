"""What a proposal would make of an element, and making it so."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q

from zhiheng.elements import links, registers, services, values
from zhiheng.elements.models import ElementRecord, Proposal, Subject
from zhiheng.elements.models.header import UNPUBLISHED
from zhiheng.elements.proposals import ends, pausing
from zhiheng.elements.validation import check_record
from zhiheng.kernel import ciphers
from zhiheng.kernel.errors import Conflict, Invalid


@dataclass(frozen=True)
class Target:
    """The kind, the version that the drafter saw, and the one known now."""

    model: type[ElementRecord]
    base: ElementRecord | None
    newest: ElementRecord | None

    @property
    def stale(self) -> bool:
        """Whether the version that the drafter saw is no longer what is known."""
        return self.base is not None and self.base.known_until is not None


def target_of(*, proposal: Proposal) -> Target:
    """What a proposal is about, as it lies in the register now."""
    model = registers.get_register(slug=proposal.slug).model
    if proposal.base_id is None:
        return Target(model, None, None)
    related = [f.name for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey)]
    rows = model.objects.select_related(*related)
    base = rows.get(pk=proposal.base_id)
    if base.known_until is None:
        return Target(model, base, base)
    on = max(proposal.valid_from, base.valid_from)
    return Target(model, base, newest_of(model=model, uid=base.uid, on=on))


def newest_of(*, model: type[ElementRecord], uid: Any, on: date) -> ElementRecord | None:
    """What is known now of an element: what holds on a day, else the latest stretch."""
    known = list(
        model.objects.known().exclude(status__in=UNPUBLISHED).filter(uid=uid).order_by("valid_from")
    )
    holding = [one for one in known if one.valid_from <= on and one.ends_after(on)]
    return next(iter(holding or known[::-1]), None)


def result_of(*, proposal: Proposal, target: Target) -> ElementRecord:
    """The row that publication would write, not stored."""
    changed = values.columns(target.model, proposal.values)
    if "citizen_id" in changed and hasattr(target.model, "citizen_id_hash"):
        number = changed["citizen_id"]
        changed["citizen_id_hash"] = (
            ciphers.match_hash(ciphers.open_field(number)) if number else ""
        )
    if target.base is None:
        return target.model(
            uid=proposal.element_uid,
            region_code=proposal.region_code,
            valid_from=proposal.valid_from,
            source_sys="portal",
            **changed,
        )
    kept = {f.attname: getattr(target.base, f.attname) for f in target.model._meta.concrete_fields}
    kept |= {"valid_from": max(proposal.valid_from, target.base.valid_from)}
    return target.model(**kept | changed)


def check(*, proposal: Proposal, target: Target, on: date) -> None:
    """Refuse what could not be published on a day.

    Raises:
        Invalid: a field is wrong, a day impossible, a code taken, a link points at what has ended.
    """
    problems = _days(proposal, target, on)
    if proposal.kind in (Proposal.Kind.NEW, Proposal.Kind.AMEND):
        row = result_of(proposal=proposal, target=target)
        problems |= _lengths(row)
        if not problems:
            problems |= _links(row, proposal) | _code(row)
        try:
            check_record(row=row)
        except Invalid as wrong:
            problems = wrong.fields | problems
    if problems:
        raise Invalid("变更单有误。", fields=problems)


def apply(*, proposal: Proposal, target: Target, at: datetime, approved_by: str) -> ElementRecord:
    """Write the new version into the register; the proposal has been checked and locked.

    Raises:
        Conflict: the base has been superseded, or the end would leave links dangling.
    """
    if target.base is None:
        row = result_of(proposal=proposal, target=target)
        row.approved_by, row.approve_doc = approved_by, proposal.approve_doc
        return services.record(row=row, at=at)
    if target.stale:
        raise Conflict(
            "这条要素在起草以后被别人改过，不能直接发布。",
            next_step="请起草人打开变更单，把修改移到最新版本。",
        )
    if proposal.kind == Proposal.Kind.END:
        return _end(proposal=proposal, base=target.base, at=at, approved_by=approved_by)
    if proposal.kind in pausing.KINDS:
        pausing.put(proposal=proposal, base=target.base, at=at, approved_by=approved_by)
        return target.base
    if proposal.kind == Proposal.Kind.MOVE_END:
        ends.move(proposal=proposal, base=target.base, at=at, approved_by=approved_by)
        return target.base
    row = result_of(proposal=proposal, target=target)
    names = [f.attname for f in values.own_fields(target.model)]
    changes = {
        name: getattr(row, name)
        for name in names
        if getattr(row, name) != getattr(target.base, name)
    }
    return services.amend(
        row=target.base, changes=changes, valid_from=proposal.valid_from, at=at,
        approved_by=approved_by, approve_doc=proposal.approve_doc,
    )  # fmt: skip


def _end(
    *, proposal: Proposal, base: ElementRecord, at: datetime, approved_by: str
) -> ElementRecord:
    """End the element, and with it those that were to end together, the outermost first."""
    on, also = proposal.valid_from, {str(uid) for _, uid in proposal.together} | {str(base.uid)}
    for pointer in links.closure(row=base, on=on)[::-1]:
        if str(pointer.row.uid) not in also:
            continue
        for row in pointer.model.objects.known().filter(uid=pointer.row.uid):
            _cut(row, on=on, at=at, approved_by=approved_by, doc=proposal.approve_doc, also=also)
    for row in type(base).objects.known().filter(uid=base.uid).exclude(pk=base.pk):
        _cut(row, on=on, at=at, approved_by=approved_by, doc=proposal.approve_doc, also=also)
    return services.end(
        row=base, valid_until=on, at=at, approve_doc=proposal.approve_doc,
        approved_by=approved_by, also=also,
    )  # fmt: skip


def _cut(
    row: ElementRecord, *, on: date, at: datetime, approved_by: str, doc: str, also: set[str]
) -> None:
    """End one stretch of an element; a stretch that would only begin later never begins."""
    if not row.ends_after(on):
        return
    if row.valid_from >= on:
        type(row).objects.filter(pk=row.pk, known_until=None).update(
            known_until=max(at, row.known_from)
        )
        return
    services.end(
        row=row, valid_until=on, at=at, approve_doc=doc, approved_by=approved_by, also=also
    )


def _days(proposal: Proposal, target: Target, today: date) -> dict[str, str]:
    """The day of the change lies within the life of the element."""
    base, on = target.base, proposal.valid_from
    if base is None:
        return {}
    if proposal.kind in pausing.KINDS:
        return pausing.faults(proposal=proposal, base=base)
    if proposal.kind == Proposal.Kind.MOVE_END:
        return ends.faults(proposal=proposal, base=base, on=today)
    until = base.valid_until
    if proposal.kind == Proposal.Kind.END and on <= base.valid_from:
        return {"valid_from": f"终止日应晚于生效日 {base.valid_from}。登记有误的请用“修改”更正。"}
    if on < base.valid_from:
        return {"valid_from": f"这个版本自 {base.valid_from} 起有效，不能早于这一天。"}
    if until is not None and on >= until:
        return {"valid_from": f"这个版本到 {until} 为止，请填这天以前的日子。"}
    return {}


def _links(row: ElementRecord, proposal: Proposal) -> dict[str, str]:
    """Links that the proposal sets point at elements that hold on the day."""
    problems = {}
    for field in values.own_fields(type(row)):
        if field.name not in proposal.values or not isinstance(field, models.ForeignKey):
            continue
        kind = field.related_model
        if not (isinstance(kind, type) and issubclass(kind, ElementRecord)):
            continue
        linked = kind.objects.filter(pk=getattr(row, field.attname)).values("uid")
        holds = kind.objects.known().select_for_update(of=("self",)).filter(
            Q(valid_until=None) | Q(valid_until__gt=proposal.valid_from), uid__in=linked
        )  # fmt: skip
        if getattr(row, field.attname) and holds.first() is None:
            name = kind._meta.verbose_name
            problems[field.name] = f"选的{name}到那天已经终止。请换一个，或者把日子提前。"
    return problems


def _code(row: ElementRecord) -> dict[str, str]:
    """A code belongs to one element at a time."""
    keys = [key for key in ("code", "certificate_no") if hasattr(row, key)]
    for key in keys:
        taken = (
            type(row).objects.known().exclude(status__in=UNPUBLISHED).exclude(uid=row.uid)
            .filter(Q(valid_until=None) | Q(valid_until__gt=row.valid_from))
            .filter(**{key: getattr(row, key)})
        )  # fmt: skip
        if not isinstance(row, Subject) and (other := taken.first()):
            column: Any = row._meta.get_field(key)
            return {key: f"{column.verbose_name}已经用在“{other}”上。请换一个，或者去改那一条。"}
    return {}


def _lengths(row: ElementRecord) -> dict[str, str]:
    """Texts fit their columns."""
    return {
        f.name: f"最多 {f.max_length} 个字，请写短一些。"
        for f in values.own_fields(type(row))
        if isinstance(f, models.CharField)
        and f.max_length
        and len(str(getattr(row, f.attname) or "")) > f.max_length
    }
