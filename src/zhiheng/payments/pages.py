"""What the payment screens may show. The public page shows nothing personal."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from zhiheng.kernel import money
from zhiheng.payments import selectors
from zhiheng.payments.models import Payment, PaymentOrder, Refund
from zhiheng.web.faces import Cell, Link, Table, Tone
from zhiheng.web.paging import Page

TONES: dict[str, Tone] = {"OPEN": "warn", "PAID": "ok", "VOID": "plain"}
SHOWN = (("", "全部"), ("late", "逾期"), ("differs", "有差异"), ("cash", "现金在途"))


@dataclass(frozen=True)
class PayPage:
    """What a party sees: what is owed, by when, to whom."""

    code: str
    state: str
    tone: Tone
    facts: list[tuple[str, Any]]
    parts: Table | None
    receipts: Table | None
    left: int
    amount: str
    gateway: str
    simulated: bool


@dataclass(frozen=True)
class ReceiptPage:
    """An electronic receipt."""

    code: str
    facts: list[tuple[str, Any]]
    simulated: bool
    gateway: str


@dataclass(frozen=True)
class OrdersPage:
    """Orders against money."""

    filters: list[Link]
    table: Table
    rows: Page[PaymentOrder]
    title: str = "缴款与对账"


@dataclass(frozen=True)
class OrderPage:
    """One order for the finance side."""

    code: str
    number: str
    state: str
    tone: Tone
    back_href: str
    case_href: str
    facts: list[tuple[str, Any]]
    parts: Table | None
    payments: Table | None
    refunds: Table | None
    problems: list[str]
    public_href: str
    refund_form: Any
    cash_form: Any
    cash_href: str


def yuan(cents: int) -> str:
    """Money as it stands on a page."""
    return f"{money.yuan(cents)} 元"


def owed_facts(order: PaymentOrder, *, on: date) -> list[tuple[str, Any]]:
    """What is owed, line by line."""
    now = selectors.owed(order, on=on)
    rows: list[tuple[str, Any]] = []
    if order.fine_cents:
        rows.append(("罚款", yuan(order.fine_cents)))
    if order.other_cents:
        rows.append(("代履行费用" if order.kind == "COST" else "没收", yuan(order.other_cents)))
    if now.addition:
        rows.append((f"加处罚款（逾期 {now.days} 日）", yuan(now.addition)))
    if order.waived_cents:
        rows.append(("已减免加处", yuan(order.waived_cents)))
    rows += [("已缴", yuan(now.paid)), ("还应缴", yuan(now.left))]
    return [*rows, ("应缴日期", order.due_on)]


def where_to(order: PaymentOrder) -> list[tuple[str, Any]]:
    """To whom and into which account."""
    return [
        ("作出决定的机关", order.organ_name), ("决定书文号", order.decision_number or "—"),
        ("代收银行", order.bank), ("国库收款账号", order.account),
    ]  # fmt: skip


def parts_table(order: PaymentOrder) -> Table | None:
    """The instalments."""
    parts = sorted(order.parts.all(), key=lambda part: part.number)
    rows = tuple(
        (Cell(f"第 {p.number} 期", "strong"), Cell(p.due_on, "date"), Cell(yuan(p.cents), "num"))
        for p in parts
    )
    return Table(("期次", "应缴日期", "金额"), rows, "分期") if rows else None


def receipts_table(order: PaymentOrder) -> Table | None:
    """Receipts of the party."""
    rows = tuple(
        (
            Cell(p.receipt_no, "strong", href=reverse("pay_receipt", args=[order.code, p.receipt_no])),
            Cell(p.paid_on, "date"), Cell(yuan(p.applied_cents), "num"),
        )
        for p in order.payments.order_by("pk")
    )  # fmt: skip
    return Table(("电子票据号", "缴款日期", "金额"), rows, "已缴") if rows else None


def payments_table(order: PaymentOrder) -> Table | None:
    """Money as the finance side sees it."""
    rows = tuple(
        (
            Cell(p.bank_no, "strong", note=p.receipt_no), Cell(p.get_channel_display()),
            Cell(yuan(p.cents), "num", note=_applied(p)), Cell(p.paid_on, "date"),
            Cell(_posted(p), "tag", "ok" if p.posted_at else "stop", note=p.problem),
            Cell(_cash(p)),
        )
        for p in order.payments.all()
    )  # fmt: skip
    columns = ("流水号", "渠道", "收到", "缴款日期", "案件", "现金")
    return Table(columns, rows, "到账") if rows else None


def _applied(payment: Payment) -> str:
    same = payment.applied_cents == payment.cents
    return "" if same else f"入账 {money.yuan(payment.applied_cents)}"


def _posted(payment: Payment) -> str:
    return "已记入" if payment.posted_at else "没有记入" if payment.applied_cents else "多缴待退"


def _cash(payment: Payment) -> str:
    if payment.channel != Payment.Channel.ON_SPOT:
        return "—"
    if payment.banked_on:
        return f"{payment.banked_on} 已缴银行"
    return f"{payment.handed_on} 已交机关" if payment.handed_on else "在执法人员手中"


def refunds_table(rows: list[Refund]) -> Table | None:
    """Money to give back."""
    table = tuple(
        (
            Cell(r.get_reason_display(), "strong"), Cell(yuan(r.cents), "num"),
            Cell(r.paid_back_on or "待退", "tag", "ok" if r.paid_back_on else "warn"),
            Cell(r.voucher_no or "—"),
        )
        for r in rows
    )  # fmt: skip
    return Table(("原因", "金额", "退还", "凭证"), table, "退款") if table else None


def orders_table(rows: list[PaymentOrder], *, on: date) -> Table:
    """Orders in a row each: owed against received."""
    return Table(
        ("案号", "类别", "应缴", "已缴", "还应缴", "应缴日期", "状态"),
        tuple(_order_row(order, on=on) for order in rows), "缴款单",
    )  # fmt: skip


def _order_row(order: PaymentOrder, *, on: date) -> tuple[Cell | str, ...]:
    now = selectors.owed(order, on=on)
    differs = problems_of(order)
    state = "有差异" if differs else order.get_state_display()
    return (
        Cell(order.case_number, "strong", href=reverse("payment_order", args=[order.code]), note=order.code),
        Cell(order.get_kind_display()), Cell(yuan(now.total), "num"), Cell(yuan(now.paid), "num"),
        Cell(yuan(now.left if order.state != "VOID" else 0), "num"), Cell(order.due_on, "date"),
        Cell(state, "tag", "stop" if differs else TONES[order.state]),
    )  # fmt: skip


def problems_of(order: PaymentOrder) -> list[str]:
    """Where money and order differ, in sentences."""
    found = [
        f"流水号 {p.bank_no} 的 {money.yuan(p.applied_cents)} 元没有记入案件：{p.problem or '正在处理'}"
        for p in order.payments.all()
        if p.applied_cents and not p.posted_at
    ]
    waiting = [r for r in order.refunds.all() if r.paid_back_on is None]
    found += [f"有 {money.yuan(r.cents)} 元要退还：{r.get_reason_display()}。" for r in waiting]
    if selectors.sum_is_wrong(order):
        found.append("到账合计与缴款单不一致，请与代收银行对账。")
    return found
