"""对象合并: two registrations of one party become one, and can become two again."""

from django.db import models
from django.db.models import Q


class SubjectMerge(models.Model):
    """对象合并: `gone` was found to be `kept`; its versions are closed, none is removed.

    `survived` says for each field that differed whose value stayed (kept or gone). `closed` are
    the versions that the merge closed, `made` those it wrote: what an undo puts back.
    """

    kept_uid = models.UUIDField("保留的对象", db_index=True)
    gone_uid = models.UUIDField("并入的对象", db_index=True)
    region_code = models.CharField("区划代码", max_length=12)
    survived = models.JSONField("取值", default=dict)
    closed = models.JSONField("关闭的版本", default=list)
    made = models.JSONField("写入的版本", default=list)
    reason = models.TextField("合并理由")
    merged_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", verbose_name="合并人"
    )
    merged_at = models.DateTimeField("合并时间")
    undone_by = models.ForeignKey(
        "people.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="撤销人",
    )
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)
    undo_reason = models.TextField("撤销理由", blank=True)
    undo_note = models.TextField("撤销时的情况", blank=True)

    class Meta:
        verbose_name = "对象合并"
        verbose_name_plural = "对象合并"
        constraints = [
            models.UniqueConstraint(
                fields=["gone_uid"], condition=Q(undone_at=None), name="merged_once"
            ),
            models.CheckConstraint(
                condition=~Q(kept_uid=models.F("gone_uid")), name="never_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"合并 {self.merged_at:%Y-%m-%d}"
