"""The public page of an order: who has its code and knows the second factor sees and pays it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from zhiheng.kernel.clock import now, today
from zhiheng.kernel.errors import NotFound, ZhihengError
from zhiheng.payments import gateway as port
from zhiheng.payments import proving, selectors
from zhiheng.payments.forms import CodeForm, PayForm, ProofForm
from zhiheng.payments.models import PaymentOrder
from zhiheng.payments.pages import (
    TONES,
    PayPage,
    ReceiptPage,
    owed_facts,
    parts_table,
    receipts_table,
    where_to,
    yuan,
)
from zhiheng.web.pages import render_page

PROVED = "payments_proved"
LONGEST = 10_000


def pay_home(request: HttpRequest) -> HttpResponse:
    """Enter the code of a payment slip."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("pay", code=form.cleaned_data["code"])
    return render_page(request, "payments/pay_home.html", None, form=form)


@never_cache
@csrf_protect
def pay(request: HttpRequest, code: str) -> HttpResponse:
    """What is owed under a code, and paying it; first the second factor."""
    found = selectors.order_by_code(code)
    if proving.holds_token(order=found, token=request.GET.get("t", "")):
        _prove(request, code)
        return redirect("pay", code=code)
    if found is None or code not in request.session.get(PROVED, ()):
        return _ask(request, code, found)
    form = PayForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _charge(request, found, form)
    return _show(request, found, form)


def _ask(request: HttpRequest, code: str, found: PaymentOrder | None) -> HttpResponse:
    form = ProofForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if proving.knows_number(code=code, last_four=form.cleaned_data["last_four"], at=now()):
            _prove(request, code)
            return redirect("pay", code=code)
        form.add_error(None, "缴款码与末四位对不上。请对照缴款单再试；连错五次要等一刻钟。")
    status = 422 if form.is_bound else 200
    return render_page(request, "payments/pay_prove.html", None, form=form, status=status)


def _prove(request: HttpRequest, code: str) -> None:
    kept = [each for each in request.session.get(PROVED, ()) if each != code][-9:]
    request.session[PROVED] = [*kept, code]


def _charge(request: HttpRequest, found: PaymentOrder, form: PayForm) -> HttpResponse:
    """Pay at the gateway what stood on the page; if it changed meanwhile, show it anew."""
    given, gate = form.cleaned_data, port.gateway()
    bank_no = f"SIM{given['key']}"[:64]
    left = selectors.owed(found, on=today()).left
    known = selectors.payment_by_number(bank_no)
    if known is None and (found.state != found.State.OPEN or given["cents"] > left):
        form.add_error(None, "应缴的数额已经变了，请按现在的数额再缴。")
        return _show(request, found, form)
    body, signature = gate.charge(
        order_code=found.code, cents=given["cents"], channel=given["channel"],
        account=found.account, bank_no=bank_no, at=now(), on=today(),
    )  # fmt: skip
    try:
        payment, _ = port.take_callback(body=body, signature=signature, at=now())
    except ZhihengError as refused:
        form.add_error(None, str(refused))
        return _show(request, found, form)
    messages.success(request, "已缴款，电子票据已开出。")
    return redirect("pay_receipt", code=found.code, receipt_no=payment.receipt_no)


def _show(request: HttpRequest, found: PaymentOrder, form: PayForm) -> HttpResponse:
    current, gate = selectors.owed(found, on=today()), port.gateway()
    due = current.due_now or current.left
    page = PayPage(
        code=found.code, state=found.get_state_display(), tone=TONES[found.state],
        facts=[*owed_facts(found, on=today()), *where_to(found)], parts=parts_table(found),
        receipts=receipts_table(found), left=current.left if found.state == "OPEN" else 0,
        amount=yuan(due), gateway=gate.name, simulated=gate.simulated,
    )  # fmt: skip
    failed = form.errors
    if not form.is_bound or failed:
        problems = form.non_field_errors() if form.is_bound else []
        form = PayForm(initial={"cents": due})
        form.problems = list(problems)  # type: ignore[attr-defined]
    return render_page(request, "payments/pay.html", page, form=form, status=422 if failed else 200)


@never_cache
def receipt(request: HttpRequest, code: str, receipt_no: str) -> HttpResponse:
    """An electronic receipt, for who has proved to be the party."""
    if code not in request.session.get(PROVED, ()):
        return redirect("pay", code=code)
    payment = selectors.access_receipt(code=code, receipt_no=receipt_no)
    if payment is None:
        raise NotFound("没有这张票据。", next_step="请回到缴款页查看。")
    order, gate = payment.order, port.gateway()
    page = ReceiptPage(
        code=code, simulated=gate.simulated, gateway=gate.name,
        facts=[
            ("电子票据号", payment.receipt_no), ("缴款日期", payment.paid_on),
            ("金额", yuan(payment.applied_cents)), ("渠道", payment.get_channel_display()),
            ("银行流水号", payment.bank_no), ("缴款码", order.code), *where_to(order),
        ],
    )  # fmt: skip
    return render_page(request, "payments/receipt.html", page)


@csrf_exempt
@require_POST
def callback(request: HttpRequest) -> HttpResponse:
    """What the gateway tells us of money: signed, fresh, and the same answer however often."""
    body = request.body[: LONGEST + 1]
    if len(body) > LONGEST:
        return JsonResponse({"ok": False, "why": "报文太长。"}, status=413)
    try:
        payment, fresh = port.take_callback(
            body=body, signature=request.headers.get("X-Signature", ""), at=now()
        )
    except ZhihengError as refused:
        status = {"NotAllowed": 403, "Conflict": 409}.get(type(refused).__name__, 422)
        return JsonResponse({"ok": False, "why": refused.message}, status=status)
    return JsonResponse({"ok": True, "receipt_no": payment.receipt_no, "new": fresh})
