"""Signing in, being locked out, second factors, and what the log keeps of it."""

import re

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.test import Client
from django.urls import reverse

from tests import cast
from zhiheng.people import services
from zhiheng.people.models import Account, SecurityEvent
from zhiheng.people.sign_in import UnifiedAdapter

PASSWORD = "qing-heng-2026"
pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(settings) -> Account:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    account = cast.account(cast.OFFICER)
    account.set_password(PASSWORD)
    account.save()
    return account


def log_in(client: Client, password: str = PASSWORD, username: str = cast.OFFICER):
    return client.post(reverse("account_login"), {"login": username, "password": password})


def kinds() -> list[str]:
    return list(SecurityEvent.objects.order_by("id").values_list("kind", flat=True))


def test_the_right_password_opens_the_door_and_is_logged(client, officer):
    assert log_in(client).status_code == 302
    assert client.get(reverse("people_me")).status_code == 200
    assert kinds() == ["SIGNED_IN"]
    assert SecurityEvent.objects.get().username == cast.OFFICER


def test_the_login_name_is_not_told_apart_by_case(client, officer):
    assert log_in(client, username=" LiZhiFa ").status_code == 302
    assert kinds() == ["SIGNED_IN"]


def test_a_wrong_password_says_so_in_chinese_and_keeps_the_name(client, officer):
    answer = log_in(client, "wrong")
    assert cast.OFFICER in answer.content.decode()
    assert re.search(r"密码", answer.content.decode())
    assert kinds() == ["SIGN_IN_FAILED"]


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(client, officer):
    for _ in range(5):
        answer = log_in(client, "wrong")
    words = answer.content.decode()
    assert answer.status_code == 429
    assert "15 分钟" in words
    assert "系统管理员" in words
    assert log_in(Client()).status_code == 429
    assert kinds().count("LOCKED_OUT") >= 1


def test_an_administrator_lifts_the_lock(client, officer):
    for _ in range(5):
        log_in(client, "wrong")
    admin = cast.sign_in(Client(), cast.SYSTEM_ADMIN)
    admin.post(reverse("account_unlock", args=[cast.OFFICER]))
    assert log_in(Client()).status_code == 302
    assert "UNLOCKED" in kinds()


def test_a_reset_password_must_be_changed_before_anything_else(client, officer):
    word = services.reset_password(account=officer, by=cast.actor(cast.SYSTEM_ADMIN))
    log_in(client, word)
    held_up = client.get(reverse("people_me"))
    assert held_up.status_code == 302
    assert held_up.url == reverse("account_change_password")
    client.post(
        held_up.url, {"oldpassword": word, "password1": "lvshui-2027x", "password2": "lvshui-2027x"}
    )
    assert client.get(reverse("people_me")).status_code == 200
    assert kinds().count("PASSWORD_CHANGED") == 2


@pytest.mark.parametrize("weak", ["1234567890", "short", "password123"])
def test_a_weak_password_is_refused(client, officer, weak):
    log_in(client)
    answer = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": weak, "password2": weak},
    )
    assert answer.status_code == 200
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def confirm_password(client: Client) -> None:
    """Setting a second factor asks for the password once more."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def test_a_second_factor_is_asked_for_once_it_is_set(
    client, officer, django_capture_on_commit_callbacks
):
    log_in(client)
    confirm_password(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code})
    assert "FACTOR_CHANGED" in kinds()
    fresh = Client()
    answer = log_in(fresh)
    assert answer.url.startswith(reverse("mfa_authenticate"))
    assert fresh.get(reverse("people_me")).status_code == 302


def test_the_secret_of_a_second_factor_is_sealed_at_rest(client, officer):
    from allauth.mfa.models import Authenticator

    totp.TOTP.activate(officer, "JBSWY3DPEHPK3PXP")
    assert Authenticator.objects.get(type="totp").data["secret"].startswith("sm4.")


def test_a_passkey_can_be_registered_and_used_without_a_password(client, officer):
    assert "passkey_login" in client.get(reverse("account_login")).content.decode()
    asked = client.get(
        reverse("mfa_login_webauthn"), headers={"x-requested-with": "XMLHttpRequest"}
    )
    assert "publicKey" in asked.json()["request_options"]
    log_in(client)
    confirm_password(client)
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200


def test_nobody_registers_and_no_unified_sign_in_shows_while_it_is_off(client):
    assert "管理员" in client.get(reverse("account_signup")).content.decode()
    assert client.get("/account/oidc/unified/login/").status_code == 404
    assert "统一身份登录" not in client.get(reverse("account_login")).content.decode()


def unified(claims: dict) -> SocialLogin:
    identity = SocialAccount(provider="unified", uid="u-1", extra_data={"userinfo": claims})
    return SocialLogin(user=Account(), account=identity)


def test_a_unified_identity_enters_the_account_of_that_login_name(rf, officer, settings):
    app = {"provider_id": "unified", "name": "统一身份认证", "client_id": "zhiheng", "secret": "s"}
    app["settings"] = {"server_url": "https://identity.invalid"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    request = rf.get("/")
    login = unified({"preferred_username": "LiZhiFa"})
    UnifiedAdapter().pre_social_login(request, login)
    assert login.user == officer
    assert SocialAccount.objects.get().user == officer


@pytest.mark.parametrize("claims", [{"preferred_username": "nobody"}, {}])
def test_a_unified_identity_without_an_account_reads_what_to_do(rf, claims):
    with pytest.raises(ImmediateHttpResponse) as stopped:
        UnifiedAdapter().pre_social_login(rf.get("/"), unified(claims))
    assert stopped.value.response.status_code == 403
    assert "系统管理员" in stopped.value.response.content.decode()
    assert kinds() == ["SIGN_IN_FAILED"]


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(client, officer):
    answer = log_in(client)
    assert answer.cookies["sessionid"]["httponly"]
    assert answer.cookies["sessionid"]["samesite"] == "Lax"
