"""Reads of the work list: whose lines, how far, one of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from zhiheng.elements.models import LawChange, UpkeepItem
from zhiheng.elements.policies import NATION
from zhiheng.kernel.errors import NotFound
from zhiheng.people import api as people
from zhiheng.people.api import Account, Actor

State = UpkeepItem.State
ORDER = ("due_on", "id")


@dataclass(frozen=True)
class Progress:
    """Of the lines ever found for one reason or change, how many are still open."""

    key: str
    found: int
    open: int

    @property
    def closed(self) -> int:
        """Lines that are done with, in whichever way."""
        return self.found - self.open


def above(prefix: str) -> tuple[str, ...]:
    """Region codes whose shared elements reach into a region: nation, province, city."""
    return (NATION, *(prefix[:n].ljust(6, "0") for n in (2, 4) if len(prefix) > n))


def in_region(region_code: str, prefixes: Iterable[str]) -> bool:
    """Whether a line belongs to one of the regions, or is shared from above."""
    return any(region_code.startswith(one) or region_code in above(one) for one in prefixes if one)


def _within(prefixes: Iterable[str]) -> Q:
    found = Q(pk__in=[])
    for one in prefixes:
        found |= Q(region_code__startswith=one) | Q(region_code__in=above(one))
    return found


def visible(actor: Actor) -> QuerySet[UpkeepItem]:
    """Lines of one's own regions and those shared from above, and whatever one owns."""
    prefixes = {one.region_prefix for one in people.scope(actor, "element.view").reaches}
    return UpkeepItem.objects.filter(_within(sorted(prefixes)) | Q(owner_id=actor.account_id))


def mine(actor: Actor) -> QuerySet[UpkeepItem]:
    """Open lines that wait for somebody: the own, and as administrator those nobody owns."""
    prefixes = {one.region_prefix for one in people.scope(actor, "element.edit").reaches}
    owned = Q(owner_id=actor.account_id) | (Q(owner=None) & _within(sorted(prefixes)))
    return UpkeepItem.objects.filter(owned, state=State.OPEN)


def filtered(rows: QuerySet[UpkeepItem], *, on: date, **asked: str) -> QuerySet[UpkeepItem]:
    """The list by reason, severity, state, whose, and when due; an unknown value filters nothing."""
    state = asked.get("state") or State.OPEN.value
    rows = rows.filter(state=state) if state in State.values else rows
    for name in ("reason", "severity", "register"):
        if value := asked.get(name):
            rows = rows.filter(**{name: value})
    if asked.get("due") == "late":
        rows = rows.filter(due_on__lt=on)
    owner = asked.get("owner", "")
    if owner == "none":
        rows = rows.filter(owner=None)
    elif owner:
        rows = rows.filter(owner__username=owner)
    return rows.select_related("owner", "change")


def progress_by(rows: QuerySet[UpkeepItem], field: str) -> list[Progress]:
    """Found and open per reason or per change, in one query; the fullest first."""
    told = rows.order_by().values_list(field).annotate(
        found=Count("pk"), open=Count("pk", filter=Q(state=State.OPEN))
    )  # fmt: skip
    return sorted(
        (Progress(str(key), found, left) for key, found, left in told), key=lambda p: -p.open
    )


def access_item(*, actor: Actor, pk: int) -> UpkeepItem:
    """One line within reach; absent and out of reach answer alike."""
    found = visible(actor).select_related("owner", "change").filter(pk=pk).first()
    if found is None:
        raise NotFound("没有这条待清理事项，或者它不在您的辖区。", next_step="请从清单里选择。")
    return found


def get_change(*, pk: int) -> LawChange:
    """One change with its versions; law is everybody's to read."""
    rows = LawChange.objects.select_related("ended__law", "began__law")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound("没有这次法律变动。", next_step="请从法律变动清单里选择。")
    return found


def owners_for(item: UpkeepItem, actor: Actor) -> Sequence[Account]:
    """Who a line may be given to: active accounts of the actor's region, administrators first."""
    prefix = people.scope(actor, "element.view").region_prefix
    rows = Account.objects.filter(is_active=True, region_code__startswith=prefix)
    return list(rows.order_by("agency_code", "name")[:300])
