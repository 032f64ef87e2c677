"""What the officer says to a supervision clue, and what the supervisor found."""

from django.db import models

OUTCOMES = (("CONFIRMED", "已核实属实"), ("DISMISSED", "不构成问题"))


class Answer(models.Model):
    """Words of one person to one clue, sealed, written once and never changed."""

    text = models.TextField("内容（密）")
    account = models.ForeignKey(
        "people.Account", models.PROTECT, related_name="+", verbose_name="写的人"
    )
    act = models.OneToOneField(
        "ledger.Act", models.PROTECT, related_name="+", verbose_name="行为记录"
    )
    at = models.DateTimeField("时间")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Explanation(Answer):
    """How the officer who took the step explains it; read by the supervisor."""

    clue = models.OneToOneField(
        "procedures.SupervisionClue",
        models.PROTECT,
        primary_key=True,
        related_name="explanation",
        verbose_name="监督线索",
    )

    class Meta(Answer.Meta):
        abstract = False
        verbose_name = "情况说明"
        verbose_name_plural = "情况说明"


class Verification(Answer):
    """What a supervisor found when looking into it, with a note; the clue's state follows."""

    clue = models.OneToOneField(
        "procedures.SupervisionClue",
        models.PROTECT,
        primary_key=True,
        related_name="verification",
        verbose_name="监督线索",
    )
    outcome = models.CharField(
        "结论",
        max_length=12,
        choices=OUTCOMES,
    )

    class Meta(Answer.Meta):
        abstract = False
        verbose_name = "核实结论"
        verbose_name_plural = "核实结论"
