"""Reading the register: what a side or a case holds, and what an agency holds where."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from zhiheng.cases.models import Case, Good, GoodMove, Side
from zhiheng.kernel.errors import NotFound
from zhiheng.people import api as people
from zhiheng.people.api import Actor

HELD = Good.State.HELD
REGISTRATION, SEIZURE = "measure.registration", "measure.seizure"
LIST = (
    "id", "number", "name", "quantity", "unit", "spec", "place", "keeper", "state", "since", "due_on",
    "ended_on", "case_id", "side_id", "value_cents", "seal_no", "proceeds_cents", "agency_code",
    "region_code",
)  # fmt: skip


def held_by(side: Side) -> list[Good]:
    """What the side holds now, in the order of its list."""
    if side.pk is None or not side.number:
        return []
    return list(Good.objects.filter(side=side, state=HELD).order_by("number"))


def of_side(side: Side) -> list[Good]:
    """Everything the side ever held and did not pass on."""
    if side.pk is None or not side.number:
        return []
    return list(Good.objects.filter(side=side).order_by("number"))


def registered_in(case: Case) -> list[Good]:
    """What lies registered in the case, for a seizure or a test to take over."""
    return list(
        Good.objects.filter(case=case, state=HELD, side__procedure_id=REGISTRATION)
        .order_by("number")
    )  # fmt: skip


def held_in(case: Case) -> list[Good]:
    """What the case holds now, by whatever measure."""
    return list(Good.objects.filter(case=case, state=HELD).order_by("number"))


def seized_in(case: Case) -> list[Good]:
    """What lies sealed or detained in the case."""
    return list(
        Good.objects.filter(case=case, state=HELD, side__procedure_id=SEIZURE).order_by("number")
    )


def chosen_of(goods: Iterable[Good], text: str) -> list[Good]:
    """Those of the things whose numbers the answer names."""
    wanted = set(text.split(",")) if text else set()
    return [good for good in goods if str(good.pk) in wanted]


def list_goods(*, actor: Actor, which: str, on: date, case: str = "") -> QuerySet[Good]:
    """Things within the person's reach.

    Args:
        actor: who looks.
        which: held, late, soon (due within a week) or ended.
        on: today.
        case: only those of this identity code.
    """
    rows = Good.objects.filter(people.within(people.scope(actor, "case.view")))
    rows = rows.exclude(state=HELD) if which == "ended" else rows.filter(state=HELD)
    if which == "late":
        rows = rows.filter(due_on__lt=on)
    if which == "soon":
        rows = rows.filter(due_on__gte=on, due_on__lte=date.fromordinal(on.toordinal() + 7))
    if case:
        rows = rows.filter(case__code=case)
    return rows.select_related("case", "side").only(
        *LIST, "case__code", "case__number", "case__party_name", "side__number",
        "side__procedure_id",
    )  # fmt: skip


def access_good(*, actor: Actor, good_id: int) -> Good:
    """One thing with its case and measure, if it is within reach; absent and forbidden answer alike.

    Raises:
        NotFound: no such thing, or not for this person.
    """
    within = people.within(people.scope(actor, "case.view"))
    rows = Good.objects.select_related("case__dossier", "side")
    found = rows.filter(within, pk=good_id).first()
    if found is None:
        raise NotFound("没有找到这件物品，或不在您的范围内。", next_step="请回到物品列表查看。")
    return found


def moves_of(good: Good) -> QuerySet[GoodMove]:
    """Every hand it went through, the first first."""
    return GoodMove.objects.filter(good=good).select_related("act").order_by("id")
