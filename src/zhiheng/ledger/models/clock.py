"""Deadlines of a dossier, the times when they stand still, and the reminders given."""

from django.db import models

from zhiheng.ledger.models.dossier import Dossier


class Deadline(models.Model):
    """A period that runs, with the way it was counted.

    `computed` keeps the rule as it was when the period began, the suspensions, the outcome and
    the sentence that explains it (`kernel.deadlines.Due.as_json`), so that it can be counted
    again when a calendar arrives. `provisional`: a year that is needed is not published yet;
    `due_on` is then empty, never guessed.
    """

    class State(models.TextChoices):
        RUNNING = "RUNNING", "进行中"
        SUSPENDED = "SUSPENDED", "已中止"
        MET = "MET", "已完成"
        MISSED = "MISSED", "已逾期"
        CANCELLED = "CANCELLED", "已取消"

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="deadlines", verbose_name="卷宗"
    )
    rule_id = models.CharField("规则", max_length=96)
    title = models.CharField("名称", max_length=100)
    basis = models.TextField("依据", blank=True)
    started_on = models.DateField("起算日")
    started_at = models.DateTimeField("起算时刻", null=True, blank=True)
    due_on = models.DateField("到期日", null=True, blank=True)
    due_at = models.DateTimeField("到期时刻", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=State, default=State.RUNNING)
    provisional = models.BooleanField("暂定", default=False)
    needs_year = models.PositiveIntegerField("待公布年份", null=True, blank=True)
    computed = models.JSONField("计算过程", default=dict)
    created_at = models.DateTimeField("建立时间")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    reminded_at = models.DateTimeField("最近提醒", null=True, blank=True)

    class Meta:
        verbose_name = "期限"
        verbose_name_plural = "期限"
        indexes = [
            models.Index(fields=["state", "due_on", "id"], name="deadline_due"),
            models.Index(
                fields=["needs_year"], name="deadline_waiting", condition=models.Q(provisional=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "rule_id"],
                name="deadline_runs_once",
                condition=models.Q(state__in=["RUNNING", "SUSPENDED"]),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def note(self) -> str:
        """One Chinese sentence: when it ends and why, or why that is not known yet."""
        return str(self.computed.get("note", ""))


class Suspension(models.Model):
    """A time during which a deadline stands still: both ends included, with reason and paper."""

    deadline = models.ForeignKey(
        Deadline, models.PROTECT, related_name="suspensions", verbose_name="期限"
    )
    reason_code = models.CharField("事由", max_length=40)
    from_on = models.DateField("起")
    until_on = models.DateField("止", null=True, blank=True)
    document_ref = models.CharField("文书", max_length=100, blank=True)
    created_at = models.DateTimeField("建立时间")

    class Meta:
        verbose_name = "中止期间"
        verbose_name_plural = "中止期间"
        constraints = [
            models.UniqueConstraint(
                fields=["deadline"], name="suspension_open_once", condition=models.Q(until_on=None)
            ),
            models.CheckConstraint(
                name="suspension_ends_after_start",
                condition=models.Q(until_on=None) | models.Q(until_on__gte=models.F("from_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason_code} {self.from_on}–{self.until_on or ''}"


class Reminder(models.Model):
    """A reminder that was given: once for each deadline and kind, to the person or the role."""

    class Kind(models.TextChoices):
        THREE_DAYS = "D-3", "还有三天"
        ONE_DAY = "D-1", "明天到期"
        TODAY = "D0", "今天到期"
        OVERDUE = "OVERDUE", "已逾期"

    deadline = models.ForeignKey(
        Deadline, models.PROTECT, related_name="reminders", verbose_name="期限"
    )
    kind = models.CharField("种类", max_length=8, choices=Kind)
    account = models.ForeignKey(
        "people.Account",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="收件人",
    )
    role = models.CharField("角色", max_length=32, blank=True)
    agency_code = models.CharField("主体", max_length=32)
    text = models.CharField("内容", max_length=300)
    created_at = models.DateTimeField("产生时间")
    seen_at = models.DateTimeField("已读时间", null=True, blank=True)

    class Meta:
        verbose_name = "提醒"
        verbose_name_plural = "提醒"
        indexes = [
            models.Index(fields=["account", "-id"], name="reminder_account"),
            models.Index(fields=["agency_code", "role", "-id"], name="reminder_role"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "kind", "account", "role"],
                name="reminder_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.text
