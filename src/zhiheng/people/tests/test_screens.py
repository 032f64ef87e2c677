"""What an administrator does on screen takes effect with the next click, and is logged."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from zhiheng.kernel.clock import today
from zhiheng.people.models import Account, Acting, RoleGrant, SecurityEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    cast.load()
    return cast.sign_in(client, cast.SYSTEM_ADMIN)


def kinds() -> set[str]:
    return set(SecurityEvent.objects.values_list("kind", flat=True))


def test_a_granted_role_opens_a_door_at_once_and_a_revoked_one_shuts_it(admin):
    expert = cast.sign_in(Client(), cast.EXPERT)
    assert expert.get(reverse("security_log")).status_code == 403
    admin.post(
        reverse("account_show", args=[cast.EXPERT]),
        {"role": "supervisor", "agency_code": "QH-SF", "valid_from": today().isoformat()},
    )
    assert expert.get(reverse("security_log")).status_code == 200
    grant = RoleGrant.objects.get(account__username=cast.EXPERT, role="supervisor")
    admin.post(reverse("grant_revoke", args=[grant.pk]))
    assert expert.get(reverse("security_log")).status_code == 403
    assert {"ROLE_GRANTED", "ROLE_REVOKED", "DENIED"} <= kinds()


def test_a_refusal_says_which_roles_may_and_whom_to_ask(admin):
    answer = cast.sign_in(Client(), cast.OFFICER).get(reverse("account_list"))
    assert answer.status_code == 403
    words = answer.content.decode()
    assert "系统管理员" in words
    assert SecurityEvent.objects.get(kind="DENIED").detail["needs"] == ["people.manage"]


def test_dates_in_the_wrong_order_keep_what_was_typed(admin):
    answer = admin.post(
        reverse("account_show", args=[cast.OFFICER]),
        {
            "role": "expert",
            "agency_code": "QH-9",
            "valid_from": "2026-12-01",
            "valid_until": "2026-11-01",
        },
    )
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "失效日应晚于生效日" in words
    assert "QH-9" in words


def test_a_new_account_gets_a_password_once_and_no_role(admin):
    answer = admin.post(
        reverse("account_new"), {"username": "xinren", "name": "新人", "agency_code": "QH-ZF"}
    )
    account = Account.objects.get(username="xinren")
    assert account.password_temporary
    assert account.grants.count() == 0
    shown = re.findall(r'value="([^"]+)"', answer.content.decode())
    assert any(account.check_password(word) for word in shown)


def test_a_login_name_that_is_taken_is_refused_beside_its_field(admin):
    answer = admin.post(
        reverse("account_new"), {"username": "LiZhiFa", "name": "重名", "agency_code": "QH-ZF"}
    )
    assert answer.status_code == 422
    assert "已经有人用了" in answer.content.decode()


def test_a_disabled_account_is_out_with_the_next_click(admin):
    officer = cast.sign_in(Client(), cast.OFFICER)
    assert officer.get(reverse("people_me")).status_code == 200
    admin.post(reverse("account_active", args=[cast.OFFICER]), {"active": "0"})
    assert officer.get(reverse("people_me")).status_code == 302


def test_an_administrator_cannot_grant_to_themselves(admin):
    answer = admin.post(
        reverse("account_show", args=[cast.SYSTEM_ADMIN]),
        {"role": "agency_head", "agency_code": "QH-ZF", "valid_from": today().isoformat()},
    )
    assert answer.status_code == 403
    assert "另一位" in answer.content.decode()


def test_an_administrator_of_another_region_finds_nobody_here(admin):
    other = Account.objects.get(username=cast.SYSTEM_ADMIN)
    RoleGrant.objects.filter(account=other).update(region_code="338901")
    assert admin.get(reverse("account_show", args=[cast.OFFICER])).status_code == 404
    assert "lizhifa" not in admin.get(reverse("account_list")).content.decode()


def test_a_head_asks_a_colleague_to_act_and_ends_it(admin):
    head = cast.sign_in(Client(), cast.AGENCY_HEAD)
    asked = {
        "role": "agency_head",
        "deputy": cast.UNIT_HEAD,
        "valid_from": today().isoformat(),
        "valid_until": (today() + timedelta(days=5)).isoformat(),
        "reason": "外出培训",
    }
    assert head.post(reverse("people_me"), asked).status_code == 302
    deputy = cast.sign_in(Client(), cast.UNIT_HEAD)
    assert "代赵局长" in deputy.get(reverse("people_me")).content.decode()
    deputy.post(reverse("acting_end", args=[Acting.objects.get().pk]))
    assert "代赵局长" not in deputy.get(reverse("todo")).content.decode()
    assert {"ACTING_BEGUN", "ACTING_ENDED"} <= kinds()


def test_an_acting_of_others_cannot_be_ended_by_a_stranger(admin):
    head = cast.account(cast.AGENCY_HEAD)
    acting = Acting.objects.create(
        principal=head, deputy=cast.account(cast.UNIT_HEAD), role="agency_head",
        valid_from=today(), valid_until=today() + timedelta(days=5), reason="请假",
    )  # fmt: skip
    stranger = cast.sign_in(Client(), cast.OTHER_OFFICER)
    assert stranger.post(reverse("acting_end", args=[acting.pk])).status_code == 404
