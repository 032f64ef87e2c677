"""The same person, the same act: earlier and parallel cases of all agencies (行政处罚法 25, 29).

One bounded query by the party's index. What lies outside the reader's scope shows its agency,
state and days, and nothing that would let it be opened.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from zhiheng.cases.models import Case
from zhiheng.elements import api as elements
from zhiheng.people import api as people
from zhiheng.procedures.pages import state_title

MOST = 50
NEAR_DAYS = 90
OVER = ("NOT_FILED", "WITHDRAWN")
FIELDS = ("pk", "code", "number", "agency_code", "region_code", "state", "place", "item_id",
          "item_name", "filed_on", "proposed_on", "decided_on", "fine_cents",
          "dossier__procedure_id", "dossier__procedure_version")  # fmt: skip


@dataclass(frozen=True)
class Hit:
    """A case of the same party that may be about the same act.

    likeness: 3 same item, place and time; 2 same item, or same place and time; 1 same
        place or time; 0 the party alone.
    number, place, href: empty where the reader may not open it.
    """

    pk: int
    agency: str
    state: str
    item: str
    on: date
    likeness: int
    why: str
    fine_cents: int | None
    decided_on: date | None
    open: bool
    number: str = ""
    place: str = ""
    href: str = ""
    elsewhere: bool = False


def find_same_acts(case: Case, *, actor: people.Actor, on: date) -> list[Hit]:
    """Cases against the same party, the likest first; at most fifty are looked at."""
    parties = elements.same_party(case.subject)
    rows = Case.objects.filter(subject_id__in=parties).exclude(pk=case.pk)
    found = list(rows.order_by("-pk").values(*FIELDS)[:MOST])
    names = {body.code: body.name for body in elements.bodies_of(
        sorted({row["agency_code"] for row in found}), on)}  # fmt: skip
    items = set(elements.item_versions(case.item.uid))
    scope = people.scope(actor, "case.view")
    hits = [_hit(case, row, items=items, names=names, scope=scope) for row in found]
    return sorted(hits, key=lambda hit: (-hit.likeness, -hit.pk))


def _hit(
    case: Case, row: dict[str, Any], *, items: set[int], names: dict[str, str], scope: Any
) -> Hit:
    on = row["filed_on"] or row["proposed_on"]
    same_item = row["item_id"] in items
    same_place = bool(case.place) and row["place"] == case.place
    near = abs((on - (case.filed_on or case.proposed_on)).days) <= NEAR_DAYS
    told = [word for holds, word in (
        (same_item, "同一事项"), (same_place, "同一地点"), (near, f"{NEAR_DAYS}日以内"),
    ) if holds]  # fmt: skip
    opens = scope.covers(region_code=row["region_code"], agency_code=row["agency_code"])
    likeness = int(same_place or near)
    if same_item or (same_place and near):  # one act may break several norms (行政处罚法 29)
        likeness = 3 if same_item and same_place and near else 2
    return Hit(
        pk=row["pk"], agency=names.get(row["agency_code"], row["agency_code"]),
        state=state_title(row["dossier__procedure_id"], row["dossier__procedure_version"],
                          row["state"]),
        item=row["item_name"], on=on, likeness=likeness, why="、".join(["同一当事人", *told]),
        fine_cents=row["fine_cents"], decided_on=row["decided_on"],
        open=row["decided_on"] is None and row["state"] not in OVER,
        number=row["number"] if opens else "", place=row["place"] if opens else "",
        href=reverse("case", args=[row["code"]]) if opens else "",
        elsewhere=row["agency_code"] != case.agency_code,
    )  # fmt: skip


def earlier_penalties(case: Case, *, since: date, on: date) -> list[dict[str, Any]]:
    """Decided cases of all agencies against the party on the same item, from a day on.

    Law: 行政处罚法 33(1); law.md G-051. Withdrawn cases are no penalty and are left out.
    """
    rows = Case.objects.filter(
        subject_id__in=elements.same_party(case.subject),
        item_id__in=elements.item_versions(case.item.uid),
        decided_on__gte=since, decided_on__lte=on,
    )  # fmt: skip
    rows = rows.exclude(pk=case.pk).exclude(state__in=OVER).order_by("-decided_on", "-pk")
    found = rows.values("pk", "agency_code", "decided_on", "fine_cents")[:MOST]
    return [dict(row) for row in found]
