"""The registers: all of them, one as a list on a day, one element with its history."""

import uuid
from dataclasses import replace
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from zhiheng.elements import registers, tables
from zhiheng.elements.models import ElementRecord, Officer, Subject
from zhiheng.elements.pages import HomePage, ListPage, ShowPage
from zhiheng.elements.registers import REGISTERS, Register
from zhiheng.elements.upkeep import selectors
from zhiheng.kernel.clock import today
from zhiheng.people import api as people
from zhiheng.people.api import requires
from zhiheng.web.faces import Cell, Link, Table
from zhiheng.web.pages import render_page
from zhiheng.web.paging import keyset


@requires("element.view")
def home(request: HttpRequest) -> HttpResponse:
    """The eight elements and the registers beside them."""
    page = HomePage(
        registers=[(one, reverse("element_list", args=[slug])) for slug, one in REGISTERS.items()],
        waiting=selectors.count_mine(request.actor),
    )
    return render_page(request, "elements/home.html", page)


@requires("element.view")
def element_list(request: HttpRequest, slug: str) -> HttpResponse:
    """One register, as it holds today or held on another day."""
    register = registers.get_register(slug=slug)
    on, query = _day(request), request.GET.get("q", "")
    found = registers.rows_of(register=register, on=on, text=query, prefixes=_prefixes(request))
    rows = keyset(found, order=register.order, after=request.GET.get("after"), size=40)
    may_open = people.may(request.actor, "element.personal")
    page = ListPage(
        register=register, rows=rows, query=query, on=on, is_today=on == today(),
        table=_table(register, rows.items, may_open),
        crumbs=[Link("要素中心", reverse("element_home")), Link(register.title)],
    )  # fmt: skip
    return render_page(request, "elements/list.html", page)


@requires("element.view")
def element_show(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """One element: what holds today, what it stands on, and every version known."""
    register = registers.get_register(slug=slug)
    versions = registers.get_versions(register=register, uid=uid, prefixes=_prefixes(request))
    record = _current(versions, today())
    may_open = people.may(request.actor, "element.personal")
    if may_open and isinstance(record, Subject | Officer):
        _note_look(request, register, record)
    title = register.row(record, may_open)[1 if slug == "templates" else 0]
    page = ShowPage(
        register=register,
        title=str(title.text if isinstance(title, Cell) else title),
        record=record,
        facts=register.facts(record, may_open),
        masked=register.by_region and not may_open,
        tables=tables.beside(record=record, on=today()),
        history=tables.history(versions=versions),
        geometry=getattr(record, "geometry", {}),
        crumbs=[
            Link("要素中心", reverse("element_home")),
            Link(register.title, reverse("element_list", args=[slug])),
            Link(str(title.text if isinstance(title, Cell) else title)),
        ],
    )
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


def _day(request: HttpRequest) -> date:
    """The day asked for; what is no day is today."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today()


def _prefixes(request: HttpRequest) -> tuple[str, ...]:
    """Regions in reach; a register of people or parties shows no other."""
    scope = people.scope(request.actor, "element.view")
    return tuple({reach.region_prefix for reach in scope.reaches})


def _current(versions: list[ElementRecord], on: date) -> ElementRecord:
    """What is known now and holds on the day, else the newest knowledge."""
    known = [one for one in versions if one.known_until is None]
    today_s = [one for one in known if one.valid_from <= on and one.ends_after(on)]
    return next(iter(today_s or known or versions))


def _note_look(request: HttpRequest, register: Register, record: ElementRecord) -> None:
    """Whoever opens somebody's personal data leaves a line (个人信息保护法 51)."""
    people.record_security_event(
        kind="PERSONAL_DATA_SEEN",
        actor=request.actor,
        detail={"what": register.title, "id": str(record.uid)},
        ip=request.META.get("REMOTE_ADDR"),
    )
