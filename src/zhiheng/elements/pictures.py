"""Pictures computed on the server: points and paths for SVG, no scripts, no clock."""

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

WIDTH = 960.0
CHART_HEIGHT = 320.0
LEFT, RIGHT, TOP, BOTTOM = 56.0, 24.0, 40.0, 32.0
LANE = 42.0
LABEL = 130.0


@dataclass(frozen=True)
class Tick:
    """A line across with its words."""

    at: float
    label: str


@dataclass(frozen=True)
class Mark:
    """A point with words and an address."""

    x: float
    y: float
    label: str
    href: str = ""
    title: str = ""


@dataclass(frozen=True)
class StepChart:
    """A number over time that stays until it changes."""

    width: float
    height: float
    path: str
    area: str
    marks: list[Mark]
    x_ticks: list[Tick]
    y_ticks: list[Tick]
    today_x: float | None


@dataclass(frozen=True)
class Bar:
    """A stretch of time in a lane; `open`: it has no end yet."""

    x: float
    width: float
    label: str
    tone: str = ""
    href: str = ""
    title: str = ""
    open: bool = False


@dataclass(frozen=True)
class Lane:
    """One line of a time line: bars, or marks for single days."""

    y: float
    title: str
    bars: list[Bar] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True)
class TimeLine:
    """Lanes over a common axis."""

    width: float
    height: float
    lanes: list[Lane]
    x_ticks: list[Tick]
    today_x: float | None


@dataclass(frozen=True)
class Stretch:
    """What a lane is made of: from a day until another (excluded), or one day alone."""

    begins: date
    ends: date | None
    label: str
    tone: str = ""
    href: str = ""
    point: bool = False


class Axis:
    """Days to x."""

    def __init__(self, first: date, last: date, left: float, right: float) -> None:
        self.first, self.left = first, left
        self.days = max((last - first).days, 1)
        self.span = right - left

    def x(self, day: date) -> float:
        """Where a day stands; days outside stand at the rim."""
        share = (day - self.first).days / self.days
        return round(self.left + self.span * min(max(share, 0.0), 1.0), 1)

    def ticks(self) -> list[Tick]:
        """Beginnings of years, at most ten of them."""
        last = self.first + timedelta(days=self.days)
        years = range(self.first.year + 1, last.year + 1)
        every = max(1, math.ceil(len(years) / 10))
        return [Tick(self.x(date(year, 1, 1)), str(year)) for year in years[::every]]


def step_chart(
    *,
    points: Sequence[tuple[date, int]],
    marks: Iterable[tuple[date, int, str, str, str]],
    on: date,
) -> StepChart:
    """A stepped line through (day, number); marks are (day, number, label, href, title)."""
    first = points[0][0] - timedelta(days=60)
    last = max(points[-1][0], on) + timedelta(days=120)
    axis = Axis(first, last, LEFT, WIDTH - RIGHT)
    top = _nice(max(number for _, number in points))
    floor = CHART_HEIGHT - BOTTOM

    def y(number: float) -> float:
        return round(floor - (floor - TOP) * number / top, 1)

    path = f"M{axis.x(first)} {y(0)}"
    for day, number in points:
        path += f"H{axis.x(day)}V{y(number)}"
    path += f"H{axis.x(last)}"
    return StepChart(
        width=WIDTH, height=CHART_HEIGHT, path=path,
        area=f"{path}V{y(0)}H{axis.x(first)}Z",
        marks=[Mark(axis.x(d), y(n), label, href, title) for d, n, label, href, title in marks],
        x_ticks=axis.ticks(),
        y_ticks=[Tick(y(top * k / 4), f"{top * k // 4:,}") for k in range(5)],
        today_x=axis.x(on),
    )  # fmt: skip


def _nice(most: int) -> int:
    """The next round number above, divisible by four."""
    if most <= 4:
        return 4
    size = 10 ** (len(str(most)) - 1)
    return next(n for n in (size * k for k in (1, 2, 4, 6, 8, 10, 20)) if n >= most)


def time_line(*, lanes: Sequence[tuple[str, Sequence[Stretch]]], on: date) -> TimeLine:
    """Lanes of stretches; the axis begins a year before the first lane does.

    What the first lane stands on is often much older (a law of 2018): it begins at the rim.
    """
    days = [one.begins for _, row in lanes for one in row] + [on]
    days += [one.ends for _, row in lanes for one in row if one.ends]
    own = min((one.begins for one in lanes[0][1]), default=on) if lanes else on
    first = max(min(days) - timedelta(days=90), min(own, on) - timedelta(days=365))
    last = max(days) + timedelta(days=300)
    axis = Axis(first, last, LABEL, WIDTH - RIGHT)
    drawn = []
    for number, (title, row) in enumerate(lanes):
        y = TOP + number * LANE
        drawn.append(
            Lane(
                y=y, title=_short(title, 10),
                bars=[_bar(axis, one, last) for one in row if not one.point],
                marks=[
                    Mark(axis.x(one.begins), y + LANE / 2, one.label, one.href, one.label)
                    for one in row if one.point
                ],
            )
        )  # fmt: skip
    height = TOP + len(lanes) * LANE + BOTTOM
    return TimeLine(WIDTH, height, drawn, axis.ticks(), axis.x(on))


def _bar(axis: Axis, one: Stretch, last: date) -> Bar:
    x, end = axis.x(one.begins), axis.x(one.ends or last)
    width = max(end - x - 1.5, 2.0)
    room = int((width - 12) / 13)
    words = f"← {one.label}" if one.begins < axis.first else one.label  # began further left
    return Bar(
        x=x, width=width, label=_short(words, room) if room > 2 else "", tone=one.tone,
        href=one.href, title=one.label, open=one.ends is None,
    )  # fmt: skip


def _short(text: str, room: int) -> str:
    return text if len(text) <= room else text[: max(room - 1, 1)] + "…"


@dataclass(frozen=True)
class Shape:
    """A piece of the map."""

    path: str
    x: float
    y: float
    name: str
    code: str
    count: int
    shade: int
    href: str = ""
    wide: bool = False


@dataclass(frozen=True)
class Dot:
    """A body on the map, larger the more items it holds."""

    x: float
    y: float
    r: float
    name: str
    count: int
    href: str
    named: bool = False
    left: bool = False  # its name stands on its left
    dy: float = 4.0  # how far below the dot's middle the name's foot stands

    @property
    def name_x(self) -> float:
        """Where the name begins, or ends when it stands on the left."""
        return self.x - self.r - 4 if self.left else self.x + self.r + 4


@dataclass(frozen=True)
class MapPicture:
    """Shapes under dots."""

    width: float
    height: float
    shapes: list[Shape]
    dots: list[Dot]


class Projection:
    """Degrees to points, wide as the picture, true to shape at this latitude."""

    def __init__(self, geometries: Iterable[Mapping[str, Any]], width: float = 720.0) -> None:
        places = [place for one in geometries for ring in rings(one) for place in ring]
        self.west, east = min(p[0] for p in places), max(p[0] for p in places)
        south, self.north = min(p[1] for p in places), max(p[1] for p in places)
        squeeze = math.cos(math.radians((south + self.north) / 2))
        self.scale = (width - 24) / max((east - self.west) * squeeze, 1e-6)
        self.squeeze = squeeze
        self.width, self.height = width, round((self.north - south) * self.scale + 24, 1)

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a place stands in the picture."""
        x = 12 + (lon - self.west) * self.squeeze * self.scale
        return round(x, 1), round(12 + (self.north - lat) * self.scale, 1)

    def path(self, geometry: Mapping[str, Any]) -> str:
        """The outline as an SVG path."""
        parts = []
        for ring in rings(geometry):
            points = [self.point(*place[:2]) for place in ring]
            parts.append("M" + "L".join(f"{x} {y}" for x, y in points) + "Z")
        return "".join(parts)

    def breadth(self, geometry: Mapping[str, Any]) -> float:
        """How wide a shape is in the picture."""
        places = [place[0] for ring in rings(geometry) for place in ring]
        return (max(places) - min(places)) * self.squeeze * self.scale


def rings(geometry: Mapping[str, Any]) -> list[list[list[float]]]:
    """All rings of a polygon or several."""
    found = geometry.get("coordinates", [])
    if geometry.get("type") == "MultiPolygon":
        return [ring for polygon in found for ring in polygon]
    return list(found) if geometry.get("type") == "Polygon" else []


def middle(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """The centre of gravity of the first ring."""
    ring = rings(geometry)[0]
    area = x = y = 0.0
    for (x1, y1, *_), (x2, y2, *_) in itertools.pairwise(ring):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    if abs(area) < 1e-12:
        return ring[0][0], ring[0][1]
    return x / (3 * area), y / (3 * area)


def shade_of(count: int, most: int) -> int:
    """0 for nothing, else 1 to 4 by quarters of the most."""
    return 0 if not count or not most else min(4, 1 + 4 * (count - 1) // most)
