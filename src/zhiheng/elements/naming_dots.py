"""Where the names of dots on a map stand: beside their dot, over no other dot and no other name."""

from collections.abc import Sequence
from dataclasses import replace

from zhiheng.elements.pictures import Dot, Shape

CHARACTER, DIGIT, HEIGHT = 12.5, 7.0, 15.0
FEET = (4.0, -7.0, 15.0)
Box = tuple[float, float, float, float]


def named(dots: Sequence[Dot], shapes: Sequence[Shape], most: int) -> list[Dot]:
    """The dots, the first of those marked `named` with a place for the name; others go without."""
    taken = [_around(one) for one in dots] + [_town(one) for one in shapes if one.wide]
    placed, shown = [], 0
    for dot in dots:
        spot = _free(dot, taken) if dot.named and shown < most else None
        if spot is None:
            placed.append(replace(dot, named=False))
            continue
        taken.append(_name(spot))
        placed.append(spot)
        shown += 1
    return placed


def _free(dot: Dot, taken: list[Box]) -> Dot | None:
    """The dot with its name on the first side that is free."""
    for foot in FEET:
        for left in (dot.left, not dot.left):
            spot = replace(dot, left=left, dy=foot)
            if not any(_meet(_name(spot), one) for one in taken):
                return spot
    return None


def _name(dot: Dot) -> Box:
    wide = breadth(f"{dot.name} {dot.count}")
    begins = dot.name_x - wide if dot.left else dot.name_x
    foot = dot.y + dot.dy
    return begins, foot - HEIGHT + 3, begins + wide, foot + 3


def _around(dot: Dot) -> Box:
    return dot.x - dot.r, dot.y - dot.r, dot.x + dot.r, dot.y + dot.r


def _town(shape: Shape) -> Box:
    half = breadth(f"{shape.name} {shape.count}") / 2
    foot = shape.y + 30
    return shape.x - half, foot - HEIGHT + 3, shape.x + half, foot + 3


def breadth(text: str) -> float:
    """How wide a text is drawn, about."""
    return sum(DIGIT if one.isascii() else CHARACTER for one in text)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
