"""What is owed under a decision, the money that came, the money that goes back."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class PaymentOrder(models.Model):
    """缴款单：一份决定要缴的钱，缴到国库的哪个户.

    The account is fixed when the order is made: money that went elsewhere is not counted (G-098).
    `paid_cents` is the sum of what was applied of its payments. Amounts are cents.
    """

    class Kind(models.TextChoices):
        FINE = "FINE", "罚没款"
        COST = "COST", "代履行费用"

    class State(models.TextChoices):
        OPEN = "OPEN", "待缴"
        PAID = "PAID", "已缴清"
        VOID = "VOID", "已作废"

    code = models.CharField("缴款码", max_length=20, unique=True)
    kind = models.CharField("类别", max_length=8, choices=Kind.choices, default=Kind.FINE)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.OPEN)
    dossier = models.ForeignKey(
        "ledger.Dossier",
        verbose_name="卷宗",
        on_delete=models.PROTECT,
        related_name="payment_orders",
    )
    case_number = models.CharField("案号", max_length=60)
    region_code = models.CharField("区划代码", max_length=12)
    agency_code = models.CharField("机关", max_length=32)
    organ_name = models.CharField("机关名称", max_length=120)
    bank = models.CharField("代收银行", max_length=120)
    account = models.CharField("收款账号", max_length=40)
    decision_number = models.CharField("决定书文号", max_length=80, blank=True)
    fine_cents = models.BigIntegerField("罚款（分）", default=0)
    other_cents = models.BigIntegerField("没收、费用（分）", default=0)
    addition_stated = models.BooleanField("决定写明逾期加处", default=False)
    rate_percent = models.PositiveIntegerField("每日加处（%）", default=0)
    cap_percent = models.PositiveIntegerField("加处上限（%）", default=0)
    carried_cents = models.BigIntegerField("协议以前的加处（分）", default=0)
    paid_before_cents = models.BigIntegerField("约定分期时已缴（分）", default=0)
    waived_cents = models.BigIntegerField("减免的加处（分）", default=0)
    paid_cents = models.BigIntegerField("已缴（分）", default=0)
    due_on = models.DateField("应缴日期")
    granted_until = models.DateField("准予延至", null=True, blank=True)
    principal_paid_on = models.DateField("罚没款缴清日期", null=True, blank=True)
    settled_on = models.DateField("全部缴清日期", null=True, blank=True)
    issued_at = models.DateTimeField("开单时间")
    last_four = models.CharField("证件末四位摘要", max_length=64, blank=True)
    token = models.CharField("二维码令牌", max_length=40)
    tries = models.PositiveIntegerField("连续核对失败", default=0)
    shut_until = models.DateTimeField("暂停核对至", null=True, blank=True)

    class Meta:
        verbose_name = "缴款单"
        verbose_name_plural = "缴款单"
        constraints: ClassVar[list] = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(kind="FINE") & ~Q(state="VOID"),
                name="one_fine_order",
            ),
            models.CheckConstraint(
                condition=Q(fine_cents__gte=0, other_cents__gte=0, paid_cents__gte=0)
                & Q(waived_cents__gte=0),
                name="order_not_negative",
            ),
        ]
        indexes: ClassVar[list] = [
            models.Index(fields=["agency_code", "-id"], name="order_agency"),
            models.Index(fields=["due_on"], condition=Q(state="OPEN"), name="order_due"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.case_number}"

    @property
    def principal(self) -> int:
        """What is owed apart from the addition, in cents."""
        return self.fine_cents + self.other_cents


class Instalment(models.Model):
    """One part of what was granted to be paid later, or agreed."""

    order = models.ForeignKey(
        PaymentOrder, verbose_name="缴款单", on_delete=models.CASCADE, related_name="parts"
    )
    number = models.PositiveIntegerField("期次")
    due_on = models.DateField("应缴日期")
    cents = models.BigIntegerField("金额（分）")

    class Meta:
        verbose_name = "分期"
        verbose_name_plural = "分期"
        constraints: ClassVar[list] = [
            models.UniqueConstraint(fields=["order", "number"], name="part_once")
        ]

    def __str__(self) -> str:
        return f"第{self.number}期 {self.due_on}"


class Payment(models.Model):
    """Money that came in. The bank's number makes it one, however often it is told."""

    class Channel(models.TextChoices):
        BANK = "BANK", "代收银行"
        ELECTRONIC = "ELECTRONIC", "电子支付"
        ON_SPOT = "ON_SPOT", "当场收缴"
        COURT = "COURT", "法院划付"

    order = models.ForeignKey(
        PaymentOrder, verbose_name="缴款单", on_delete=models.PROTECT, related_name="payments"
    )
    bank_no = models.CharField("银行流水号", max_length=64, unique=True)
    receipt_no = models.CharField("票据号", max_length=200, db_index=True)
    channel = models.CharField("渠道", max_length=12, choices=Channel.choices)
    cents = models.BigIntegerField("收到（分）")
    applied_cents = models.BigIntegerField("入账（分）")
    account = models.CharField("收款账号", max_length=40)
    paid_on = models.DateField("缴款日期")
    received_at = models.DateTimeField("到账时间")
    posted_at = models.DateTimeField("记入案件时间", null=True, blank=True)
    problem = models.CharField("没有记入的原因", max_length=300, blank=True)
    handed_on = models.DateField("交机关日期", null=True, blank=True)
    banked_on = models.DateField("缴银行日期", null=True, blank=True)

    class Meta:
        verbose_name = "到账"
        verbose_name_plural = "到账"
        constraints: ClassVar[list] = [
            models.CheckConstraint(
                condition=Q(cents__gt=0, applied_cents__gte=0, applied_cents__lte=F("cents")),
                name="payment_within",
            )
        ]
        indexes: ClassVar[list] = [
            models.Index(fields=["id"], condition=Q(posted_at=None), name="payment_unposted")
        ]

    def __str__(self) -> str:
        return f"{self.bank_no} {self.cents}"


class Refund(models.Model):
    """Money that goes back: paid too much, paid elsewhere, or the decision was revoked."""

    class Reason(models.TextChoices):
        TOO_MUCH = "TOO_MUCH", "多缴"
        REVOKED = "REVOKED", "决定被撤销、变更"
        WRONG = "WRONG", "执行有错"

    order = models.ForeignKey(
        PaymentOrder, verbose_name="缴款单", on_delete=models.PROTECT, related_name="refunds"
    )
    payment = models.ForeignKey(
        Payment, verbose_name="到账", null=True, blank=True, on_delete=models.PROTECT
    )
    cents = models.BigIntegerField("应退（分）")
    reason = models.CharField("原因", max_length=12, choices=Reason.choices)
    made_at = models.DateTimeField("登记时间")
    paid_back_on = models.DateField("退还日期", null=True, blank=True)
    voucher_no = models.CharField("退付凭证号", max_length=60, blank=True)
    by_name = models.CharField("经办人", max_length=40, blank=True)

    class Meta:
        verbose_name = "退款"
        verbose_name_plural = "退款"
        constraints: ClassVar[list] = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="refund_positive")
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.cents}"


class Pause(models.Model):
    """A span in which no addition runs: reconsideration or litigation (行政处罚法 73)."""

    order = models.ForeignKey(
        PaymentOrder, verbose_name="缴款单", on_delete=models.CASCADE, related_name="pauses"
    )
    key = models.CharField("事由", max_length=60)
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)

    class Meta:
        verbose_name = "不计加处的期间"
        verbose_name_plural = "不计加处的期间"
        constraints: ClassVar[list] = [
            models.UniqueConstraint(fields=["order", "key"], name="pause_once")
        ]

    def __str__(self) -> str:
        return f"{self.since} {self.until or ''}"
