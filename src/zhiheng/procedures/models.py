"""What a procedure knows about one dossier."""

from django.db import models


class Run(models.Model):
    """One dossier on its way through one procedure.

    `facts` holds what the steps have established (never what registers know: those are
    read afresh at each step); `overrides` holds the warnings that a head has let pass,
    with reasons. The state itself stands on the dossier, written with each act.
    """

    dossier = models.OneToOneField(
        "ledger.Dossier", on_delete=models.PROTECT, related_name="run", primary_key=True
    )
    procedure_id = models.CharField("程序", max_length=64)
    procedure_version = models.PositiveIntegerField("程序版本")
    domain = models.CharField("领域", max_length=16, default="base")
    facts = models.JSONField("事实", default=dict)
    overrides = models.JSONField("放行的提醒", default=dict)
    updated_at = models.DateTimeField("更新时间")

    class Meta:
        verbose_name = "程序运行"
        verbose_name_plural = "程序运行"

    def __str__(self) -> str:
        return f"{self.procedure_id} v{self.procedure_version}"
