"""职权: may this body do this item here on this day, and by which chain of documents."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists

from zhiheng.elements import policies, selectors
from zhiheng.elements.models import Basis, BasisNode, Body, Grant, Item, Officer
from zhiheng.elements.policies import ChainLink, GrantAnswer, OfficerStanding

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
    "uid", "region_code", "mode", "doc_no", "doc_title", "valid_from", "valid_until",
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
        if policies.region_reaches(granted=grant.region_code, wanted=region_code)
    ]
    if not held:
        return _no(f"{body.name}没有在本区域办理“{item.name}”的授权。请移送有管辖权的主体。")
    answers = [_follow(grant=grant, item=item, body=body, on=on) for grant in held]
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


def _follow(*, grant: Grant, item: Item, body: Body, on: date) -> GrantAnswer:
    """Walk from a grant to the grants it rests on; each has to hold on the day."""
    chain = [grant]
    while (link := chain[-1].derived_from) is not None and len(chain) < _LONGEST_CHAIN:
        source = (
            Grant.objects.active(on)
            .filter(uid=link.uid)
            .select_related("body", "derived_from")
            .first()
        )
        if source is None:
            return _no(f"授权来源{link.doc_no or link.doc_title}当日已失效。请要素管理员核对授权。")
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


def officer_standings(*, account_ids: Collection[int], on: date) -> dict[int, OfficerStanding]:
    """Whether the people behind accounts hold certificates that stand on the day."""
    officers = selectors.officers_of_accounts(account_ids=account_ids, on=on)
    return {number: _standing(officer=officers.get(number), on=on) for number in account_ids}


def _standing(*, officer: Officer | None, on: date) -> OfficerStanding:
    if officer is None:
        return OfficerStanding(
            valid=False, reason="没有登记执法证，不能执法。请要素管理员登记执法人员。"
        )
    fault = policies.certificate_fault(
        status=officer.cert_status,
        cert_from=officer.cert_from,
        cert_until=officer.cert_until,
        record_active=officer.is_active_on(on),
        on=on,
    )
    return OfficerStanding(
        valid=not fault,
        reason=fault or "执法证有效。",
        name=officer.name,
        certificate_no=officer.certificate_no,
        category=tuple(officer.cert_category),
        body_code=officer.body.code,
        cert_until=officer.cert_until,
    )


def has_legal_qualification(*, account_id: int, on: date) -> bool:
    """Whether the account's holder has a legal profession qualification on record (行政处罚法 58)."""
    officer = selectors.officer_of_account(account_id=account_id, on=on)
    return bool(officer and officer.legal_qualification)
