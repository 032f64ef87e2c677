"""Cash taken on the spot, on its way to the bank."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import Invalid
from zhiheng.ledger import api as ledger
from zhiheng.payments.models import Payment, PaymentOrder
from zhiheng.procedures import api as procedures

HAND_IN, TO_BANK = "payment.cash-hand-in", "payment.cash-to-bank"
WHEN = {"handed": "handed_on", "banked": "banked_on"}
Place = Callable[[Payment], str]
_places: list[Place] = []


def cash_is_told_in(place: Place) -> None:
    """Who keeps the matter says where its cash is told of; called once at start."""
    if place not in _places:
        _places.append(place)


def told_in(payment: Payment) -> str:
    """The address of the matter that is told where its cash went; empty: it is told here."""
    return next((found for place in _places if (found := place(payment))), "")


def note_cash(*, order: PaymentOrder, what: str, on: date) -> None:
    """The matter was told that its cash was handed in, or banked: the order says so too."""
    name = WHEN[what]
    rows = order.payments.filter(channel=Payment.Channel.ON_SPOT, **{name: None})
    rows.update(**{name: on})


@transaction.atomic
def cash_went_on(*, payment: Payment, what: str, on: date, at: datetime) -> Payment:
    """Cash taken on the spot was handed in (`handed`), or paid to the bank (`banked`).

    Law: 行政处罚法第七十一条.

    Raises:
        Invalid: it cannot have happened on that day, or the case is told of it instead.
    """
    if told_in(payment):
        raise Invalid(
            "这笔现金在案件里登记。", next_step="请到案件里办“现金交回机关”“现金缴付银行”。"
        )
    held = Payment.objects.select_for_update().get(pk=payment.pk)
    before = held.paid_on if what == "handed" else held.handed_on
    if held.channel != Payment.Channel.ON_SPOT or before is None:
        raise Invalid("要先交回机关，再缴付银行。")
    if on < before or on > local_date(at):
        raise Invalid("日期不对，请填实际发生的日期。", fields={"on": "请填实际发生的日期。"})
    name = WHEN[what]
    setattr(held, name, on)
    held.save(update_fields=[name])
    _turn_clocks(held, what=what, on=on, at=at)
    return held


def _turn_clocks(payment: Payment, *, what: str, on: date, at: datetime) -> None:
    """The two working days to the organ end; those to the bank begin, or end."""
    dossier = payment.order.dossier
    if what == "banked":
        ledger.meet_deadline(dossier=dossier, rule_id=TO_BANK, at=at)
        return
    ledger.meet_deadline(dossier=dossier, rule_id=HAND_IN, at=at)
    terms = procedures.terms_of(TO_BANK, on=on, domain="base", region=dossier.region_code)
    if terms is not None:
        ledger.start_deadline(dossier=dossier, rule=terms, start_on=on, at=at)
