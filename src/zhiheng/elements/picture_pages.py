"""What the pictures of the element centre may use, and the tables that say the same in words."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.urls import reverse

from zhiheng.elements.models import (
    AdjustmentAction,
    AdjustmentNotice,
    Area,
    Basis,
    Benchmark,
    Body,
    ElementRecord,
    Grant,
    Item,
)
from zhiheng.elements.naming_dots import named
from zhiheng.elements.notices.counts import Step
from zhiheng.elements.pictures import (
    Dot,
    MapPicture,
    Projection,
    Shape,
    StepChart,
    Stretch,
    TimeLine,
    middle,
    shade_of,
    step_chart,
)
from zhiheng.web import words
from zhiheng.web.faces import Cell, Link, Table

_MOST_HOLDERS = 12
_MOST_NAMED = 8
_ROOM = 120  # points that the name of a town needs


@dataclass(frozen=True)
class CountPage:
    """How many items a body holds over time."""

    body: Body
    bodies: list[tuple[str, str]]
    chart: StepChart | None
    table: Table
    summary: str
    crumbs: list[Link]


@dataclass(frozen=True)
class LinePage:
    """The time line of an item."""

    item: Item
    picture: TimeLine
    table: Table
    crumbs: list[Link]


@dataclass(frozen=True)
class MapPage:
    """Bodies and grants on the map, and in tables; `without`: bodies that hold nothing."""

    picture: MapPicture | None
    on: date
    towns: Table
    bodies: Table
    without: int
    chosen: str
    held: Table | None
    crumbs: list[Link]


def count_chart(steps: list[Step], on: date) -> StepChart | None:
    """The stepped line with the notices on it."""
    if not steps:
        return None
    marks = [
        (step.day, step.items, f"{step.items:,}",
         reverse("notice", args=[notice.pk]), f"{notice.notice_no} {words.day(step.day)}")
        for step in steps for notice in step.notices[:1]
    ]  # fmt: skip
    return step_chart(points=[(step.day, step.items) for step in steps], marks=marks, on=on)


def count_table(steps: list[Step]) -> Table:
    """The same in words, the newest first."""
    rows = []
    for before, step in zip([None, *steps], steps, strict=False):
        change = step.items - (before.items if before else 0)
        notices = step.notices
        rows.append(
            (
                Cell(step.day, "date"), Cell(f"{step.items:,}", "num"),
                Cell(f"{change:+,}" if change else "0", "num"), Cell(step.domains, "num"),
                Cell(
                    "、".join(one.notice_no for one in notices) or "—",
                    href=reverse("notice", args=[notices[0].pk]) if notices else "",
                ),
            )
        )  # fmt: skip
    return Table(("从这天起", "事项", "增减", "领域", "通告"), tuple(reversed(rows)), "事项数变化")


def lanes_of(item: Item) -> list[tuple[str, list[Stretch]]]:
    """Everything known of an item over time: itself, its laws, holders, benchmarks, notices."""
    versions = list(
        Item.objects.known()
        .filter(uid=item.uid, status__in=("ACTIVE", "SUSPENDED"))
        .select_related("penalty_basis__basis")
        .order_by("valid_from")
    )
    lanes = [
        ("事项", [_stretch_of(one, f"第{n}版 {one.name}") for n, one in enumerate(versions, 1)])
    ]
    laws: dict[Any, Stretch] = {}
    for version in versions:
        if version.penalty_basis is not None:
            law: Basis = version.penalty_basis.basis
            laws[law.uid] = Stretch(
                law.valid_from, law.valid_until, _told(version.penalty_basis), "law",
                reverse("element_show", args=["bases", law.uid]),
            )  # fmt: skip
    lanes.append(("依据", sorted(laws.values(), key=lambda one: one.begins)))
    lanes += _holder_lanes(item)
    found = Benchmark.objects.known().filter(item__uid=item.uid, status__in=("ACTIVE", "SUSPENDED"))
    lanes.append(
        ("裁量基准", [
            _stretch_of(b, b.title, "law", reverse("element_show", args=["benchmarks", b.uid]))
            for b in found.order_by("valid_from")
        ])
    )  # fmt: skip
    actions = AdjustmentAction.objects.filter(
        item__uid=item.uid, notice__state=AdjustmentNotice.State.PUBLISHED
    ).select_related("notice")
    lanes.append(
        ("调整通告", [
            Stretch(a.notice.effective_on, None,
                    f"{a.notice.notice_no} {a.get_kind_display()}", "notice",
                    reverse("notice", args=[a.notice_id]), point=True)
            for a in actions.order_by("notice__effective_on", "id")
        ])
    )  # fmt: skip
    return [(title, row) for title, row in lanes if row]


def _told(node: object) -> str:
    """A provision as people say it, without 中华人民共和国."""
    return str(node).replace("《中华人民共和国", "《", 1)


def _stretch_of(row: ElementRecord, label: str, tone: str = "", href: str = "") -> Stretch:
    """A version as a bar; out of use it is hatched and says so."""
    if row.status == "SUSPENDED":
        return Stretch(row.valid_from, row.valid_until, f"停用：{label}", "stopped", href)
    return Stretch(row.valid_from, row.valid_until, label, tone, href)


def _holder_lanes(item: Item) -> list[tuple[str, list[Stretch]]]:
    rows = Grant.objects.known().filter(
        item__uid=item.uid, status__in=("ACTIVE", "SUSPENDED")
    ).select_related("body")  # fmt: skip
    by_body: dict[Any, tuple[str, list[Stretch]]] = {}
    for grant in rows.order_by("valid_from", "id"):
        label = f"{grant.get_mode_display()} {grant.doc_no or grant.doc_title}"
        if grant.except_regions:
            label += f"（不含 {'、'.join(grant.except_regions)}）"
        _title, row = by_body.setdefault(
            grant.body.uid, (grant.body.short_name or grant.body.name, [])
        )
        row.append(
            _stretch_of(grant, label, "grant", reverse("element_show", args=["grants", grant.uid]))
        )  # fmt: skip
    return list(by_body.values())[:_MOST_HOLDERS]


def line_table(lanes: list[tuple[str, list[Stretch]]]) -> Table:
    """The time line in words."""
    return Table(
        ("类", "内容", "起", "止"),
        tuple(
            (
                title, Cell(one.label, href=one.href), Cell(one.begins, "date"),
                "当日" if one.point else Cell(one.ends, "date") if one.ends else "至今",
            )
            for title, row in lanes for one in row
        ),
        "时间线的文字版",
    )  # fmt: skip


def counts_by_body(*, region: str, on: date) -> Counter[Any]:
    """How many items each body of a region holds on a day."""
    rows = Grant.objects.active(on).filter(body__region_code__startswith=region)
    counted = rows.values("body__uid").annotate(n=Count("item__uid", distinct=True)).order_by()
    return Counter({row["body__uid"]: row["n"] for row in counted})


def draw_map(
    *, areas: list[Area], bodies: list[Body], counts: Counter[Any], address: str
) -> MapPicture | None:
    """Towns shaded by what their own bodies hold, bodies as dots sized by number of items."""
    county = [one for one in areas if one.kind == Area.Kind.COUNTY and one.geometry]
    towns = [one for one in areas if one.kind == Area.Kind.TOWN and one.geometry]
    if not (county or towns):
        return None
    ground = Projection(one.geometry for one in (*county, *towns))
    per_town = town_counts(bodies, counts)
    most = max(per_town.values(), default=0)
    shapes = [Shape(ground.path(one.geometry), 0, 0, one.name, one.code, 0, -1) for one in county]
    centres = {}
    for one in towns:
        centres[one.region_code] = middle(one.geometry)
        x, y = ground.point(*centres[one.region_code])
        count = per_town[one.region_code]
        shapes.append(
            Shape(ground.path(one.geometry), x, y, one.name, one.code, count,
                  shade_of(count, most), f"{address}&place={one.region_code}",
                wide=ground.breadth(one.geometry) > _ROOM)
        )  # fmt: skip
    dots = named(_dots(bodies, counts, ground, centres, address), shapes, _MOST_NAMED)
    return MapPicture(ground.width, ground.height, shapes, dots)


def _dots(
    bodies: list[Body],
    counts: Counter[Any],
    ground: Projection,
    centres: dict[str, tuple[float, float]],
    address: str,
) -> list[Dot]:
    """The largest first, so that small ones lie on top."""
    dots: list[Dot] = []
    top = max(counts.values(), default=1)
    for body in sorted(bodies, key=lambda one: (-counts[one.uid], one.code)):
        place = (body.lon, body.lat) if body.lon and body.lat else centres.get(body.region_code)
        if place and counts[body.uid]:
            x, y = ground.point(*place)
            r = round(5 + 13 * (counts[body.uid] / top) ** 0.5, 1)
            name = body.short_name or body.name
            href = f"{address}&body={body.code}"
            own = body.kind != Body.Kind.TOWN  # towns are named by their shape
            dots.append(Dot(x, y, r, name, counts[body.uid], href, own, x < ground.width / 2))
    return dots


def town_counts(bodies: list[Body], counts: Counter[Any]) -> Counter[str]:
    """Items held by the bodies of each town."""
    found: Counter[str] = Counter()
    for body in bodies:
        if body.kind == Body.Kind.TOWN:
            found[body.region_code] += counts[body.uid]
    return found
