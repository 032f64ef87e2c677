"""Registrations that are likely one party: same code, same number, same name and address."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Min, Q, QuerySet

from zhiheng.elements import values
from zhiheng.elements.models import Subject, SubjectMerge
from zhiheng.kernel.errors import NotFound

MOST = 50
COMPARED = (
    "kind", "name", "uscc", "citizen_id", "legal_representative", "phone", "address",
    "grid_code", "industry", "scene", "service_address", "service_by_electronic",
    "service_confirmed_on", "is_minor",
)  # fmt: skip
_SIGNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("统一社会信用代码相同", ("uscc",)),
    ("身份号码相同", ("citizen_id_hash",)),
    ("名称和地址相同", ("name", "address")),
)


@dataclass(frozen=True)
class Likely:
    """Two registrations and the sign by which they look like one."""

    sign: str
    one: Subject
    other: Subject


def _known(prefixes: Iterable[str]) -> QuerySet[Subject]:
    reach = Q(pk__in=[])
    for prefix in prefixes:
        reach |= Q(region_code__startswith=prefix)
    return Subject.objects.known().filter(reach)


def likely(*, prefixes: tuple[str, ...]) -> list[Likely]:
    """The first fifty pairs of the own regions; one query a sign and one for the rows."""
    pairs: dict[tuple[object, object], str] = {}
    for sign, keys in _SIGNS:
        rows = _known(prefixes).exclude(**{keys[-1]: ""}).values(*keys)
        twice = rows.annotate(many=Count("uid", distinct=True), first=Min("pk")).filter(many__gt=1)
        for group in twice.order_by("first")[:MOST]:
            same = _known(prefixes).filter(**{key: group[key] for key in keys}).order_by("pk")
            uids = list(dict.fromkeys(same.values_list("uid", flat=True)[:20]))
            for other in uids[1:]:
                pairs.setdefault((uids[0], other), sign)
    wanted = list(pairs.items())[:MOST]
    rows_by = {
        row.uid: row
        for row in Subject.objects.known()
        .filter(uid__in={uid for pair, _ in wanted for uid in pair})
        .order_by("valid_from")
    }
    return [
        Likely(sign, rows_by[one], rows_by[other])  # type: ignore[index]
        for (one, other), sign in wanted
    ]


def likely_twins(*, subject: Subject, prefixes: tuple[str, ...]) -> list[Likely]:
    """Registrations that look like this one."""
    found: dict[object, Likely] = {}
    for sign, keys in _SIGNS:
        if not all(getattr(subject, key) for key in keys):
            continue
        same = _known(prefixes).exclude(uid=subject.uid)
        for row in same.filter(**{key: getattr(subject, key) for key in keys}).order_by("pk")[:5]:
            found.setdefault(row.uid, Likely(sign, subject, row))
    return list(found.values())


def access_known(*, uid: uuid.UUID, prefixes: tuple[str, ...]) -> Subject:
    """The registration as known now, within reach."""
    found = _known(prefixes).filter(uid=uid).order_by("-valid_from").first()
    if found is None:
        raise NotFound(
            "没有这个执法对象，或者它已经并入另一个对象。", next_step="请从重复对象列表重新打开。"
        )
    return found


def merges_of(*, uids: Iterable[object]) -> list[SubjectMerge]:
    """Every merge and parting that registrations went through, the newest first."""
    wanted = list(uids)
    rows = SubjectMerge.objects.filter(Q(kept_uid__in=wanted) | Q(gone_uid__in=wanted))
    return list(rows.select_related("merged_by", "undone_by").order_by("-id")[:50])


def compare(*, one: Subject, other: Subject, open_personal: bool) -> list[dict[str, object]]:
    """Fields side by side; those that differ ask which value survives."""
    reader = values.Reader(Subject, open_personal=open_personal)
    fields = {f.name: f for f in values.own_fields(Subject)}
    kept = [{n: values.value_of(row, fields[n]) for n in COMPARED} for row in (one, other)]
    reader.prepare(kept)
    rows = []
    for name in COMPARED:
        left, right = (row[name] for row in kept)
        same = values.same(Subject, fields[name], left, right)
        rows.append(
            {
                "name": name, "label": values.label_of(fields[name]), "same": same,
                "left": reader.words(fields[name], left) or "—",
                "right": reader.words(fields[name], right) or "—",
                "prefer": "gone" if left in (None, "", []) else "kept",
            }
        )  # fmt: skip
    return rows
