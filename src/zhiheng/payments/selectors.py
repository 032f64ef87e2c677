"""Reading orders: what is owed on a day, whose order a code is, where money and orders differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Sum
from django.urls import reverse

from zhiheng.kernel.errors import NotFound
from zhiheng.ledger.api import Dossier
from zhiheng.payments import policies
from zhiheng.payments.models import Payment, PaymentOrder, Refund
from zhiheng.people import api as people
from zhiheng.people.api import Actor


@dataclass(frozen=True)
class Owed:
    """What an order asks for on a day, in cents."""

    principal: int
    addition: int
    days: int
    paid: int
    due_now: int

    @property
    def total(self) -> int:
        """Everything, addition included."""
        return self.principal + self.addition

    @property
    def left(self) -> int:
        """What is still to be paid."""
        return max(0, self.total - self.paid)


def late_days(order: PaymentOrder, *, on: date) -> int:
    """Days after the due day that count, until the fine itself was paid."""
    pauses = [policies.Standing(each.since, each.until) for each in order.pauses.all()]
    last = min(on, order.principal_paid_on or on)
    return policies.days_late(due_on=order.due_on, on=last, pauses=pauses)


def gross_addition(order: PaymentOrder, *, on: date) -> int:
    """The addition before anything is waived, in cents, never above the cap; 0 unless stated."""
    if not order.addition_stated:
        return 0
    running = policies.late_addition(
        fine_cents=order.fine_cents, days=late_days(order, on=on), rate_percent=order.rate_percent,
        cap_percent=order.cap_percent,
    )  # fmt: skip
    return min(order.carried_cents + running, order.fine_cents * order.cap_percent // 100)


def owed(order: PaymentOrder, *, on: date) -> Owed:
    """What the order asks for on a day.

    The addition is owed only where the decision says so; it counts from the day after the last
    day that was granted, and stops with the day on which the fine itself was paid.
    """
    days = late_days(order, on=on)
    added = max(0, gross_addition(order, on=on) - order.waived_cents)
    coming = sum(part.cents for part in order.parts.all() if part.due_on > on)
    left = max(0, order.principal + added - order.paid_cents)
    return Owed(
        principal=order.principal, addition=added, days=days, paid=order.paid_cents,
        due_now=max(0, left - coming),
    )  # fmt: skip


def has_missed(order: PaymentOrder, *, on: date) -> bool:
    """Whether an instalment, or the whole, is past its day and unpaid."""
    if order.state != order.State.OPEN:
        return False
    parts = [policies.Part(each.due_on, each.cents) for each in order.parts.all()]
    if parts:
        since = order.paid_cents - order.paid_before_cents
        return policies.missed(parts=parts, paid=since, on=on)
    return on > order.due_on and order.paid_cents < order.principal


def fine_order_of(dossier: Dossier | int) -> PaymentOrder | None:
    """The order for the fine of a case, void ones left out."""
    pk = dossier if isinstance(dossier, int) else dossier.pk
    rows = PaymentOrder.objects.filter(dossier_id=pk, kind="FINE").exclude(state="VOID")
    return rows.prefetch_related("pauses", "parts").first()


def public_address(order: PaymentOrder) -> str:
    """Where whoever holds the paper pays: the address that its QR code leads to."""
    page = reverse("pay", args=[order.code])
    return f"{settings.SITE_URL.rstrip('/')}{page}?t={order.token}"


def orders_of(dossier: Dossier | int) -> QuerySet[PaymentOrder]:
    """All orders of a dossier, the first first."""
    pk = dossier if isinstance(dossier, int) else dossier.pk
    return PaymentOrder.objects.filter(dossier_id=pk).prefetch_related("pauses", "parts")


def refunds_open(dossier_ids: Sequence[int]) -> int:
    """What of revoked or wrong orders of these dossiers has not gone back yet, in cents."""
    reasons = (Refund.Reason.REVOKED, Refund.Reason.WRONG)
    rows = Refund.objects.filter(
        order__dossier_id__in=dossier_ids, reason__in=reasons, paid_back_on=None
    )
    return rows.aggregate(left=Sum("cents"))["left"] or 0


def order_by_code(code: str) -> PaymentOrder | None:
    """The order with a code, for whoever has proved to be its party; no scope applies."""
    rows = PaymentOrder.objects.filter(code=code).prefetch_related("pauses", "parts")
    return rows.first()


def access_order_by_code(*, actor: Actor, code: str) -> PaymentOrder:
    """The order, if it is there and within scope; absent and forbidden answer alike.

    Raises:
        NotFound: no such order, or not for this person.
    """
    found = (
        PaymentOrder.objects.filter(people.within(people.scope(actor, "payment.view")), code=code)
        .prefetch_related("pauses", "parts", "payments", "refunds")
        .first()
    )
    if found is None:
        raise NotFound("没有找到这张缴款单，或不在您的范围内。", next_step="请核对缴款码。")
    return found


def list_orders(*, actor: Actor, show: str, on: date) -> QuerySet[PaymentOrder]:
    """Orders in scope: all, overdue ones, or those where money and order differ."""
    rows = PaymentOrder.objects.filter(people.within(people.scope(actor, "payment.view")))
    if show == "late":
        rows = rows.filter(state="OPEN", due_on__lt=on)
    if show == "differs":
        rows = rows.filter(differing())
    if show == "cash":
        cash = Payment.objects.filter(order=OuterRef("pk"), channel="ON_SPOT", banked_on=None)
        rows = rows.filter(Exists(cash))
    return rows.prefetch_related(
        "pauses", "parts", Prefetch("payments", Payment.objects.order_by("pk")), "refunds"
    )


def differing() -> Q:
    """Money not entered in its case, or not yet given back."""
    unposted = Payment.objects.filter(order=OuterRef("pk"), posted_at=None, applied_cents__gt=0)
    back = Refund.objects.filter(order=OuterRef("pk"), paid_back_on=None)
    return Q(Exists(unposted)) | Q(Exists(back))


def unposted(limit: int = 200) -> list[Payment]:
    """Money that its case does not know of yet, the oldest first."""
    rows = Payment.objects.filter(posted_at=None, applied_cents__gt=0).select_related("order")
    return list(rows.order_by("pk")[:limit])


def payment_by_number(bank_no: str) -> Payment | None:
    """The money with a bank's number."""
    return Payment.objects.select_related("order").filter(bank_no=bank_no).first()


def access_receipt(*, code: str, receipt_no: str) -> Payment | None:
    """A receipt of an order; the caller has seen that the reader is its party."""
    rows = Payment.objects.select_related("order").filter(order__code=code, receipt_no=receipt_no)
    return rows.first()


def sum_is_wrong(order: PaymentOrder) -> bool:
    """Whether the order's paid sum is not that of its payments."""
    return order.paid_cents != sum(each.applied_cents for each in order.payments.all())
