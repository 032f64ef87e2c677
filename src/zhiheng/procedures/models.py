"""What a procedure knows about one dossier, and what its steps left for supervisors to look at."""

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


class SupervisionClue(models.Model):
    """What a guard that only lists found when a step was taken: a hypothesis, never a verdict.

    One for each act and guard; the same lapse of a dossier is listed at the first step after it
    and not again. `facts` are pairs of words (nothing personal, no free text), `lapses` the
    periods behind them (rule, title, due day). The row stays as it was: the database lets
    nothing but `state` change, once, when a supervisor has verified it (`zhiheng.supervision`).
    What was done on `happened_on` may have been entered later, on `acted_on`.
    """

    class State(models.TextChoices):
        """What supervisors have made of it."""

        PENDING = "PENDING", "待核实"
        CONFIRMED = "CONFIRMED", "已核实属实"
        DISMISSED = "DISMISSED", "不构成问题"

    dossier = models.ForeignKey(
        "ledger.Dossier", models.PROTECT, related_name="supervision_clues", verbose_name="卷宗"
    )
    act = models.ForeignKey(
        "ledger.Act", models.PROTECT, related_name="supervision_clues", verbose_name="行为记录"
    )
    guard_id = models.CharField("护栏", max_length=32)
    title = models.CharField("规则", max_length=200)
    sentence = models.TextField("发生了什么")
    facts = models.JSONField("用到的事实", default=list)
    lapses = models.JSONField("过了的期限", default=list)
    basis = models.TextField("依据")
    checked = models.BooleanField("规则已核对", default=True)
    step_id = models.CharField("步骤", max_length=64)
    procedure_id = models.CharField("程序", max_length=64)
    region_code = models.CharField("区划代码", max_length=12)
    agency_code = models.CharField("办理机关", max_length=32)
    actor_id = models.BigIntegerField("办理人账号", null=True)
    happened_on = models.DateField("发生日期")
    acted_on = models.DateField("办理日期")
    listed_at = models.DateTimeField("列入时间")
    state = models.CharField("状态", max_length=12, choices=State, default=State.PENDING)

    class Meta:
        verbose_name = "监督线索"
        verbose_name_plural = "监督线索"
        constraints = [
            models.UniqueConstraint(fields=["act", "guard_id"], name="supervision_clue_once")
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="supervision_clue_state"),
            models.Index(fields=["agency_code", "-id"], name="supervision_clue_agency"),
            models.Index(fields=["guard_id", "-id"], name="supervision_clue_guard"),
            models.Index(
                fields=["region_code", "agency_code"],
                name="supervision_clue_region",
                opclasses=["varchar_pattern_ops", "varchar_ops"],
            ),
        ]

    def __str__(self) -> str:
        return self.sentence

    def waits_for(self, account_id: int) -> bool:
        """Whether it is about a step of this person and not verified yet."""
        return self.actor_id == account_id and self.state == self.State.PENDING
