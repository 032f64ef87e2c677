"""Reads of the element centre."""

import math
from collections.abc import Collection
from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet

from zhiheng.elements.merging.family import survivor
from zhiheng.elements.models import Benchmark, Body, Grant, Item, Officer, Subject
from zhiheng.kernel.errors import NotFound

Coded = TypeVar("Coded", Body, Item)


def by_code(*, model: type[Coded], code: str, on: date | None) -> QuerySet[Coded]:
    """Rows of a code on a day, or the newest knowledge of it when no day is given."""
    if on is None:
        return (
            model.objects.known()
            .exclude(status__in=("DRAFT", "IN_REVIEW"))
            .filter(code=code)
            .order_by("-valid_from")
        )
    return model.objects.as_of(on).filter(code=code)


def get_body(*, code: str, on: date | None = None) -> Body:
    """The body of a code."""
    body = by_code(model=Body, code=code, on=on).first()
    if body is None:
        raise NotFound(
            f"没有代码为“{code}”的执法主体。", next_step="请核对代码，或到要素中心查找。"
        )
    return body


def get_item(*, code: str, on: date | None = None) -> Item:
    """The item of a code, with its bases."""
    item = (
        by_code(model=Item, code=code, on=on)
        .select_related("penalty_basis__basis", "conduct_basis__basis")
        .first()
    )
    if item is None:
        raise NotFound(
            f"没有编码为“{code}”的执法事项。", next_step="请核对编码，或到要素中心查找。"
        )
    return item


def get_subject(*, subject_id: int) -> Subject:
    """The version of a subject that was linked."""
    subject = Subject.objects.filter(pk=subject_id).first()
    if subject is None:
        raise NotFound("没有这个执法对象。", next_step="请重新选择，或先登记。")
    return subject


def latest_subject(*, subject: Subject) -> Subject:
    """What is known now of a subject that was linked earlier."""
    known = Subject.objects.known().order_by("-valid_from")
    newest = known.filter(uid=subject.uid).first()
    if newest is None:  # merged into another registration
        newest = known.filter(uid=survivor(subject.uid)).first()
    return newest or subject


def find_subjects(*, text: str, region_prefix: str, on: date, limit: int = 20) -> list[Subject]:
    """Subjects whose name, code, address or representative holds every word."""
    rows = Subject.objects.as_of(on).filter(region_code__startswith=region_prefix)
    for word in text.split():
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(uscc__istartswith=word)
            | Q(address__icontains=word)
            | Q(legal_representative__startswith=word)
        )
    return list(rows.order_by("name", "id")[:limit])


def bigrams(text: str) -> set[str]:
    """Pairs of neighbouring characters, words kept apart."""
    return {word[i : i + 2] for word in text.split() for i in range(max(len(word) - 1, 1)) if word}


def find_items(
    *, text: str, on: date, domain: str = "", limit: int = 20, kind: str = ""
) -> list[Item]:
    """Items for a code, a name or a plain description; the best fit first.

    A telephone report says 饭店油烟, the list says 餐饮服务业经营者: matched by pairs of
    characters over name, act and keywords, keywords weighing most.
    """
    rows = Item.objects.active(on)
    if domain:
        rows = rows.filter(domain=domain)
    if kind:
        rows = rows.filter(kind=kind)
    rows = rows.select_related("penalty_basis__basis")
    if not (words := text.split()):
        return list(rows.order_by("code")[:limit])
    if exact := list(rows.filter(code__iexact=text.strip())):
        return exact
    wanted = bigrams(" ".join(words))
    any_hit = Q()
    for pair in sorted(wanted)[:40]:
        any_hit |= Q(name__icontains=pair) | Q(act_description__icontains=pair)
        any_hit |= Q(keywords__icontains=pair)
    found = list(rows.filter(any_hit)[:1000])
    weights = _rarity(items=found, wanted=wanted)
    scored = [(_fit(item=item, weights=weights), item) for item in found]
    scored.sort(key=lambda pair: (-pair[0], pair[1].code))
    return [item for _, item in scored[:limit]]


def _rarity(*, items: list[Item], wanted: set[str]) -> dict[str, float]:
    """What each pair is worth: one that many items share (小区, 门口) says little."""
    everywhere = [bigrams(f"{i.name} {i.act_description} {i.keywords}") for i in items]
    return {
        pair: math.log(1 + len(items) / (1 + sum(pair in one for one in everywhere)))
        for pair in wanted
    }


def _fit(*, item: Item, weights: dict[str, float]) -> float:
    """How well an item fits: worth of the pairs found, by weight of the field."""
    fields = ((3.0, item.keywords), (2.0, item.name), (1.0, item.act_description))
    return sum(
        factor * sum(weights.get(pair, 0.0) for pair in bigrams(text)) for factor, text in fields
    )


def benchmark_for(*, item: Item, on: date) -> Benchmark | None:
    """The benchmark in force for an item on a day."""
    return Benchmark.objects.active(on).filter(item__uid=item.uid).order_by("-valid_from").first()


def grants_of(*, body: Body, on: date) -> QuerySet[Grant]:
    """What a body holds on a day."""
    return Grant.objects.active(on).filter(body__uid=body.uid).select_related("item", "body")


def officer_of_account(*, account_id: int, on: date) -> Officer | None:
    """The officer record of an account on a day, else the newest one."""
    return officers_of_accounts(account_ids=[account_id], on=on).get(account_id)


def officers_of_accounts(*, account_ids: Collection[int], on: date) -> dict[int, Officer]:
    """The officer records of accounts on a day, else the newest ones; in one query."""
    found: dict[int, Officer] = {}
    rows = Officer.objects.known().filter(account_id__in=account_ids).select_related("body")
    for row in rows.order_by("valid_from", "id"):
        earlier = found.get(row.account_id)
        if earlier is None or not _holds(earlier, on):
            found[row.account_id] = row
    return found


def _holds(row: Officer, on: date) -> bool:
    """Whether a published version holds on a day, in use or not."""
    return row.valid_from <= on and row.ends_after(on) and row.status not in ("DRAFT", "IN_REVIEW")


def officers_of(*, body_code: str, on: date) -> list[Officer]:
    """Officers registered for a body on a day, certificate valid or not."""
    uids = Body.objects.as_of(on).filter(code=body_code).values("uid")
    rows = Officer.objects.active(on).filter(body__uid__in=uids)
    return list(rows.select_related("body", "account").order_by("unit", "name", "id"))
