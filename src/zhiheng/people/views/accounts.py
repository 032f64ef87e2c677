"""Accounts: the list, one account, opening one, and what an administrator does to it."""

from datetime import date

from axes.utils import reset
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from zhiheng.kernel.clock import today
from zhiheng.kernel.errors import Invalid
from zhiheng.people import api, selectors, services
from zhiheng.people.access import requires
from zhiheng.people.forms import AccountForm, GrantForm
from zhiheng.people.models import Account, RoleGrant, SecurityEvent
from zhiheng.people.pages import AccountListPage, AccountPage, FormPage, account_table
from zhiheng.web.faces import Link
from zhiheng.web.pages import render_page
from zhiheng.web.paging import keyset

MANAGE = "people.manage"


@requires(MANAGE)
def account_list(request: HttpRequest) -> HttpResponse:
    """Accounts of the region, searched by name, login name, unit, agency or certificate."""
    query = request.GET.get("q", "")
    found = selectors.accounts_in(scope=api.scope(request.actor, MANAGE), text=query)
    rows = keyset(found, order=("username",), after=request.GET.get("after"), size=50)
    roles = selectors.roles_today(accounts=list(rows), on=today())
    page = AccountListPage(rows=rows, table=account_table(rows=rows, roles=roles), query=query)
    return render_page(request, "people/account_list.html", page)


@requires(MANAGE)
def account_new(request: HttpRequest) -> HttpResponse:
    """Open an account in the administrator's own region; the password is shown once."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = services.create_account(
                **form.cleaned_data,
                region_code=request.actor.region_code,
                password=None,
                by=request.actor,
            )
        except Invalid as wrong:
            _put_errors(form, wrong)
        else:
            return _show_password(request, account)
    page = FormPage(
        title="开通账号", lead="开通后再授予角色；没有角色的账号什么也看不到。",
        action="开通并生成初始密码", back_href=reverse("account_list"), crumbs=_crumbs("开通账号"),
    )  # fmt: skip
    return render_page(request, "people/form.html", page, form=form)


@requires(MANAGE)
def account_show(request: HttpRequest, username: str) -> HttpResponse:
    """One account; the form grants a role."""
    account, on = _account(request, username), today()
    form = GrantForm(request.POST) if request.method == "POST" else GrantForm.fresh(
        account=account, on=on
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            grant = services.grant_role(account=account, by=request.actor, **form.cleaned_data)
        except Invalid as wrong:
            _put_errors(form, wrong)
        else:
            messages.success(request, f"已授予“{grant.get_role_display()}”，下一次点击就生效。")
            return redirect("account_show", username=username)
    return render_page(request, "people/account.html", _page(request, account, on), form=form)


@requires(MANAGE)
@require_POST
def grant_revoke(request: HttpRequest, grant_id: int) -> HttpResponse:
    """Take a role back at once."""
    scope = api.scope(request.actor, MANAGE)
    grant = selectors.access_grant(scope=scope, grant_id=grant_id)
    services.revoke_role(grant=grant, on=today(), by=request.actor)
    messages.success(request, f"已收回{grant.account.name}的“{grant.get_role_display()}”。")
    return redirect("account_show", username=grant.account.username)


@requires(MANAGE)
@require_POST
def account_active(request: HttpRequest, username: str) -> HttpResponse:
    """Disable or enable."""
    account, active = _account(request, username), request.POST.get("active") == "1"
    services.set_active(account=account, active=active, by=request.actor)
    messages.success(request, f"{account.name}的账号已{'启用' if active else '停用'}。")
    return redirect("account_show", username=username)


@requires(MANAGE)
@require_POST
def account_password(request: HttpRequest, username: str) -> HttpResponse:
    """Make a new password, shown once, changed by the person at the next sign-in."""
    return _show_password(request, _account(request, username))


@requires(MANAGE)
@require_POST
def account_unlock(request: HttpRequest, username: str) -> HttpResponse:
    """Lift a lock-out before its time."""
    account = _account(request, username)
    reset(username=username)
    services.record_security_event(
        kind=SecurityEvent.Kind.UNLOCKED, actor=request.actor, detail={"account": username}
    )
    messages.success(request, f"{account.name}现在可以再试着登录了。")
    return redirect("account_show", username=username)


def _account(request: HttpRequest, username: str) -> Account:
    scope = api.scope(request.actor, MANAGE)
    return selectors.access_account(scope=scope, username=username)


def _show_password(request: HttpRequest, account: Account) -> HttpResponse:
    """The one time that a password is shown."""
    word = services.reset_password(account=account, by=request.actor)
    page = {"account": account, "word": word, "crumbs": _crumbs("初始密码")}
    return render_page(request, "people/password.html", page)


def _page(request: HttpRequest, account: Account, on: date) -> AccountPage:
    facts = [
        ("登录名", account.username),
        ("单位", f"{account.agency_code} {account.unit}"),
        ("区域", account.region_code),
        ("执法证号", account.certificate_no or "没有"),
        ("状态", "在用" if account.is_active else "停用"),
    ]
    grants: list[RoleGrant] = list(selectors.grants_of(account=account)[:50])
    return AccountPage(
        account=account, facts=facts, grants=grants, on=on,
        actings=list(selectors.actings_of(account=account)[:50]),
        is_self=account.pk == request.actor.account_id, crumbs=_crumbs(account.name),
    )  # fmt: skip


def _crumbs(last: str) -> list[Link]:
    return [Link("人员与岗位", reverse("account_list")), Link(last)]


def _put_errors(form: forms.Form, wrong: Invalid) -> None:
    """Show a service's refusal beside the fields that it names."""
    for name, sentence in wrong.fields.items():
        form.add_error(name if name in form.fields else None, sentence)
    if not wrong.fields:
        form.add_error(None, str(wrong))
