"""Drafts: a notice, and its actions by the hundred, from a selection or from pasted lines."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from zhiheng.elements.models import (
    AdjustmentAction,
    AdjustmentNotice,
    BasisNode,
    Body,
    Grant,
    Item,
)
from zhiheng.elements.notices.selectors import may_touch, reaches
from zhiheng.kernel import bulk
from zhiheng.kernel.errors import Conflict, Invalid, NotAllowed
from zhiheng.people.api import Actor

Kind = AdjustmentAction.Kind
MOST = 20_000
_SPLIT = re.compile(r"[\s,，;；]+")


@dataclass(frozen=True)
class Terms:
    """What holds for all actions added together."""

    kind: str
    from_body: Body | None = None
    to_body: Body | None = None
    regions: tuple[str, ...] = ()
    mode: str = ""
    remaining_body: Body | None = None
    transition: str = AdjustmentAction.Transition.FILER
    training_due: date | None = None
    handover_docs: str = ""


@dataclass
class Pasted:
    """Pasted lines read: what to add, and what is wrong line by line."""

    rows: list[tuple[Item, str]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@transaction.atomic
def draft(
    *, actor: Actor, at: datetime, key: str, region_code: str, **head: Any
) -> AdjustmentNotice:
    """Begin a notice; the same key twice gives the same notice.

    `head`: notice_no, title, issuer, level_approval, issued_on, publish_url, effective_on.

    Raises:
        Conflict: the number is taken by another notice of the region.
    """
    if not reaches(actor=actor, permission="element.edit", region_code=region_code):
        raise NotAllowed("这个地区不在您的辖区。", next_step="请由当地的要素管理员起草。")
    if found := AdjustmentNotice.objects.filter(key=key).first():
        return found
    _number_free(head["notice_no"], region_code)
    return AdjustmentNotice.objects.create(
        key=key, region_code=region_code, drafted_by_id=actor.account_id, drafted_at=at, **head
    )


def _number_free(notice_no: str, region_code: str, but: int | None = None) -> None:
    taken = AdjustmentNotice.objects.filter(notice_no=notice_no, region_code=region_code)
    taken = taken.exclude(state=AdjustmentNotice.State.WITHDRAWN)
    if (taken.exclude(pk=but) if but else taken).exists():
        says = f"文号“{notice_no}”已用于另一份通告。请核对文号。"
        raise Invalid(says, fields={"notice_no": says})


def _open(notice_id: int, actor: Actor) -> AdjustmentNotice:
    """The draft, locked. What was previewed is a draft again as soon as it is changed."""
    found = AdjustmentNotice.objects.select_for_update().filter(pk=notice_id).first()
    notice = may_touch(notice=found, actor=actor, permission="element.edit")
    if not notice.is_open:
        raise Conflict(
            f"这份通告现在是“{notice.get_state_display()}”，不能再改。",
            next_step="要改请先退回，或撤回后另起一份。",
        )
    return notice


def _changed(notice: AdjustmentNotice) -> None:
    if notice.state == AdjustmentNotice.State.PREVIEWED:
        notice.state = AdjustmentNotice.State.DRAFT
    notice.preview_digest = ""
    notice.save()


@transaction.atomic
def edit(*, notice_id: int, actor: Actor, **head: Any) -> AdjustmentNotice:
    """Change the head of a draft."""
    notice = _open(notice_id, actor)
    _number_free(head.get("notice_no", notice.notice_no), notice.region_code, notice.pk)
    for name, value in head.items():
        setattr(notice, name, value)
    _changed(notice)
    return notice


@transaction.atomic
def add_actions(
    *, notice_id: int, actor: Actor, terms: Terms, rows: Sequence[tuple[Item, str]]
) -> int:
    """Add one action per item; items that stand in the notice already with the same kind are left.

    `rows`: the item and, for a change of name or basis, the new name or the id of the new clause.
    Returns how many were added.

    Raises:
        Invalid: the terms do not fit the kind, or there are too many.
    """
    notice = _open(notice_id, actor)
    check_terms(terms=terms)
    if len(rows) > MOST:
        raise Invalid(f"一次最多加入 {MOST} 项。", next_step="请分几次加入。")
    have = set(notice.actions.filter(kind=terms.kind).values_list("item_code", flat=True))
    fresh = {item.code: (item, said) for item, said in rows if item.code not in have}
    new = [_action(notice, terms, item, said) for item, said in fresh.values()]
    for row, number in zip(
        new, bulk.take_ids(model=AdjustmentAction, count=len(new)) if new else [], strict=True
    ):
        row.pk = number
    bulk.copy_rows(model=AdjustmentAction, rows=new)
    _changed(notice)
    return len(new)


def _action(notice: AdjustmentNotice, terms: Terms, item: Item, said: str) -> AdjustmentAction:
    return AdjustmentAction(
        notice=notice, kind=terms.kind, item=item, item_code=item.code,
        from_body=terms.from_body, to_body=terms.to_body, regions=list(terms.regions),
        mode=terms.mode, remaining_body=terms.remaining_body, transition=terms.transition,
        training_due=terms.training_due, handover_docs=terms.handover_docs,
        new_name=said if terms.kind == Kind.RENAME else "",
        new_basis_id=int(said) if terms.kind == Kind.REBASE else None,
    )  # fmt: skip


def check_terms(*, terms: Terms) -> None:
    """Refuse terms that the kind of action cannot do with.

    Raises:
        Invalid: names the fields.
    """
    needs_giver = terms.kind in (Kind.MOVE_OUT, Kind.DELEGATE, Kind.TAKE_BACK)
    needs_taker = terms.kind in (Kind.ADD, Kind.MOVE_IN, Kind.DELEGATE, Kind.TAKE_BACK)
    wrong = {}
    if needs_giver and terms.from_body is None:
        wrong["from_body"] = "这种调整要写明从哪个主体划出。"
    if needs_taker and terms.to_body is None:
        wrong["to_body"] = "这种调整要写明由哪个主体承接。"
    if terms.kind == Kind.ADD and terms.from_body is not None:
        wrong["from_body"] = "新增不涉及划出主体；从别处划来的请选“划入”。"
    if terms.from_body and terms.to_body and terms.from_body.uid == terms.to_body.uid:
        wrong["to_body"] = "承接主体和划出主体是同一个。请改选一个。"
    if terms.mode == Grant.Mode.ENTRUSTED:
        wrong["mode"] = "委托须有委托书，不能由通告产生。请到授权登记里办理。"
    if wrong:
        raise Invalid("请补全调整的内容。", fields=wrong)


@transaction.atomic
def remove_actions(*, notice_id: int, actor: Actor, action_ids: Collection[int]) -> int:
    """Take actions out of a draft; returns how many."""
    notice = _open(notice_id, actor)
    count, _ = notice.actions.filter(pk__in=action_ids).delete()
    if count:
        _changed(notice)
    return count


def read_lines(*, text: str, kind: str, on: date) -> Pasted:
    """Codes one a line; for a new name the name follows, for a new basis law, article, paragraph.

    Every line that cannot be used is told with its number and what to do; nothing is guessed.
    """
    pasted, lines = Pasted(), []
    for number, line in enumerate(text.splitlines(), start=1):
        code, rest = _first(line.strip())
        if code:
            lines.append((number, code, rest))
    known = Item.objects.active(on).filter(code__in={code for _, code, _ in lines})
    items = {item.code: item for item in known}
    seen: dict[str, int] = {}
    for number, code, rest in lines:
        item = items.get(code)
        if item is None:
            pasted.errors.append(f"第 {number} 行：生效日没有编码为“{code}”的事项。请核对编码。")
        elif code in seen:
            pasted.errors.append(f"第 {number} 行：{code} 与第 {seen[code]} 行重复。请删去一行。")
        else:
            said, problem = _said(kind, rest, on)
            seen[code] = number
            if problem:
                pasted.errors.append(f"第 {number} 行：{problem}")
            else:
                pasted.rows.append((item, said))
    return pasted


def _first(line: str) -> tuple[str, str]:
    """The code, and what follows it."""
    parts = _SPLIT.split(line, maxsplit=1)
    return parts[0].upper(), parts[1].strip() if len(parts) > 1 else ""


def _said(kind: str, rest: str, on: date) -> tuple[str, str]:
    """What a line says beside the code, or what is wrong with it."""
    if kind == Kind.RENAME:
        return rest, "" if rest else "编码后面要写新名称。例如：QH-CG-001 新的名称。"
    if kind != Kind.REBASE:
        return "", ""
    law, article, paragraph, point = (*_SPLIT.split(rest), "", "", "", "")[:4]
    nodes = BasisNode.objects.active(on).filter(
        basis__code=law, article=article, paragraph=paragraph, item=point
    )
    found = nodes.values_list("pk", flat=True).first() if law else None
    if found is None:
        return "", "没有这一条款。请按“编码 依据代码 条 款 项”写，条款先在依据里登记。"
    return str(found), ""
