"""Sign-in: what allauth, axes and the unified sign-in ask of us, and what the security log hears.

Accounts are opened by a system administrator; nobody registers. The signals below are those of
other packages and only write the log; they steer nothing.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhiheng.kernel import ciphers
from zhiheng.people import services
from zhiheng.people.models import Account, SecurityEvent
from zhiheng.web.pages import render_problem

Kind = SecurityEvent.Kind


class AccountAdapter(DefaultAccountAdapter):
    """Nobody registers; login names are not told apart by case."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: an administrator opens accounts."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """Login names are kept in small letters."""
        if "username" in credentials:
            credentials["username"] = credentials["username"].strip().lower()
        return super().authenticate(request, **credentials)


class FactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are sealed like every other secret."""

    def encrypt(self, text: str) -> str:
        """Seal with the field key."""
        return ciphers.seal_field(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open with the field key."""
        return ciphers.open_field(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name that a phone shows when it asks for the passkey."""
        return super().get_public_key_credential_rp_entity() | {"name": "执衡"}


class UnifiedAdapter(DefaultSocialAccountAdapter):
    """Unified sign-in (OpenID Connect): the claim names an account that exists here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Closed: an administrator opens accounts."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Tie the identity to the account of that login name, or say that there is none."""
        if sociallogin.is_existing:
            return
        claims = sociallogin.account.extra_data or {}
        claims = claims | claims.get("userinfo", {}) | claims.get("id_token", {})
        name = str(claims.get(settings.OIDC_USERNAME_CLAIM, "")).strip().lower()
        account = Account.objects.filter(username=name, is_active=True).first() if name else None
        if account is None:
            services.record_security_event(
                kind=Kind.SIGN_IN_FAILED,
                username=name,
                detail={"way": "统一身份登录", "why": "没有对应账号"},
                ip=ip_of(request),
            )
            raise ImmediateHttpResponse(_no_account(request))
        sociallogin.connect(request, account)


def _no_account(request: HttpRequest) -> HttpResponse:
    return render_problem(
        request,
        title="统一身份已通过，但这里没有您的账号。",
        next_step="请本单位系统管理员开通账号，登录名与统一身份一致。",
        status=403,
        back_href="/account/login/",
    )


def login_name_of(request: HttpRequest | None, credentials: dict | None) -> str:
    """The account that is being tried, for counting wrong passwords."""
    typed = (credentials or {}).get("username")
    if typed is None and request is not None:
        typed = request.POST.get("login", "")
    return str(typed or "").strip().lower()


def locked_response(
    request: HttpRequest, original_response: HttpResponse | None, credentials: dict | None
) -> HttpResponse:
    """The page after too many wrong passwords: why, how long, what to do."""
    minutes = round(settings.AXES_COOLOFF_TIME.total_seconds() / 60)
    context = {"cooloff_timedelta": f"{minutes} 分钟", "limit": settings.AXES_FAILURE_LIMIT}
    return render(request, "account/locked.html", context, status=429)


def ip_of(request: HttpRequest | None) -> str | None:
    """The address a request came from, as the web server saw it."""
    return request.META.get("REMOTE_ADDR") or None if request is not None else None


def _on_signed_in(sender: Any, request: HttpRequest, user: Account, **_: Any) -> None:
    services.record_security_event(kind=Kind.SIGNED_IN, account=user, ip=ip_of(request))


def _on_signed_out(sender: Any, request: HttpRequest, user: Account | None, **_: Any) -> None:
    if user is not None:
        services.record_security_event(kind=Kind.SIGNED_OUT, account=user, ip=ip_of(request))


def _on_failed(
    sender: Any, credentials: dict, request: HttpRequest | None = None, **_: Any
) -> None:
    name = str(credentials.get("username", "")).lower()
    services.record_security_event(kind=Kind.SIGN_IN_FAILED, username=name, ip=ip_of(request))


def _on_locked(sender: Any, request: HttpRequest, username: str, **_: Any) -> None:
    services.record_security_event(kind=Kind.LOCKED_OUT, username=username, ip=ip_of(request))


def _on_password(sender: Any, request: HttpRequest, user: Account, **_: Any) -> None:
    Account.objects.filter(pk=user.pk).update(password_temporary=False)
    services.record_security_event(kind=Kind.PASSWORD_CHANGED, account=user, ip=ip_of(request))


def _on_factor(
    sender: Any, request: HttpRequest, user: Account, authenticator: Any, **_: Any
) -> None:
    detail = {"factor": authenticator.type}
    services.record_security_event(
        kind=Kind.FACTOR_CHANGED, account=user, detail=detail, ip=ip_of(request)
    )


def _on_factor_failed(sender: Any, request: HttpRequest, user: Account, **_: Any) -> None:
    services.record_security_event(
        kind=Kind.SIGN_IN_FAILED, account=user, detail={"way": "二次验证"}, ip=ip_of(request)
    )


def listen() -> None:
    """Let the security log hear what other packages announce."""
    from allauth.account.signals import password_changed, password_set
    from allauth.mfa import signals as factors
    from axes.signals import user_locked_out
    from django.contrib.auth import signals as auth

    auth.user_logged_in.connect(_on_signed_in, dispatch_uid="people.signed_in")
    auth.user_logged_out.connect(_on_signed_out, dispatch_uid="people.signed_out")
    auth.user_login_failed.connect(_on_failed, dispatch_uid="people.failed")
    user_locked_out.connect(_on_locked, dispatch_uid="people.locked")
    password_changed.connect(_on_password, dispatch_uid="people.password_changed")
    password_set.connect(_on_password, dispatch_uid="people.password_set")
    factors.authentication_failed.connect(_on_factor_failed, dispatch_uid="people.factor_failed")
    for number, signal in enumerate(
        (factors.authenticator_added, factors.authenticator_removed, factors.authenticator_reset)
    ):
        signal.connect(_on_factor, dispatch_uid=f"people.factor.{number}")
