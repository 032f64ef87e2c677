"""Sums of a tier: shares of the range, multiples of a base, rounding; integers throughout.

Law.md C.2. Where a boundary between two tiers belongs is decided once, as a parameter: to the
lower tier (`LOWER`), or to the middle one (`MIDDLE`), where a domain's rule says 低于、高于.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor

from zhiheng.rulebook.book import Rulebook
from zhiheng.rulebook.discretion_model import WHOLE, Range, Tier

PARAMETERS = {
    "light": "discretion.light-share", "heavy": "discretion.heavy-from",
    "light_only": "discretion.light-share-maximum-only",
    "heavy_only": "discretion.heavy-from-maximum-only",
    "boundary": "discretion.boundary", "boundary_only": "discretion.boundary-maximum-only",
    "minimum": "discretion.minimum", "rounding": "discretion.rounding",
    "floor": "discretion.mitigation-floor", "band": "discretion.band",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scale:
    """What the domain sets on a day: shares in percent, sums in cents.

    light, heavy: 从轻 reaches from the bottom to `light`, 从重 begins above `heavy`.
    light_only, heavy_only: the same where the law names a maximum alone.
    minimum: the lowest sum where the law names none. floor: 减轻 not below this share.
    band: half the width of a proposal, as a share of the range.
    """

    light: int
    heavy: int
    light_only: int
    heavy_only: int
    boundary: str
    boundary_only: str
    minimum: int
    rounding: int
    floor: int
    band: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """From and to, in cents, both included."""

    low: int
    high: int

    def holds(self, cents: int) -> bool:
        """Whether a sum lies within."""
        return self.low <= cents <= self.high

    def within(self, other: Bounds) -> Bounds:
        """What both have in common; may be empty (low above high)."""
        return Bounds(max(self.low, other.low), min(self.high, other.high))

    @property
    def empty(self) -> bool:
        """Whether no sum lies within."""
        return self.low > self.high


def scale_of(*, book: Rulebook, domain: str, on: date, region: str = "") -> Scale:
    """The shares, rounding and floor of a domain on a day; raises UnknownRule without them."""
    found = {
        name: book.parameter(id, on=on, domain=domain, region=region).value
        for name, id in PARAMETERS.items()
    }
    texts = ("boundary", "boundary_only")
    return Scale(**{n: str(v) if n in texts else int(v) for n, v in found.items()})  # type: ignore[arg-type]


def legal(*, one: Range, scale: Scale, base: int = 0) -> Bounds:
    """What the law allows, in cents, for a base in cents where it is a multiple."""
    low, high = _low(one, scale), one.high
    if one.unit == "cents":
        return Bounds(low, high)
    return Bounds(_money(one, low, base, up=True), _money(one, high, base, up=False))


def tier_bounds(*, tier: Tier, one: Range, scale: Scale, base: int = 0) -> Bounds:
    """The sums of a tier, in cents."""
    if one.unit == "cents" and not tier.shared:
        top = one.high if tier.fine_max is None else tier.fine_max
        return Bounds((tier.fine_min or 0) + tier.above, top)
    if tier.shared:
        low, above, high, below = _share(tier.code, one, scale)
    else:
        low, above = Fraction(tier.fine_min or 0), tier.above
        high, below = Fraction(one.high if tier.fine_max is None else tier.fine_max), False
    first, last = _exact(one, low, base), _exact(one, high, base)
    return Bounds(
        floor(first) + 1 if above else ceil(first), ceil(last) - 1 if below else floor(last)
    )


def mitigated(*, one: Range, scale: Scale, base: int = 0) -> Bounds | None:
    """减轻: below the least that the law names, not below the floor; None where it names none."""
    least = legal(one=one, scale=scale, base=base).low
    if one.low is None or least <= 0:
        return None
    found = Bounds(ceil(Fraction(least * scale.floor, WHOLE)), least - 1)
    return None if found.empty else found


def rounded(*, bounds: Bounds, unit: int) -> Bounds:
    """The whole sums within; where there is none, the bounds as they are."""
    found = Bounds(-(-bounds.low // unit) * unit, bounds.high // unit * unit)
    return bounds if found.empty else found


def point(*, legally: Bounds, tier: Bounds, weighed: int, scale: Scale) -> int:
    """Least + span · x, rounded half up, then moved into the tier.

    x is `weighed` of ten thousand: the sum of weight times score.
    """
    unit, whole = scale.rounding, WHOLE * WHOLE
    raw = legally.low * whole + (legally.high - legally.low) * weighed
    near = (2 * raw + unit * whole) // (2 * unit * whole) * unit
    inside = rounded(bounds=tier, unit=unit)
    return min(max(near, inside.low), inside.high)


def around(*, cents: int, legally: Bounds, tier: Bounds, scale: Scale) -> Bounds:
    """The proposal: a band around the point, inside the tier, in whole sums."""
    half = (legally.high - legally.low) * scale.band // WHOLE
    wide = Bounds(cents - half, cents + half).within(tier)
    return rounded(bounds=wide, unit=scale.rounding)


def _low(one: Range, scale: Scale) -> int:
    if one.low is not None:
        return one.low
    return scale.minimum if one.unit == "cents" else 0


def _exact(one: Range, amount: Fraction, base: int) -> Fraction:
    return amount if one.unit == "cents" else amount * base / WHOLE


def _money(one: Range, amount: int, base: int, *, up: bool) -> int:
    exact = _exact(one, Fraction(amount), base)
    return ceil(exact) if up else floor(exact)


def _share(code: str, one: Range, scale: Scale) -> tuple[Fraction, bool, Fraction, bool]:
    """Low, whether it is left out; high, whether it is left out: in the unit of the range."""
    only = one.low is None
    low, high = Fraction(_low(one, scale)), Fraction(one.high)
    light, heavy = (scale.light_only, scale.heavy_only) if only else (scale.light, scale.heavy)
    middle = (scale.boundary_only if only else scale.boundary) == "MIDDLE"
    first = low + (high - low) * light / WHOLE
    second = low + (high - low) * heavy / WHOLE
    if code == "LIGHT":
        return low, False, first, middle
    if code == "HEAVY":
        return second, True, high, False
    return first, not middle, second, False
