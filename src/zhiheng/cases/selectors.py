"""Reading cases: lists by scope, search by any piece of text, one case by its code."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse

from zhiheng.cases.entrusting.services import entrustments
from zhiheng.cases.models import Asked, Case, Side
from zhiheng.cases.sides.kinds import kind_of
from zhiheng.clues import api as clues
from zhiheng.kernel.errors import NotFound
from zhiheng.ledger import api as ledger
from zhiheng.people import api as people
from zhiheng.people.api import Actor

LIST_FIELDS = (
    "dossier_id", "code", "number", "title", "party_name", "item_name", "state", "filed_on",
    "proposed_on", "due_on", "lead_id", "fine_cents", "lead__name", "dossier__procedure_id",
    "dossier__procedure_version",
)  # fmt: skip


def list_cases(*, actor: Actor, state: str = "", mine: bool = False) -> QuerySet[Case]:
    """Cases that the actor may see; the newest come first by key. `finding` searches them."""
    rows = Case.objects.filter(people.within(people.scope(actor, "case.view")))
    if state:
        rows = rows.filter(state=state)
    if mine:
        rows = rows.filter(handlers__account_id=actor.account_id, handlers__until=None)
    return rows.select_related("lead", "dossier").only(*LIST_FIELDS)


def access_case_by_code(*, actor: Actor, code: str) -> Case:
    """The case, if it is there and within scope; absent and forbidden answer alike.

    Raises:
        NotFound: no such case, or not for this person.
    """
    case = (
        Case.objects.select_related(
            "dossier__run", "item__penalty_basis__basis", "subject", "lead", "clue__dossier__run",
        )
        .filter(people.within(people.scope(actor, "case.view")), code=code)
        .first()
    )  # fmt: skip
    if case is None:
        raise NotFound("没有找到这个案件，或不在您的范围内。", next_step="请核对案件身份码。")
    return case


def address_of_dossier(*, actor: Actor, dossier_id: int) -> str:
    """The screen of a dossier, be it a case or a clue, if it is within scope.

    Raises:
        NotFound: no such dossier, or not for this person.
    """
    within = people.within(people.scope(actor, "case.view"))
    side = Side.objects.filter(pk=dossier_id).values_list("case_id", "number").first()
    found = Case.objects.filter(within, pk=side[0] if side else dossier_id)
    code = found.values_list("code", flat=True).first()
    if code:
        return reverse("side", args=[code, side[1]]) if side else reverse("case", args=[code])
    if entrustments(actor).filter(pk=dossier_id).exists():
        return reverse("entrust", args=[dossier_id])
    number = clues.Clue.objects.filter(pk=dossier_id).values_list("number", flat=True).first()
    clue = clues.access_clue_by_number(actor=actor, number=number or "")
    return reverse("clue", args=[clue.number])


def addresses_of(
    dossiers: Sequence[ledger.Dossier], *, actor: Actor | None = None
) -> dict[int, str]:
    """The screens of many dossiers, be they cases, sides of cases or clues: a query a kind.

    A side that asks this person from outside the case opens on the screen for those asked.
    """
    ids = [each.pk for each in dossiers if each.kind == "CASE"]
    beside = [each.pk for each in dossiers if each.kind == "SIDE"]
    found = {
        each.pk: reverse("entrust", args=[each.pk])
        if each.kind == "ENTRUSTMENT"
        else reverse("clue", args=[each.number])
        for each in dossiers
    }
    for pk, code in Case.objects.filter(pk__in=ids).values_list("pk", "code"):
        found[pk] = reverse("case", args=[code])
    sides = Side.objects.filter(pk__in=beside).values_list("pk", "case__code", "number")
    for pk, code, number in sides if beside else ():
        found[pk] = reverse("side", args=[code, number])
    if actor and beside:
        asked = Asked.objects.filter(pk__in=beside, account_id=actor.account_id)
        for pk, kind in asked.values_list("pk", "side__procedure_id"):
            if (place := kind_of(kind).place) != "side":
                found[pk] = reverse(place, args=[pk])
    return found


def case_of_dossier(dossier_id: int) -> Case | None:
    """The case of a dossier, for jobs; no scope applies."""
    return (
        Case.objects.select_related("dossier__run", "item", "subject", "lead")
        .filter(pk=dossier_id)
        .first()
    )
