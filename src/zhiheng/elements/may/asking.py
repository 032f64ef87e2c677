"""Who is meant by what was typed, and the answer with the address of each document."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q
from django.urls import reverse

from zhiheng.elements import competence, policies, selectors
from zhiheng.elements.models import Body, Grant, Item
from zhiheng.elements.policies import ChainLink, GrantAnswer

SHOWN = 8


@dataclass(frozen=True)
class Document:
    """One link of the chain with its page."""

    link: ChainLink
    href: str


@dataclass(frozen=True)
class Reply:
    """The answer, its documents, and who else may do it when the answer is no."""

    body: Body
    item: Item
    answer: GrantAnswer
    documents: tuple[Document, ...]
    others: tuple[Grant, ...]


def bodies_for(*, text: str, region: str, on: date) -> list[Body]:
    """The body of a code, else those whose name holds what was typed."""
    word = text.strip()
    rows = Body.objects.as_of(on).filter(region_code__startswith=region)
    exact = list(rows.filter(Q(code__iexact=word) | Q(name=word) | Q(short_name=word))[:SHOWN])
    return exact or list(rows.filter(name__icontains=word).order_by("code")[:SHOWN])


def items_for(*, text: str, on: date) -> list[Item]:
    """The item of a code or name, else those that fit the words best."""
    word = text.strip()
    exact = list(Item.objects.as_of(on).filter(Q(code__iexact=word) | Q(name=word))[:SHOWN])
    return exact or selectors.find_items(text=word, on=on, limit=SHOWN)


def ask(*, body: Body, item: Item, region_code: str, on: date) -> Reply:
    """The answer for one body and item; the question itself is answered from memory."""
    answer = competence.may_body_do_item(
        body_code=body.code, item_code=item.code, region_code=region_code, on=on
    )
    return Reply(
        body=body, item=item, answer=answer, documents=_documents(answer, item, on),
        others=() if answer.ok else _others(item, region_code, on),
    )  # fmt: skip


def _documents(answer: GrantAnswer, item: Item, on: date) -> tuple[Document, ...]:
    """Each link with its page: grants from the body's own to the source, last the law."""
    hrefs: list[str] = []
    grant = Grant.objects.filter(pk=answer.grant_id or 0).select_related("derived_from").first()
    while grant is not None and len(hrefs) < len(answer.chain):
        hrefs.append(reverse("element_show", args=["grants", grant.uid]))
        source = grant.derived_from
        grant = source and (
            Grant.objects.active(on).filter(uid=source.uid).select_related("derived_from").first()
        )
    if item.penalty_basis is not None:
        hrefs.append(reverse("element_show", args=["bases", item.penalty_basis.basis.uid]))
    hrefs += [""] * len(answer.chain)
    return tuple(
        Document(replace(link), href) for link, href in zip(answer.chain, hrefs, strict=False)
    )


def _others(item: Item, region_code: str, on: date) -> tuple[Grant, ...]:
    """Who holds the item here, for the one who has to hand it on."""
    rows = Grant.objects.active(on).filter(item__uid=item.uid).select_related("body")
    here = [
        one
        for one in rows.order_by("id")[:200]
        if policies.grant_reaches(
            granted=one.region_code, excepted=one.except_regions, wanted=region_code
        )
    ]
    return tuple(here[:SHOWN])
