"""The register of things held, and every hand they went through."""

from django.db import models
from django.db.models import Q


class Good(models.Model):
    """One thing (or one lot of the same) held in a case; `due_on` echoes its side's clock."""

    class State(models.TextChoices):
        """Where it has got to."""

        HELD = "HELD", "在保管"
        RETURNED = "RETURNED", "已退还"
        CONFISCATED = "CONFISCATED", "已没收"
        DESTROYED = "DESTROYED", "已销毁"
        AUCTIONED = "AUCTIONED", "已变卖"
        HANDED_OVER = "HANDED_OVER", "已移交"
        TESTED_CONSUMED = "TESTED_CONSUMED", "检测耗用"

    case = models.ForeignKey(
        "cases.Case", verbose_name="案件", on_delete=models.PROTECT, related_name="goods"
    )
    side = models.ForeignKey(
        "cases.Side", verbose_name="附属程序", on_delete=models.PROTECT, related_name="goods"
    )
    number = models.PositiveIntegerField("序号")
    name = models.CharField("名称", max_length=100)
    quantity = models.DecimalField("数量", max_digits=14, decimal_places=3)
    unit = models.CharField("单位", max_length=16)
    spec = models.CharField("规格特征", max_length=200, blank=True)
    value_cents = models.BigIntegerField("价值（分）", null=True, blank=True)
    seal_no = models.CharField("封条号", max_length=40, blank=True)
    photos = models.JSONField("照片", default=list, blank=True)
    place = models.CharField("存放地点", max_length=200, blank=True)
    keeper = models.CharField("保管人", max_length=200, blank=True)
    state = models.CharField("状态", max_length=16, choices=State.choices, default=State.HELD)
    proceeds_cents = models.BigIntegerField("变卖所得（分）", null=True, blank=True)
    since = models.DateField("保管起始日")
    due_on = models.DateField("应处理日", null=True, blank=True)
    ended_on = models.DateField("了结日", null=True, blank=True)
    agency_code = models.CharField("办案主体", max_length=32)
    region_code = models.CharField("区划代码", max_length=12)

    class Meta:
        verbose_name = "物品"
        verbose_name_plural = "物品"
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="good_number_once"),
            models.CheckConstraint(
                condition=Q(state="HELD", ended_on=None) | ~Q(state="HELD"), name="good_held_open"
            ),
        ]
        indexes = [
            models.Index(fields=["agency_code", "state", "due_on", "id"], name="good_agency_due"),
            models.Index(fields=["case", "state"], name="good_case_state"),
            models.Index(  # for those who see whole regions
                fields=["state", "region_code", "due_on", "id"],
                opclasses=["varchar_ops", "varchar_pattern_ops", "date_ops", "int8_ops"],
                name="good_region_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.amount}"

    @property
    def amount(self) -> str:
        """Quantity with its unit, no idle zeros."""
        return f"{self.quantity.normalize():f} {self.unit}"


class GoodMove(models.Model):
    """One change of a thing: into custody, from place to place, to a test, to its end.

    `digest` is among the evidence digests of the act, so that the list cannot change afterwards.
    """

    class Kind(models.TextChoices):
        """What happened to it."""

        TAKEN = "TAKEN", "登记"
        TAKEN_OVER = "TAKEN_OVER", "转入"
        STORE = "STORE", "入库"
        OUT = "OUT", "出库"
        BACK = "BACK", "送回"
        KEEPER = "KEEPER", "换保管人"
        TO_TEST = "TO_TEST", "送检"
        SOLD = "SOLD", "变卖"
        ENDED = "ENDED", "了结"

    good = models.ForeignKey(
        Good, verbose_name="物品", on_delete=models.PROTECT, related_name="moves"
    )
    act = models.ForeignKey(
        "ledger.Act", verbose_name="行为记录", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField("变动", max_length=12, choices=Kind.choices)
    state = models.CharField("变动后状态", max_length=16, choices=Good.State.choices)
    place = models.CharField("存放地点", max_length=200, blank=True)
    keeper = models.CharField("保管人", max_length=200, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    digest = models.CharField("摘要", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "物品变动"
        verbose_name_plural = "物品变动"
        indexes = [models.Index(fields=["good", "id"], name="good_move_order")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
