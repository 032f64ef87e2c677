"""执法主体 and 执法人员: who may act in the name of the law."""

from typing import ClassVar

from django.db import models

from zhiheng.elements.models.header import ElementRecord, one_truth


class Body(ElementRecord):
    """执法主体: an organ or organisation that acts in its own name or on entrustment."""

    class Kind(models.TextChoices):
        """What makes it a body (行政处罚法 17, 19, 20, 24)."""

        ORGAN = "ORGAN", "行政机关"
        AUTHORISED = "AUTHORISED", "法律法规授权组织"
        ENTRUSTED = "ENTRUSTED", "受委托组织"
        TOWN = "TOWN", "乡镇街道"
        DISPATCHED = "DISPATCHED", "派出机构"

    class Level(models.TextChoices):
        """The level of government it belongs to."""

        PROVINCE = "PROVINCE", "省级"
        CITY = "CITY", "市级"
        COUNTY = "COUNTY", "县级"
        TOWN = "TOWN", "乡镇级"

    code = models.CharField("主体代码", max_length=32, db_index=True)
    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=40, blank=True)
    serial = models.CharField("主体序号", max_length=4, blank=True)
    uscc = models.CharField("统一社会信用代码", max_length=18)
    kind = models.CharField("类型", max_length=12, choices=Kind.choices)
    level = models.CharField("层级", max_length=12, choices=Level.choices)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="上级",
    )
    entrusted_by = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="委托机关",
    )
    legal_basis = models.CharField("设立依据", max_length=200, blank=True)
    qualification_notice = models.CharField("主体资格公告", max_length=120, blank=True)
    domains = models.JSONField("执法领域", default=list, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    phone = models.CharField("咨询电话", max_length=32, blank=True)
    complaint_phone = models.CharField("投诉电话", max_length=32, blank=True)
    reconsideration_organ = models.CharField("行政复议机关", max_length=120, blank=True)
    court = models.CharField("有管辖权的法院", max_length=120, blank=True)
    bank_name = models.CharField("代收银行", max_length=120, blank=True)
    bank_account = models.CharField("收款账号", max_length=40, blank=True)
    doc_prefix = models.CharField("文号代字", max_length=16, blank=True)
    lon = models.FloatField("经度", null=True, blank=True)
    lat = models.FloatField("纬度", null=True, blank=True)

    class Meta:
        verbose_name = "执法主体"
        verbose_name_plural = "执法主体"
        constraints = one_truth("body", "code")

    def __str__(self) -> str:
        return self.name


class Officer(ElementRecord):
    """执法人员: a person with an enforcement certificate, and the body it was issued for."""

    class CertStatus(models.TextChoices):
        """State of the certificate."""

        VALID = "VALID", "有效"
        SUSPENDED = "SUSPENDED", "暂扣"
        REVOKED = "REVOKED", "注销"

    account = models.ForeignKey(
        "people.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="账号",
    )
    name = models.CharField("姓名", max_length=64)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="officers", verbose_name="所属主体"
    )
    unit = models.CharField("内设机构", max_length=64, blank=True)
    citizen_id = models.TextField("公民身份号码（加密）", blank=True)
    citizen_id_hash = models.CharField("身份号码匹配值", max_length=64, blank=True, db_index=True)
    certificate_no = models.CharField("执法证号", max_length=32)
    cert_category = models.JSONField("执法类别", default=list, blank=True)
    cert_from = models.DateField("发证日")
    cert_until = models.DateField("有效期止（含）")
    cert_status = models.CharField(
        "证件状态", max_length=12, choices=CertStatus.choices, default=CertStatus.VALID
    )
    legal_qualification = models.CharField("法律职业资格证号", max_length=32, blank=True)

    sealed_fields: ClassVar[tuple[str, ...]] = ("citizen_id",)

    class Meta:
        verbose_name = "执法人员"
        verbose_name_plural = "执法人员"
        constraints = one_truth("officer", "certificate_no")

    def __str__(self) -> str:
        return self.name
