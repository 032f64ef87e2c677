"""Reads: who someone is today, who holds a role, what the security log says."""

from datetime import date

from django.db.models import Q, QuerySet

from zhiheng.kernel.errors import NotFound
from zhiheng.people.models import Account, Acting, RoleGrant, SecurityEvent
from zhiheng.people.policies import Actor, HeldRole, Scope
from zhiheng.people.roles import Role


def own_roles(*, account: Account, on: date) -> tuple[HeldRole, ...]:
    """Roles that the account itself holds on a day."""
    grants = RoleGrant.objects.in_force(on=on).filter(account=account).order_by("id")
    return tuple(HeldRole(Role(one.role), one.region_code, one.agency_code) for one in grants)


def held_roles(*, account: Account, on: date) -> tuple[HeldRole, ...]:
    """Roles held on a day by the account itself and by acting for others."""
    return (
        *own_roles(account=account, on=on),
        *_held_by_acting(account=account, on=on),
    )


def _held_by_acting(*, account: Account, on: date) -> list[HeldRole]:
    """Roles of others exercised today; they end with the acting or with the other's own grant."""
    actings = list(
        Acting.objects.in_force(on=on)
        .filter(deputy=account, principal__is_active=True)
        .select_related("principal")
        .order_by("id")
    )
    if not actings:
        return []
    grants = list(
        RoleGrant.objects.in_force(on=on).filter(account__in=[a.principal_id for a in actings])
    )
    return [
        HeldRole(Role(grant.role), grant.region_code, grant.agency_code, acting.principal.name)
        for acting in actings
        for grant in grants
        if grant.account_id == acting.principal_id and grant.role == acting.role
    ]


def actor_of(*, account: Account, on: date) -> Actor:
    """The account as an actor on a day. A disabled account holds no role."""
    held = held_roles(account=account, on=on) if account.is_active else ()
    own = {one.role for one in held if not one.acting_for}
    return Actor(
        account_id=account.pk,
        name=account.name,
        username=account.username,
        roles=frozenset(one.role for one in held),
        region_code=account.region_code,
        agency_code=account.agency_code,
        unit=account.unit,
        certificate_no=account.certificate_no,
        acting_for={
            one.role: one.acting_for for one in held if one.acting_for and one.role not in own
        },
        held=held,
    )


def accounts_with_role(*, role: str, agency_code: str, on: date) -> list[Account]:
    """Active accounts that hold a role for an agency on a day, those acting for others included."""
    grants = RoleGrant.objects.in_force(on=on).filter(role=role, agency_code=agency_code)
    holders = grants.values("account_id")
    actings = Acting.objects.in_force(on=on).filter(
        role=role, principal__in=holders, principal__is_active=True
    )
    return list(
        Account.objects.filter(is_active=True)
        .filter(Q(pk__in=holders) | Q(pk__in=actings.values("deputy_id")))
        .order_by("username")
    )


def agencies_with_role(*, role: str, region: str, on: date) -> dict[str, Account]:
    """By agency of a region and below, the first active account that holds a role on a day."""
    grants = RoleGrant.objects.in_force(on=on).filter(
        role=role, region_code__startswith=region, account__is_active=True
    )
    found: dict[str, Account] = {}
    for grant in grants.select_related("account").order_by("account__username"):
        if grant.agency_code:
            found.setdefault(grant.agency_code, grant.account)
    return found


def within(*, scope: Scope, region: str = "region_code", agency: str = "agency_code") -> Q:
    """A filter for rows that carry a region and an agency; an empty scope matches nothing."""
    condition = Q(pk__in=[])
    for reach in scope.reaches:
        one = Q(**{f"{region}__startswith": reach.region_prefix})
        if reach.agency_code is not None:
            one &= Q(**{agency: reach.agency_code})
        condition |= one
    return condition


def accounts_in(*, scope: Scope, text: str = "") -> QuerySet[Account]:
    """Accounts of the regions in reach, by login name or by words in name, unit, agency."""
    rows = Account.objects.filter(within(scope=scope))
    for word in text.split():
        rows = rows.filter(
            Q(username__istartswith=word)
            | Q(name__icontains=word)
            | Q(unit__icontains=word)
            | Q(agency_code__iexact=word)
            | Q(certificate_no__startswith=word)
        )
    return rows


def access_account(*, scope: Scope, username: str) -> Account:
    """An account within reach; absent and out of reach answer alike."""
    account = Account.objects.filter(within(scope=scope), username=username).first()
    if account is None:
        raise NotFound(
            f"没有登录名为“{username}”的账号，或者它不在您的管理范围。",
            next_step="请核对登录名，或请上级系统管理员办理。",
        )
    return account


def roles_today(*, accounts: list[Account], on: date) -> dict[int, list[RoleGrant]]:
    """Grants in force on a day of several accounts at once."""
    found: dict[int, list[RoleGrant]] = {}
    for grant in RoleGrant.objects.in_force(on=on).filter(account__in=accounts).order_by("id"):
        found.setdefault(grant.account_id, []).append(grant)
    return found


def grants_of(*, account: Account) -> QuerySet[RoleGrant]:
    """All grants of an account, the newest first, past ones included."""
    return RoleGrant.objects.filter(account=account).order_by("-valid_from", "-id")


def actings_of(*, account: Account) -> QuerySet[Acting]:
    """Actings by and for an account, the newest first."""
    rows = Acting.objects.filter(Q(principal=account) | Q(deputy=account))
    return rows.select_related("principal", "deputy").order_by("-valid_from", "-id")


def list_security_events(
    *, scope: Scope, kind: str = "", username: str = ""
) -> QuerySet[SecurityEvent]:
    """The security log, newest first, of the regions in reach; events without a region too."""
    regions = Q(region_code="")
    for reach in scope.reaches:
        regions |= Q(region_code__startswith=reach.region_prefix)
    rows = SecurityEvent.objects.none() if scope.is_empty else SecurityEvent.objects.filter(regions)
    if kind:
        rows = rows.filter(kind=kind)
    if username:
        rows = rows.filter(username=username)
    return rows.order_by("-at", "-id")


def access_grant(*, scope: Scope, grant_id: int) -> RoleGrant:
    """A grant of an account within reach; absent and out of reach answer alike."""
    rows = RoleGrant.objects.select_related("account")
    reach = within(scope=scope, region="account__region_code", agency="account__agency_code")
    grant = rows.filter(reach, pk=grant_id).first()
    if grant is None:
        raise NotFound("没有这条角色授予。", next_step="请回到账号页面核对。")
    return grant


def access_acting(*, actor: Actor, scope: Scope, acting_id: int) -> Acting:
    """An acting that concerns me, or one within reach of an administrator."""
    mine = Q(principal_id=actor.account_id) | Q(deputy_id=actor.account_id)
    reach = within(scope=scope, region="principal__region_code", agency="principal__agency_code")
    rows = Acting.objects.select_related("principal", "deputy")
    acting = rows.filter(mine | reach, pk=acting_id).first()
    if acting is None:
        raise NotFound("没有这条代行登记。", next_step="请回到“我的账号”核对。")
    return acting


def colleagues(*, account: Account) -> list[Account]:
    """Accounts in use of the same agency, without the person's own; at most two hundred."""
    rows = Account.objects.filter(is_active=True, agency_code=account.agency_code)
    return list(rows.exclude(pk=account.pk).order_by("unit", "name")[:200])
