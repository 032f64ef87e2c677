"""Who may open which address: one line per address. A new address without a line fails the test.

`EVERYBODY`: signed in or not. `may("case.view")`: the roles that hold one of the permissions.
An address that names an object gets its arguments from `OBJECTS`: a function that makes the
object (through services) and returns the keyword arguments; it runs once, in a database that
holds the small demo county. Where an object lies outside the reach of a role that otherwise has
the permission, `only(...)` names the roles that see it.
"""

from collections.abc import Callable
from typing import Any

from zhiheng.people.permissions import PERMISSIONS
from zhiheng.people.roles import ALL, Role

EVERYBODY = "public"
SIGNED_IN = frozenset(ALL)


def may(*permissions: str) -> frozenset[Role]:
    """Roles that hold one of the permissions."""
    return frozenset[Role]().union(*(PERMISSIONS[name] for name in permissions))


def only(*roles: str) -> frozenset[Role]:
    """Exactly these roles."""
    return frozenset(Role(role) for role in roles)


MATRIX: dict[str, str | frozenset[Role]] = {
    # sign-in
    "account_login": EVERYBODY,
    "account_logout": EVERYBODY,
    "account_signup": EVERYBODY,
    "account_inactive": EVERYBODY,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": EVERYBODY,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
    "mfa_login_webauthn": EVERYBODY,
    "socialaccount_login_cancelled": EVERYBODY,
    "socialaccount_login_error": EVERYBODY,
    "socialaccount_signup": EVERYBODY,
    "socialaccount_connections": SIGNED_IN,
    "openid_connect_login": EVERYBODY,
    "openid_connect_callback": EVERYBODY,
    # people
    "account_list": may("people.manage"),
    "account_new": may("people.manage"),
    "account_show": may("people.manage"),
    "account_active": may("people.manage"),
    "account_password": may("people.manage"),
    "account_unlock": may("people.manage"),
    "grant_revoke": may("people.manage"),
    "people_me": SIGNED_IN,
    "acting_end": SIGNED_IN,
    "security_log": may("security.view"),
    # shell
    "patterns": EVERYBODY,
    "web_large": EVERYBODY,
    # elements
    "element_home": may("element.view"),
    "element_list": may("element.view"),
    "element_show": may("element.view"),
    # ledger
    "log": EVERYBODY,
    "log_head": EVERYBODY,
    "log_heads": EVERYBODY,
    "log_verifier": EVERYBODY,
    "log_growth": EVERYBODY,
    "log_proof_json": EVERYBODY,
    "log_proof": EVERYBODY,
    "log_act_sealed": may("case.view", "clue.view"),
    # clues
    "clue_list": may("clue.view"),
    "clue_register": may("clue.register"),
    "clue": may("clue.view"),
    "clue_step": may("clue.view"),
    # cases
    "todo": may("todo.view"),
    "search": may("case.view"),
    "case_list": may("case.view"),
    "case_propose": may("clue.check"),
    "case": may("case.view"),
    "case_step": may("case.step"),
    "case_let_pass": may("case.step"),
    "case_handlers": may("case.step"),
}


def _account() -> dict[str, Any]:
    return {"username": "lizhifa"}


def _grant() -> dict[str, Any]:
    from zhiheng.people.models import RoleGrant

    return {"grant_id": RoleGrant.objects.get(account__username="lizhifa").pk}


def _item() -> dict[str, Any]:
    from zhiheng.elements.api import get_item

    return {"slug": "items", "uid": get_item("QH-CG-001").uid}


OBJECTS: dict[str, Callable[[], dict[str, Any]]] = {
    "account_show": _account,
    "account_active": _account,
    "account_password": _account,
    "account_unlock": _account,
    "grant_revoke": _grant,
    "element_list": lambda: {"slug": "items"},
    "element_show": _item,
    "acting_end": lambda: {"acting_id": 1},
    "mfa_remove_webauthn": lambda: {"pk": 1},
    "mfa_edit_webauthn": lambda: {"pk": 1},
    "openid_connect_login": lambda: {"provider_id": "unified"},
    "openid_connect_callback": lambda: {"provider_id": "unified"},
    "log_growth": lambda: {"first": 0, "second": 0},
    "log_proof_json": lambda: {"what": "1"},
    "log_proof": lambda: {"what": "1"},
}

# Addresses whose object does not exist in the test: 404 is what a permitted role may read there.
MAY_BE_MISSING = frozenset(
    {
        "mfa_remove_webauthn",
        "mfa_edit_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_deactivate_totp",
        "openid_connect_login",
        "openid_connect_callback",
        "log_growth",
        "log_proof_json",
        "log_proof",
    }
)
