"""执法文书 and 典型案例."""

from django.db import models

from zhiheng.elements.models.header import ElementRecord, one_truth
from zhiheng.elements.models.items import Item


class DocTemplate(ElementRecord):
    """执法文书: a form in use; how it looks and what it needs is in rulebook/documents."""

    code = models.CharField("文书编号", max_length=16, db_index=True)
    name = models.CharField("名称", max_length=120)
    domain = models.CharField("领域", max_length=40, blank=True)
    stage = models.CharField("阶段", max_length=40, blank=True)
    template_version = models.CharField("模板版本", max_length=32, blank=True)
    signers = models.JSONField("签名人", default=list, blank=True)
    sealed = models.BooleanField("盖章", default=False)

    class Meta:
        verbose_name = "执法文书"
        verbose_name_plural = "执法文书"
        constraints = one_truth("doctemplate", "code")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class CaseExample(ElementRecord):
    """典型案例: a published case told without naming anyone."""

    class Level(models.TextChoices):
        """Who published it."""

        NATION = "NATION", "国家级"
        PROVINCE = "PROVINCE", "省级"
        CITY = "CITY", "市级"
        COUNTY = "COUNTY", "县级"

    code = models.CharField("案例编号", max_length=32, db_index=True)
    title = models.CharField("标题", max_length=200)
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="examples", verbose_name="事项"
    )
    level = models.CharField("级别", max_length=12, choices=Level.choices)
    facts = models.TextField("案情")
    issue = models.TextField("争点", blank=True)
    reasoning = models.TextField("说理", blank=True)
    result = models.TextField("结果", blank=True)
    source = models.CharField("来源", max_length=200, blank=True)
    keywords = models.JSONField("关键词", default=list, blank=True)
    withdrawn = models.BooleanField("已撤回", default=False)

    class Meta:
        verbose_name = "典型案例"
        verbose_name_plural = "典型案例"
        constraints = one_truth("caseexample", "code")

    def __str__(self) -> str:
        return self.title
