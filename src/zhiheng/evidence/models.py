"""Evidence: the untouched file, what it is, who took it where, and what it proves."""

from django.db import models


class EvidenceItem(models.Model):
    """One piece of evidence in a dossier. The original file is never changed or removed.

    Law: 行政处罚法第四十六条（八类证据；未经查证属实不得作为认定案件事实的根据）.
    """

    class Kind(models.TextChoices):
        DOCUMENTARY = "DOCUMENTARY", "书证"
        PHYSICAL = "PHYSICAL", "物证"
        AUDIOVISUAL = "AUDIOVISUAL", "视听资料"
        ELECTRONIC = "ELECTRONIC", "电子数据"
        WITNESS = "WITNESS", "证人证言"
        PARTY_STATEMENT = "PARTY_STATEMENT", "当事人的陈述"
        EXPERT = "EXPERT", "鉴定意见"
        SITE_RECORD = "SITE_RECORD", "勘验笔录、现场笔录"

    class Status(models.TextChoices):
        COLLECTED = "COLLECTED", "待核实"
        VERIFIED = "VERIFIED", "已核实"
        EXCLUDED = "EXCLUDED", "已排除"

    dossier = models.ForeignKey(
        "ledger.Dossier", models.PROTECT, related_name="evidence_items", verbose_name="卷宗"
    )
    act = models.ForeignKey(
        "ledger.Act", models.PROTECT, null=True, blank=True, verbose_name="采集行为"
    )
    region_code = models.CharField("区划代码", max_length=12)
    agency_code = models.CharField("机关代码", max_length=32)
    kind = models.CharField("证据种类", max_length=16, choices=Kind)
    title = models.CharField("证据名称", max_length=120)
    description = models.TextField("证据说明", blank=True)
    proves = models.TextField("证明对象", blank=True)
    file_sha256 = models.CharField("SHA-256", max_length=64)
    sm3 = models.CharField("SM3", max_length=64)
    size = models.PositiveBigIntegerField("大小（字节）")
    mime = models.CharField("文件类型", max_length=80)
    name = models.CharField("原文件名", max_length=200)
    collectors = models.JSONField("收集人", default=list)
    collected_at = models.DateTimeField("收集时间")
    device_at = models.DateTimeField("设备时间", null=True, blank=True)
    place = models.CharField("收集地点", max_length=200)
    source = models.CharField("来源（提供人、载体）", max_length=200)
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.COLLECTED)
    status_reason = models.CharField("核实或排除理由", max_length=300, blank=True)
    status_by = models.CharField("核实人", max_length=64, blank=True)
    status_at = models.DateTimeField("核实时间", null=True, blank=True)
    idempotency_key = models.CharField("幂等键", max_length=80, unique=True, null=True, blank=True)
    created_by = models.CharField("上传人", max_length=64)
    created_by_id = models.BigIntegerField("上传人账号", null=True, blank=True)
    created_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = "证据"
        verbose_name_plural = "证据"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["dossier", "status"], name="evidence_dossier_status"),
            models.Index(fields=["agency_code", "-id"], name="evidence_agency"),
            models.Index(fields=["file_sha256"], name="evidence_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.title}"

    @property
    def is_image(self) -> bool:
        """Whether a thumbnail can be shown."""
        return self.mime in {"image/jpeg", "image/png", "image/webp"}


class Carried(models.Model):
    """移送证据: a piece that another dossier took first and handed on; its file is the same one.

    Evidence is taken once: the digest, who took it, when and where stay; whoever receives it
    verifies it for their own matter.
    """

    item = models.OneToOneField(
        EvidenceItem,
        verbose_name="证据",
        on_delete=models.PROTECT,
        related_name="carried",
        primary_key=True,
    )
    origin = models.ForeignKey(
        EvidenceItem, verbose_name="原证据", on_delete=models.PROTECT, related_name="copies"
    )

    class Meta:
        verbose_name = "移送证据"
        verbose_name_plural = "移送证据"

    def __str__(self) -> str:
        return f"{self.item_id} ← {self.origin_id}"
