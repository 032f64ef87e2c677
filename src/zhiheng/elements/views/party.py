"""The part of a subject's page about the party: matters of every agency, merges, likely twins."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from zhiheng.elements import privacy
from zhiheng.elements.merging import family, selectors
from zhiheng.elements.models import Body, ElementRecord, Subject, SubjectMerge
from zhiheng.elements.pages import PartySection
from zhiheng.elements.party import PartyMatter, matters_of
from zhiheng.elements.views.common import prefixes
from zhiheng.people import api as people
from zhiheng.web import words
from zhiheng.web.faces import Cell, Link, Table
from zhiheng.web.paging import Page, keyset_from

SIZE = 20


def section(
    request: HttpRequest, record: ElementRecord, known: datetime | None
) -> PartySection | None:
    """The party behind a subject; None for other elements."""
    if not isinstance(record, Subject):
        return None
    may_edit = people.may(request.actor, "element.edit")
    uids = family.family(record.uid)
    rows = _matters(request, record) if people.may(request.actor, "element.history") else None
    return PartySection(
        rows=rows, matters=_matters_table(rows.items) if rows else None,
        merges=_merges(selectors.merges_of(uids=uids), may_edit),
        twins=_twins(request, record) if may_edit and record.known_until is None else [],
        survivor_href=_survivor(record),
    )  # fmt: skip


def _matters(request: HttpRequest, record: Subject) -> Page[Any]:
    ids = family.versions(record.uid)
    actor = request.actor

    def fetch(last: Any, count: int) -> list[Any]:
        below = int(last[0]) if last else None
        return matters_of(subject_ids=ids, actor=actor, below=below, limit=count)

    return keyset_from(fetch, order=("-order",), after=request.GET.get("after"), size=SIZE)


def _matters_table(rows: list[PartyMatter]) -> Table:
    codes = {one.agency_code for one in rows}
    names = dict(
        Body.objects.known().filter(code__in=codes).order_by("valid_from")
        .values_list("code", "name")
    )  # fmt: skip
    lines = tuple(
        (
            Cell(one.number or one.kind, "strong", href=one.href, note=one.kind if one.number else ""),
            names.get(one.agency_code, one.agency_code), one.item, Cell(one.on, "date"), one.result,
        )
        for one in rows
    )  # fmt: skip
    return Table(("事务", "承办主体", "事项", "日期", "结果"), lines, "各部门的案件和线索")


def _merges(found: list[SubjectMerge], may_edit: bool) -> Table:
    lines = []
    for one in found:
        undone = f"{words.moment(one.undone_at)} {one.undone_by} 撤销：{one.undo_reason}" if (
            one.undone_at
        ) else ""  # fmt: skip
        action: Cell | str = undone + (f"（{one.undo_note}）" if one.undo_note else "")
        if not undone and may_edit:
            action = Cell("撤销合并", href=reverse("element_merge_undo", args=[one.pk]))
        taken = "、".join(
            str(Subject._meta.get_field(name).verbose_name)
            for name, who in one.survived.items()
            if who == "gone"
        )
        lines.append(
            (
                Cell(words.moment(one.merged_at), "num"), one.merged_by.name, one.reason,
                f"取并入对象的{taken}" if taken else "取保留对象的内容",
                Cell("并入的登记", href=reverse("element_show", args=["subjects", one.gone_uid])),
                action or "—",
            )
        )  # fmt: skip
    heads = ("合并时间", "合并人", "理由", "取值", "来源", "撤销")
    return Table(heads, tuple(lines), "合并记录")


def _twins(request: HttpRequest, record: Subject) -> list[Link]:
    return [
        Link(
            f"{privacy.title_of(row=pair.other, open_personal=False)}（{pair.sign}）",
            reverse("element_merge", args=[record.uid, pair.other.uid]),
        )
        for pair in selectors.likely_twins(subject=record, prefixes=prefixes(request))
    ]


def _survivor(record: Subject) -> str:
    """Where a registration that was merged away is now."""
    uid = family.survivor(record.uid)
    return "" if uid == record.uid else reverse("element_show", args=["subjects", uid])
