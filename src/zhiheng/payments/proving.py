"""The second factor of the public page: the last four of the party's number, or the QR token."""

import hmac
from datetime import datetime, timedelta

from django.db import transaction

from zhiheng.payments.models import PaymentOrder
from zhiheng.payments.services.orders import digest_of

MOST_TRIES = 5
SHUT = timedelta(minutes=15)


def holds_token(*, order: PaymentOrder | None, token: str) -> bool:
    """Whether somebody came by the QR code on the paper."""
    return order is not None and bool(token) and hmac.compare_digest(
        order.token.encode(), token.encode()
    )  # fmt: skip


def is_shut(*, order: PaymentOrder | None, at: datetime) -> bool:
    """Whether too many have guessed; for a while nobody is asked."""
    return order is not None and order.shut_until is not None and at < order.shut_until


@transaction.atomic
def knows_number(*, code: str, last_four: str, at: datetime) -> bool:
    """Whether the last four are the party's; an unknown code answers as a wrong number does."""
    order = PaymentOrder.objects.select_for_update().filter(code=code).first()
    if order is None or is_shut(order=order, at=at):
        return False
    right = bool(order.last_four) and hmac.compare_digest(
        order.last_four, digest_of(order.code, last_four)
    )
    order.tries = 0 if right else order.tries + 1
    if order.tries >= MOST_TRIES:
        order.tries, order.shut_until = 0, at + SHUT
    order.save(update_fields=["tries", "shut_until"])
    return right
