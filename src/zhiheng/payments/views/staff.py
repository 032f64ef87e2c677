"""The finance side: orders against money, one order with its money, refunds, cash on its way."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from zhiheng.kernel.clock import now, today
from zhiheng.kernel.errors import NotFound, ZhihengError
from zhiheng.payments.forms import CashForm, RefundForm
from zhiheng.payments.models import PaymentOrder
from zhiheng.payments.pages import (
    SHOWN,
    TONES,
    OrderPage,
    OrdersPage,
    orders_table,
    owed_facts,
    parts_table,
    payments_table,
    problems_of,
    refunds_table,
    where_to,
)
from zhiheng.payments.selectors import access_order_by_code, list_orders
from zhiheng.payments.services import cash as on_its_way
from zhiheng.payments.services import money
from zhiheng.people import api as people
from zhiheng.people.api import requires
from zhiheng.web.faces import Link
from zhiheng.web.pages import render_page
from zhiheng.web.paging import keyset

SIZE = 50


@require_safe
@requires("payment.view")
def orders(request: HttpRequest) -> HttpResponse:
    """Orders in scope, the newest first; all, late, differing, or with cash on its way."""
    show = request.GET.get("show", "")
    rows = keyset(
        list_orders(actor=request.actor, show=show, on=today()), order=("-id",),
        after=request.GET.get("after"), size=SIZE,
    )  # fmt: skip
    page = OrdersPage(
        filters=[Link(label, f"?show={key}" if key else "?", key == show) for key, label in SHOWN],
        table=orders_table(rows.items, on=today()), rows=rows,
    )  # fmt: skip
    return render_page(request, "payments/orders.html", page)


@require_safe
@requires("payment.view")
def order(request: HttpRequest, code: str) -> HttpResponse:
    """One order: what is owed, what came, what goes back."""
    found = access_order_by_code(actor=request.actor, code=code)
    return _show(request, found)


@requires("payment.record")
def refund(request: HttpRequest, code: str) -> HttpResponse:
    """Note that money was given back."""
    found = access_order_by_code(actor=request.actor, code=code)
    form = RefundForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        row = found.refunds.filter(pk=given["refund"]).first()
        if row is None:
            raise NotFound("没有这笔退款。", next_step="请回到缴款单查看。")
        try:
            money.give_back(
                refund=row, voucher_no=given["voucher_no"], paid_back_on=given["paid_back_on"],
                actor=request.actor, at=now(),
            )  # fmt: skip
            messages.success(request, "退还已登记。")
            return redirect("payment_order", code=code)
        except ZhihengError as refused:
            form.add_error(None, str(refused))
    return _show(request, found, refund_form=form if form.is_bound else None)


@requires("payment.record")
def cash(request: HttpRequest, code: str) -> HttpResponse:
    """Note that cash was handed in, or paid to the bank."""
    found = access_order_by_code(actor=request.actor, code=code)
    form = CashForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        row = found.payments.filter(pk=given["payment"]).first()
        if row is None:
            raise NotFound("没有这笔现金。", next_step="请回到缴款单查看。")
        try:
            on_its_way.cash_went_on(payment=row, what=given["what"], on=given["on"], at=now())
            messages.success(request, "现金去向已登记。")
            return redirect("payment_order", code=code)
        except ZhihengError as refused:
            form.add_error(None, str(refused))
    return _show(request, found, cash_form=form if form.is_bound else None)


def _show(
    request: HttpRequest, found: PaymentOrder, *, refund_form: RefundForm | None = None,
    cash_form: CashForm | None = None,
) -> HttpResponse:  # fmt: skip
    waiting = [row for row in found.refunds.all() if row.paid_back_on is None]
    cash_rows = [
        row for row in found.payments.all() if row.channel == "ON_SPOT" and not row.banked_on
    ]
    may = people.may(request.actor, "payment.record")
    if may and waiting and refund_form is None:
        refund_form = RefundForm(initial={"refund": waiting[0].pk, "paid_back_on": today()})
    cash_href = on_its_way.told_in(cash_rows[0]) if cash_rows else ""
    if may and cash_rows and cash_form is None and not cash_href:
        what = "banked" if cash_rows[0].handed_on else "handed"
        cash_form = CashForm(initial={"payment": cash_rows[0].pk, "what": what, "on": today()})
    page = OrderPage(
        code=found.code, number=found.case_number, state=found.get_state_display(),
        tone=TONES[found.state], back_href=reverse("payment_list"),
        case_href=reverse("dossier", args=[found.dossier_id]),
        facts=[*owed_facts(found, on=today()), *where_to(found)], parts=parts_table(found),
        payments=payments_table(found), refunds=refunds_table(list(found.refunds.all())),
        problems=problems_of(found), refund_form=refund_form, cash_form=cash_form,
        cash_href=cash_href,
        public_href=request.build_absolute_uri(
            f"{reverse('pay', args=[found.code])}?t={found.token}"
        ),
    )  # fmt: skip
    failed = any(form is not None and form.is_bound for form in (refund_form, cash_form))
    return render_page(request, "payments/order.html", page, status=422 if failed else 200)
