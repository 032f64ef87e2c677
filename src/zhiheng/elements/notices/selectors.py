"""Reads of notices, within reach of who asks."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhiheng.elements.models import AdjustmentAction, AdjustmentNotice, Body, Grant, Item
from zhiheng.kernel.errors import NotAllowed, NotFound
from zhiheng.people import api as people
from zhiheng.people.api import Actor

State = AdjustmentNotice.State


def prefixes_of(actor: Actor, permission: str) -> tuple[str, ...]:
    """Regions in which somebody holds a permission, by prefix."""
    return tuple({reach.region_prefix for reach in people.scope(actor, permission).reaches})


def reaches(*, actor: Actor, permission: str, region_code: str) -> bool:
    """Whether somebody holds a permission for a region."""
    return any(p and region_code.startswith(p) for p in prefixes_of(actor, permission))


def may_touch(
    *, notice: AdjustmentNotice | None, actor: Actor, permission: str
) -> AdjustmentNotice:
    """The notice, if the actor's permission reaches its region.

    Raises:
        NotFound: no such notice, or out of reach. NotAllowed: the permission is not held.
    """
    if not people.may(actor, permission):
        raise NotAllowed("您的岗位不能办这一步。", next_step="请交给有权限的同事办理。")
    if notice is None or not reaches(
        actor=actor, permission=permission, region_code=notice.region_code
    ):
        raise NotFound("没有这份通告，或者它不在您的辖区。", next_step="请从通告列表重新查找。")
    return notice


def list_notices(
    *, actor: Actor, state: str = "", mine: bool = False
) -> QuerySet[AdjustmentNotice]:
    """Notices in reach; those not yet published only for who edits, reviews or publishes."""
    reach = Q(pk__in=[])
    for prefix in prefixes_of(actor, "element.view"):
        reach |= Q(region_code__startswith=prefix[:6])
    rows = AdjustmentNotice.objects.filter(reach)
    if not sees_drafts(actor):
        rows = rows.filter(state=State.PUBLISHED)
    if state:
        rows = rows.filter(state=state)
    if mine:
        bodies = Body.objects.filter(code=actor.agency_code).values("uid")
        touching = AdjustmentAction.objects.filter(notice=OuterRef("pk")).filter(
            Q(from_body__uid__in=bodies) | Q(to_body__uid__in=bodies)
        )
        rows = rows.filter(Exists(touching))
    return rows.select_related("drafted_by", "reviewed_by", "published_by")


def sees_drafts(actor: Actor) -> bool:
    """Whether somebody works on notices."""
    return any(
        people.may(actor, name) for name in ("element.edit", "element.review", "element.publish")
    )


def get_notice(*, notice_id: int, actor: Actor) -> AdjustmentNotice:
    """One notice in reach.

    Raises:
        NotFound: no such notice, or not for this person.
    """
    notice = list_notices(actor=actor).filter(pk=notice_id).first()
    if notice is None:
        raise NotFound("没有这份通告，或者它不在您的辖区。", next_step="请从通告列表重新查找。")
    return notice


def actions_of(*, notice: AdjustmentNotice) -> QuerySet[AdjustmentAction]:
    """The actions with what a table shows."""
    return notice.actions.select_related("item", "from_body", "to_body", "remaining_body")


def choose_items(
    *, on: date, domain: str = "", law: str = "", holder: str = "", text: str = ""
) -> QuerySet[Item]:
    """Items that hold on a day by domain, law, who holds them, and words of code or name."""
    rows = Item.objects.active(on)
    if domain:
        rows = rows.filter(domain=domain)
    if law:
        rows = rows.filter(penalty_basis__basis__title__icontains=law)
    if holder:
        held = Grant.objects.active(on).filter(body__code=holder)
        rows = rows.filter(uid__in=set(held.values_list("item__uid", flat=True)))
    for word in text.split():
        rows = rows.filter(Q(code__icontains=word) | Q(name__icontains=word))
    return rows.order_by("code", "id")


def in_other_drafts(*, notice: AdjustmentNotice) -> dict[str, list[str]]:
    """Item codes of this notice that another one not yet published or withdrawn holds as well."""
    others = AdjustmentAction.objects.filter(
        notice__region_code=notice.region_code,
        notice__state__in=(State.DRAFT, State.PREVIEWED, State.APPROVED, State.RETURNED),
        item_code__in=list(notice.actions.values_list("item_code", flat=True)),
    ).exclude(notice=notice)
    found: dict[str, list[str]] = {}
    for code, number in others.values_list("item_code", "notice__notice_no")[:500]:
        found.setdefault(code, []).append(number)
    return found


def bodies_in(*, prefixes: Iterable[str], on: date) -> QuerySet[Body]:
    """Bodies in use in some regions."""
    reach = Q(pk__in=[])
    for prefix in prefixes:
        reach |= Q(region_code__startswith=prefix)
    return Body.objects.active(on).filter(reach).order_by("code")
