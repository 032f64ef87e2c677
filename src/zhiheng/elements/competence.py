"""职权: may this body do this item here on this day; does this certificate stand."""

from collections.abc import Collection
from datetime import date

from zhiheng.elements import competence_memory, competence_sql, policies, selectors
from zhiheng.elements.models import Officer, Reviewer
from zhiheng.elements.policies import GrantAnswer, OfficerStanding


def may_body_do_item(*, body_code: str, item_code: str, region_code: str, on: date) -> GrantAnswer:
    """Answer with the chain from the body's own grant up to the law, or with the reason why not.

    From memory when memory is of exactly what the database shows to this transaction; else from
    the database, while memory is built anew behind the scenes.

    Law: 行政处罚法 17, 18, 20, 22, 24, 38 (law.md G-001 to G-005).
    """
    memory = competence_memory.current()
    answer = memory.may if memory else competence_sql.may_body_do_item
    return answer(body_code=body_code, item_code=item_code, region_code=region_code, on=on)


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
    if officer and officer.legal_qualification:
        return True
    listed = Reviewer.objects.active(on).filter(account_id=account_id)
    return listed.exclude(legal_qualification="").exists()
