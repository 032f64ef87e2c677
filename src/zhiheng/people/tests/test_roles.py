"""Roles, acting and data scope: what is granted holds, what is not granted does not exist."""

from datetime import date, timedelta

import pytest

from tests import cast
from zhiheng.kernel.errors import Invalid, NotAllowed
from zhiheng.people import api, services
from zhiheng.people.models import Acting, RoleGrant, SecurityEvent
from zhiheng.people.policies import HeldRole, scope_of
from zhiheng.people.roles import Role

ON = cast.ON
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _people():
    cast.load()


def test_an_account_without_a_grant_may_nothing_and_sees_nothing():
    nobody = services.create_account(
        username="nobody", name="无角色", region_code="339901", agency_code="QH-ZF",
        password=None, by=None,
    )  # fmt: skip
    actor = api.actor_of(nobody, ON)
    assert not any(api.may(actor, permission) for permission in api.PERMISSIONS)
    assert api.scope(actor).is_empty
    assert not api.Account.objects.filter(api.within(api.scope(actor))).exists()


def test_nobody_signed_in_may_nothing_and_sees_nothing():
    assert not api.may(None, "todo.view")
    assert api.scope(None).is_empty


def test_a_grant_begins_and_ends_by_itself():
    account = cast.account(cast.EXPERT)
    services.grant_role(
        account=account, role=Role.SUPERVISOR, valid_from=ON,
        valid_until=ON + timedelta(days=3), by=None,
    )  # fmt: skip
    held = [api.actor_of(account, ON + timedelta(days=n)).has("supervisor") for n in range(-1, 4)]
    assert held == [False, True, True, True, False]


def test_a_revoked_role_stops_at_once():
    admin, officer = cast.actor(cast.SYSTEM_ADMIN), cast.account(cast.OFFICER)
    grant = RoleGrant.objects.get(account=officer)
    services.revoke_role(grant=grant, on=ON, by=admin)
    assert api.actor_of(officer, ON).roles == frozenset()
    assert api.actor_of(officer, ON - timedelta(days=1)).has("officer")


def test_a_disabled_account_holds_no_role():
    officer = cast.account(cast.OFFICER)
    services.set_active(account=officer, active=False, by=cast.actor(cast.SYSTEM_ADMIN))
    assert api.actor_of(officer, ON).roles == frozenset()
    assert officer not in api.accounts_with_role("officer", "QH-ZF", ON)


def test_a_deputy_acts_until_the_day_and_no_longer():
    head, deputy = cast.account(cast.AGENCY_HEAD), cast.account(cast.UNIT_HEAD)
    services.begin_acting(
        principal=head, deputy=deputy, role=Role.AGENCY_HEAD, valid_from=ON,
        valid_until=ON + timedelta(days=2), reason="外出培训", by=cast.actor(cast.AGENCY_HEAD),
    )  # fmt: skip
    during, after = api.actor_of(deputy, ON), api.actor_of(deputy, ON + timedelta(days=2))
    assert during.has("agency_head")
    assert during.acting_for == {"agency_head": "赵局长"}
    assert deputy in api.accounts_with_role("agency_head", "QH-ZF", ON)
    assert not after.has("agency_head")
    assert after.acting_for == {}


def test_a_deputy_stops_when_the_principal_loses_the_role():
    head, deputy = cast.account(cast.AGENCY_HEAD), cast.account(cast.UNIT_HEAD)
    services.begin_acting(
        principal=head, deputy=deputy, role=Role.AGENCY_HEAD, valid_from=ON,
        valid_until=ON + timedelta(days=9), reason="请假", by=cast.actor(cast.AGENCY_HEAD),
    )  # fmt: skip
    grant = RoleGrant.objects.get(account=head)
    services.revoke_role(grant=grant, on=ON, by=cast.actor(cast.SYSTEM_ADMIN))
    assert not api.actor_of(deputy, ON).has("agency_head")


def test_an_acting_ended_early_stops_at_once():
    head, deputy = cast.account(cast.AGENCY_HEAD), cast.account(cast.UNIT_HEAD)
    by = cast.actor(cast.AGENCY_HEAD)
    acting = services.begin_acting(
        principal=head, deputy=deputy, role=Role.AGENCY_HEAD, valid_from=ON,
        valid_until=ON + timedelta(days=9), reason="请假", by=by,
    )  # fmt: skip
    services.end_acting(acting=acting, on=ON, by=by)
    assert not api.actor_of(deputy, ON).has("agency_head")
    kinds = list(SecurityEvent.objects.values_list("kind", flat=True))
    assert {"ACTING_BEGUN", "ACTING_ENDED"} <= set(kinds)


@pytest.mark.parametrize(
    ("principal", "deputy", "role", "days", "field"),
    [
        (cast.OFFICER, cast.UNIT_HEAD, Role.OFFICER, 3, "role"),
        (cast.AGENCY_HEAD, cast.OTHER_HEAD, Role.AGENCY_HEAD, 3, "deputy"),
        (cast.AGENCY_HEAD, cast.AGENCY_HEAD, Role.AGENCY_HEAD, 3, "deputy"),
        (cast.UNIT_HEAD, cast.OFFICER, Role.AGENCY_HEAD, 3, "role"),
        (cast.AGENCY_HEAD, cast.UNIT_HEAD, Role.AGENCY_HEAD, 0, "valid_until"),
        (cast.AGENCY_HEAD, cast.UNIT_HEAD, Role.AGENCY_HEAD, 999, "valid_until"),
    ],
)
def test_an_acting_outside_the_rules_is_refused_beside_its_field(
    principal, deputy, role, days, field
):
    with pytest.raises(Invalid) as refused:
        services.begin_acting(
            principal=cast.account(principal), deputy=cast.account(deputy), role=role,
            valid_from=ON, valid_until=ON + timedelta(days=days), reason="请假",
            by=cast.actor(principal),
        )  # fmt: skip
    assert field in refused.value.fields
    assert not Acting.objects.exists()


def test_nobody_changes_their_own_rights():
    admin = cast.account(cast.SYSTEM_ADMIN)
    with pytest.raises(NotAllowed):
        services.grant_role(
            account=admin, role=Role.AGENCY_HEAD, valid_from=ON, valid_until=None,
            by=cast.actor(cast.SYSTEM_ADMIN),
        )  # fmt: skip


def test_an_officer_sees_the_own_agency_and_a_supervisor_the_region():
    officer, supervisor = cast.actor(cast.OFFICER), cast.actor(cast.SUPERVISOR)
    seen = api.Account.objects.filter(api.within(api.scope(officer, "case.view")))
    assert {account.agency_code for account in seen} == {"QH-ZF"}
    assert api.scope(officer).agency_codes == {"QH-ZF"}
    assert api.scope(supervisor, "case.view").agency_codes is None
    assert api.scope(supervisor).region_prefix == "339901"
    assert api.scope(supervisor).covers(region_code="339901001", agency_code="QH-CD")
    assert not api.scope(supervisor).covers(region_code="339902", agency_code="X")


def test_scope_counts_only_roles_that_have_the_permission():
    admin = cast.account(cast.SYSTEM_ADMIN)
    services.grant_role(account=admin, role=Role.OFFICER, valid_from=ON, valid_until=None, by=None)
    actor = api.actor_of(admin, ON)
    assert api.scope(actor, "case.view").agency_codes == {"QH-SF"}
    assert api.scope(actor, "people.manage").agency_codes is None


@pytest.mark.parametrize(
    "held", [HeldRole("officer", "339901", ""), HeldRole("supervisor", "", "")]
)
def test_a_grant_without_agency_or_region_reaches_nothing(held):
    scope = scope_of(held=[held], permitted=None, region_wide=frozenset({"supervisor"}))
    assert scope.is_empty
    assert scope.agency_codes == frozenset()


def test_a_city_grant_reaches_its_counties_and_a_province_grant_its_cities():
    wide = frozenset({"supervisor"})
    city = scope_of(held=[HeldRole("supervisor", "339900")], permitted=None, region_wide=wide)
    province = scope_of(held=[HeldRole("supervisor", "330000")], permitted=None, region_wide=wide)
    assert city.covers(region_code="339901", agency_code="A")
    assert not city.covers(region_code="338901", agency_code="A")
    assert province.covers(region_code="338901", agency_code="A")


def test_narrow_views_of_a_mixed_scope_never_widen_it():
    held = [HeldRole("supervisor", "339901"), HeldRole("officer", "339902", "X-1")]
    scope = scope_of(held=held, permitted=None, region_wide=frozenset({"supervisor"}))
    assert (scope.region_prefix, scope.agency_codes) == ("339901", None)
    assert scope.covers(region_code="339902", agency_code="X-1")
    assert not scope.covers(region_code="339902", agency_code="X-2")


def test_the_day_of_a_role_is_the_day_asked_for_and_not_today():
    account = cast.account(cast.OFFICER)
    assert api.actor_of(account, date(2019, 12, 31)).roles == frozenset()
    assert api.actor_of(account, date(2020, 1, 1)).has("officer")
