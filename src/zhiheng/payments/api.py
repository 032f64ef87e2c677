"""Front door of payments: orders, what is owed, money in and out."""

from zhiheng.payments.gateway import gateway, take_callback
from zhiheng.payments.models import Payment, PaymentOrder, Refund
from zhiheng.payments.policies import Part, read_schedule
from zhiheng.payments.selectors import (
    Owed,
    fine_order_of,
    gross_addition,
    has_missed,
    late_days,
    orders_of,
    owed,
    public_address,
    refunds_open,
    sum_is_wrong,
)
from zhiheng.payments.services.cash import cash_is_told_in, note_cash
from zhiheng.payments.services.money import Money, on_receipt, post, post_waiting, receive
from zhiheng.payments.services.orders import (
    Claim,
    fall_due,
    issue_order,
    keep_pauses,
    reschedule,
    void_order,
    waive,
)

__all__ = [
    "Claim",
    "Money",
    "Owed",
    "Part",
    "Payment",
    "PaymentOrder",
    "Refund",
    "cash_is_told_in",
    "fall_due",
    "fine_order_of",
    "gateway",
    "gross_addition",
    "has_missed",
    "issue_order",
    "keep_pauses",
    "late_days",
    "note_cash",
    "on_receipt",
    "orders_of",
    "owed",
    "post",
    "post_waiting",
    "public_address",
    "read_schedule",
    "receive",
    "refunds_open",
    "reschedule",
    "sum_is_wrong",
    "take_callback",
    "void_order",
    "waive",
]
