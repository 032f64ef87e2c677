"""检查/执法对象: persons and organisations that the law is applied to; and areas on the map."""

from typing import ClassVar

from django.db import models

from zhiheng.elements.models.header import ElementRecord, one_truth


class Subject(ElementRecord):
    """执法对象. Personal fields are stored sealed; they leave the context masked by role."""

    class Kind(models.TextChoices):
        """What the subject is in law; natural persons and sole traders are citizens for fines."""

        CITIZEN = "CITIZEN", "自然人"
        SOLE = "SOLE", "个体工商户"
        ORG = "ORG", "法人"
        UNINCORPORATED = "UNINCORPORATED", "非法人组织"

    kind = models.CharField("类型", max_length=16, choices=Kind.choices)
    name = models.CharField("名称", max_length=120, db_index=True)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True, db_index=True)
    citizen_id = models.TextField("公民身份号码（加密）", blank=True)
    citizen_id_hash = models.CharField("身份号码匹配值", max_length=64, blank=True, db_index=True)
    legal_representative = models.CharField("法定代表人（经营者）", max_length=64, blank=True)
    phone = models.TextField("联系电话（加密）", blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    lon = models.FloatField("经度", null=True, blank=True)
    lat = models.FloatField("纬度", null=True, blank=True)
    grid_code = models.CharField("网格", max_length=32, blank=True)
    industry = models.CharField("行业代码", max_length=8, blank=True)
    scene = models.CharField("场所类别", max_length=32, blank=True)
    permits = models.JSONField("许可", default=list, blank=True)
    service_address = models.TextField("确认的送达地址（加密）", blank=True)
    service_by_electronic = models.BooleanField("同意电子送达", default=False)
    service_confirmed_on = models.DateField("送达地址确认日", null=True, blank=True)
    is_minor = models.BooleanField("未成年人", default=False)

    sealed_fields: ClassVar[tuple[str, ...]] = ("citizen_id", "phone", "service_address")

    class Meta:
        verbose_name = "执法对象"
        verbose_name_plural = "执法对象"
        constraints = one_truth("subject")

    def __str__(self) -> str:
        return self.name


class Area(ElementRecord):
    """区域: a piece of the map with a meaning (county, town, 片区, 特定区域)."""

    class Kind(models.TextChoices):
        """What the piece of the map is."""

        COUNTY = "COUNTY", "县域"
        TOWN = "TOWN", "乡镇街道"
        DISTRICT = "DISTRICT", "执法片区"
        SPECIAL = "SPECIAL", "特定区域"

    code = models.CharField("区域代码", max_length=32, db_index=True)
    name = models.CharField("名称", max_length=120)
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    special_kind = models.CharField("特定区域种类", max_length=40, blank=True)
    basis = models.CharField("划定依据", max_length=200, blank=True)
    geometry = models.JSONField("范围（GeoJSON）", default=dict, blank=True)

    class Meta:
        verbose_name = "区域"
        verbose_name_plural = "区域"
        constraints = one_truth("area", "code")

    def __str__(self) -> str:
        return self.name
