"""Issuing an order and changing by when, and how much, it asks for."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from zhiheng.kernel.ciphers import match_hash
from zhiheng.kernel.errors import Conflict
from zhiheng.ledger.api import Dossier
from zhiheng.payments import selectors
from zhiheng.payments.models import Instalment, Pause, PaymentOrder, Refund
from zhiheng.payments.policies import Part
from zhiheng.rulebook import api as rulebook

LATE = "payment.late-rate"
CAP = "payment.late-cap"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What a decision asks for, and where it is to be paid.

    Attributes:
        fine_cents: the fine; the addition is counted on it alone.
        other_cents: confiscated gains, or costs of substitute performance.
        party_number: citizen number or credit code; only its last four are kept, as a digest.
    """

    case_number: str
    organ_name: str
    bank: str
    account: str
    decision_number: str
    due_on: date
    party_number: str
    fine_cents: int = 0
    other_cents: int = 0
    addition_stated: bool = False
    kind: str = PaymentOrder.Kind.FINE


@transaction.atomic
def issue_order(*, dossier: Dossier, claim: Claim, at: datetime, on: date) -> PaymentOrder:
    """Make the order for a decision; a case has one for its fine, the same one again.

    Raises:
        Conflict: the organ has no account for fines on the register (G-098).

    Law: 行政处罚法第六十七条, 第七十四条; 罚缴分离办法第七条.
    """
    if claim.kind == PaymentOrder.Kind.FINE:
        found = selectors.fine_order_of(dossier)
        if found is not None:
            return found
    if not claim.account.strip():
        raise Conflict(
            f"{claim.organ_name}没有登记收款账号，不能开缴款单。",
            next_step="请要素管理员在主体登记里填上国库收款账号，再办这一步。",
        )
    book = rulebook.current()
    order = PaymentOrder(
        code=new_code(on), kind=claim.kind, dossier=dossier, case_number=claim.case_number,
        region_code=dossier.region_code, agency_code=dossier.agency_code,
        organ_name=claim.organ_name, bank=claim.bank, account=claim.account,
        decision_number=claim.decision_number, fine_cents=claim.fine_cents,
        other_cents=claim.other_cents, addition_stated=claim.addition_stated,
        rate_percent=int(book.parameter(LATE, on=on).value),
        cap_percent=int(book.parameter(CAP, on=on).value), due_on=claim.due_on, issued_at=at,
        token=secrets.token_urlsafe(18),
    )  # fmt: skip
    order.last_four = digest_of(order.code, claim.party_number[-4:]) if claim.party_number else ""
    order.save()
    return order


def new_code(on: date) -> str:
    """A code that nobody guesses: year and month, then fourteen random digits."""
    return f"{on:%y%m}{secrets.randbelow(10**14):014d}"


def digest_of(code: str, last_four: str) -> str:
    """The keyed digest of the last four characters, bound to its order."""
    return match_hash(f"{code}{last_four.strip().upper()}")


def lock_order(order_id: int) -> PaymentOrder:
    """The order as it stands, held until the transaction ends."""
    return PaymentOrder.objects.select_for_update().get(pk=order_id)


@transaction.atomic
def reschedule(
    *, order: PaymentOrder, until: date, parts: Sequence[Part], carried: int = 0
) -> PaymentOrder:
    """Grant a later day, or instalments; the addition counts only after the last of them.

    `carried` is the addition that had grown before and stays owed: only an agreement in
    execution may waive it, and by `waive`.

    Law: 行政处罚法第六十六条第二款, 第七十二条第二款; 行政强制法第四十二条.
    """
    held = lock_order(order.pk)
    if held.state != PaymentOrder.State.OPEN:
        raise Conflict("这张缴款单已经缴清或者作废。", next_step="请查看缴款单。")
    Instalment.objects.filter(order=held).delete()
    Instalment.objects.bulk_create(
        Instalment(order=held, number=number, due_on=part.due_on, cents=part.cents)
        for number, part in enumerate(parts, start=1)
    )
    held.due_on = held.granted_until = until
    held.carried_cents, held.paid_before_cents = carried, held.paid_cents
    held.save(update_fields=["due_on", "granted_until", "carried_cents", "paid_before_cents"])
    return held


@transaction.atomic
def fall_due(*, order: PaymentOrder, on: date) -> PaymentOrder:
    """The schedule was broken: all that is left is due on this day."""
    held = lock_order(order.pk)
    Instalment.objects.filter(order=held).delete()
    held.due_on = on
    held.save(update_fields=["due_on"])
    return held


@transaction.atomic
def waive(*, order: PaymentOrder, cents: int, on: date) -> PaymentOrder:
    """Leave off so much of the addition, never of the fine (行政强制法 42)."""
    held = lock_order(order.pk)
    held.waived_cents += cents
    held.save(update_fields=["waived_cents"])
    return settle(held, on=on)


def settle(order: PaymentOrder, *, on: date) -> PaymentOrder:
    """Say whether the order is paid now; the caller holds it."""
    fresh = PaymentOrder.objects.prefetch_related("pauses", "parts").get(pk=order.pk)
    if fresh.state == PaymentOrder.State.VOID:
        return fresh
    paid = fresh.paid_cents >= fresh.principal and selectors.owed(fresh, on=on).left == 0
    fresh.state = PaymentOrder.State.PAID if paid else PaymentOrder.State.OPEN
    fresh.settled_on = (fresh.settled_on or on) if paid else None
    fresh.save(update_fields=["state", "settled_on"])
    return fresh


@transaction.atomic
def keep_pauses(*, order: PaymentOrder, spans: dict[str, tuple[date, date | None]]) -> None:
    """Put down in which spans no addition runs, by the proceeding that caused each.

    Law: 行政处罚法第七十三条第三款.
    """
    held = lock_order(order.pk)
    for key, (since, until) in spans.items():
        Pause.objects.update_or_create(
            order=held, key=key, defaults={"since": since, "until": until}
        )


@transaction.atomic
def void_order(*, order: PaymentOrder, reason: str, at: datetime) -> PaymentOrder:
    """The decision is gone: nothing is owed, and what was paid is to be given back.

    Law: 行政处罚法第七十五条第二款; 行政强制法第四十一条.
    """
    held = lock_order(order.pk)
    if held.state == PaymentOrder.State.VOID:
        return held
    held.state = PaymentOrder.State.VOID
    held.save(update_fields=["state"])
    for payment in held.payments.filter(applied_cents__gt=0):
        Refund.objects.create(
            order=held, payment=payment, cents=payment.applied_cents, reason=reason, made_at=at
        )
    return held
