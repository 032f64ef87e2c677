"""改终止日: an end that has been published can be moved or lifted until its day has come."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q

from zhiheng.elements import links, registers, services, values
from zhiheng.elements.history import Change
from zhiheng.elements.models import ElementRecord, Proposal
from zhiheng.elements.models.header import UNPUBLISHED
from zhiheng.web import words

Kind = Proposal.Kind


def last_stretch(*, model: type[ElementRecord], uid: Any) -> ElementRecord | None:
    """The last stretch known of an element: where its end is set."""
    known = model.objects.known().exclude(status__in=UNPUBLISHED).filter(uid=uid)
    return known.order_by("-valid_from").first()


def ended_together(*, base: ElementRecord) -> list[tuple[str, ElementRecord]]:
    """Elements that the same proposal ended, and that still end on the same day."""
    last = Proposal.objects.filter(
        element_uid=base.uid, kind__in=(Kind.END, Kind.MOVE_END), state=Proposal.State.PUBLISHED
    ).order_by("-published_at").first()  # fmt: skip
    found = []
    for slug, uid in last.together if last else ():
        row = last_stretch(model=registers.get_register(slug=slug).model, uid=uid) if slug else None
        if row is not None and row.valid_until == base.valid_until:
            found.append((slug, row))
    return found


def too_late(*, base: ElementRecord, on: date) -> str:
    """Why the end cannot be changed any more, or there is none; empty when it can."""
    ends = base.valid_until
    if ends is None:
        return "它没有定终止日，不用改。要终止，请用“终止”。"
    if ends <= on:
        return f"它已于 {words.day_zh(ends)} 终止，过了这天就不能再改。要重新使用，请新增一条。"
    return ""


def faults(*, proposal: Proposal, base: ElementRecord, on: date) -> dict[str, str]:
    """Why the end cannot be moved to that day, or lifted; by field."""
    if said := too_late(base=base, on=on):
        return {"valid_until": said}
    new = proposal.valid_until
    if new == base.valid_until:
        return {"valid_until": "和原来定的终止日一样。请换一个日子，或者选“取消终止”。"}
    if new is not None and new <= on:
        return {"valid_until": "新的终止日应在今天以后。"}
    if new is not None and new <= base.valid_from:
        begins = words.day(base.valid_from)
        return {"valid_until": f"这个版本自 {begins} 起有效，终止日应在那以后。"}
    if new is not None and base.valid_until is not None and new < base.valid_until:
        return _left(proposal, base, new)
    return _targets_gone(base) | _code_taken(base, new)


def _left(proposal: Proposal, base: ElementRecord, new: date) -> dict[str, str]:
    """Others that would be left pointing at nothing by an earlier end."""
    left = links.dangling(row=base, on=new, also={str(uid) for _, uid in proposal.together})
    if not left:
        return {}
    some = "、".join(f"{one.kind}“{one.title}”" for one in left[:5])
    more = f"等 {len(left)} 条" if len(left) > 5 else ""
    return {"valid_until": f"提前到那天，还有要素指向它：{some}{more}。请先改掉或终止它们。"}


def _targets_gone(base: ElementRecord) -> dict[str, str]:
    """What it rests on has to go on beyond the old end as well."""
    for field in values.own_fields(type(base)):
        kind = field.related_model if isinstance(field, models.ForeignKey) else None
        number = getattr(base, field.attname)
        if not number or not (isinstance(kind, type) and issubclass(kind, ElementRecord)):
            continue
        uids = kind.objects.filter(pk=number).values("uid")
        goes_on = Q(valid_until=None) | Q(valid_until__gt=base.valid_until)
        if not kind.objects.known().filter(goes_on, uid__in=uids).exists():
            name = kind._meta.verbose_name
            said = f"它的{values.label_of(field)}（{name}）到那天已经终止。请先处理{name}。"
            return {"valid_until": said}
    return {}


def _code_taken(base: ElementRecord, new: date | None) -> dict[str, str]:
    """Whether another element has its code from the old end on."""
    for key in ("code", "certificate_no"):
        if not hasattr(base, key):
            continue
        rows = type(base).objects.known().exclude(status__in=UNPUBLISHED).exclude(uid=base.uid)
        rows = rows.filter(Q(valid_until=None) | Q(valid_until__gt=base.valid_until))
        rows = rows.filter(valid_from__lt=new) if new else rows
        if other := rows.filter(**{key: getattr(base, key)}).first():
            return {"valid_until": f"从那天起编号已经给了“{other}”，不能再往后延。"}
    return {}


def move(*, proposal: Proposal, base: ElementRecord, at: datetime, approved_by: str) -> None:
    """Write the new end, also of those that were to end together."""
    rows: Sequence[ElementRecord] = [
        row for slug, row in ended_together(base=base) if [slug, str(row.uid)] in proposal.together
    ]
    for row in (base, *rows):
        new = proposal.valid_until
        if new is not None and new <= row.valid_from:  # it never begins
            type(row).objects.filter(pk=row.pk, known_until=None).update(
                known_until=max(at, row.known_from)
            )
            continue
        services.amend(
            row=row, changes={"valid_until": new}, valid_from=row.valid_from, at=at,
            approved_by=approved_by, approve_doc=proposal.approve_doc,
        )  # fmt: skip


def diff(*, proposal: Proposal, base: ElementRecord | None) -> tuple[Change, ...]:
    """What publication changes, in words."""
    before = words.day(base.valid_until) if base else ""
    after = words.day(proposal.valid_until) or "取消终止，继续有效"
    return (Change("失效日", before or "未定", after),)
