"""Reading supervision clues: by reach, state, rule and agency; one of them; how many wait."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from zhiheng.kernel.errors import NotFound
from zhiheng.ledger import api as ledger
from zhiheng.people import api as people
from zhiheng.people.api import Actor
from zhiheng.procedures import api as procedures
from zhiheng.procedures.api import SupervisionClue
from zhiheng.rulebook import api as rulebook
from zhiheng.web.shell import CAP

PENDING = SupervisionClue.State.PENDING


@dataclass(frozen=True)
class Wanted:
    """What a reader wants to see; an empty word is anything."""

    state: str = ""
    guard: str = ""
    agency: str = ""


def list_clues(*, actor: Actor, wanted: Wanted) -> QuerySet[SupervisionClue]:
    """Clues within reach, for a list the newest first by key. Nobody filters by person."""
    asked = {"state": wanted.state, "guard_id": wanted.guard, "agency_code": wanted.agency}
    rows = procedures.supervision_clues().filter(_within(actor))
    return rows.filter(**{name: value for name, value in asked.items() if value})


def access_clue(*, actor: Actor, clue_id: int) -> SupervisionClue:
    """A clue within reach, or about a step that the reader took; else as if there were none.

    Raises:
        NotFound: no such clue, or not for this person.
    """
    mine = Q(actor_id=actor.account_id)
    rows = procedures.supervision_clues().select_related(
        "explanation__account", "verification__account"
    )
    found = rows.filter(_within(actor) | mine, pk=clue_id).first()
    if found is None:
        raise NotFound("没有找到这条监督线索，或不在您的范围内。", next_step="请回到监督页查看。")
    return found


def is_within(*, actor: Actor, clue: SupervisionClue) -> bool:
    """Whether the clue is the reader's to look at as a supervisor or head, not as the one concerned."""
    return SupervisionClue.objects.filter(_within(actor), pk=clue.pk).exists()


def count_pending(actor: Actor) -> int:
    """How many wait to be verified within reach; counted no further than the rail shows."""
    rows = SupervisionClue.objects.filter(_within(actor), state=PENDING)
    return rows[: CAP + 1].count()


def agencies_listed(actor: Actor) -> list[str]:
    """Codes of all agencies with a clue within reach, for a reader to choose among."""
    codes = SupervisionClue.objects.filter(_within(actor)).values_list("agency_code", flat=True)
    return sorted(codes.order_by().distinct())


def missed_deadlines(*, actor: Actor, still_open: bool = False) -> QuerySet[ledger.Deadline]:
    """Periods of agencies within reach that ended before what they asked for was done.

    With `still_open` only those whose matter is still not done. What a party let pass, or a
    right that has run out, is nobody's delay here.
    """
    scope = people.scope(actor, "supervision.view")
    within = people.within(scope, region="dossier__region_code", agency="dossier__agency_code")
    others = [p.id for p in rulebook.current().parameters.values() if p.whose != "agency"]
    rows = ledger.Deadline.objects.filter(
        within, state=ledger.Deadline.State.MISSED, due_on__isnull=False
    ).exclude(rule_id__in=others)
    return (rows.filter(ended_at=None) if still_open else rows).select_related("dossier")


def _within(actor: Actor) -> Q:
    return people.within(people.scope(actor, "supervision.view"))
