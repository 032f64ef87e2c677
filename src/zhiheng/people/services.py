"""Writes: one function per act that changes who may do what. Each leaves a security event."""

import secrets
from datetime import date, timedelta

from django.db import transaction

from zhiheng.kernel.errors import Invalid, NotAllowed
from zhiheng.people import selectors
from zhiheng.people.models import Account, Acting, RoleGrant, SecurityEvent
from zhiheng.people.policies import Actor
from zhiheng.people.roles import Role

Kind = SecurityEvent.Kind
LONGEST_ACTING = timedelta(days=180)
PERSONAL_ROLES = frozenset({Role.OFFICER, Role.SYSTEM_ADMIN})
"""Roles that nobody can exercise for another: a certificate is personal (行政处罚法 42)."""


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
    if Account.objects.filter(username__iexact=username).exists():
        raise Invalid(
            "账号没有开通。", fields={"username": f"登录名“{username}”已经有人用了，请换一个。"}
        )
    account = Account.objects.create_user(
        username=username.lower(),
        password=password,
        name=name,
        region_code=region_code,
        agency_code=agency_code,
        unit=unit,
        certificate_no=certificate_no,
        password_temporary=password is not None and by is not None,
    )
    _note(kind=Kind.ACCOUNT_CHANGED, by=by, account=account, change="新建")
    return account


@transaction.atomic
def set_active(*, account: Account, active: bool, by: Actor) -> None:
    """Enable or disable an account; a disabled one holds no role from the next click on."""
    _refuse_self(account=account, by=by, what="停用或启用自己的账号")
    account.is_active = active
    account.save(update_fields=["is_active"])
    _note(kind=Kind.ACCOUNT_CHANGED, by=by, account=account, change="启用" if active else "停用")


@transaction.atomic
def reset_password(*, account: Account, by: Actor) -> str:
    """Set a password that has to be changed at the next sign-in; return it to be handed over."""
    word = secrets.token_urlsafe(9)
    account.set_password(word)
    account.password_temporary = True
    account.save(update_fields=["password", "password_temporary"])
    _note(kind=Kind.PASSWORD_CHANGED, by=by, account=account, change="重置")
    return word


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
    """Grant a role for a time; region and agency default to those of the account.

    Nobody grants a role to themselves: two people have to agree that somebody may do more.
    """
    if by is not None:
        _refuse_self(account=account, by=by, what="给自己授予角色")
    if valid_until is not None and valid_until <= valid_from:
        raise Invalid("角色没有授予。", fields={"valid_until": "失效日应晚于生效日，请改正。"})
    grant = RoleGrant.objects.create(
        account=account,
        role=Role(role),
        region_code=account.region_code if region_code is None else region_code,
        agency_code=account.agency_code if agency_code is None else agency_code,
        valid_from=valid_from,
        valid_until=valid_until,
        granted_by=by.name if by else "",
    )
    _note(kind=Kind.ROLE_GRANTED, by=by, account=account, **_words(grant))
    return grant


@transaction.atomic
def revoke_role(*, grant: RoleGrant, on: date, by: Actor) -> RoleGrant:
    """End a grant today; it stops with the next click. What is over already stays as it was."""
    _refuse_self(account=grant.account, by=by, what="收回自己的角色")
    if grant.valid_until is None or grant.valid_until > on:
        grant.valid_until = max(on, grant.valid_from)
        grant.save(update_fields=["valid_until"])
        _note(kind=Kind.ROLE_REVOKED, by=by, account=grant.account, **_words(grant))
    return grant


@transaction.atomic
def begin_acting(
    *,
    principal: Account,
    deputy: Account,
    role: str,
    valid_from: date,
    valid_until: date,
    reason: str,
    by: Actor,
) -> Acting:
    """Let one person act for another in one role until a day that is always set.

    The role has to be the principal's own: who acts for another cannot hand it on.
    """
    _check_acting(
        principal=principal, deputy=deputy, role=role, begins=valid_from, ends=valid_until
    )
    acting = Acting.objects.create(
        principal=principal,
        deputy=deputy,
        role=Role(role),
        valid_from=valid_from,
        valid_until=valid_until,
        reason=reason,
        arranged_by=by.name,
    )
    detail = {"deputy": deputy.username, "reason": reason} | _words(acting)
    _note(kind=Kind.ACTING_BEGUN, by=by, account=principal, **detail)
    return acting


@transaction.atomic
def end_acting(*, acting: Acting, on: date, by: Actor) -> Acting:
    """End an acting today; without this it ends by itself on its day."""
    if acting.valid_until > on:
        acting.valid_until = max(on, acting.valid_from)
        acting.save(update_fields=["valid_until"])
        detail = {"deputy": acting.deputy.username} | _words(acting)
        _note(kind=Kind.ACTING_ENDED, by=by, account=acting.principal, **detail)
    return acting


def _check_acting(
    *, principal: Account, deputy: Account, role: str, begins: date, ends: date
) -> None:
    """Refuse an acting that the rules do not allow, with a sentence per field."""
    problems = {}
    if role in PERSONAL_ROLES:
        problems["role"] = f"“{Role(role).label}”只能本人行使，不能代行。请改派有资格的人员。"
    own = [one.role for one in selectors.own_roles(account=principal, on=begins)]
    if role not in own:
        problems["role"] = f"{principal.name}当日没有这个角色，不能请人代行。请核对角色和日期。"
    if deputy.pk == principal.pk or not deputy.is_active:
        problems["deputy"] = "请选择另一位在用的账号。"
    elif deputy.agency_code != principal.agency_code:
        problems["deputy"] = f"{deputy.name}不是同一单位的人员。请选择本单位人员。"
    if ends <= begins:
        problems["valid_until"] = "结束日应晚于开始日，请改正。"
    elif ends - begins > LONGEST_ACTING:
        problems["valid_until"] = f"一次代行最长{LONGEST_ACTING.days}天，请缩短，到期可再办。"
    if problems:
        raise Invalid("代行没有登记。", fields=problems)


def _refuse_self(*, account: Account, by: Actor, what: str) -> None:
    """Four eyes: nobody changes their own rights."""
    if account.pk == by.account_id:
        raise NotAllowed(f"不能{what}。", next_step="请另一位系统管理员办理。")


def _words(row: RoleGrant | Acting) -> dict[str, str]:
    """Role and dates for the log."""
    return {"role": row.role, "from": str(row.valid_from), "until": str(row.valid_until or "")}


def _note(*, kind: str, by: Actor | None, account: Account, **detail: str) -> None:
    """A line about an account, in the name of who changed it."""
    record_security_event(kind=kind, actor=by, detail={"account": account.username, **detail})
