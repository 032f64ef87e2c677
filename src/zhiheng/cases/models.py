"""A penalty case: who, what, where it stands. How it got there stands in the ledger."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from zhiheng.cases.goods.models import Good as Good
from zhiheng.cases.goods.models import GoodMove as GoodMove
from zhiheng.kernel.clock import local_date

BLOCK = 16_384  # numbers of dossiers in a row that search looks through in one go


class Case(models.Model):
    """One administrative penalty case and the columns that lists need.

    Whatever has legal effect is an act in the dossier; the columns here are its echo.
    `grant` is the competence in force at filing, kept even if items move later.
    """

    dossier = models.OneToOneField(
        "ledger.Dossier",
        verbose_name="卷宗",
        on_delete=models.PROTECT,
        related_name="case",
        primary_key=True,
    )
    code = models.CharField("案件身份码", max_length=22, unique=True)
    number = models.CharField("案号", max_length=60, unique=True)
    title = models.CharField("案由", max_length=200)
    region_code = models.CharField("区划代码", max_length=12)
    agency_code = models.CharField("办案主体", max_length=32)
    clue = models.OneToOneField(
        "clues.Clue",
        verbose_name="线索",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="case",
    )
    item = models.ForeignKey("elements.Item", verbose_name="事项", on_delete=models.PROTECT)
    grant = models.ForeignKey(
        "elements.Grant", verbose_name="职权", null=True, blank=True, on_delete=models.PROTECT
    )
    subject = models.ForeignKey("elements.Subject", verbose_name="当事人", on_delete=models.PROTECT)
    party_name = models.CharField("当事人名称", max_length=100)
    item_name = models.CharField("事项名称", max_length=200)
    place = models.CharField("案发地点", max_length=200, blank=True)
    lead = models.ForeignKey(
        "people.Account", verbose_name="主办人", on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField("状态", max_length=24)
    proposed_on = models.DateField("提请立案日期")
    filed_on = models.DateField("立案日期", null=True, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    closed_on = models.DateField("结案日期", null=True, blank=True)
    due_on = models.DateField("决定期限", null=True, blank=True)
    fine_cents = models.BigIntegerField("罚款（分）", null=True, blank=True)
    terms = ArrayField(models.CharField(max_length=8), verbose_name="检索词", default=list)

    class Meta:
        verbose_name = "案件"
        verbose_name_plural = "案件"
        indexes = [
            models.Index(fields=["agency_code", "-dossier"], name="case_agency_recent"),
            models.Index(fields=["agency_code", "state", "-dossier"], name="case_agency_state"),
            models.Index(  # for those who see whole regions: a region is asked for by its prefix
                fields=["state", "region_code", "-dossier"],
                opclasses=["varchar_ops", "varchar_pattern_ops", "int8_ops"],
                name="case_state_region",
            ),
            models.Index(fields=["lead", "state"], name="case_lead"),
            models.Index(fields=["subject", "-dossier"], name="case_subject"),
            models.Index(fields=["item", "-dossier"], name="case_item_recent"),  # see discretion
            # See finding.py. Its list of things to add later would be read for every block.
            GinIndex(
                models.F("dossier") / BLOCK,
                models.F("agency_code"),
                models.F("terms"),
                name="case_find",
                fastupdate=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def act_on(self) -> date:
        """The latest day on which the act can have happened: when it was first reported."""
        return local_date(self.clue.received_at) if self.clue else self.proposed_on


class Handler(models.Model):
    """An officer who handles the case for a time: one lead, any number beside."""

    class Part(models.TextChoices):
        LEAD = "LEAD", "主办"
        CO = "CO", "协办"

    case = models.ForeignKey(
        Case, verbose_name="案件", on_delete=models.PROTECT, related_name="handlers"
    )
    account = models.ForeignKey(
        "people.Account", verbose_name="办案人员", on_delete=models.PROTECT, related_name="+"
    )
    part = models.CharField("身份", max_length=8, choices=Part.choices)
    since = models.DateTimeField("自")
    until = models.DateTimeField("至", null=True, blank=True)

    class Meta:
        verbose_name = "办案人员"
        verbose_name_plural = "办案人员"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "account"], condition=models.Q(until=None), name="handler_once"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(until=None, part="LEAD"), name="one_lead"
            ),
        ]
        indexes = [models.Index(fields=["account", "until"], name="handler_account")]

    def __str__(self) -> str:
        return f"{self.account} {self.get_part_display()}"


class Side(models.Model):
    """附属程序: something that runs beside a case by its own procedure (查封扣押, 移送, 复议 …).

    Its own dossier holds its acts, periods, papers and to-dos; the columns here are their echo.
    `number` counts the sides of one case from 1. A step of it holds the case's dossier first,
    so that nothing happens in both at once.
    """

    dossier = models.OneToOneField(
        "ledger.Dossier",
        verbose_name="卷宗",
        on_delete=models.PROTECT,
        related_name="side",
        primary_key=True,
    )
    case = models.ForeignKey(
        Case, verbose_name="案件", on_delete=models.PROTECT, related_name="sides"
    )
    number = models.PositiveIntegerField("序号")
    procedure_id = models.CharField("程序", max_length=64)
    state = models.CharField("状态", max_length=40)
    opened_on = models.DateField("开始日期")
    closed_on = models.DateField("结束日期", null=True, blank=True)

    class Meta:
        verbose_name = "附属程序"
        verbose_name_plural = "附属程序"
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="side_number_once"),
        ]
        indexes = [
            models.Index(fields=["procedure_id", "state", "-dossier"], name="side_kind_state"),
        ]

    def __str__(self) -> str:
        return f"{self.case.number} 之{self.number} {self.procedure_id}"


class Asked(models.Model):
    """征询: whom a side proceeding asks from outside the case, a person or an organ.

    They see what was asked and what their answer needs, and no more of the case. `account` is who
    has it on the to-do list; where an organ is asked, whoever holds the role there may answer.
    """

    side = models.OneToOneField(
        Side,
        verbose_name="附属程序",
        on_delete=models.PROTECT,
        related_name="asked",
        primary_key=True,
    )
    account = models.ForeignKey(
        "people.Account", verbose_name="被征询人", on_delete=models.PROTECT, related_name="+"
    )
    region_code = models.CharField("区划代码", max_length=12, blank=True)
    agency_code = models.CharField("被征询主体", max_length=32, blank=True)
    asked_at = models.DateTimeField("征询时间")

    class Meta:
        verbose_name = "征询"
        verbose_name_plural = "征询"
        indexes = [
            models.Index(fields=["account", "-side"], name="asked_account"),
            models.Index(fields=["agency_code", "-side"], name="asked_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.side_id} {self.account_id} {self.agency_code}"


class Interference(models.Model):
    """干预登记: somebody with power asked about or meddled in a case; read by supervisors alone.

    The database refuses change and removal. Who and what are sealed; nothing of it goes into the
    case's own record, so that colleagues do not learn of it there.
    """

    class Way(models.TextChoices):
        SPOKEN = "SPOKEN", "口头、电话"
        WRITTEN = "WRITTEN", "书面、信息"
        PASSED_ON = "PASSED_ON", "托人转达"
        MEETING = "MEETING", "会议、当面"
        OTHER = "OTHER", "其他"

    case = models.ForeignKey(
        Case, verbose_name="案件", on_delete=models.PROTECT, related_name="interferences"
    )
    region_code = models.CharField("区划代码", max_length=12)
    agency_code = models.CharField("办案主体", max_length=32)
    happened_on = models.DateField("发生日期")
    way = models.CharField("方式", max_length=12, choices=Way.choices)
    who = models.TextField("干预人（密）")
    post = models.TextField("职务（密）", blank=True)
    what = models.TextField("内容（密）")
    recorded_by = models.ForeignKey(
        "people.Account", verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("登记时间")
    idempotency_key = models.CharField("防重复键", max_length=96, unique=True)

    class Meta:
        verbose_name = "干预登记"
        verbose_name_plural = "干预登记"
        indexes = [models.Index(fields=["region_code", "-id"], name="interference_region")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.happened_on}"


class CardReading(models.Model):
    """A picture of a card that a worker reads; sealed, told once, and forgotten within minutes."""

    token = models.UUIDField("取件码", unique=True)
    account = models.ForeignKey(
        "people.Account", verbose_name="谁拍的", on_delete=models.PROTECT, related_name="+"
    )
    picture = models.TextField("照片（加密）", blank=True)
    words = models.TextField("文字（加密）", blank=True)
    is_read = models.BooleanField("已识别", default=False)
    created_at = models.DateTimeField("拍摄时间", db_index=True)

    class Meta:
        verbose_name = "证照识别"
        verbose_name_plural = "证照识别"

    def __str__(self) -> str:
        return f"证照识别 {self.created_at:%H:%M}"
