"""Reading clues: lists by scope, one clue by its number, the informant for intake alone."""

from dataclasses import dataclass

from django.db.models import QuerySet

from zhiheng.clues.models import Clue, Informant
from zhiheng.kernel import ciphers
from zhiheng.kernel.errors import NotFound
from zhiheng.people import api as people
from zhiheng.people.api import Actor


def list_clues(*, actor: Actor, state: str = "") -> QuerySet[Clue]:
    """Clues that the actor may see, newest first by key."""
    rows = Clue.objects.filter(people.within(people.scope(actor, "clue.view")))
    rows = rows.filter(state=state) if state else rows
    return rows.select_related("item", "subject", "handler")


def access_clue_by_number(*, actor: Actor, number: str) -> Clue:
    """The clue, if it is there and within scope; absent and forbidden answer alike.

    Raises:
        NotFound: no such clue, or not for this person.
    """
    clue = (
        Clue.objects.select_related("dossier__run", "item", "subject", "handler")
        .filter(people.within(people.scope(actor, "clue.view")), number=number)
        .first()
    )
    if clue is None:
        raise NotFound("没有找到这条线索，或不在您的范围内。", next_step="请核对线索编号。")
    return clue


@dataclass(frozen=True)
class InformantCard:
    """Who reported, for intake."""

    name: str
    phone: str
    wants_reply: bool


def informant_of(*, clue: Clue, actor: Actor) -> InformantCard | None:
    """Who reported; None where nobody left a name, or for anyone but intake (G-117)."""
    if not people.may(actor, "clue.informant"):
        return None
    found = Informant.objects.filter(clue=clue).first()
    if found is None:
        return None
    return InformantCard(
        name=ciphers.open_field(found.name_sealed) if found.name_sealed else "",
        phone=ciphers.open_field(found.phone_sealed) if found.phone_sealed else "",
        wants_reply=found.wants_reply,
    )
