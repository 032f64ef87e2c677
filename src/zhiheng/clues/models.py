"""A clue, and, apart from it, who told us."""

from django.db import models


class Source(models.TextChoices):
    """Where a clue came from."""

    PHONE = "PHONE", "电话举报"
    HOTLINE = "HOTLINE", "12345 热线"
    QR = "QR", "群众扫码"
    PATROL = "PATROL", "日常巡查"
    INSPECTION = "INSPECTION", "检查发现"
    TRANSFER = "TRANSFER", "其他部门移送"
    JUDICIAL = "JUDICIAL", "司法机关移送"
    SENSOR = "SENSOR", "设备预警"


class Clue(models.Model):
    """A report of a possible violation, with its own dossier."""

    dossier = models.OneToOneField(
        "ledger.Dossier",
        verbose_name="卷宗",
        on_delete=models.PROTECT,
        related_name="clue",
        primary_key=True,
    )
    number = models.CharField("线索编号", max_length=40, unique=True)
    region_code = models.CharField("区划代码", max_length=12)
    agency_code = models.CharField("承办主体", max_length=32)
    source = models.CharField("来源", max_length=16, choices=Source.choices)
    received_at = models.DateTimeField("收到时间")
    happened = models.CharField("发生时间", max_length=100, blank=True)
    place = models.CharField("地点", max_length=200)
    description = models.TextField("反映的问题")
    target = models.CharField("被反映对象", max_length=100, blank=True)
    subject = models.ForeignKey(
        "elements.Subject", verbose_name="对象", null=True, blank=True, on_delete=models.PROTECT
    )
    item = models.ForeignKey(
        "elements.Item", verbose_name="事项", null=True, blank=True, on_delete=models.PROTECT
    )
    handler = models.ForeignKey(
        "people.Account",
        verbose_name="核查人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField("状态", max_length=24)
    registered_by = models.CharField("登记人", max_length=64)

    class Meta:
        verbose_name = "线索"
        verbose_name_plural = "线索"
        indexes = [
            models.Index(fields=["agency_code", "-dossier"], name="clue_agency_recent"),
            models.Index(fields=["agency_code", "state", "-dossier"], name="clue_agency_state"),
        ]

    def __str__(self) -> str:
        return self.number


class Informant(models.Model):
    """Who reported. Kept apart: only intake reads it (law.md G-117)."""

    clue = models.OneToOneField(
        Clue, on_delete=models.PROTECT, related_name="informant", primary_key=True
    )
    name_sealed = models.TextField("姓名（加密）", blank=True)
    phone_sealed = models.TextField("电话（加密）", blank=True)
    wants_reply = models.BooleanField("需要回复", default=False)

    class Meta:
        verbose_name = "举报人"
        verbose_name_plural = "举报人"

    def __str__(self) -> str:
        return "举报人（保密）"
