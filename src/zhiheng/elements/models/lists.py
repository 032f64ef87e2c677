"""职责边界, 移送标准, 柔性执法清单, 一件事: the lists that say who does which part, and how gently."""

from typing import ClassVar

from django.db import models

from zhiheng.elements.models.bodies import Body
from zhiheng.elements.models.header import ElementRecord, one_truth
from zhiheng.elements.models.items import Basis, Item
from zhiheng.elements.models.papers import DocTemplate


class DutyBoundary(ElementRecord):
    """职责边界: for one matter, who leads, who approves, inspects, proves, tests, punishes."""

    code = models.CharField("边界编号", max_length=32, db_index=True)
    matter = models.CharField("事项名称", max_length=200)
    domain = models.CharField("领域", max_length=16, choices=Item.Domain.choices, blank=True)
    lead_body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="+", verbose_name="牵头主体"
    )
    assist_bodies = models.JSONField("配合主体", default=list, blank=True)
    penalty_body = models.ForeignKey(
        Body,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="处罚主体",
    )
    items = models.JSONField("涉及事项", default=list, blank=True)
    source_supervision = models.TextField("源头监管（谁审批谁监管）", blank=True)
    daily_inspection = models.TextField("日常检查", blank=True)
    evidence_duty = models.TextField("取证责任", blank=True)
    testing_duty = models.TextField("检测鉴定责任", blank=True)
    after_care = models.TextField("后续监管", blank=True)
    handover_condition = models.TextField("移交条件", blank=True)
    dispute_channel = models.CharField("争议协调", max_length=200, blank=True)
    doc_title = models.CharField("文件", max_length=200, blank=True)
    doc_no = models.CharField("文号", max_length=80, blank=True)

    code_lists: ClassVar[dict[str, str]] = {"assist_bodies": "Body", "items": "Item"}

    class Meta:
        verbose_name = "职责边界"
        verbose_name_plural = "职责边界"
        constraints = one_truth("dutyboundary", "code")

    def __str__(self) -> str:
        return self.matter


class TransferStandard(ElementRecord):
    """移送标准: when a matter has to go to another organ, with what, by when.

    The receiver is a body of the register, or named in words when it is none (police,
    procurator); never both.
    """

    class Kind(models.TextChoices):
        """Between organs, or toward criminal justice."""

        ADMINISTRATIVE = "ADMINISTRATIVE", "行政机关之间"
        CRIMINAL = "CRIMINAL", "移送司法"

    code = models.CharField("标准编号", max_length=32, db_index=True)
    title = models.CharField("名称", max_length=200)
    kind = models.CharField("类型", max_length=16, choices=Kind.choices)
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="transfer_standards", verbose_name="事项"
    )
    from_body = models.ForeignKey(
        Body,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="移出主体",
    )
    to_body = models.ForeignKey(
        Body,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="接收主体",
    )
    to_organ = models.CharField("接收机关（未登记的）", max_length=120, blank=True)
    trigger_facts = models.JSONField("移送情形", default=list)
    minimum_evidence = models.JSONField("最低证据", default=list, blank=True)
    goods = models.TextField("涉案物品处理", blank=True)
    send_within = models.CharField("移送期限", max_length=60, blank=True)
    receipt_within = models.CharField("受理答复期限", max_length=60, blank=True)
    refuse_reasons = models.JSONField("可不予接收的情形", default=list, blank=True)
    return_rule = models.TextField("退回规则", blank=True)
    doc_template = models.ForeignKey(
        DocTemplate,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="移送文书",
    )
    doc_title = models.CharField("文件", max_length=200, blank=True)
    doc_no = models.CharField("文号", max_length=80, blank=True)

    class Meta:
        verbose_name = "移送标准"
        verbose_name_plural = "移送标准"
        constraints = one_truth("transferstandard", "code")

    def __str__(self) -> str:
        return self.title


class FlexibleEntry(ElementRecord):
    """柔性执法清单: when an item is not punished, punished less, answered by service, or handled fast."""

    class Kind(models.TextChoices):
        """The five kinds of leniency (law.md D.5), and what may be handled fast (A.4)."""

        FIRST = "FIRST", "首违不罚"
        MINOR = "MINOR", "轻微不罚"
        LIGHTER = "LIGHTER", "从轻减轻"
        NO_COERCION = "NO_COERCION", "免予强制"
        SERVICE = "SERVICE", "公益减罚"
        FAST = "FAST", "快速办理"

    class Approval(models.TextChoices):
        """Who may decide so."""

        OFFICER = "OFFICER", "执法人员"
        UNIT_HEAD = "UNIT_HEAD", "机构负责人"
        AGENCY_HEAD = "AGENCY_HEAD", "机关负责人"

    code = models.CharField("清单编号", max_length=32, db_index=True)
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="flexible_entries", verbose_name="事项"
    )
    kind = models.CharField("柔性类型", max_length=16, choices=Kind.choices)
    legal_ground = models.CharField("法律理由", max_length=200)
    regulation = models.ForeignKey(
        Basis,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="公益减罚依据",
    )
    after_decision = models.BooleanField("决定后可折抵", default=False)
    conditions = models.JSONField("适用条件", default=list)
    excluded = models.JSONField("不适用情形", default=list, blank=True)
    lookback_months = models.PositiveSmallIntegerField("回溯期（月）", null=True, blank=True)
    evidence = models.JSONField("需要的证据", default=list, blank=True)
    education_form = models.TextField("教育方式", blank=True)
    commitment_template = models.ForeignKey(
        DocTemplate,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="承诺书",
    )
    recheck = models.TextField("复查要求", blank=True)
    approve_level = models.CharField(
        "批准层级", max_length=12, choices=Approval.choices, default=Approval.AGENCY_HEAD
    )
    publish_url = models.CharField("公布网址", max_length=200, blank=True)

    class Meta:
        verbose_name = "柔性执法清单"
        verbose_name_plural = "柔性执法清单"
        constraints = one_truth("flexibleentry", "code")
        indexes = [models.Index(fields=["item", "kind"], name="flexibleentry_item_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.code}"


class OneThing(ElementRecord):
    """一件事: a matter as citizens see it, handled as one: items, lead, parts, chain of steps."""

    code = models.CharField("一件事编号", max_length=32, db_index=True)
    name = models.CharField("名称", max_length=120)
    domain = models.CharField("领域", max_length=16, choices=Item.Domain.choices, blank=True)
    lead_body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="+", verbose_name="牵头主体"
    )
    bodies = models.JSONField("参与主体", default=list, blank=True)
    items = models.JSONField("包含事项", default=list)
    approving_body = models.ForeignKey(
        Body,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="审批主体",
    )
    chain = models.JSONField("环节", default=list, blank=True)
    tasks = models.JSONField("任务", default=list, blank=True)
    shared_standard = models.TextField("统一标准", blank=True)
    doc_title = models.CharField("文件", max_length=200, blank=True)
    doc_no = models.CharField("文号", max_length=80, blank=True)

    code_lists: ClassVar[dict[str, str]] = {"bodies": "Body", "items": "Item"}

    class Meta:
        verbose_name = "一件事"
        verbose_name_plural = "一件事"
        constraints = one_truth("onething", "code")

    def __str__(self) -> str:
        return self.name
