"""事项调整通告: which items go from whom to whom on which day (law.md D.4)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from zhiheng.elements.models.bodies import Body
from zhiheng.elements.models.items import BasisNode, Grant, Item


def _account(label: str) -> models.ForeignKey:
    return models.ForeignKey(
        "people.Account",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=label,
    )


def _ids(label: str) -> ArrayField:
    return ArrayField(models.BigIntegerField(), verbose_name=label, default=list, blank=True)


class AdjustmentNotice(models.Model):
    """事项调整通告: drafted, previewed, approved by a second, published by a third person.

    Publication writes versions of grants and items that hold from `effective_on`; the four lists
    of ids say which rows it closed and which it wrote, so that it can be taken back before then.
    `preview_digest` names what the preview showed: who approves or publishes something else is
    told so.
    """

    class State(models.TextChoices):
        """Where the notice stands."""

        DRAFT = "DRAFT", "草拟"
        PREVIEWED = "PREVIEWED", "待审核"
        APPROVED = "APPROVED", "待公布"
        PUBLISHED = "PUBLISHED", "已公布"
        RETURNED = "RETURNED", "退回修改"
        WITHDRAWN = "WITHDRAWN", "已撤回"

    key = models.CharField("提交键", max_length=64, unique=True)
    notice_no = models.CharField("通告文号", max_length=80)
    title = models.CharField("标题", max_length=200)
    issuer = models.CharField("发布机关", max_length=120)
    region_code = models.CharField("区划代码", max_length=12)
    level_approval = models.CharField("上级批准文件", max_length=120, blank=True)
    issued_on = models.DateField("发文日期", null=True, blank=True)
    publish_url = models.URLField("公布网址", max_length=300, blank=True)
    effective_on = models.DateField("生效日")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DRAFT)
    drafted_by = _account("起草人")
    drafted_at = models.DateTimeField("起草时间")
    previewed_at = models.DateTimeField("预览时间", null=True, blank=True)
    preview_digest = models.CharField("预览摘要", max_length=64, blank=True)
    reviewed_by = _account("审核人")
    reviewed_at = models.DateTimeField("审核时间", null=True, blank=True)
    published_by = _account("公布人")
    published_at = models.DateTimeField("公布时间", null=True, blank=True)
    withdrawn_by = _account("撤回人")
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    reason = models.CharField("退回或撤回理由", max_length=500, blank=True)
    closed_grants = _ids("结束的授权版本")
    written_grants = _ids("写入的授权版本")
    closed_items = _ids("结束的事项版本")
    written_items = _ids("写入的事项版本")

    class Meta:
        verbose_name = "事项调整通告"
        verbose_name_plural = "事项调整通告"
        indexes = [models.Index(fields=["region_code", "-id"], name="adjustment_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["region_code", "notice_no"],
                condition=~models.Q(state="WITHDRAWN"),
                name="adjustment_number_once",
            )
        ]

    def __str__(self) -> str:
        return self.notice_no

    @property
    def is_open(self) -> bool:
        """Whether actions may still be added or taken out."""
        return self.state in (self.State.DRAFT, self.State.PREVIEWED, self.State.RETURNED)


class AdjustmentAction(models.Model):
    """One item of a notice: what is done with it, from whom to whom, who goes on to do what."""

    class Kind(models.TextChoices):
        """What is done with the item."""

        ADD = "ADD", "新增"
        MOVE_IN = "MOVE_IN", "划入"
        MOVE_OUT = "MOVE_OUT", "划出"
        CANCEL = "CANCEL", "取消"
        RENAME = "RENAME", "名称变更"
        REBASE = "REBASE", "依据变更"
        DELEGATE = "DELEGATE", "层级下放"
        TAKE_BACK = "TAKE_BACK", "收回"

    class Transition(models.TextChoices):
        """Who finishes what is open on the day (law.md D.3; the default awaits confirmation)."""

        FILER = "FILER", "立案机关办结"
        TAKER = "TAKER", "移交新主体"

    notice = models.ForeignKey(
        AdjustmentNotice, on_delete=models.CASCADE, related_name="actions", verbose_name="通告"
    )
    kind = models.CharField("调整", max_length=12, choices=Kind.choices)
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="adjustments", verbose_name="事项"
    )
    item_code = models.CharField("事项编码", max_length=32)
    from_body = models.ForeignKey(
        Body,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="划出主体",
    )
    to_body = models.ForeignKey(
        Body,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="承接主体",
    )
    regions = ArrayField(
        models.CharField(max_length=12), verbose_name="区域", default=list, blank=True
    )
    mode = models.CharField("方式", max_length=12, choices=Grant.Mode.choices, blank=True)
    remaining_body = models.ForeignKey(
        Body,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="继续监管主体",
    )
    transition = models.CharField(
        "过渡规则", max_length=12, choices=Transition.choices, default=Transition.FILER
    )
    training_due = models.DateField("培训期限", null=True, blank=True)
    handover_docs = models.CharField("移交材料", max_length=300, blank=True)
    new_name = models.CharField("新名称", max_length=200, blank=True)
    new_basis = models.ForeignKey(
        BasisNode,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="新罚则",
    )

    class Meta:
        verbose_name = "通告事项"
        verbose_name_plural = "通告事项"
        indexes = [models.Index(fields=["notice", "item_code", "id"], name="adjustment_by_code")]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "item_code", "kind"], name="adjustment_item_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.item_code}"
