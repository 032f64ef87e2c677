"""法制审核人员, 专家, 检测机构, 监控设备, 印章: what enforcement leans on beside the elements."""

from typing import ClassVar

from django.db import models

from zhiheng.elements.models.bodies import Body, Officer
from zhiheng.elements.models.header import ElementRecord, one_truth
from zhiheng.elements.models.items import Item

_DOMAINS = {"domains": Item.Domain.choices}


class Reviewer(ElementRecord):
    """法制审核人员: who may review decisions, for which bodies, with which qualification."""

    class Kind(models.TextChoices):
        """Of the organ itself, shared among organs, or counsel who assists."""

        IN_HOUSE = "IN_HOUSE", "本机关"
        SHARED = "SHARED", "协同审核"
        COUNSEL = "COUNSEL", "法律顾问"

    code = models.CharField("审核人员编号", max_length=32, db_index=True)
    name = models.CharField("姓名", max_length=64)
    kind = models.CharField("类型", max_length=12, choices=Kind.choices)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="+", verbose_name="所属主体"
    )
    officer = models.ForeignKey(
        Officer,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="执法人员登记",
    )
    legal_qualification = models.CharField("法律职业资格证号", max_length=32, blank=True)
    qualified_on = models.DateField("取得资格日", null=True, blank=True)
    domains = models.JSONField("审核领域", default=list, blank=True)
    served_bodies = models.JSONField("服务主体", default=list, blank=True)
    account = models.ForeignKey(
        "people.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="账号",
    )
    phone = models.TextField("联系电话（加密）", blank=True)

    code_lists: ClassVar[dict[str, str]] = {"served_bodies": "Body"}
    choice_lists: ClassVar[dict[str, list[tuple[str, str]]]] = _DOMAINS
    sealed_fields: ClassVar[tuple[str, ...]] = ("phone",)

    class Meta:
        verbose_name = "法制审核人员"
        verbose_name_plural = "法制审核人员"
        constraints = one_truth("reviewer", "code")

    def __str__(self) -> str:
        return self.name


class Expert(ElementRecord):
    """专家: who gives advice; decisions stay with the organ, and ties are recorded for recusal."""

    class Kind(models.TextChoices):
        """What the advice is about."""

        LEGAL = "LEGAL", "法律"
        TECHNICAL = "TECHNICAL", "专业技术"
        APPRAISAL = "APPRAISAL", "鉴定评估"

    code = models.CharField("专家编号", max_length=32, db_index=True)
    name = models.CharField("姓名", max_length=64)
    kind = models.CharField("类型", max_length=12, choices=Kind.choices)
    organisation = models.CharField("工作单位", max_length=120, blank=True)
    title = models.CharField("职称", max_length=64, blank=True)
    domains = models.JSONField("领域", default=list, blank=True)
    specialties = models.JSONField("专长", default=list, blank=True)
    appointed_by = models.ForeignKey(
        Body,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="聘任主体",
    )
    recusal_ties = models.JSONField("应回避的关系", default=list, blank=True)
    account = models.ForeignKey(
        "people.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="账号",
    )
    citizen_id = models.TextField("公民身份号码（加密）", blank=True)
    citizen_id_hash = models.CharField("身份号码匹配值", max_length=64, blank=True, db_index=True)
    phone = models.TextField("联系电话（加密）", blank=True)

    choice_lists: ClassVar[dict[str, list[tuple[str, str]]]] = _DOMAINS
    sealed_fields: ClassVar[tuple[str, ...]] = ("citizen_id", "phone")

    class Meta:
        verbose_name = "专家"
        verbose_name_plural = "专家"
        constraints = one_truth("expert", "code")

    def __str__(self) -> str:
        return self.name


class Laboratory(ElementRecord):
    """检测机构: who may test, what its accreditation covers and until when."""

    code = models.CharField("机构编号", max_length=32, db_index=True)
    name = models.CharField("名称", max_length=120)
    uscc = models.CharField("统一社会信用代码", max_length=18)
    accreditation_no = models.CharField("资质认定证书编号", max_length=64)
    accredited_from = models.DateField("资质起", null=True, blank=True)
    accredited_until = models.DateField("资质止（含）")
    methods = models.JSONField("检测项目", default=list)
    domains = models.JSONField("领域", default=list, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    contact = models.TextField("联系人（加密）", blank=True)
    phone = models.TextField("联系电话（加密）", blank=True)

    choice_lists: ClassVar[dict[str, list[tuple[str, str]]]] = _DOMAINS
    sealed_fields: ClassVar[tuple[str, ...]] = ("contact", "phone")

    class Meta:
        verbose_name = "检测机构"
        verbose_name_plural = "检测机构"
        constraints = one_truth("laboratory", "code")

    def __str__(self) -> str:
        return self.name


class MonitoringDevice(ElementRecord):
    """监控设备: technical monitoring that may yield evidence (行政处罚法 41).

    Needs legal and technical review, a standard, a sign on the spot and a published place.
    """

    class Kind(models.TextChoices):
        """What it records."""

        VIDEO = "VIDEO", "视频抓拍"
        FUME = "FUME", "油烟监测"
        AIR = "AIR", "扬尘与大气"
        NOISE = "NOISE", "噪声"
        WATER = "WATER", "水质"
        WEIGHT = "WEIGHT", "称重"
        OTHER = "OTHER", "其他"

    code = models.CharField("设备编号", max_length=32, db_index=True)
    name = models.CharField("名称", max_length=120)
    kind = models.CharField("类型", max_length=12, choices=Kind.choices)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="+", verbose_name="使用主体"
    )
    items = models.JSONField("用于事项", default=list, blank=True)
    maker = models.CharField("生产单位", max_length=120, blank=True)
    model_no = models.CharField("型号", max_length=64, blank=True)
    serial_no = models.CharField("出厂编号", max_length=64, blank=True)
    standard = models.CharField("执行标准", max_length=120, blank=True)
    calibration_no = models.CharField("检定（校准）证书编号", max_length=64, blank=True)
    calibrated_on = models.DateField("检定日", null=True, blank=True)
    calibrated_until = models.DateField("检定有效期止（含）", null=True, blank=True)
    legal_audit_no = models.CharField("法制审核文号", max_length=64, blank=True)
    legal_audit_on = models.DateField("法制审核日", null=True, blank=True)
    technical_audit_no = models.CharField("技术审核文号", max_length=64, blank=True)
    technical_audit_on = models.DateField("技术审核日", null=True, blank=True)
    location = models.CharField("设置地点", max_length=200)
    lon = models.FloatField("经度", null=True, blank=True)
    lat = models.FloatField("纬度", null=True, blank=True)
    publish_url = models.CharField("地点公布网址", max_length=200, blank=True)
    published_on = models.DateField("地点公布日", null=True, blank=True)
    sign_posted = models.BooleanField("现场有明显标志", default=False)

    code_lists: ClassVar[dict[str, str]] = {"items": "Item"}

    class Meta:
        verbose_name = "监控设备"
        verbose_name_plural = "监控设备"
        constraints = one_truth("monitoringdevice", "code")

    def __str__(self) -> str:
        return self.name


class Seal(ElementRecord):
    """印章: a seal in use, its certificate, who keeps it and on which documents it may stand."""

    class Kind(models.TextChoices):
        """What the seal is for."""

        ORGAN = "ORGAN", "机关印章"
        PENALTY = "PENALTY", "处罚专用章"
        CASEWORK = "CASEWORK", "办案专用章"
        RECEIPT = "RECEIPT", "收件专用章"

    code = models.CharField("印章编号", max_length=32, db_index=True)
    name = models.CharField("印章名称", max_length=120)
    kind = models.CharField("类型", max_length=12, choices=Kind.choices)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="+", verbose_name="所属主体"
    )
    keeper = models.ForeignKey(
        Officer,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="保管人",
    )
    record_no = models.CharField("公安备案号", max_length=32, blank=True)
    cert_serial = models.CharField("证书序列号", max_length=64, blank=True)
    cert_issuer = models.CharField("证书签发机构", max_length=120, blank=True)
    cert_from = models.DateField("证书起", null=True, blank=True)
    cert_until = models.DateField("证书止（含）", null=True, blank=True)
    templates = models.JSONField("可用文书", default=list, blank=True)

    code_lists: ClassVar[dict[str, str]] = {"templates": "DocTemplate"}

    class Meta:
        verbose_name = "印章"
        verbose_name_plural = "印章"
        constraints = one_truth("seal", "code")

    def __str__(self) -> str:
        return self.name
