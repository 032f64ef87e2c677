"""要素变更单: how an element comes to change; 附件: the papers that belong to it."""

import uuid

from django.db import models


class Proposal(models.Model):
    """要素变更单: one change of one element, drafted, reviewed and published by three people.

    `values` holds what changes, field by field, as `values.encode` writes it (sealed fields
    sealed). `base_id` is the version that the drafter saw; if it has been superseded by the time
    of publication, nothing is published. `valid_until`: the day on which a suspension is over, or
    to which an end is moved; empty for "until further notice" and "no end".
    """

    class Kind(models.TextChoices):
        """What the change is."""

        NEW = "NEW", "新增"
        AMEND = "AMEND", "修改"
        END = "END", "终止"
        SUSPEND = "SUSPEND", "停用"
        RESUME = "RESUME", "恢复"
        MOVE_END = "MOVE_END", "改终止日"

    class State(models.TextChoices):
        """Where it stands; the person who must come next follows from it."""

        DRAFT = "DRAFT", "草稿"
        IN_REVIEW = "IN_REVIEW", "待审核"
        REVIEWED = "REVIEWED", "待发布"
        PUBLISHED = "PUBLISHED", "已发布"
        WITHDRAWN = "WITHDRAWN", "已撤回"

    kind = models.CharField("变更类型", max_length=8, choices=Kind.choices)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DRAFT)
    slug = models.CharField("登记簿", max_length=32)
    element_uid = models.UUIDField("要素标识", default=uuid.uuid4)
    base_id = models.BigIntegerField("所据版本", null=True, blank=True)
    region_code = models.CharField("区划代码", max_length=12)
    title = models.CharField("要素", max_length=200)
    values = models.JSONField("变更内容", default=dict)
    together = models.JSONField("一并终止", default=list)
    valid_from = models.DateField("自何日起")
    valid_until = models.DateField("至何日止", null=True, blank=True)
    reason = models.TextField("变更理由")
    approve_doc = models.CharField("批准文号", max_length=120, blank=True)
    returned_reason = models.TextField("退回理由", blank=True)
    drafted_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", verbose_name="起草人"
    )
    drafted_at = models.DateTimeField("起草时间")
    reviewed_by = models.ForeignKey(
        "people.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="审核人",
    )
    published_by = models.ForeignKey(
        "people.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="发布人",
    )
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    changed_at = models.DateTimeField("最近变动")
    idempotency_key = models.CharField("幂等键", max_length=64, unique=True)

    class Meta:
        verbose_name = "要素变更单"
        verbose_name_plural = "要素变更单"
        indexes = [
            models.Index(fields=["state", "-id"], name="proposal_state_recent"),
            models.Index(fields=["element_uid", "state"], name="proposal_element"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.title}"

    @property
    def is_open(self) -> bool:
        """Whether it may still lead to a change."""
        return self.state in (self.State.DRAFT, self.State.IN_REVIEW, self.State.REVIEWED)


class ProposalStep(models.Model):
    """变更单经过: one thing that happened to a proposal. Never changed, never removed."""

    class Kind(models.TextChoices):
        """What happened."""

        DRAFTED = "DRAFTED", "起草"
        REVISED = "REVISED", "修改草稿"
        SUBMITTED = "SUBMITTED", "提交审核"
        RETURNED = "RETURNED", "退回"
        APPROVED = "APPROVED", "审核通过"
        CARRIED = "CARRIED", "移到最新版本"
        PUBLISHED = "PUBLISHED", "发布"
        WITHDRAWN = "WITHDRAWN", "撤回"

    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, related_name="steps", verbose_name="变更单"
    )
    kind = models.CharField("经过", max_length=12, choices=Kind.choices)
    by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", verbose_name="经办人"
    )
    at = models.DateTimeField("时间")
    note = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = "变更单经过"
        verbose_name_plural = "变更单经过"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"


class Attachment(models.Model):
    """附件: a file that belongs to an element, or came with a proposal. Never changed or removed."""

    slug = models.CharField("登记簿", max_length=32)
    element_uid = models.UUIDField("要素标识", db_index=True)
    proposal = models.ForeignKey(
        Proposal,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="attachments",
        verbose_name="变更单",
    )
    title = models.CharField("名称", max_length=120)
    name = models.CharField("文件名", max_length=140)
    sha256 = models.CharField("SHA-256", max_length=64)
    sm3 = models.CharField("SM3", max_length=64)
    size = models.BigIntegerField("大小（字节）")
    mime = models.CharField("类型", max_length=100)
    uploaded_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", verbose_name="上传人"
    )
    uploaded_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"
        constraints = [
            models.UniqueConstraint(
                fields=["element_uid", "proposal", "sha256"],
                nulls_distinct=False,
                name="attachment_once",
            )
        ]

    def __str__(self) -> str:
        return self.title
