"""Documents made from facts, and the record of how each was served (送达)."""

from django.db import models
from django.db.models import Q


class Document(models.Model):
    """One document of a dossier: the facts it was made from, its number, and its sealed file.

    The row is the truth; the file follows from it (`finish`). A document that was issued is never
    changed: it is voided with a reason and a new version is made.
    """

    class Kind(models.TextChoices):
        EXTERNAL = "external", "对外文书"
        INTERNAL = "internal", "内部审批"
        RECORD = "record", "笔录凭证"

    class State(models.TextChoices):
        DRAFT = "DRAFT", "草稿"
        ISSUED = "ISSUED", "已签发"
        VOID = "VOID", "已作废"

    dossier = models.ForeignKey(
        "ledger.Dossier", models.PROTECT, related_name="documents", verbose_name="卷宗"
    )
    act = models.ForeignKey(
        "ledger.Act",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name="所属行为",
    )
    region_code = models.CharField("区划代码", max_length=12)
    agency_code = models.CharField("机关代码", max_length=32)
    code = models.CharField("文书代码", max_length=8)
    kind = models.CharField("文书类别", max_length=8, choices=Kind)
    title = models.CharField("文书名称", max_length=120)
    organ_name = models.CharField("制作机关", max_length=120)
    number = models.CharField("文号", max_length=80, unique=True, null=True, blank=True)
    version = models.PositiveIntegerField("版次", default=1)
    state = models.CharField("状态", max_length=8, choices=State, default=State.DRAFT)
    facts = models.JSONField("事实（个人信息已加密）", default=dict)
    content_digest = models.CharField("内容摘要", max_length=64)
    template_version = models.CharField("模板版本", max_length=20)
    check_code = models.CharField("核验码", max_length=16, unique=True)
    dated_on = models.DateField("文书日期")
    file_sha256 = models.CharField("文件摘要 SHA-256", max_length=64, blank=True)
    file_sm3 = models.CharField("文件摘要 SM3", max_length=64, blank=True)
    file_size = models.PositiveBigIntegerField("文件大小", default=0)
    pages = models.PositiveIntegerField("页数", default=0)
    sealed = models.BooleanField("已签章", default=False)
    sealed_at = models.DateTimeField("签章时间", null=True, blank=True)
    seal_name = models.CharField("签章名称", max_length=120, blank=True)
    finished_at = models.DateTimeField("成文时间", null=True, blank=True)
    attempts = models.PositiveIntegerField("成文次数", default=0)
    last_error = models.TextField("最近一次失败原因", blank=True)
    created_by = models.CharField("制作人", max_length=64)
    created_by_id = models.BigIntegerField("制作人账号", null=True, blank=True)
    created_at = models.DateTimeField("制作时间")
    issued_at = models.DateTimeField("签发时间", null=True, blank=True)
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "文书"
        verbose_name_plural = "文书"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "code", "content_digest"],
                condition=~Q(state="VOID"),
                name="documents_one_per_content",
            ),
        ]
        indexes = [
            models.Index(fields=["dossier", "code"], name="documents_dossier_code"),
            models.Index(
                fields=["created_at"],
                condition=Q(finished_at__isnull=True) & ~Q(state="VOID"),
                name="documents_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number or ''}".strip()

    @property
    def is_ready(self) -> bool:
        """Whether the file exists and may be shown."""
        return self.finished_at is not None


class Service(models.Model):
    """One attempt to serve a document (送达): how, to whom, where, when, with which proof.

    Law: 行政处罚法第六十一条；民事诉讼法第八十七条至第九十五条.
    """

    class Mode(models.TextChoices):
        ON_THE_SPOT = "ON_THE_SPOT", "当场交付"
        DIRECT = "DIRECT", "直接送达"
        LEFT = "LEFT", "留置送达"
        ELECTRONIC = "ELECTRONIC", "电子送达"
        ENTRUSTED = "ENTRUSTED", "委托（转交）送达"
        POST = "POST", "邮寄送达"
        ANNOUNCEMENT = "ANNOUNCEMENT", "公告送达"

    class State(models.TextChoices):
        SENT = "SENT", "送达中"
        SERVED = "SERVED", "已送达"
        FAILED = "FAILED", "未能送达"

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="services", verbose_name="送达文书"
    )
    dossier = models.ForeignKey(
        "ledger.Dossier", models.PROTECT, related_name="services", verbose_name="卷宗"
    )
    act = models.ForeignKey(
        "ledger.Act", models.PROTECT, null=True, blank=True, verbose_name="所属行为"
    )
    receipt = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="receipt_of",
        verbose_name="送达回证",
    )
    region_code = models.CharField("区划代码", max_length=12)
    mode = models.CharField("送达方式", max_length=16, choices=Mode)
    state = models.CharField("状态", max_length=8, choices=State)
    receiver = models.CharField("受送达人", max_length=120)
    signed_by = models.CharField("签收人", max_length=64, blank=True)
    relation = models.CharField("签收人与受送达人关系", max_length=32, blank=True)
    place = models.CharField("送达地点或渠道", max_length=200)
    sent_at = models.DateTimeField("送出时间")
    published_on = models.DateField("公告发布日", null=True, blank=True)
    served_on = models.DateField("送达日期", null=True, blank=True)
    witnesses = models.JSONField("见证人", default=list)
    officers = models.JSONField("送达人", default=list)
    proofs = models.JSONField("证明材料摘要", default=list)
    detail = models.JSONField("其他事项", default=dict)
    note = models.TextField("说明", blank=True)
    created_at = models.DateTimeField("登记时间")
    created_by = models.CharField("登记人", max_length=64)

    class Meta:
        verbose_name = "送达"
        verbose_name_plural = "送达"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="SERVED") | Q(served_on__isnull=False),
                name="documents_served_has_date",
            ),
        ]
        indexes = [models.Index(fields=["dossier", "document"], name="documents_service_dossier")]

    def __str__(self) -> str:
        return f"{self.get_mode_display()} {self.document}"
