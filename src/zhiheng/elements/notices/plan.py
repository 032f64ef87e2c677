"""Which rows a notice would end, narrow, widen, add or change; and why it cannot be."""

import hashlib
import json
import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from zhiheng.elements import policies
from zhiheng.elements.many import Change
from zhiheng.elements.models import AdjustmentAction, AdjustmentNotice, Body, Grant, Item

Kind = AdjustmentAction.Kind
_MOVES = (Kind.ADD, Kind.MOVE_IN, Kind.MOVE_OUT, Kind.DELEGATE, Kind.TAKE_BACK)


@dataclass(frozen=True)
class Problem:
    """Why one action cannot be done as written."""

    action_id: int
    item_code: str
    says: str


@dataclass
class Plan:
    """Rows as they are known now and what becomes of each on the day."""

    ended: list[Grant] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    created: list[Grant] = field(default_factory=list)
    items_ended: list[Item] = field(default_factory=list)
    items_changed: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    actions: list[AdjustmentAction] = field(default_factory=list)
    digest: str = ""

    @property
    def lost(self) -> Iterator[Grant]:
        """Grants that end or lose a part of their region."""
        yield from self.ended
        for one in self.changed:
            if isinstance(one.row, Grant) and len(one.changes["except_regions"]) > len(
                one.row.except_regions
            ):
                yield one.row


def make_plan(*, notice: AdjustmentNotice) -> Plan:
    """Work out the effects on the day; four queries, whatever the number of actions."""
    relations = ("item", "from_body", "to_body", "remaining_body", "new_basis")
    actions = list(notice.actions.select_related(*relations).order_by("item_code", "id"))
    uids = {action.item.uid for action in actions}  # as values: no plan can nest over them
    on = notice.effective_on
    items = {one.uid: one for one in Item.objects.active(on).filter(uid__in=uids)}
    grants: dict[uuid.UUID, list[Grant]] = defaultdict(list)
    rows = Grant.objects.active(on).filter(item__uid__in=uids).select_related("body", "item")
    for grant in rows.order_by("id"):
        grants[grant.item.uid].append(grant)
    plan = Plan(actions=actions)
    touched: set[int] = set()
    for action in actions:
        _Planner(plan, notice, action, touched).run(items, grants[action.item.uid])
    plan.digest = _digest(notice, plan)
    return plan


@dataclass
class _Planner:
    """One action at work on the plan."""

    plan: Plan
    notice: AdjustmentNotice
    action: AdjustmentAction
    touched: set[int]

    def run(self, items: dict[uuid.UUID, Item], held: list[Grant]) -> None:
        """Add the effects, or say why there are none."""
        item = items.get(self.action.item.uid)
        if item is None:
            self._problem("这个事项在生效日无效或不存在。请换成当日有效的事项，或移出本通告。")
        elif self.action.kind == Kind.RENAME:
            self._change(item, {"name": self.action.new_name})
        elif self.action.kind == Kind.REBASE:
            self._change(item, {"penalty_basis_id": self.action.new_basis_id})
        elif self.action.kind == Kind.CANCEL:
            self._cancel(item, held)
        else:
            self._move(item, held)

    def _problem(self, says: str) -> None:
        self.plan.problems.append(Problem(self.action.pk, self.action.item_code, says))

    def _change(self, item: Item, changes: dict[str, Any]) -> None:
        if all(getattr(item, name) == value for name, value in changes.items()):
            self._problem("新旧内容相同，没有变更。请改正，或移出本通告。")
        else:
            self.plan.items_changed.append(Change(item, changes, self.notice.effective_on))

    def _cancel(self, item: Item, held: list[Grant]) -> None:
        """Of one body its grants; without a body the item itself with every grant on it."""
        body = self.action.from_body
        mine = [g for g in held if body is None or g.body.uid == body.uid]
        if body is not None and not mine:
            self._problem(f"{body.name}在生效日没有这个事项的授权。请核对划出主体。")
        for grant in mine:
            self._end(grant)
        if body is None:
            if item.valid_from >= self.notice.effective_on:
                self._problem("这个事项在生效日才开始施行，不能当日取消。请改生效日。")
            else:
                self.plan.items_ended.append(item)

    def _move(self, item: Item, held: list[Grant]) -> None:
        giver, taker = self.action.from_body, self.action.to_body
        regions = regions_of(self.action)
        if giver is not None:
            mine = [g for g in held if g.body.uid == giver.uid]
            if not mine:
                self._problem(f"{giver.name}在生效日没有这个事项的授权。请核对划出主体。")
                return
            for grant in mine:
                self._give(grant, regions)
        if taker is not None:
            self._take(item, taker, regions, [g for g in held if g.body.uid == taker.uid])

    def _give(self, grant: Grant, regions: list[str]) -> None:
        """End a grant that lies within what goes; take a part out of one that is wider."""
        covered = not regions or any(
            policies.region_reaches(granted=region, wanted=grant.region_code) for region in regions
        )
        if covered:
            self._end(grant)
            return
        parts = [
            region
            for region in regions
            if policies.grant_reaches(
                granted=grant.region_code, excepted=grant.except_regions, wanted=region
            )
        ]
        if parts:
            self._except(grant, sorted({*grant.except_regions, *parts}))

    def _take(self, item: Item, taker: Body, regions: list[str], mine: list[Grant]) -> None:
        """Give to the taker what it does not hold yet, closing gaps it had before newly granting."""
        for region in regions or [taker.region_code]:
            gap = next((g for g in mine if region in g.except_regions), None)
            has = any(
                policies.grant_reaches(
                    granted=g.region_code, excepted=g.except_regions, wanted=region
                )
                for g in mine
            )
            if gap is not None:
                self._except(gap, [part for part in gap.except_regions if part != region])
            elif not has:
                self.plan.created.append(self._grant(item, taker, region))
            elif self.action.from_body is None:
                self._problem(f"{taker.name}在生效日已有这个事项的授权。请移出本通告。")

    def _grant(self, item: Item, taker: Body, region: str) -> Grant:
        town = taker.kind == Body.Kind.TOWN
        return Grant(
            item=item, body=taker, region_code=region,
            mode=self.action.mode or (Grant.Mode.EMPOWERED if town else Grant.Mode.CENTRALISED),
            doc_no=self.notice.notice_no, doc_title=self.notice.title,
            valid_from=self.notice.effective_on, valid_until=item.valid_until,
            approve_doc=self.notice.level_approval, owner_id=self.notice.drafted_by_id,
            source_sys="notice", source_id=str(self.action.pk),
        )  # fmt: skip

    def _once(self, grant: Grant) -> bool:
        """A row is touched once by a notice; a second action on it would not hold."""
        if grant.pk in self.touched:
            self._problem("同一授权在本通告里被调整了两次。请只留一条。")
            return False
        self.touched.add(grant.pk)
        return True

    def _end(self, grant: Grant) -> None:
        if not self._once(grant):
            return
        if grant.valid_from >= self.notice.effective_on:
            self._problem(f"{grant.body.name}的授权在生效日才开始，不能当日结束。请改生效日。")
        else:
            self.plan.ended.append(grant)

    def _except(self, grant: Grant, parts: list[str]) -> None:
        if self._once(grant):
            changes = {"except_regions": parts}
            self.plan.changed.append(Change(grant, changes, self.notice.effective_on))


def regions_of(action: AdjustmentAction) -> list[str]:
    """Where the action is at work: as written, else a town's own region; empty is everywhere."""
    if action.regions:
        return list(action.regions)
    towns = (
        one
        for one in (action.to_body, action.from_body)
        if one is not None and one.kind == Body.Kind.TOWN
    )
    return [town.region_code for town in towns][:1]


def _digest(notice: AdjustmentNotice, plan: Plan) -> str:
    """Names what the preview shows: the actions, and the very rows they touch."""
    said = [
        [a.pk, a.kind, a.item_code, a.from_body_id, a.to_body_id, a.regions, a.mode, a.transition,
         a.new_name, a.new_basis_id]
        for a in plan.actions
    ]  # fmt: skip
    rows = [
        sorted(g.pk for g in plan.ended),
        sorted((c.row.pk, c.changes["except_regions"]) for c in plan.changed),
        sorted((g.item_id, g.body_id, g.region_code) for g in plan.created),
        sorted(i.pk for i in plan.items_ended), sorted(c.row.pk for c in plan.items_changed),
    ]  # fmt: skip
    head = [notice.notice_no, notice.title, str(notice.effective_on), notice.level_approval]
    text = json.dumps([head, said, rows], ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
