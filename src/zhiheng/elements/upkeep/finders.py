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
_ENDS = ("penalty_basis", "conduct_basis")
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
    rows = (
        Item.objects.active(on)
        .filter(cites(law_short, articles))
        .select_related(*(f"{end}__basis" for end in _ENDS))
    )
    return [_item(row, law_short, articles) for row in rows]


def _item(item: Item, law_short: str, articles: frozenset[str] | None) -> Citer:
    nodes = [
        node
        for node in (item.conduct_basis, item.penalty_basis)
        if node is not None
        and node.basis.title in titles_of(law_short)
        and citers.touched(node.article, articles)
    ]
    return Citer(
        kind="items", key=str(item.uid), title=f"{item.name}（{item.code}）",
        href=reverse("element_show", args=["items", item.uid]), owner_id=item.owner_id,
        region_code=item.region_code, articles=tuple(dict.fromkeys(n.article for n in nodes)),
        stands_on=min((n.basis.valid_from for n in nodes), default=None),
    )  # fmt: skip


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
    cited = {one.key: one.articles for one in items(law_short=law_short, articles=articles, on=on)}
    rows = model.objects.active(on).filter(
        Q(item__uid__in=list(cited)) | cites(law_short, articles, "item__")
    )
    names = ("uid", "title", "owner_id", "region_code", "valid_from", "item__uid", *CITED_ENDS)
    for uid, title, owner, region, begun, item, *told in rows.values_list(*names):
        own = articles_cited(law_short, articles, told) or cited.get(str(item), ())
        yield Citer(
            kind=slug, key=str(uid), title=title, href=reverse("element_show", args=[slug, uid]),
            owner_id=owner, region_code=region, stands_on=begun, articles=own,
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
