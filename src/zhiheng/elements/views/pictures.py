"""Screens that draw: items over time, the map of bodies and grants, an item's time line."""

import uuid
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from zhiheng.elements.models import Area, Body, Grant, Item
from zhiheng.elements.notices import counts, selectors
from zhiheng.elements.picture_pages import (
    CountPage,
    LinePage,
    MapPage,
    count_chart,
    count_table,
    counts_by_body,
    draw_map,
    lanes_of,
    line_table,
    town_counts,
)
from zhiheng.elements.pictures import time_line
from zhiheng.kernel.clock import today
from zhiheng.kernel.errors import NotFound
from zhiheng.people.api import requires
from zhiheng.web.faces import Cell, Link, Table
from zhiheng.web.pages import render_page

_MOST = 100
_MOST_BODIES = 600


def _day(request: HttpRequest) -> date:
    """The day asked for; what is no day is today."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today()


def _region(request: HttpRequest) -> str:
    return min(selectors.prefixes_of(request.actor, "element.view"), key=len, default="none")[:6]


@requires("element.view")
def item_counts(request: HttpRequest) -> HttpResponse:
    """How many items a body holds over time, with the notices on the line."""
    bodies = list(selectors.bodies_in(prefixes=(_region(request),), on=today())[:_MOST_BODIES])
    if not bodies:
        raise NotFound("辖区里没有在用的执法主体。", next_step="请先登记执法主体。")
    body = _asked_body(request, bodies)
    steps = counts.steps_of(body=body)
    now = [step for step in steps if step.day <= today()]
    summary = (
        f"今天 {now[-1].items:,} 项，{now[-1].domains} 个领域；最多时 {max(s.items for s in steps):,} 项。"
        if now else "还没有授权。"
    )  # fmt: skip
    page = CountPage(
        body=body, bodies=[(one.code, one.name) for one in bodies],
        chart=count_chart(steps, today()), table=count_table(steps), summary=summary,
        crumbs=[Link("要素中心", reverse("element_home")), Link("事项数变化")],
    )  # fmt: skip
    return render_page(request, "elements/pictures/counts.html", page)


def _asked_body(request: HttpRequest, bodies: list[Body]) -> Body:
    """The body asked for; else one's own, or the one with most items where one's own has none."""
    by_code = {one.code: one for one in bodies}
    if asked := by_code.get(request.GET.get("body", "")):
        return asked
    held = counts_by_body(region=_region(request), on=today())
    own = by_code.get(request.actor.agency_code)
    if own is not None and held[own.uid]:
        return own
    return max(bodies, key=lambda one: held[one.uid])


@requires("element.view")
def item_line(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """An item's bases, holders, benchmarks and notices as lanes over time."""
    item = Item.objects.known().exclude(status__in=("DRAFT", "IN_REVIEW")).filter(uid=uid)
    found = item.order_by("-valid_from").first()
    if found is None:
        raise NotFound("没有这个事项。", next_step="请从事项列表重新查找。")
    lanes = lanes_of(found)
    page = LinePage(
        item=found, picture=time_line(lanes=lanes, on=today()), table=line_table(lanes),
        crumbs=[
            Link("要素中心", reverse("element_home")),
            Link(found.name, reverse("element_show", args=["items", uid])), Link("时间线"),
        ],
    )  # fmt: skip
    return render_page(request, "elements/pictures/line.html", page)


@requires("element.view")
def grant_map(request: HttpRequest) -> HttpResponse:
    """Bodies and what they hold, on the map and in tables."""
    on, region = _day(request), _region(request)
    bodies = list(selectors.bodies_in(prefixes=(region,), on=on)[:_MOST_BODIES])
    areas = list(
        Area.objects.active(on)
        .filter(region_code__startswith=region, kind__in=("COUNTY", "TOWN"))
        .order_by("code")[:300]
    )
    counted = counts_by_body(region=region, on=on)
    address = f"?on={on.isoformat()}"
    chosen, held = _held(request, bodies, on)
    page = MapPage(
        picture=draw_map(areas=areas, bodies=bodies, counts=counted, address=address), on=on,
        towns=_town_table(areas, town_counts(bodies, counted), address),
        bodies=_body_table(bodies, counted, address),
        without=sum(not counted[one.uid] for one in bodies), chosen=chosen, held=held,
        crumbs=[Link("要素中心", reverse("element_home")), Link("授权地图")],
    )  # fmt: skip
    return render_page(request, "elements/pictures/map.html", page)


def _held(request: HttpRequest, bodies: list[Body], on: date) -> tuple[str, Table | None]:
    """What the body or town that was clicked holds."""
    code, place = request.GET.get("body", ""), request.GET.get("place", "")
    picked = [
        one for one in bodies
        if one.code == code or (place and one.region_code == place and one.kind == Body.Kind.TOWN)
    ]  # fmt: skip
    if not picked:
        return "", None
    rows = (
        Grant.objects.active(on)
        .filter(body__uid__in=[one.uid for one in picked])
        .select_related("item", "body")
        .order_by("item__code", "id")[:_MOST]
    )
    table = Table(
        ("事项", "编码", "主体", "方式", "文件"),
        tuple(
            (
                Cell(g.item.name, "strong", href=reverse("item_line", args=[g.item.uid])),
                Cell(g.item.code, "num"), g.body.short_name or g.body.name, g.get_mode_display(),
                g.doc_no or g.doc_title,
            )
            for g in rows
        ),
        "能办的事项",
    )  # fmt: skip
    return "、".join(one.name for one in picked), table


def _town_table(areas: list[Area], per_town: dict[str, int], address: str) -> Table:
    return Table(
        ("乡镇街道", "事项"),
        tuple(
            (
                Cell(one.name, "strong", href=f"{address}&place={one.region_code}"),
                Cell(per_town[one.region_code], "num"),
            )
            for one in areas if one.kind == Area.Kind.TOWN
        ),
        "各乡镇街道承接的事项",
    )  # fmt: skip


def _body_table(bodies: list[Body], counted: dict[object, int], address: str) -> Table:
    holding = [one for one in bodies if counted[one.uid]]
    rows = sorted(holding, key=lambda one: (-counted[one.uid], one.code))[:_MOST]
    return Table(
        ("主体", "类型", "事项"),
        tuple(
            (
                Cell(one.name, "strong", href=f"{address}&body={one.code}"),
                one.get_kind_display(), Cell(f"{counted[one.uid]:,}", "num"),
            )
            for one in rows
        ),
        "各主体能办的事项",
    )  # fmt: skip
