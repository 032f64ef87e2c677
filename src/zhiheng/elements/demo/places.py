"""The invented geometry of 青衡县: a county, its towns, two patrol districts, two special areas."""

import math
import random

CENTRE = (119.620, 28.460)
TOWNS = (
    ("339901001", "城东街道"),
    ("339901002", "城西街道"),
    ("339901101", "云杉镇"),
    ("339901102", "梅溪镇"),
    ("339901103", "石门镇"),
    ("339901104", "白鹿镇"),
    ("339901201", "竹坞乡"),
    ("339901202", "青岭乡"),
)
_CORE = 0.022


def _rim(angle: float) -> float:
    """How far the county reaches in a direction; not a circle, so that it looks like a place."""
    return 0.125 + 0.018 * math.sin(3 * angle + 0.6) + 0.011 * math.cos(5 * angle)


def _point(angle: float, distance: float) -> list[float]:
    """A place seen from the centre."""
    return [
        round(CENTRE[0] + distance * math.cos(angle), 5),
        round(CENTRE[1] + 0.82 * distance * math.sin(angle), 5),
    ]


def _polygon(ring: list[list[float]]) -> dict:
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def county() -> dict:
    """The county's outline."""
    return _polygon([_point(k * math.tau / 72, _rim(k * math.tau / 72)) for k in range(72)])


def towns() -> dict[str, dict]:
    """Two streets in the middle, six towns around them."""
    halves = {}
    for index, start in enumerate((-math.pi / 2, math.pi / 2)):
        ring = [_point(start + k * math.pi / 12, _CORE) for k in range(13)]
        halves[TOWNS[index][0]] = _polygon(ring)
    outer = {}
    for index, (code, _) in enumerate(TOWNS[2:]):
        first, step = index * math.tau / 6, math.tau / 72
        rim = [_point(first + k * step, _rim(first + k * step)) for k in range(13)]
        core = [_point(first + k * step, _CORE) for k in range(12, -1, -1)]
        outer[code] = _polygon(rim + core)
    return halves | outer


def districts() -> dict[str, dict]:
    """Two patrol districts: east and west."""
    shapes = {}
    for code, start in (("PQ-D", -math.pi / 2), ("PQ-X", math.pi / 2)):
        angles = [start + k * math.pi / 36 for k in range(37)]
        shapes[code] = _polygon([_point(a, _rim(a)) for a in angles])
    return shapes


def specials() -> dict[str, tuple[str, str, dict]]:
    """Special areas: code to name, kind and outline."""
    return {
        "TQ-001": ("青衡老街禁烤区", "禁止露天烧烤区域", _box(119.617, 28.457, 0.006, 0.004)),
        "TQ-002": (
            "实验小学噪声敏感区",
            "噪声敏感建筑物集中区域",
            _box(119.628, 28.466, 0.004, 0.003),
        ),
    }


def special(*, rng: random.Random) -> dict:
    """A polygon of five to nine corners, wholly inside the county."""
    angle, distance = rng.uniform(-math.pi, math.pi), 0.08 * math.sqrt(rng.random())
    lon, lat = _point(angle, distance)
    corners, size = rng.randrange(5, 10), rng.uniform(0.002, 0.012)
    return _polygon([
        [
            round(lon + size * rng.uniform(0.7, 1.0) * math.cos(k * math.tau / corners), 5),
            round(lat + 0.82 * size * rng.uniform(0.7, 1.0) * math.sin(k * math.tau / corners), 5),
        ]
        for k in range(corners)
    ])  # fmt: skip


def _box(lon: float, lat: float, width: float, height: float) -> dict:
    corners = ((lon, lat), (lon + width, lat), (lon + width, lat + height), (lon, lat + height))
    return _polygon([[round(x, 5), round(y, 5)] for x, y in corners])


def somewhere(*, rng: random.Random) -> tuple[str, str, float, float]:
    """A place where people live: town code, town name, longitude, latitude."""
    if rng.random() < 0.7:
        angle, distance = rng.uniform(-math.pi, math.pi), _CORE * math.sqrt(rng.random())
        index = 0 if -math.pi / 2 <= angle < math.pi / 2 else 1
    else:
        index = rng.randrange(2, 8)
        angle = (index - 2 + rng.uniform(0.2, 0.8)) * math.tau / 6
        distance = rng.uniform(0.045, 0.085)
    lon, lat = _point(angle, distance)
    return *TOWNS[index], lon, lat


def seat(*, region: str, number: int) -> dict[str, float]:
    """Where a body has its office: a town's in its own town, the others around the centre."""
    towns = [code for code, _ in TOWNS]
    if region in towns[2:]:
        angle, distance = (towns.index(region) - 1.5) * math.tau / 6, 0.07
    elif region in towns:
        angle, distance = (0.0 if region == towns[0] else math.pi), 0.013
    else:
        angle, distance = number * 2.4, 0.03 + 0.0011 * (number % 45)
    lon, lat = _point(angle, distance)
    return {"lon": lon, "lat": lat}
