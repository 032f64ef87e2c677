"""Front door of people: who is at the screen, what they may do, whose data they may see."""

from datetime import date

from django.db.models import Q

from zhiheng.people import policies, selectors
from zhiheng.people.access import requires
from zhiheng.people.demo import CAST, SECOND_AGENCY, DemoPerson, load_accounts
from zhiheng.people.models import Account
from zhiheng.people.permissions import PERMISSIONS, REGION_WIDE
from zhiheng.people.policies import Actor, HeldRole, Reach, Scope
from zhiheng.people.roles import Role
from zhiheng.people.services import create_account, grant_role, record_security_event

__all__ = [
    "CAST",
    "PERMISSIONS",
    "SECOND_AGENCY",
    "Account",
    "Actor",
    "DemoPerson",
    "HeldRole",
    "Reach",
    "Role",
    "Scope",
    "accounts_with_role",
    "actor_of",
    "agencies_with_role",
    "create_account",
    "grant_role",
    "load_accounts",
    "may",
    "record_security_event",
    "requires",
    "scope",
    "within",
]


def actor_of(account: Account, on: date) -> Actor:
    """The account as an actor on a day: roles in force, acting for others included."""
    return selectors.actor_of(account=account, on=on)


def may(actor: Actor | None, permission: str) -> bool:
    """Whether the actor holds a role that the matrix permits; nobody signed in may nothing."""
    if actor is None:
        return False
    return policies.may(roles=actor.roles, permitted=PERMISSIONS[permission])


def scope(actor: Actor | None, permission: str = "") -> Scope:
    """Whose data the actor may see, for one permission or for all roles held together.

    Pass the permission wherever there is one: a system administrator who is also an officer
    sees accounts of the whole region, but cases of the own agency alone.
    """
    if actor is None:
        return Scope()
    permitted = frozenset(PERMISSIONS[permission]) if permission else None
    return policies.scope_of(held=actor.held, permitted=permitted, region_wide=REGION_WIDE)


def within(scope: Scope, *, region: str = "region_code", agency: str = "agency_code") -> Q:
    """A queryset filter for rows in scope; names the columns; an empty scope matches nothing."""
    return selectors.within(scope=scope, region=region, agency=agency)


def accounts_with_role(role: str, agency_code: str, on: date) -> list[Account]:
    """Active accounts that hold a role for an agency on a day, deputies included."""
    return selectors.accounts_with_role(role=role, agency_code=agency_code, on=on)


def agencies_with_role(role: str, region: str, on: date) -> dict[str, Account]:
    """By agency of a region and below, the first active account that holds a role on a day."""
    return selectors.agencies_with_role(role=role, region=region, on=on)
