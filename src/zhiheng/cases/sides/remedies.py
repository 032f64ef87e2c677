"""行政复议、行政诉讼 beside a case: what each knows of the other, and the days they take."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhiheng.cases.models import Case, Side
from zhiheng.cases.sides.kinds import SideKind, enter
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.people.api import Actor

RECONSIDERATION, LITIGATION = "remedy.reconsideration", "remedy.litigation"


def running(matter: SideMatter, actor: Actor, on: date) -> Mapping[str, Any]:
    """Whether another remedy is under way (行政复议法 29)."""
    others = set(
        Side.objects.filter(case=matter.case, closed_on=None)
        .exclude(pk=matter.side.pk)
        .values_list("procedure_id", flat=True)
    )
    return {
        "reconsideration_open": RECONSIDERATION in others,
        "litigation_open": LITIGATION in others,
    }


def periods(case: Case) -> list[tuple[date, date | None]]:
    """The days of each remedy, from its beginning until it ended (None while it runs).

    The late addition is not counted in them (行政处罚法 73(3)).
    """
    rows = Side.objects.filter(case=case, procedure_id__in=(RECONSIDERATION, LITIGATION))
    return [(each.opened_on, each.closed_on) for each in rows.order_by("number")]


enter(SideKind(procedure=RECONSIDERATION, facts=running))
enter(SideKind(procedure=LITIGATION, facts=running))
