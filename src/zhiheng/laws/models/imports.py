"""法条导入: what was read, when, from where, and what was found."""

from django.db import models


class LawImport(models.Model):
    """法条导入: one run over one source; `findings` as on a version, with the law's title."""

    source = models.CharField("来源", max_length=200)
    source_digest = models.CharField("来源摘要", max_length=64, blank=True)
    began_at = models.DateTimeField("开始")
    ended_at = models.DateTimeField("结束", null=True, blank=True)
    counts = models.JSONField("数量", default=dict, blank=True)
    findings = models.JSONField("发现的问题", default=list, blank=True)

    class Meta:
        verbose_name = "法条导入"
        verbose_name_plural = "法条导入"

    def __str__(self) -> str:
        return self.source
