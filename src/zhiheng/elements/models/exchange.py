"""导入批次, its rows, remembered columns, and exports that are made in the background."""

from django.db import models
from django.db.models import Q


class ImportBatch(models.Model):
    """导入批次: one uploaded file on its way into a register, all of it or nothing.

    `lines_read` and `line_compared` are checkpoints (numbers of lines in the file): whoever takes
    the job up again goes on behind them. The file itself is kept until the batch is over.
    """

    class State(models.TextChoices):
        """How far it has come."""

        MATCHING = "MATCHING", "待对应列"
        READING = "READING", "正在读取"
        COMPARING = "COMPARING", "正在核对"
        CHECKED = "CHECKED", "已核对"
        APPLYING = "APPLYING", "正在写入"
        APPLIED = "APPLIED", "已生效"
        WITHDRAWN = "WITHDRAWN", "已撤回"
        REFUSED = "REFUSED", "读不了"
        FAILED = "FAILED", "没有办成"

    register = models.CharField("登记簿", max_length=32)
    region_code = models.CharField("区划代码", max_length=12)
    prefixes = models.JSONField("可改的区划", default=list)
    file_name = models.CharField("文件名", max_length=200)
    file_sha256 = models.CharField("文件摘要", max_length=64)
    file_size = models.PositiveBigIntegerField("文件大小")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.MATCHING)
    header_line = models.PositiveIntegerField("表头行")
    header = models.JSONField("表头", default=list)
    mapping = models.JSONField("对应列", default=list)
    valid_from = models.DateField("生效日")
    warnings = models.JSONField("提示", default=list, blank=True)
    problem = models.CharField("原因", max_length=400, blank=True)
    share_read = models.FloatField("已读比例", default=0)
    lines_read = models.PositiveIntegerField("已读到的行", default=0)
    line_compared = models.PositiveIntegerField("已核对到的行", default=0)
    rows = models.PositiveIntegerField("行数", default=0)
    rows_compared = models.PositiveIntegerField("已核对行数", default=0)
    rows_new = models.PositiveIntegerField("新增", default=0)
    rows_changed = models.PositiveIntegerField("变更", default=0)
    rows_same = models.PositiveIntegerField("不变", default=0)
    rows_wrong = models.PositiveIntegerField("有错", default=0)
    uploaded_by = models.ForeignKey(
        "people.Account", verbose_name="上传人", on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField("上传时间")
    checked_at = models.DateTimeField("核对完成", null=True, blank=True)
    decided_by = models.ForeignKey(
        "people.Account",
        null=True,
        blank=True,
        verbose_name="批准人",
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField("批准时间", null=True, blank=True)
    applied_at = models.DateTimeField("生效时间", null=True, blank=True)

    class Meta:
        verbose_name = "导入批次"
        verbose_name_plural = "导入批次"
        indexes = [models.Index(fields=["region_code", "-id"], name="importbatch_region")]

    def __str__(self) -> str:
        return self.file_name


class ImportProgress(models.Model):
    """导入进度: how many rows of a batch are written so far.

    A row of its own, since the batch is locked while it is written; told over another connection,
    so that people see it before everything is there. It says nothing about what holds.
    """

    batch = models.OneToOneField(
        ImportBatch, on_delete=models.PROTECT, related_name="written", verbose_name="批次"
    )
    rows_written = models.PositiveIntegerField("已写入行数", default=0)

    class Meta:
        verbose_name = "导入进度"
        verbose_name_plural = "导入进度"

    def __str__(self) -> str:
        return f"{self.batch} {self.rows_written}"


class ImportRow(models.Model):
    """导入行: one row of a batch; emptied when the batch is over.

    `until`: the day on which the next row about the same element takes over. `cells` are the texts as found (personal ones sealed), `values` what they mean by field name,
    `was` the row of the register that it changes, `diff` `[field title, before, after]` each,
    `problems` `[column letter, title, found, sentence]` each.
    """

    class Outcome(models.TextChoices):
        """What applying it will do."""

        OPEN = "", "未核对"
        NEW = "NEW", "新增"
        CHANGED = "CHANGED", "变更"
        SAME = "SAME", "不变"
        WRONG = "WRONG", "有错"

    batch = models.ForeignKey(
        ImportBatch, on_delete=models.PROTECT, related_name="lines", verbose_name="批次"
    )
    line = models.PositiveIntegerField("行号")
    key = models.CharField("识别值", max_length=400, blank=True)
    name = models.CharField("名称", max_length=120, blank=True)
    cells = models.JSONField("原文", default=list)
    values = models.JSONField("值", default=dict)
    outcome = models.CharField(
        "结果", max_length=8, choices=Outcome.choices, default=Outcome.OPEN, blank=True
    )
    uid = models.UUIDField("要素标识", null=True, blank=True)
    was = models.BigIntegerField("原记录", null=True, blank=True)
    day = models.DateField("自何日", null=True, blank=True)
    until = models.DateField("至下一行", null=True, blank=True)
    diff = models.JSONField("变化", default=list)
    problems = models.JSONField("错误", default=list)

    class Meta:
        verbose_name = "导入行"
        verbose_name_plural = "导入行"
        constraints = [
            models.UniqueConstraint(fields=["batch", "line"], name="importrow_line_once")
        ]
        indexes = [
            models.Index(fields=["batch", "key"], name="importrow_key", condition=~Q(key="")),
            models.Index(fields=["batch", "outcome", "line"], name="importrow_outcome"),
        ]

    def __str__(self) -> str:
        return f"第 {self.line} 行"


class ImportMemory(models.Model):
    """列对应: what a person last chose for each title of a file, per register."""

    account = models.ForeignKey(
        "people.Account", verbose_name="账号", on_delete=models.PROTECT, related_name="+"
    )
    register = models.CharField("登记簿", max_length=32)
    choices = models.JSONField("对应列", default=dict)

    class Meta:
        verbose_name = "列对应"
        verbose_name_plural = "列对应"
        constraints = [
            models.UniqueConstraint(fields=["account", "register"], name="importmemory_once")
        ]

    def __str__(self) -> str:
        return self.register


class ElementExport(models.Model):
    """要素导出: a register taken away on a day, as filtered; kept for a week."""

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "WAITING", "正在生成"
        READY = "READY", "可以下载"
        FAILED = "FAILED", "没有生成"

    register = models.CharField("登记簿", max_length=32)
    region_code = models.CharField("区划代码", max_length=12)
    prefixes = models.JSONField("可看的区划", default=list)
    query = models.CharField("查找词", max_length=200, blank=True)
    on = models.DateField("看哪一天")
    form = models.CharField("格式", max_length=4)
    open_personal = models.BooleanField("含个人信息", default=False)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    rows = models.PositiveIntegerField("行数", default=0)
    rows_sha256 = models.CharField("数据摘要", max_length=64, blank=True)
    file_sha256 = models.CharField("文件摘要", max_length=64, blank=True)
    requested_by = models.ForeignKey(
        "people.Account", verbose_name="导出人", on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField("导出时间")
    ready_at = models.DateTimeField("生成时间", null=True, blank=True)

    class Meta:
        verbose_name = "要素导出"
        verbose_name_plural = "要素导出"

    def __str__(self) -> str:
        return self.register
