"""Who in the element centre and in the rulebook cites a law; registered when the apps are ready."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from zhiheng.elements import citers
from zhiheng.elements.citers import Citer
from zhiheng.elements.models import Benchmark, CaseExample, Item
from zhiheng.rulebook import api as rulebook

KINDS = {
    "items": "执法事项", "benchmarks": "裁量基准", "examples": "典型案例", "guard": "护栏",
    "parameter": "参数", "table": "裁量表", "procedure": "办案程序", "document": "文书模板",
    "clue": "在办线索", "case": "在办案件",
}  # fmt: skip
_ENDS = ("conduct_basis", "penalty_basis")
CITED_ENDS = tuple(f"item__{end}__{name}" for end in _ENDS for name in ("basis__title", "article"))
"""Columns of a row with an item: law and article of both ends, for `articles_cited`."""


def titles_of(law_short: str) -> tuple[str, str]:
    """The titles under which a basis may name the law."""
    return law_short, f"{citers.STATE_PREFIX}{law_short}"


def cites(law_short: str, articles: frozenset[str] | None, prefix: str = "") -> Q:
    """Rows whose item (reached by the prefix) has its conduct or penalty in one of the articles."""
    found = Q(pk__in=[])
    for end in _ENDS:
        one = Q(**{f"{prefix}{end}__basis__title__in": titles_of(law_short)})
        if articles is not None:
            one &= Q(**{f"{prefix}{end}__article__in": sorted(articles)})
        found |= one
    return found


def items(*, law_short: str, articles: frozenset[str] | None, on: date) -> list[Citer]:
    """Items in use whose conduct or penalty stands there."""
    rows = Item.objects.active(on).filter(cites(law_short, articles))
    ends = [f"{end}__{name}" for end in _ENDS for name in ("basis__title", "article")]
    begun = [f"{end}__basis__valid_from" for end in _ENDS]
    names = ("uid", "name", "code", "owner_id", "region_code", *begun, *ends)
    titles = titles_of(law_short)
    return [
        Citer(
            kind="items", key=str(uid), title=f"{name}（{code}）",
            href=reverse("element_show", args=["items", uid]), owner_id=owner, region_code=region,
            articles=articles_cited(law_short, articles, told),
            stands_on=min(
                day for day, title in ((first, told[0]), (second, told[2])) if title in titles
            ),
        )
        for uid, name, code, owner, region, first, second, *told in rows.values_list(*names)
    ]  # fmt: skip


def benchmarks(*, law_short: str, articles: frozenset[str] | None, on: date) -> list[Citer]:
    """Benchmarks of such items; one issued on or after the law's day stands on the new law."""
    return list(_beside(Benchmark, "benchmarks", law_short, articles, on))


def examples(*, law_short: str, articles: frozenset[str] | None, on: date) -> list[Citer]:
    """Published examples of such items."""
    return list(_beside(CaseExample, "examples", law_short, articles, on))


def _beside(
    model: Any, slug: str, law_short: str, articles: frozenset[str] | None, on: date
) -> Iterable[Citer]:
    """Rows whose item, as it was when they were made or as it is on the day, cites the law."""
    now = Item.objects.active(on).filter(cites(law_short, articles))
    rows = model.objects.active(on).filter(
        Q(item__uid__in=now.values("uid")) | cites(law_short, articles, "item__")
    )
    names = ("uid", "title", "owner_id", "region_code", "valid_from", "item__uid", *CITED_ENDS)
    found = list(rows.values_list(*names))
    told = [name.removeprefix("item__") for name in CITED_ENDS]
    today = {
        uid: articles_cited(law_short, articles, ends)
        for uid, *ends in now.filter(uid__in={row[5] for row in found}).values_list("uid", *told)
    }
    for uid, title, owner, region, begun, item, *ends in found:
        yield Citer(
            kind=slug, key=str(uid), title=title, href=reverse("element_show", args=[slug, uid]),
            owner_id=owner, region_code=region, stands_on=begun,
            articles=articles_cited(law_short, articles, ends) or today.get(item, ()),
        )  # fmt: skip


def articles_cited(
    law_short: str, articles: frozenset[str] | None, told: Sequence[str]
) -> tuple[str, ...]:
    """Of the values of `CITED_ENDS` those articles that are of the law and touched."""
    pairs = zip(told[::2], told[1::2], strict=True)
    return tuple(
        dict.fromkeys(
            article
            for title, article in pairs
            if title in titles_of(law_short) and article and citers.touched(article, articles)
        )
    )


def rules(*, law_short: str, articles: frozenset[str] | None, on: date) -> list[Citer]:
    """Guards, parameters, tables and procedures of the rulebook."""
    found = rulebook.citing(book=rulebook.current(), law_short=law_short, articles=articles, on=on)
    return [
        Citer(
            kind=one.kind, key=one.id, title=f"{one.id} {one.title}", articles=one.articles,
            stands_on=one.stands_on,
        )
        for one in found
    ]  # fmt: skip


def register_all() -> None:
    """Fill in what the element centre itself knows."""
    citers.register("items", items)
    citers.register("benchmarks", benchmarks)
    citers.register("examples", examples)
    citers.register("rules", rules)
