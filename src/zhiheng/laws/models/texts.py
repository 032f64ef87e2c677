"""法律文件, its versions, and the tree of places in each version."""

from django.db import models
from django.db.models import Q


class Level(models.TextChoices):
    """Rank among sources of law; the order of the list is the order of rank."""

    CONSTITUTION = "CONSTITUTION", "宪法"
    LAW = "LAW", "法律"
    REGULATION = "REGULATION", "行政法规"
    LOCAL = "LOCAL", "地方性法规"
    RULE = "RULE", "规章"
    INTERPRETATION = "INTERPRETATION", "司法解释"
    DECISION = "DECISION", "修改、废止的决定"
    DOCUMENT = "DOCUMENT", "规范性文件"
    OTHER = "OTHER", "其他"


class Law(models.Model):
    """法律文件: a law through all its versions.

    `short` is the title without 中华人民共和国 and is how laws are matched and cited.
    """

    title = models.CharField("名称", max_length=300)
    short = models.CharField("简名", max_length=300)
    level = models.CharField("位阶", max_length=16, choices=Level.choices)
    issuer = models.CharField("制定机关", max_length=200, blank=True)
    region_code = models.CharField("区划代码", max_length=12, default="100000")

    class Meta:
        verbose_name = "法律文件"
        verbose_name_plural = "法律文件"
        constraints = [
            models.UniqueConstraint(fields=["short", "region_code"], name="law_one_per_title")
        ]

    def __str__(self) -> str:
        return f"《{self.title}》"


class LawVersion(models.Model):
    """法律版本: one text of a law, with the days on which it holds and where it came from.

    `valid_from` is the day this version came into force, not the law's first day; null when no
    source establishes it. `valid_until` is the first day on which it no longer holds.
    `findings`: what was noticed on import, `[{"code", "where", "says"}]`, for a person to settle.
    """

    law = models.ForeignKey(
        Law, on_delete=models.PROTECT, related_name="versions", verbose_name="法律文件"
    )
    label = models.CharField("版本", max_length=80)
    published_on = models.DateField("公布日", null=True, blank=True)
    valid_from = models.DateField("施行日", null=True, blank=True)
    valid_until = models.DateField("失效日", null=True, blank=True)
    ended_by = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="ends",
        verbose_name="由何失效",
    )
    ended_basis = models.CharField("失效依据", max_length=200, blank=True)
    dates_basis = models.CharField("施行日的来由", max_length=200, blank=True)
    effective_claimed = models.DateField("来源所称施行日", null=True, blank=True)
    status_claimed = models.CharField("来源所称状态", max_length=20, blank=True)
    source = models.CharField("来源", max_length=120)
    source_digest = models.CharField("来源摘要", max_length=64, blank=True)
    text_digest = models.CharField("正文摘要", max_length=64)
    article_count = models.PositiveIntegerField("条数", default=0)
    findings = models.JSONField("导入时发现的问题", default=list, blank=True)
    imported_at = models.DateTimeField("导入时间")

    class Meta:
        verbose_name = "法律版本"
        verbose_name_plural = "法律版本"
        constraints = [
            models.UniqueConstraint(fields=["law", "text_digest"], name="law_version_one_per_text"),
            models.CheckConstraint(
                condition=Q(valid_from=None)
                | Q(valid_until=None)
                | Q(valid_until__gte=models.F("valid_from")),
                name="law_version_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["law", "valid_from"], name="law_version_of_law")]

    def __str__(self) -> str:
        return f"{self.law}（{self.label}）"


class LawNode(models.Model):
    """条款节点: one place in a version, with the words that stand there.

    `number` is the place as digits: article "132", 第一百三十二条之一 "132-1", paragraph "2",
    item "3". `path` is the whole address within the version, "132/2/3"; of parts, chapters and
    sections "编2/章3/节1". An article that is a single paragraph has one PARAGRAPH child "1".
    Words stand on paragraphs and items: an article's own `text` is empty, its `text_digest` is
    that of all its words. `valid_from` is empty where no source establishes since when a place
    has read so; in an amended version that is every place that the amendment left alone.
    """

    class Kind(models.TextChoices):
        """Which rung of the tree."""

        PART = "PART", "编"
        SUBPART = "SUBPART", "分编"
        CHAPTER = "CHAPTER", "章"
        SECTION = "SECTION", "节"
        ARTICLE = "ARTICLE", "条"
        PARAGRAPH = "PARAGRAPH", "款"
        ITEM = "ITEM", "项"

    version = models.ForeignKey(
        LawVersion, on_delete=models.CASCADE, related_name="nodes", verbose_name="法律版本"
    )
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="children",
        verbose_name="上级",
    )
    kind = models.CharField("层级", max_length=12, choices=Kind.choices)
    number = models.CharField("序号", max_length=16)
    path = models.CharField("位置", max_length=64)
    label = models.CharField("条款", max_length=80)
    position = models.PositiveIntegerField("顺序")
    text = models.TextField("正文", blank=True)
    text_digest = models.CharField("正文摘要", max_length=64, blank=True)
    valid_from = models.DateField("施行日", null=True, blank=True)
    valid_until = models.DateField("失效日", null=True, blank=True)

    class Meta:
        verbose_name = "条款节点"
        verbose_name_plural = "条款节点"
        constraints = [
            models.UniqueConstraint(fields=["version", "path"], name="law_node_one_per_path")
        ]
        indexes = [models.Index(fields=["version", "position"], name="law_node_in_order")]

    def __str__(self) -> str:
        return f"{self.version.law}{self.label}"
