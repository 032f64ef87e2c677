"""What a notice will change, for whom, on its day; told from the plan."""

import uuid
from collections import Counter
from dataclasses import dataclass, field

from zhiheng.elements.models import AdjustmentAction, AdjustmentNotice, Body, Grant, Item, Officer
from zhiheng.elements.notices.matters import MOST, OpenMatter, find_open
from zhiheng.elements.notices.plan import Plan, make_plan
from zhiheng.elements.notices.selectors import in_other_drafts

SHOWN = 50


@dataclass
class BodyChange:
    """One body: how many items it holds on the eve, loses, gains, and who works there."""

    body: Body
    before: int = 0
    lost: int = 0
    gained: int = 0
    narrowed: int = 0
    officers: list[str] = field(default_factory=list)
    officer_count: int = 0

    @property
    def after(self) -> int:
        """How many it holds on the day."""
        return self.before - self.lost + self.gained


@dataclass(frozen=True)
class Finish:
    """An open matter and which organ finishes it, as the transition rule says."""

    matter: OpenMatter
    organ: str
    rule: str


@dataclass
class Preview:
    """Everything that is told before anybody decides."""

    plan: Plan
    bodies: list[BodyChange]
    orphans: list[Item]
    orphan_count: int
    derived: list[Grant]
    open_matters: list[Finish]
    open_count: int
    open_capped: bool
    elsewhere: dict[str, list[str]]


def preview(*, notice: AdjustmentNotice) -> Preview:
    """Work out what will change; a fixed number of queries for any number of actions."""
    plan = make_plan(notice=notice)
    orphans = _orphans(notice, plan)
    matters, capped = _matters(plan)
    return Preview(
        plan=plan, bodies=_bodies(notice, plan), orphans=orphans[:SHOWN],
        orphan_count=len(orphans), derived=_derived(notice, plan),
        open_matters=matters[:SHOWN], open_count=len(matters), open_capped=capped,
        elsewhere=in_other_drafts(notice=notice),
    )  # fmt: skip


def _bodies(notice: AdjustmentNotice, plan: Plan) -> list[BodyChange]:
    found: dict[uuid.UUID, BodyChange] = {}

    def of(body: Body) -> BodyChange:
        return found.setdefault(body.uid, BodyChange(body))

    for grant in plan.ended:
        of(grant.body).lost += 1
    for change in plan.changed:
        of(change.row.body).narrowed += 1  # type: ignore[attr-defined]
    for grant in plan.created:
        of(grant.body).gained += 1
    held: Counter[uuid.UUID] = Counter()
    rows = Grant.objects.active(notice.effective_on).filter(body__uid__in=list(found))
    for uid in rows.values_list("body__uid", flat=True):
        held[uid] += 1
    officers: dict[uuid.UUID, list[str]] = {}
    people = Officer.objects.active(notice.effective_on).filter(body__uid__in=list(found))
    for uid, name in people.order_by("certificate_no").values_list("body__uid", "name"):
        officers.setdefault(uid, []).append(name)
    for uid, one in found.items():
        names = officers.get(uid, [])
        one.before, one.officer_count, one.officers = held[uid], len(names), names[:SHOWN]
    return sorted(found.values(), key=lambda one: (-(one.lost + one.gained), one.body.code))


def _orphans(notice: AdjustmentNotice, plan: Plan) -> list[Item]:
    """Items that somebody held and nobody will hold, though they stay in force."""
    losing = {grant.item.uid: grant.item for grant in plan.ended}
    for gained in plan.created:
        losing.pop(gained.item.uid, None)
    for change in plan.changed:
        losing.pop(change.row.item.uid, None)  # type: ignore[attr-defined]
    for item in plan.items_ended:
        losing.pop(item.uid, None)
    ended = {grant.pk for grant in plan.ended}
    rows = Grant.objects.active(notice.effective_on).filter(item__uid__in=list(losing))
    for pk, uid in rows.values_list("pk", "item__uid"):
        if pk not in ended:
            losing.pop(uid, None)
    return sorted(losing.values(), key=lambda item: item.code)


def _derived(notice: AdjustmentNotice, plan: Plan) -> list[Grant]:
    """Grants, mostly entrustments, that rest on one that ends: they fall with it."""
    rows = Grant.objects.active(notice.effective_on).filter(
        derived_from__uid__in={grant.uid for grant in plan.ended}
    )
    gone = {grant.pk for grant in plan.ended}
    found = rows.select_related("body", "item", "derived_from__body").order_by("id")
    return [grant for grant in found[: SHOWN * 4] if grant.pk not in gone]


def _matters(plan: Plan) -> tuple[list[Finish], bool]:
    """Open matters of the losing bodies on the items that go, with who finishes them."""
    lost = {(grant.item.uid, grant.body.code): grant.body for grant in plan.lost}
    rules = {action.item.uid: action for action in plan.actions}
    found = find_open(item_uids={uid for uid, _ in lost}, agency_codes={code for _, code in lost})
    told = []
    for matter in found:
        holder, action = lost.get((matter.item_uid, matter.agency_code)), rules.get(matter.item_uid)
        if holder is not None and action is not None:
            told.append(_finish(matter, holder, action))
    return told, len(found) > MOST


def _finish(matter: OpenMatter, holder: Body, action: AdjustmentAction) -> Finish:
    if action.transition == AdjustmentAction.Transition.TAKER and action.to_body is not None:
        return Finish(matter, action.to_body.name, "按通告移交新主体")
    return Finish(matter, holder.name, "由立案机关办结（待核）")
