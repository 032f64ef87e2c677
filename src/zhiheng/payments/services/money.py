"""Money that comes in, once each; money that goes back."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import Conflict, Invalid, ZhihengError
from zhiheng.payments import policies, selectors
from zhiheng.payments.models import Payment, PaymentOrder, Refund
from zhiheng.payments.services.orders import lock_order, settle
from zhiheng.people.api import Actor

logger = logging.getLogger(__name__)
Poster = Callable[[Payment, datetime], None]
_posters: list[Poster] = []


@dataclass(frozen=True, kw_only=True)
class Money:
    """What a bank, a gateway, an officer or a court tells us of money."""

    bank_no: str
    cents: int
    channel: str
    account: str
    paid_on: date
    receipt_no: str = ""


def on_receipt(poster: Poster) -> None:
    """Who wants to know of money does so in a transaction of its own; called once at start."""
    if poster not in _posters:
        _posters.append(poster)


@transaction.atomic
def receive(
    *, order: PaymentOrder, money: Money, at: datetime, posted: bool = False
) -> tuple[Payment, bool]:
    """Take money in; the same bank number again gives the earlier receipt and False.

    What exceeds the order is its own line, to be given back. Money on another account than the
    order's is refused (G-098): it is not the treasury's.

    Raises:
        Invalid: no amount, or the wrong account.
        Conflict: the number was used for other money.
    """
    if money.cents <= 0:
        raise Invalid("缴款数额要大于零。")
    held = lock_order(order.pk)
    earlier = selectors.payment_by_number(money.bank_no)
    if earlier is not None:
        if (earlier.order_id, earlier.cents) != (held.pk, money.cents):
            raise Conflict("这个银行流水号已经用在另一笔款上。", next_step="请与代收银行核对流水。")
        return earlier, False
    if money.account != held.account:
        raise Invalid("收款账号不是这张缴款单的国库账号，不能入账。")
    left = 0 if held.state == held.State.VOID else selectors.owed(held, on=money.paid_on).left
    taken, back = policies.applied(received=money.cents, left=left)
    payment = Payment.objects.create(
        order=held, bank_no=money.bank_no, channel=money.channel, cents=money.cents,
        receipt_no=money.receipt_no or f"E{held.code[:4]}{held.pk:08d}{_next(held):04d}",
        applied_cents=taken, account=money.account, paid_on=money.paid_on, received_at=at,
        posted_at=at if posted else None,
    )  # fmt: skip
    if back:
        Refund.objects.create(
            order=held, payment=payment, cents=back, reason=Refund.Reason.TOO_MUCH, made_at=at
        )
    _count(held, taken=taken, paid_on=money.paid_on)
    return payment, True


def _next(order: PaymentOrder) -> int:
    return order.payments.count() + 1


def _count(order: PaymentOrder, *, taken: int, paid_on: date) -> None:
    order.paid_cents += taken
    if order.principal_paid_on is None and order.paid_cents >= order.principal:
        order.principal_paid_on = paid_on
    order.save(update_fields=["paid_cents", "principal_paid_on"])
    settle(order, on=paid_on)


def post(payment: Payment, *, at: datetime) -> bool:
    """Tell whoever keeps the matter; what they refuse is kept with the reason, for people.

    Money is never lost by it: it was received before.
    """
    if payment.applied_cents == 0:
        return True
    try:
        with transaction.atomic():
            for poster in _posters:
                poster(payment, at)
            Payment.objects.filter(pk=payment.pk).update(posted_at=at, problem="")
    except ZhihengError as refused:
        logger.warning("Payment %s not posted: %s", payment.bank_no, refused.message)
        Payment.objects.filter(pk=payment.pk).update(problem=str(refused)[:300])
        return False
    return True


def post_waiting(*, at: datetime) -> tuple[int, int]:
    """Try again what was not entered; returns how many went through and how many did not."""
    done = failed = 0
    for payment in selectors.unposted():
        if post(payment, at=at):
            done += 1
        else:
            failed += 1
    return done, failed


@transaction.atomic
def give_back(
    *, refund: Refund, voucher_no: str, paid_back_on: date, actor: Actor, at: datetime
) -> Refund:
    """The treasury has given money back; once, with its voucher.

    Raises:
        Conflict: it was given back already.
        Invalid: no voucher, or a day to come.
    """
    held = Refund.objects.select_for_update().get(pk=refund.pk)
    if held.paid_back_on is not None:
        raise Conflict("这笔已经退还。", next_step="请查看退付凭证。")
    if not voucher_no.strip():
        raise Invalid("请填写退付凭证号。", fields={"voucher_no": "请填写退付凭证号。"})
    if paid_back_on > local_date(at):
        raise Invalid("日期还没有到。", fields={"paid_back_on": "请填实际退还的日期。"})
    held.voucher_no, held.paid_back_on = voucher_no.strip(), paid_back_on
    held.by_name = actor.name
    held.save(update_fields=["voucher_no", "paid_back_on", "by_name"])
    return held
