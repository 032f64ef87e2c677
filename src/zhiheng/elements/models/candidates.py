"""事项候选: a penalty clause found in a law, waiting for a person to say what becomes of it."""

from django.db import models
from django.db.models import Q


class ItemCandidate(models.Model):
    """事项候选: what was read in one place of a law version, and what was decided about it.

    What is to become an item, or to change one, waits in `proposal` until three people have
    agreed; a proposal that came back leaves its reason here and the candidate open again.

    `finding` is `laws.clauses.Finding.as_json()`; its spans count the characters of the place's
    words (`candidates.reading.text_of`), whose digest is `text_digest`.
    """

    class State(models.TextChoices):
        """Open until one person decides; a decision stays once it is published."""

        OPEN = "OPEN", "待处理"
        IN_PROPOSAL = "IN_PROPOSAL", "已拟稿，待审核发布"
        ACCEPTED = "ACCEPTED", "已收为事项"
        MERGED = "MERGED", "并入已有事项"
        DISMISSED = "DISMISSED", "不收"

    law_version = models.ForeignKey(
        "laws.LawVersion", on_delete=models.PROTECT, related_name="+", verbose_name="法律版本"
    )
    law_node = models.OneToOneField(
        "laws.LawNode", on_delete=models.PROTECT, related_name="+", verbose_name="条款节点"
    )
    title = models.CharField("拟名", max_length=80)
    domain = models.CharField("拟领域", max_length=16)
    finding = models.JSONField("识别结果")
    text_digest = models.CharField("正文摘要", max_length=16)
    found_at = models.DateTimeField("识别时间")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(
        "people.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="决定人",
    )
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    reason = models.CharField("理由", max_length=300, blank=True)
    item_uid = models.UUIDField("所成事项", null=True, blank=True)
    proposal = models.ForeignKey(
        "elements.Proposal",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="candidates",
        verbose_name="变更单",
    )

    class Meta:
        verbose_name = "事项候选"
        verbose_name_plural = "事项候选"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="OPEN", decided_at=None)
                | ~Q(state="OPEN") & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="candidate_decided_by_somebody",
            )
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="candidate_state"),
            models.Index(fields=["law_version", "state", "id"], name="candidate_law_state"),
        ]

    def __str__(self) -> str:
        return self.title


class CandidateReading(models.Model):
    """法条识别: one reading of the laws in force for penalty clauses, asked for by a person.

    `last_version` lets a broken reading go on where it stood; `total` and `read` count versions,
    `found` the candidates that were new.
    """

    class State(models.TextChoices):
        """How far it has come."""

        RUNNING = "RUNNING", "正在识别"
        DONE = "DONE", "识别完了"
        FAILED = "FAILED", "没有识别完"

    law = models.CharField("法律名称", max_length=120, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.RUNNING)
    total = models.PositiveIntegerField("共几个版本")
    read = models.PositiveIntegerField("读了几个版本", default=0)
    found = models.PositiveIntegerField("新增候选", default=0)
    last_version = models.BigIntegerField("读到哪个版本", default=0)
    on = models.DateField("看哪一天")
    asked_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", verbose_name="发起人"
    )
    asked_at = models.DateTimeField("发起时间")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        verbose_name = "法条识别"
        verbose_name_plural = "法条识别"
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="RUNNING"), name="one_candidate_reading_at_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.law or '全部现行法律'}：{self.get_state_display()}"
