"""Dossiers, their immutable acts, the to-do rows, and the counters that number papers."""

from datetime import date

from django.db import models

NO_DUE_DATE = date(9999, 12, 31)


class ClockTimestamp(models.Func):
    """The database's own clock at the moment of the row, not of the transaction."""

    template = "clock_timestamp()"
    output_field = models.DateTimeField()


class Dossier(models.Model):
    """One matter, from the first report to the archive. Its state is what its acts amount to.

    The procedure's version is pinned when the dossier is opened, so that a change of the
    rulebook never moves a running matter (architecture.md, idea 1).
    """

    class Kind(models.TextChoices):
        CLUE = "CLUE", "线索"
        CASE = "CASE", "案件"
        SIDE = "SIDE", "附属程序"
        INSPECTION = "INSPECTION", "检查"
        JOINT_OPERATION = "JOINT_OPERATION", "联合执法"
        SLIP = "SLIP", "流转单"
        ALARM = "ALARM", "报警"
        ENTRUSTMENT = "ENTRUSTMENT", "委托"

    kind = models.CharField("种类", max_length=24, choices=Kind)
    number = models.CharField("编号", max_length=64, unique=True)
    region_code = models.CharField("区划代码", max_length=12)
    agency_code = models.CharField("承办主体", max_length=32)
    title = models.CharField("标题", max_length=200)
    procedure_id = models.CharField("程序", max_length=64, blank=True)
    procedure_version = models.PositiveIntegerField("程序版本", default=1)
    state = models.CharField("状态", max_length=40)
    opened_at = models.DateTimeField("开始时间")
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="来源卷宗",
    )
    last_seq = models.PositiveIntegerField("最后序号", default=0)

    class Meta:
        verbose_name = "卷宗"
        verbose_name_plural = "卷宗"
        indexes = [
            models.Index(fields=["agency_code", "kind", "state", "-id"], name="dossier_agency"),
            models.Index(fields=["region_code", "kind", "state", "-id"], name="dossier_region"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Act(models.Model):
    """One thing that was done, told once and for ever. The database refuses change and removal.

    `digest` seals the row: see `zhiheng.ledger.canonical`. Times: `device_at` by the device in
    the officer's hand, `occurred_at` as told, `recorded_at` by the database's own clock.

    Law: 行政处罚法第四十七条 (全过程记录); 国办发〔2018〕118号.
    """

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="acts", db_index=False, verbose_name="卷宗"
    )
    seq = models.PositiveIntegerField("序号")
    kind = models.CharField("行为", max_length=64)
    title = models.CharField("标题", max_length=200)
    to_state = models.CharField("之后状态", max_length=40, blank=True)
    actor_id = models.BigIntegerField("行为人账号", null=True)
    actor_name = models.CharField("行为人", max_length=64)
    actor_role = models.CharField("身份", max_length=32, blank=True)
    acting_for = models.CharField("代行", max_length=64, blank=True)
    agency_code = models.CharField("主体", max_length=32)
    region_code = models.CharField("区划代码", max_length=12)
    place = models.CharField("地点", max_length=200, blank=True)
    lon = models.FloatField("经度", null=True)
    lat = models.FloatField("纬度", null=True)
    device_at = models.DateTimeField("设备时间", null=True)
    occurred_at = models.DateTimeField("发生时间")
    recorded_at = models.DateTimeField("记录时间", db_default=ClockTimestamp())
    rule_id = models.CharField("规则", max_length=96, blank=True)
    rule_version = models.CharField("规则版本", max_length=32, blank=True)
    facts = models.JSONField("事实", default=dict)
    payload = models.JSONField("内容", default=dict)
    evidence_digests = models.JSONField("证据摘要", default=list)
    idempotency_key = models.CharField("防重复键", max_length=96, null=True)  # noqa: DJ001
    digest = models.BinaryField("摘要", max_length=32)

    replayed = False

    class Meta:
        verbose_name = "行为记录"
        verbose_name_plural = "行为记录"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "seq"], name="act_seq_once"),
            models.UniqueConstraint(fields=["idempotency_key"], name="act_key_once"),
        ]
        indexes = [models.Index(fields=["kind", "id"], name="act_kind")]

    def __str__(self) -> str:
        return f"{self.seq} {self.title}"


class Task(models.Model):
    """A to-do: who should take which step of which dossier by when.

    `sort_on` is `due_on`, or the end of time where there is none, so that keyset paging never
    meets a null. `reason` says why something came back (退回理由).
    """

    class State(models.TextChoices):
        OPEN = "OPEN", "待办"
        DONE = "DONE", "已办"
        CANCELLED = "CANCELLED", "已取消"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="tasks", verbose_name="卷宗")
    step_id = models.CharField("步骤", max_length=64)
    title = models.CharField("标题", max_length=200)
    role = models.CharField("角色", max_length=32)
    agency_code = models.CharField("主体", max_length=32)
    region_code = models.CharField("区划代码", max_length=12)
    assignee = models.ForeignKey(
        "people.Account",
        models.PROTECT,
        db_index=False,  # the index for to-do lists begins with it
        null=True,
        blank=True,
        related_name="+",
        verbose_name="承办人",
    )
    due_on = models.DateField("到期日", null=True, blank=True)
    sort_on = models.DateField("排序日", default=NO_DUE_DATE)
    state = models.CharField("状态", max_length=12, choices=State, default=State.OPEN)
    reason = models.TextField("退回理由", blank=True)
    created_at = models.DateTimeField("产生时间")
    done_at = models.DateTimeField("办结时间", null=True, blank=True)

    class Meta:
        verbose_name = "待办"
        verbose_name_plural = "待办"
        indexes = [
            models.Index(fields=["assignee", "state", "sort_on", "id"], name="task_assignee"),
            models.Index(
                fields=["agency_code", "role", "state", "sort_on", "id"], name="task_role"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Counter(models.Model):
    """The last number given in a series, region or agency, and year; locked to give the next."""

    series = models.CharField("字号", max_length=64)
    owner = models.CharField("机关或区划", max_length=32)
    year = models.PositiveIntegerField("年份")
    last = models.PositiveIntegerField("最后编号", default=0)

    class Meta:
        verbose_name = "编号"
        verbose_name_plural = "编号"
        constraints = [
            models.UniqueConstraint(fields=["series", "owner", "year"], name="counter_once")
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.owner} {self.year}: {self.last}"
