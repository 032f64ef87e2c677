"""待清理事项: what in the element centre no longer holds, who mends it, by when; and law changes."""

from django.db import models
from django.db.models import Q


class Severity(models.TextChoices):
    """How much harm the fault does while it stands."""

    HIGH = "HIGH", "紧要"
    MEDIUM = "MEDIUM", "一般"
    LOW = "LOW", "提示"


class LawChange(models.Model):
    """法律变动: one law's text ends or begins on a day, and what differs by article number.

    `ended`/`began` are the versions in the corpus, where it holds them. Without both texts the
    article lists stay empty and `whole` says that every article counts as touched.
    `moved`: `[[old article, new article, likeness 0..1], …]`.
    """

    law_short = models.CharField("法律", max_length=300)
    title = models.CharField("名称", max_length=300)
    effective_on = models.DateField("变动日")
    ended = models.ForeignKey(
        "laws.LawVersion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="失效的版本",
    )
    began = models.ForeignKey(
        "laws.LawVersion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="施行的版本",
    )
    whole = models.BooleanField("整部变动", default=False)
    added = models.JSONField("新增的条", default=list, blank=True)
    removed = models.JSONField("删去的条", default=list, blank=True)
    changed = models.JSONField("改动的条", default=list, blank=True)
    moved = models.JSONField("移动的条", default=list, blank=True)
    found_at = models.DateTimeField("发现时间")

    class Meta:
        verbose_name = "法律变动"
        verbose_name_plural = "法律变动"
        constraints = [
            models.UniqueConstraint(
                fields=["law_short", "effective_on"], name="law_change_one_per_day"
            )
        ]
        indexes = [models.Index(fields=["-effective_on", "-id"], name="law_change_recent")]

    def __str__(self) -> str:
        return f"《{self.title}》{self.effective_on:%Y-%m-%d}变动"


class UpkeepItem(models.Model):
    """待清理事项: one fault of one element (or of whatever cites a law that changed).

    The same fault keeps its row: it is closed when mended and reopened when it comes back.
    `register` is the register's slug, or the kind of a citer; `key` is the uid, or the citer's
    key. `owner` empty means: the element administrators of the region.
    """

    class State(models.TextChoices):
        """Whether somebody still has to do something."""

        OPEN = "OPEN", "待清理"
        MENDED = "MENDED", "已消除"
        DONE = "DONE", "已核对"
        DISMISSED = "DISMISSED", "已搁置"

    reason = models.CharField("原因", max_length=40)
    register = models.CharField("类别", max_length=32)
    key = models.CharField("标识", max_length=80)
    cause = models.CharField("起因", max_length=80, blank=True)
    title = models.CharField("名称", max_length=240)
    says = models.CharField("说明", max_length=400)
    next_step = models.CharField("怎么办", max_length=240)
    href = models.CharField("地址", max_length=200, blank=True)
    severity = models.CharField("轻重", max_length=8, choices=Severity.choices)
    region_code = models.CharField("区划代码", max_length=12)
    agency_code = models.CharField("主体代码", max_length=32, blank=True)
    happens_on = models.DateField("失效日", null=True, blank=True)
    change = models.ForeignKey(
        LawChange,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lines",
        verbose_name="法律变动",
    )
    places = models.JSONField("原条款与候选条款", default=dict, blank=True)
    owner = models.ForeignKey(
        "people.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="责任人",
    )
    owner_fixed = models.BooleanField("责任人由人指定", default=False)
    due_on = models.DateField("清理期限")
    due_fixed = models.BooleanField("期限由人指定", default=False)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField("发现时间")
    closed_at = models.DateTimeField("清理时间", null=True, blank=True)
    closed_note = models.CharField("清理结果", max_length=300, blank=True)

    class Meta:
        verbose_name = "待清理事项"
        verbose_name_plural = "待清理事项"
        constraints = [
            models.UniqueConstraint(
                fields=["reason", "register", "key", "cause"], name="upkeep_one_per_fault"
            )
        ]
        indexes = [
            models.Index(fields=["state", "due_on", "id"], name="upkeep_by_due"),
            models.Index(fields=["reason", "state"], name="upkeep_by_reason"),
            models.Index(
                fields=["owner", "due_on", "id"], condition=Q(state="OPEN"), name="upkeep_of_owner"
            ),
            models.Index(fields=["register", "key"], name="upkeep_of_element"),
        ]

    def __str__(self) -> str:
        return f"{self.title}：{self.says}"


class UpkeepNote(models.Model):
    """清理记录: what a person or a sweep did to a 待清理事项; never changed, never removed."""

    class Kind(models.TextChoices):
        """What was done."""

        MENDED = "MENDED", "复查时已消除"
        REOPENED = "REOPENED", "又出现了"
        ASSIGNED = "ASSIGNED", "指定责任人"
        DUE = "DUE", "定清理期限"
        DISMISSED = "DISMISSED", "搁置"
        DONE = "DONE", "核对完成"
        COMMENT = "COMMENT", "备注"

    item = models.ForeignKey(
        UpkeepItem, on_delete=models.PROTECT, related_name="notes", verbose_name="待清理事项"
    )
    kind = models.CharField("做了什么", max_length=12, choices=Kind.choices)
    text = models.CharField("内容", max_length=400, blank=True)
    by = models.ForeignKey(
        "people.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="谁",
    )
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "清理记录"
        verbose_name_plural = "清理记录"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.text}"
