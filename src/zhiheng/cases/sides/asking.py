"""Asking from outside a case: whom, what they see of it, which steps are theirs to take."""

from django.db.models import Q, QuerySet

from zhiheng.cases.models import Asked, Case
from zhiheng.cases.sides.kinds import kind_of
from zhiheng.kernel.errors import NotFound
from zhiheng.people import api as people
from zhiheng.people.api import Actor
from zhiheng.rulebook.api import Procedure, Step

_WHOLE = (
    "side__dossier__run",
    "side__case__dossier__run",
    "side__case__item",
    "side__case__subject",
)


def title_of(case: Case, procedure: Procedure) -> str:
    """What a side's dossier is called: without the party's name where outsiders read it."""
    kind = kind_of(procedure.id)
    outside = bool(kind.answers) and kind.place != "side"
    about = case.item_name if outside else case.title
    return f"{procedure.title}：{about}"[:200]


def why_not(asked: Asked | None, *, actor: Actor, step: Step) -> str:
    """Say who may answer if this person may not."""
    if asked is None:
        return "还没有征询谁。"
    if not actor.roles & set(step.by):
        return "这一步由{}办理。".format("、".join(people.Role(r).label for r in step.by))
    if asked.agency_code:
        within = people.scope(actor, "assist.answer").covers(
            region_code=asked.region_code, agency_code=asked.agency_code
        )
        return "" if within else "这一步由收到函件的机关办理。"
    return "" if actor.account_id == asked.account_id else "这一步由被请的人办理。"


def asked_of(actor: Actor, kinds: tuple[str, ...]) -> QuerySet[Asked]:
    """What was asked of this person or of this person's organ, the newest first by key."""
    mine = Q(account_id=actor.account_id, agency_code="")
    mine |= people.within(people.scope(actor, "assist.answer")) & ~Q(agency_code="")
    return Asked.objects.filter(mine, side__procedure_id__in=kinds).select_related(*_WHOLE)


def access_asked(*, actor: Actor, dossier_id: int, kinds: tuple[str, ...]) -> Asked:
    """One thing asked of this person or organ; absent and forbidden answer alike.

    Raises:
        NotFound: no such thing, or it was asked of somebody else.
    """
    found = asked_of(actor, kinds).filter(pk=dossier_id).first()
    if found is None:
        raise NotFound("没有找到这件征询，或者不是请您答复的。", next_step="请回到列表查看。")
    return found
