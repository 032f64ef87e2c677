"""Reads: who someone is today, who holds a role, what the security log says."""

from datetime import date

from django.db.models import Q

from zhiheng.people.models import Account, Acting, RoleGrant, SecurityEvent
from zhiheng.people.policies import Actor, HeldRole, Scope
from zhiheng.people.roles import Role


def held_roles(*, account: Account, on: date) -> tuple[HeldRole, ...]:
    """Roles held on a day by the account itself and by acting for others."""
    own = [
        HeldRole(Role(grant.role), grant.region_code, grant.agency_code)
        for grant in RoleGrant.objects.in_force(on=on).filter(account=account).order_by("id")
    ]
    return (*own, *_held_by_acting(account=account, on=on))


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


def within(*, scope: Scope, region: str = "region_code", agency: str = "agency_code") -> Q:
    """A filter for rows that carry a region and an agency; an empty scope matches nothing."""
    condition = Q(pk__in=[])
    for reach in scope.reaches:
        one = Q(**{f"{region}__startswith": reach.region_prefix})
        if reach.agency_code is not None:
            one &= Q(**{agency: reach.agency_code})
        condition |= one
    return condition


def list_security_events(*, scope: Scope, kind: str = "", username: str = ""):
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
