"""The registers: one as a list on a day as known at a moment, one element with its history."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from zhiheng.elements import history, privacy, registers, tables
from zhiheng.elements.attachments import selectors as attachments
from zhiheng.elements.dictionary import dictionary
from zhiheng.elements.models import ElementRecord, Officer, Status, Subject
from zhiheng.elements.models.header import UNPUBLISHED
from zhiheng.elements.pages import DictionaryPage, ListPage, ShowPage
from zhiheng.elements.proposals import selectors as proposals
from zhiheng.elements.registers import Register
from zhiheng.elements.views import party
from zhiheng.elements.views.common import current, prefixes
from zhiheng.elements.views.moments import asked_day, asked_moment
from zhiheng.kernel.clock import today
from zhiheng.people import api as people
from zhiheng.people.api import requires
from zhiheng.web import words
from zhiheng.web.faces import Cell, Link, Table
from zhiheng.web.pages import render_page
from zhiheng.web.paging import keyset


@requires("element.view")
def element_list(request: HttpRequest, slug: str) -> HttpResponse:
    """One register, as it holds today or held on another day, as known now or earlier."""
    register = registers.get_register(slug=slug)
    on, known, query = asked_day(request), asked_moment(request), request.GET.get("q", "")
    found = registers.rows_of(
        register=register, on=on, text=query, prefixes=prefixes(request), known_at=known
    )
    mine = request.GET.get("mine") == "1"
    if mine:
        found = found.filter(owner_id=request.actor.account_id)
    rows = keyset(found, order=register.order, after=request.GET.get("after"), size=40)
    page = ListPage(
        register=register, rows=rows, query=query, on=on, is_today=on == today(), known=known,
        table=_table(register, rows.items, people.may(request.actor, "element.personal")),
        crumbs=[Link("要素中心", reverse("element_home")), Link(register.title)],
        new_href=reverse("element_new", args=[slug])
        if people.may(request.actor, "element.edit") else "",
        dictionary_href=reverse("element_dictionary", args=[slug]), mine=mine,
        may_import=people.may(request.actor, "element.edit"),
        may_export=people.may(request.actor, "data.export"),
    )  # fmt: skip
    return render_page(request, "elements/list.html", page)


@requires("element.view")
def element_dictionary(request: HttpRequest, slug: str) -> HttpResponse:
    """Every field of a register: what it is called, what it means, where it comes from."""
    register = registers.get_register(slug=slug)
    lines = tuple(
        (
            Cell(one.label, "strong", note=one.name), one.meaning or "—", one.type, one.source,
            "必填" if one.required else "可不填",
        )
        for one in dictionary(register)
    )  # fmt: skip
    page = DictionaryPage(
        register=register,
        table=Table(("字段", "含义", "类型", "来源", "填写"), lines, f"{register.title}字典"),
        crumbs=[
            Link("要素中心", reverse("element_home")),
            Link(register.title, reverse("element_list", args=[slug])),
            Link("字典"),
        ],
    )
    return render_page(request, "elements/dictionary.html", page)


@requires("element.view")
def element_show(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """One element: what holds on a day as known at a moment, what it stands on, its history."""
    register = registers.get_register(slug=slug)
    versions = registers.get_versions(register=register, uid=uid, prefixes=prefixes(request))
    on, known = asked_day(request), asked_moment(request)
    asked = "on" in request.GET or known is not None
    record = _as_of(versions, on, known) if asked else current(versions)
    may_open = people.may(request.actor, "element.personal")
    may_edit = people.may(request.actor, "element.edit") and record is not None
    shown = record or current(versions)
    if may_open and isinstance(shown, Subject | Officer):
        _note_look(request, register, shown)
    gone = all(one.known_until is not None for one in versions)
    page = ShowPage(
        register=register, title=privacy.title_of(row=shown, open_personal=may_open),
        record=shown, facts=register.facts(shown, may_open) if record else [],
        header=_header(shown), masked=register.personal and not may_open,
        tables=tables.beside(record=shown, on=on) if record else [],
        history=tables.history(versions=versions),
        moments=history.moments(versions=versions, open_personal=may_open),
        geometry=getattr(shown, "geometry", {}), on=on, known=known, asked=asked,
        missing=record is None, gone=gone,
        files=attachments.table_of(rows=_files(request, register, uid)),
        edits=_edits(slug, uid, versions if may_edit and not gone else ()),
        stopped=_stopped(record), under_way=_under_way(request, uid), party=party.section(request, shown, known),
        dictionary_href=reverse("element_dictionary", args=[slug]),
        crumbs=[
            Link("要素中心", reverse("element_home")),
            Link(register.title, reverse("element_list", args=[slug])),
            Link(privacy.title_of(row=shown, open_personal=may_open)),
        ],
    )  # fmt: skip
    return render_page(request, "elements/show.html", page)


def _table(register: Register, rows: list[ElementRecord], may_open: bool) -> Table:
    """Rows with the first cell leading to the element."""
    lines = []
    for record in rows:
        first, *rest = register.row(record, may_open)
        href = reverse("element_show", args=[register.slug, record.uid])
        head = first if isinstance(first, Cell) else Cell(first)
        lines.append((replace(head, href=href), *rest))
    return Table(columns=register.columns, rows=tuple(lines), caption=register.title)


def _as_of(versions: list[ElementRecord], on: date, known: datetime | None) -> ElementRecord | None:
    """What held on a day, as known at a moment; None when nothing did."""
    for one in versions:
        was_known = (
            one.known_until is None
            if known is None
            else one.known_from <= known and (one.known_until is None or one.known_until > known)
        )
        held = one.valid_from <= on and one.ends_after(on) and one.status not in UNPUBLISHED
        if was_known and held:
            return one
    return None


def _header(record: ElementRecord) -> list[tuple[str, object]]:
    """What every element carries: region, both times, who approved, who looks after it."""
    begins, ends = words.day_zh(record.valid_from), words.day_zh(record.valid_until)
    return [
        ("区划代码", record.region_code),
        ("有效期间", f"{begins}起" + (f"，{ends}止（不含）" if ends else "")),
        ("记录时间", f"{words.moment(record.known_from)} 起"
         + (f"，{words.moment(record.known_until)} 止" if record.known_until else "")),
        ("版本", f"第 {record.version} 版"),
        ("批准", " ".join(filter(None, (record.approved_by, record.approve_doc)))),
        ("责任人", record.owner.name if record.owner else "还没有"),
    ]  # fmt: skip


def _edits(slug: str, uid: uuid.UUID, versions: Sequence[ElementRecord]) -> list[Link]:
    """What can be done from here: the pictures for everybody, changes for those who may."""
    seen = (
        [Link("时间线", reverse("item_line", args=[uid]), icon="chart-gantt")]
        if slug == "items"
        else []
    )
    if not versions:
        return seen
    here = [slug, uid]
    return [
        *seen,
        Link("修改", reverse("element_edit", args=here), icon="pencil"),
        *_stops(here, [one for one in versions if one.known_until is None]),
        Link("换责任人", reverse("element_owner", args=here), icon="user"),
        Link("添加附件", reverse("element_file_add", args=here), icon="upload"),
    ]


def _stopped(record: ElementRecord | None) -> str:
    """That the version shown is out of use, and until when; empty when it is in use."""
    if record is None or record.status != Status.SUSPENDED:
        return ""
    until = words.day_zh(record.valid_until)
    ends = f"到 {until} 为止" if until else "何时恢复另行办理"
    return f"自 {words.day_zh(record.valid_from)} 起停用，{ends}；停用期间不能选用，也不产生职权。"


def _stops(here: list[object], known: list[ElementRecord]) -> list[Link]:
    """Out of use, in use again, ended, another end: what fits what is known from today on."""
    ahead = [one for one in known if one.ends_after(today())]
    found = []
    if any(one.status == Status.ACTIVE for one in ahead):
        found.append(Link("停用", reverse("element_suspend", args=here), icon="pause"))
    if any(one.status == Status.SUSPENDED for one in ahead):
        found.append(Link("恢复", reverse("element_resume", args=here), icon="play"))
    if ahead and None not in {one.valid_until for one in ahead}:
        found.append(
            Link("改终止日", reverse("element_move_end", args=here), icon="calendar-clock")
        )
    elif ahead:
        found.append(Link("终止", reverse("element_end", args=here), icon="ban"))
    return found


def _files(
    request: HttpRequest, register: Register, uid: uuid.UUID
) -> list[attachments.Attachment]:
    """Files of the element; with personal data only for those who may open them."""
    permissions = ("element.personal", "element.edit", "element.review", "element.publish")
    if register.personal and not any(people.may(request.actor, one) for one in permissions):
        return []
    return attachments.of_element(uid=uid)


def _under_way(request: HttpRequest, uid: uuid.UUID) -> list[Link]:
    """Proposals on this element that are not done, for those who take part."""
    permissions = ("element.edit", "element.review", "element.publish")
    if not any(people.may(request.actor, one) for one in permissions):
        return []
    return [
        Link(
            f"{one.drafted_by.name}起草的“{one.get_kind_display()}”{one.get_state_display()}",
            reverse("element_proposal", args=[one.pk]),
        )
        for one in proposals.open_on(uid=uid)
    ]


def _note_look(request: HttpRequest, register: Register, record: ElementRecord) -> None:
    """Whoever opens somebody's personal data leaves a line (个人信息保护法 51)."""
    people.record_security_event(
        kind="PERSONAL_DATA_SEEN",
        actor=request.actor,
        detail={"what": register.title, "id": str(record.uid)},
        ip=request.META.get("REMOTE_ADDR"),
    )
