"""Writes: one function per act that changes who may do what. Each leaves a security event."""

from datetime import date

from django.db import transaction

from zhiheng.people.models import Account, RoleGrant, SecurityEvent
from zhiheng.people.policies import Actor
from zhiheng.people.roles import Role

Kind = SecurityEvent.Kind


def record_security_event(
    *,
    kind: str,
    actor: Actor | None = None,
    account: Account | None = None,
    username: str = "",
    detail: dict | None = None,
    ip: str | None = None,
) -> SecurityEvent:
    """Write one line of the security log; the time is the database's."""
    person = account or actor
    return SecurityEvent.objects.create(
        kind=kind,
        account_id=account.pk if account else actor.account_id if actor else None,
        username=(username or (person.username if person else ""))[:64],
        region_code=person.region_code if person else "",
        detail=detail or {},
        ip=ip or None,
    )


@transaction.atomic
def create_account(
    *,
    username: str,
    name: str,
    region_code: str,
    agency_code: str,
    password: str | None,
    by: Actor | None,
    unit: str = "",
    certificate_no: str = "",
) -> Account:
    """Open an account. Without a password it can only be entered through unified sign-in."""
    account = Account.objects.create_user(
        username=username,
        password=password,
        name=name,
        region_code=region_code,
        agency_code=agency_code,
        unit=unit,
        certificate_no=certificate_no,
    )
    record_security_event(
        kind=Kind.ACCOUNT_CHANGED, actor=by, detail={"account": username, "change": "新建"}
    )
    return account


@transaction.atomic
def grant_role(
    *,
    account: Account,
    role: str,
    valid_from: date,
    valid_until: date | None,
    by: Actor | None,
    region_code: str | None = None,
    agency_code: str | None = None,
) -> RoleGrant:
    """Grant a role for a time; region and agency default to those of the account."""
    grant = RoleGrant.objects.create(
        account=account,
        role=Role(role),
        region_code=account.region_code if region_code is None else region_code,
        agency_code=account.agency_code if agency_code is None else agency_code,
        valid_from=valid_from,
        valid_until=valid_until,
        granted_by=by.name if by else "",
    )
    record_security_event(
        kind=Kind.ROLE_GRANTED,
        actor=by,
        detail={
            "account": account.username,
            "role": grant.role,
            "from": str(valid_from),
            "until": str(valid_until or ""),
        },
    )
    return grant
