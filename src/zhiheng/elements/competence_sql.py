"""The same question of competence answered by the database: slower, and always of this instant.

Used while memory is behind what is committed, inside a transaction that has changed rows itself,
and by the tests as what memory has to agree with.
"""

from datetime import date

from django.db.models import Exists

from zhiheng.elements import policies, selectors
from zhiheng.elements.models import Basis, BasisNode, Body, Grant, Item
from zhiheng.elements.policies import ChainLink, GrantAnswer

_LONGEST_CHAIN = 6
# What is read of each: the question is asked at every step and on every dossier screen.
_OF_BODY = ("uid", "name", "kind", "status", "valid_from", "valid_until")
_OF_ITEM = (
    "uid", "name", "kind", "status", "valid_from", "valid_until", "penalty_basis__uid",
    "penalty_basis__label", *(f"penalty_basis__basis__{name}" for name in (
        "uid", "title", "doc_no", "issuer", "level", "valid_from", "valid_until"
    )),
)  # fmt: skip
_OF_GRANT = (
    "uid", "region_code", "except_regions", "mode", "doc_no", "doc_title", "valid_from", "valid_until",
    "body__name", "derived_from__uid", "derived_from__doc_no", "derived_from__doc_title",
)  # fmt: skip


def may_body_do_item(*, body_code: str, item_code: str, region_code: str, on: date) -> GrantAnswer:
    """Answer with the chain from the body's own grant up to the law, or with the reason why not.

    Law: 行政处罚法 17, 18, 20, 22, 24, 38 (law.md G-001 to G-005).
    """
    body = selectors.by_code(model=Body, code=body_code, on=on).only(*_OF_BODY).first()
    if body is None or not body.is_active_on(on):
        return _no(f"主体“{body_code}”当日不在已公布的执法主体名录中。请核对主体登记。")
    item = (
        selectors.by_code(model=Item, code=item_code, on=on)
        .select_related("penalty_basis__basis")
        .only(*_OF_ITEM)
        .first()
    )
    if item is None or not item.is_active_on(on):
        return _no(f"事项“{item_code}”当日无效或不存在。请在要素中心核对事项。")
    if reason := _law_fault(item=item, on=on):
        return _no(reason)
    held = [
        grant
        for grant in Grant.objects.active(on)
        .filter(body__uid=body.uid, item__uid=item.uid)
        .select_related("body", "derived_from")
        .only(*_OF_GRANT)
        .order_by("valid_from", "id")
        if policies.grant_reaches(
            granted=grant.region_code, excepted=grant.except_regions, wanted=region_code
        )
    ]
    if not held:
        return _no(f"{body.name}没有在本区域办理“{item.name}”的授权。请移送有管辖权的主体。")
    answers = [
        _follow(grant=grant, item=item, body=body, region_code=region_code, on=on) for grant in held
    ]
    return next((answer for answer in answers if answer.ok), answers[0])


def _no(reason: str) -> GrantAnswer:
    return GrantAnswer(ok=False, reason=reason)


def _law_fault(*, item: Item, on: date) -> str:
    """Why the law under an item does not carry it on the day, as known now; empty when it does."""
    node = item.penalty_basis
    if node is None:
        return ""
    law = Basis.objects.active(on).filter(uid=node.basis.uid)
    if BasisNode.objects.active(on).filter(Exists(law), uid=node.uid).exists():
        return ""
    return f"{node}当日未施行或已失效，事项“{item.name}”失去依据。请要素管理员更新事项。"


def _follow(*, grant: Grant, item: Item, body: Body, region_code: str, on: date) -> GrantAnswer:
    """Walk from a grant to the grants it rests on; each has to hold on the day and here."""
    chain = [grant]
    while (link := chain[-1].derived_from) is not None and len(chain) < _LONGEST_CHAIN:
        source = (
            Grant.objects.active(on)
            .filter(uid=link.uid)
            .select_related("body", "derived_from")
            .first()
        )
        if source is None:
            return _no(policies.source_ended(doc=link.doc_no or link.doc_title))
        if policies.is_excepted(excepted=source.except_regions, wanted=region_code):
            return _no(policies.source_elsewhere(doc=link.doc_no or link.doc_title))
        chain.append(source)
    fault = policies.chain_fault(
        modes=[one.mode for one in chain], item_kind=item.kind, body_kind=body.kind
    )
    if fault:
        return _no(fault)
    return GrantAnswer(
        ok=True,
        reason=f"{body.name}依{grant.doc_no or grant.doc_title}可以办理。",
        chain=(*(_link(grant=one) for one in chain), *_law_link(item=item)),
        grant_id=grant.pk,
        mode=grant.mode,
    )


def _link(*, grant: Grant) -> ChainLink:
    return ChainLink(
        title=grant.doc_title,
        doc_no=grant.doc_no,
        holder=grant.body.name,
        mode=grant.get_mode_display(),
        valid_from=grant.valid_from,
        valid_until=grant.valid_until,
    )


def _law_link(*, item: Item) -> tuple[ChainLink, ...]:
    """The last link: the law that carries the item."""
    node = item.penalty_basis
    if node is None:
        return ()
    law = node.basis
    return (
        ChainLink(
            title=f"{law}{node.label}",
            doc_no=law.doc_no,
            holder=law.issuer,
            mode=law.get_level_display(),
            valid_from=law.valid_from,
            valid_until=law.valid_until,
        ),
    )
