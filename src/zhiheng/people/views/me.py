"""My account: what I am, my roles, who acts for me; and ending an acting."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from zhiheng.kernel.clock import today
from zhiheng.kernel.errors import Invalid
from zhiheng.people import api, selectors, services
from zhiheng.people.access import requires
from zhiheng.people.forms import ActingForm
from zhiheng.people.models import Account
from zhiheng.people.pages import MePage
from zhiheng.people.roles import Role
from zhiheng.web.pages import render_page


@requires("people.act")
def me(request: HttpRequest) -> HttpResponse:
    """Me and my roles; the form asks somebody to act for me."""
    account, on = _me(request), today()
    form = _form(request, account, on)
    if form.is_bound and form.is_valid():
        values = dict(form.cleaned_data)
        deputy = Account.objects.get(username=values.pop("deputy"))
        try:
            services.begin_acting(principal=account, deputy=deputy, by=request.actor, **values)
        except Invalid as wrong:
            for name, sentence in wrong.fields.items():
                form.add_error(name, sentence)
        else:
            messages.success(request, f"已请{deputy.name}代行，到期自己停。")
            return redirect("people_me")
    return render_page(request, "people/me.html", _page(request, account, on), form=form)


@requires("people.act")
@require_POST
def acting_end(request: HttpRequest, acting_id: int) -> HttpResponse:
    """End an acting early: the one acted for, the deputy, or an administrator."""
    acting = selectors.access_acting(
        actor=request.actor, scope=api.scope(request.actor, "people.manage"), acting_id=acting_id
    )
    services.end_acting(acting=acting, on=today(), by=request.actor)
    messages.success(request, f"{acting.deputy.name}代行已经结束。")
    return redirect("people_me")


def _me(request: HttpRequest) -> Account:
    """The account at the screen; `requires` has let nobody else in."""
    return Account.objects.get(pk=request.actor.account_id)


def _form(request: HttpRequest, account: Account, on: date) -> ActingForm:
    """Roles of one's own that may be handed on, colleagues that may take them."""
    own = selectors.own_roles(account=account, on=on)
    roles = [one.role for one in own if one.role not in services.PERSONAL_ROLES]
    return ActingForm(
        request.POST if request.method == "POST" else None,
        initial={"valid_from": on},
        roles=list(dict.fromkeys(roles)),
        deputies=selectors.colleagues(account=account),
    )


def _page(request: HttpRequest, account: Account, on: date) -> MePage:
    actings = list(selectors.actings_of(account=account)[:40])
    return MePage(
        facts=[
            ("姓名", account.name),
            ("登录名", account.username),
            ("单位", f"{account.agency_code} {account.unit}"),
            ("执法证号", account.certificate_no or "没有"),
        ],
        roles=[
            (
                Role(one.role).label,
                one.agency_code,
                f"代{one.acting_for}" if one.acting_for else "本人",
            )
            for one in request.actor.held
        ],
        given=[one for one in actings if one.principal_id == account.pk],
        held=[one for one in actings if one.deputy_id == account.pk],
        on=on,
    )
