"""How many items a body holds from day to day, and the notices that made it so."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from zhiheng.elements.models import AdjustmentNotice, Body, Grant


@dataclass(frozen=True)
class Step:
    """From this day on the body holds so many items of so many domains."""

    day: date
    items: int
    domains: int
    notices: tuple[AdjustmentNotice, ...] = ()


def steps_of(*, body: Body) -> list[Step]:
    """Every day on which the number of items changes, as known now; future days included.

    An item held by two grants (two regions) counts once.
    """
    rows = Grant.objects.known().filter(body__uid=body.uid, status="ACTIVE")
    turns: dict[date, list[tuple[object, str, int]]] = defaultdict(list)
    for uid, domain, begins, ends in rows.values_list(
        "item__uid", "item__domain", "valid_from", "valid_until"
    ):
        turns[begins].append((uid, domain, 1))
        if ends is not None:
            turns[ends].append((uid, domain, -1))
    notices = _notices(body)
    held: Counter[object] = Counter()
    steps: list[Step] = []
    for day in sorted(turns):
        for uid, domain, by in turns[day]:
            held[uid, domain] += by
        now = [key for key, count in held.items() if count > 0]
        items, domains = len({k[0] for k in now}), len({k[1] for k in now})  # type: ignore[index]
        if not steps or steps[-1].items != items or notices[day]:
            steps.append(Step(day, items, domains, tuple(notices[day])))
    return steps


def _notices(body: Body) -> dict[date, list[AdjustmentNotice]]:
    """Published notices that touch the body, by the day they take effect."""
    touching = AdjustmentNotice.objects.filter(
        Q(actions__from_body__uid=body.uid) | Q(actions__to_body__uid=body.uid),
        state=AdjustmentNotice.State.PUBLISHED,
    )
    found: dict[date, list[AdjustmentNotice]] = defaultdict(list)
    for notice in touching.distinct().order_by("effective_on", "id"):
        found[notice.effective_on].append(notice)
    return found


def held_on(*, body_code: str, on: date) -> int:
    """How many different items a body holds on a day."""
    rows = Grant.objects.active(on).filter(body__code=body_code)
    return rows.values("item__uid").distinct().count()
