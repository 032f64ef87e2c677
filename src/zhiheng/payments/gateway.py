"""The port to a payment gateway, and a simulator that says it is one.

A real gateway is connected by a class with `pay_page` and by the key it signs with; see
`docs/howto/connect-a-payment-gateway.md`. Both tell us of money by a signed message.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol

from django.conf import settings

from zhiheng.kernel.errors import Invalid, NotAllowed
from zhiheng.payments import policies, selectors
from zhiheng.payments.models import Payment
from zhiheng.payments.services import money

FIELDS = frozenset({"order", "bank_no", "cents", "channel", "account", "paid_on", "sent_at"})


class GatewayPort(Protocol):
    """What the platform asks of a gateway."""

    name: str
    simulated: bool

    def key(self) -> bytes:
        """The secret that both sides sign with."""

    def charge(
        self, *, order_code: str, cents: int, channel: str, account: str, bank_no: str,
        at: datetime, on: date,
    ) -> tuple[bytes, str]:  # fmt: skip
        """Take money from the party; returns the message about it and its signature."""


class SimulatedGateway:
    """模拟缴款网关: no money moves; the message is signed as a real one would be."""

    name = "模拟缴款网关"
    simulated = True

    def key(self) -> bytes:
        """A key made from the platform's own secret; a real gateway brings its own."""
        own = getattr(settings, "PAYMENT_GATEWAY_KEY", "") or settings.SECRET_KEY
        return hmac.new(own.encode(), b"zhiheng.payment-gateway", hashlib.sha256).digest()

    def charge(
        self, *, order_code: str, cents: int, channel: str, account: str, bank_no: str,
        at: datetime, on: date,
    ) -> tuple[bytes, str]:  # fmt: skip
        """Pretend that the party paid."""
        body = policies.canonical({
            "order": order_code, "bank_no": bank_no, "cents": cents, "channel": channel,
            "account": account, "paid_on": on.isoformat(), "sent_at": at.isoformat(),
        })  # fmt: skip
        return body, policies.sign(body, key=self.key())


def gateway() -> GatewayPort:
    """The gateway in use."""
    return SimulatedGateway()


def take_callback(*, body: bytes, signature: str, at: datetime) -> tuple[Payment, bool]:
    """Take in what the gateway says of money, if it is signed, fresh and about a known order.

    The same message again gives the earlier receipt. The case is told afterwards, apart.

    Raises:
        NotAllowed: not signed by the gateway, or too old.
        Invalid: not a message of ours.
        Conflict: the bank's number was used for other money.
    """
    if not policies.is_signed(body, signature=signature, key=gateway().key()):
        raise NotAllowed("签名不对。")
    message = _message(body)
    try:
        sent = datetime.fromisoformat(str(message["sent_at"]))
        told = money.Money(
            bank_no=str(message["bank_no"])[:64], cents=_cents(message["cents"]),
            channel=_channel(message["channel"]), account=str(message["account"]),
            paid_on=date.fromisoformat(str(message["paid_on"])),
        )  # fmt: skip
        age = abs((at - sent).total_seconds())
    except (ValueError, TypeError) as wrong:
        raise Invalid("报文内容不对。") from wrong
    if age > policies.FRESH_SECONDS:
        raise NotAllowed("报文已过时，请重新签发。")
    order = selectors.order_by_code(str(message["order"]))
    if order is None:
        raise Invalid("没有这个缴款码。")
    payment, fresh = money.receive(order=order, money=told, at=at)
    if payment.posted_at is None:
        money.post(payment, at=at)
    return payment, fresh


def _message(body: bytes) -> Mapping[str, Any]:
    try:
        message = json.loads(body)
    except ValueError as wrong:
        raise Invalid("报文不是 JSON。") from wrong
    if not isinstance(message, dict) or set(message) != FIELDS:
        raise Invalid("报文的字段不对。")
    return message


def _cents(value: Any) -> int:
    if type(value) is not int or not 0 < value < 10**13:
        raise Invalid("金额要是正整数，以分为单位。")
    return value


def _channel(value: Any) -> str:
    if value not in (Payment.Channel.BANK, Payment.Channel.ELECTRONIC):
        raise Invalid("渠道不对。")
    return str(value)
