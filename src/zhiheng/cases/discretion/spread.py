"""Earlier cases with the same item and tier: how far apart their fines lie (law.md G-056)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from zhiheng.cases.models import Case
from zhiheng.elements import api as elements
from zhiheng.rulebook import api as rulebook

MOST = 1_000  # the newest; older ones say less of how such acts are answered today
FEWEST = "discretion.spread-cases"


@dataclass(frozen=True)
class Spread:
    """Fines in cents, from few to many; percentiles only where there are enough of them.

    p5, median, p95: None while `count` is below `enough`.
    """

    tier: str
    count: int
    enough: int
    least: int = 0
    most: int = 0
    p5: int | None = None
    median: int | None = None
    p95: int | None = None
    sums: tuple[int, ...] = ()

    def outlier(self, cents: int) -> bool:
        """Whether a sum lies outside the fifth to the ninety-fifth percentile."""
        return self.p5 is not None and self.p95 is not None and not self.p5 <= cents <= self.p95

    def kept(self) -> dict[str, Any]:
        """What stays with the report: the figures without the single sums."""
        return {name: value for name, value in asdict(self).items() if name != "sums"}


def spread_of(sums: Sequence[int], *, tier: str, enough: int) -> Spread:
    """The figures of some fines; nearest rank, so that each is a fine that was imposed."""
    found = sorted(sums)
    if not found:
        return Spread(tier, 0, enough)
    whole = len(found) >= enough
    return Spread(
        tier=tier, count=len(found), enough=enough, least=found[0], most=found[-1],
        p5=_rank(found, 5) if whole else None, median=_rank(found, 50) if whole else None,
        p95=_rank(found, 95) if whole else None, sums=tuple(found),
    )  # fmt: skip


def _rank(found: Sequence[int], percent: int) -> int:
    return found[max(-(-percent * len(found) // 100), 1) - 1]


def similar(case: Case, *, tier: str, on: date) -> Spread:
    """The spread of decided cases of all agencies with the same item and tier, the newest."""
    rows = Case.objects.filter(
        item_id__in=elements.item_versions(case.item.uid), decided_on__isnull=False,
        fine_cents__gt=0, dossier__run__facts__tier_code=tier,
    )  # fmt: skip
    newest = rows.exclude(pk=case.pk).order_by("-pk").values_list("fine_cents", flat=True)
    enough = int(rulebook.current().parameter(FEWEST, on=on).value)
    return spread_of([one for one in newest[:MOST] if one], tier=tier, enough=enough)


def is_outlier(kept: Mapping[str, Any]) -> bool:
    """Whether the sum proposed or told lies outside what was kept with the report."""
    figures = kept.get("_similar") or {}
    cents = kept.get("fine_notified") or kept.get("fine_proposed") or 0
    if not cents or not figures:
        return False
    return Spread(**figures).outlier(cents)
