"""执法依据, 执法事项, 授权, 裁量基准: what may be enforced, on which words, by whom, how far."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from zhiheng.elements.models.bodies import Body
from zhiheng.elements.models.header import ElementRecord, one_truth


class Basis(ElementRecord):
    """执法依据: one version of a law, regulation, rule or standard.

    `valid_from` is the day this version came into force, `valid_until` the day it ended.
    """

    class Level(models.TextChoices):
        """Rank among sources of law."""

        LAW = "LAW", "法律"
        REGULATION = "REGULATION", "行政法规"
        LOCAL = "LOCAL", "地方性法规"
        RULE = "RULE", "规章"
        DOCUMENT = "DOCUMENT", "规范性文件"
        STANDARD = "STANDARD", "标准"

    code = models.CharField("依据代码", max_length=64, db_index=True)
    title = models.CharField("名称", max_length=200)
    level = models.CharField("位阶", max_length=12, choices=Level.choices)
    issuer = models.CharField("制定机关", max_length=120, blank=True)
    doc_no = models.CharField("文号", max_length=80, blank=True)
    promulgated_on = models.DateField("公布日", null=True, blank=True)
    source = models.CharField("文本来源", max_length=200, blank=True)
    law_version = models.ForeignKey(
        "laws.LawVersion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="法条库版本",
    )

    class Meta:
        verbose_name = "执法依据"
        verbose_name_plural = "执法依据"
        constraints = one_truth("basis", "code")

    def __str__(self) -> str:
        return f"《{self.title}》"


class BasisNode(ElementRecord):
    """A place in a law: article, paragraph, item. Penalties point here, never at copied text."""

    basis = models.ForeignKey(
        Basis, on_delete=models.PROTECT, related_name="nodes", verbose_name="依据"
    )
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name="上级条款",
    )
    article = models.CharField("条", max_length=16)
    paragraph = models.CharField("款", max_length=8, blank=True)
    item = models.CharField("项", max_length=8, blank=True)
    label = models.CharField("条款", max_length=64)
    digest = models.CharField("摘要（自拟）", max_length=300, blank=True)
    law_node = models.ForeignKey(
        "laws.LawNode",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="法条库条款",
    )

    class Meta:
        verbose_name = "依据条款"
        verbose_name_plural = "依据条款"
        constraints = one_truth("basisnode")
        indexes = [models.Index(fields=["basis", "article"], name="basisnode_article")]

    def __str__(self) -> str:
        return f"{self.basis}{self.label}"


class Item(ElementRecord):
    """执法事项: one kind of act that may be penalised, inspected or stopped."""

    class Kind(models.TextChoices):
        """The kind of power."""

        PENALTY = "PENALTY", "行政处罚"
        INSPECTION = "INSPECTION", "行政检查"
        COERCION = "COERCION", "行政强制"

    class Domain(models.TextChoices):
        """The line of enforcement; periods and shares of discretion depend on it."""

        URBAN = "urban", "城市管理"
        MARKET = "market", "市场监管"
        ECOLOGY = "ecology", "生态环境"
        CONSTRUCTION = "construction", "住房和城乡建设"
        TRANSPORT = "transport", "交通运输"
        AGRI = "agri", "农业农村"
        SAFETY = "safety", "应急管理"
        FIRE = "fire", "消防"
        HEALTH = "health", "卫生健康"
        CULTURE = "culture", "文化旅游"
        WATER = "water", "水利"
        NATURAL = "natural", "自然资源"
        LABOUR = "labour", "人力社保"
        DEVELOPMENT = "development", "发展改革"
        INDUSTRY = "industry", "经济和信息化"
        EDUCATION = "education", "教育"
        ETHNIC = "ethnic", "民族宗教"
        POLICE = "police", "公安"
        CIVIL = "civil", "民政"
        FINANCE = "finance", "财政税务"
        COMMERCE = "commerce", "商务"
        FORESTRY = "forestry", "林业"
        WEATHER = "weather", "气象"
        QUAKE = "quake", "防震减灾"
        GRAIN = "grain", "粮食和物资储备"
        DEFENCE = "defence", "人民防空"
        STATISTICS = "statistics", "统计"
        ARCHIVES = "archives", "档案"
        SPORT = "sport", "体育"
        PRESS = "press", "新闻出版和广播电视"
        OTHER = "other", "其他"

    class HearingClass(models.TextChoices):
        """When the right to a hearing has to be told (行政处罚法 63)."""

        BY_AMOUNT = "BY_AMOUNT", "较大数额罚没款"
        ALWAYS = "ALWAYS", "必须告知"
        NEVER = "NEVER", "不适用"

    code = models.CharField("事项编码", max_length=32, db_index=True)
    national_code = models.CharField("国家目录编码", max_length=40, blank=True)
    name = models.CharField("名称", max_length=200)
    domain = models.CharField("执法领域", max_length=16, choices=Domain.choices, db_index=True)
    kind = models.CharField("权力类型", max_length=12, choices=Kind.choices)
    act_description = models.TextField("违法行为", blank=True)
    keywords = models.CharField("俗称与关键词", max_length=300, blank=True)
    conduct_basis = models.ForeignKey(
        BasisNode,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="行为规范",
    )
    penalty_basis = models.ForeignKey(
        BasisNode,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="items",
        verbose_name="罚则",
    )
    penalty_kinds = models.JSONField("处罚种类", default=list, blank=True)
    fine_min_cents = models.BigIntegerField("罚款下限（分）", null=True, blank=True)
    fine_max_cents = models.BigIntegerField("罚款上限（分）", null=True, blank=True)
    fine_rules = models.JSONField("罚款细则", default=list, blank=True)
    order_correction = models.BooleanField("责令改正", default=False)
    refusal_required = models.BooleanField("拒不改正才罚", default=False)
    on_the_spot = models.BooleanField("可适用简易程序", default=False)
    hearing_class = models.CharField(
        "听证", max_length=12, choices=HearingClass.choices, default=HearingClass.BY_AMOUNT
    )
    benchmark_table = models.CharField("裁量表", max_length=64, blank=True)

    class Meta:
        verbose_name = "执法事项"
        verbose_name_plural = "执法事项"
        constraints = one_truth("item", "code")

    def __str__(self) -> str:
        return self.name


class Grant(ElementRecord):
    """授权: a body may do an item in a region, by which document (law.md D.2).

    `derived_from` is the grant it rests on: an entrustment rests on the grant of the organ that
    entrusts; the chain ends in the law itself. `except_regions` are parts of the region that have
    gone to somebody else.
    """

    class Mode(models.TextChoices):
        """How the power came to the body."""

        STATUTORY = "STATUTORY", "法定职权"
        CENTRALISED = "CENTRALISED", "相对集中行使"
        EMPOWERED = "EMPOWERED", "赋权乡镇街道"
        ENTRUSTED = "ENTRUSTED", "委托"
        STATIONED = "STATIONED", "派驻"

    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="grants", verbose_name="事项"
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="grants", verbose_name="主体"
    )
    mode = models.CharField("方式", max_length=12, choices=Mode.choices)
    doc_no = models.CharField("文号", max_length=80, blank=True)
    doc_title = models.CharField("文件", max_length=200, blank=True)
    derived_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="derived",
        verbose_name="来自",
    )
    except_regions = ArrayField(
        models.CharField(max_length=12), verbose_name="不含区域", default=list, blank=True
    )

    class Meta:
        verbose_name = "授权"
        verbose_name_plural = "授权"
        constraints = one_truth("grant")

    def __str__(self) -> str:
        return f"{self.body} {self.get_mode_display()} {self.item}"


class Benchmark(ElementRecord):
    """裁量基准: the tiers within which an item is penalised.

    Tiers: `[{tier, title, min_cents, max_cents, when}]`; the table that computes is in
    rulebook/discretion under `table`.
    """

    code = models.CharField("基准代码", max_length=64, db_index=True)
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="benchmarks", verbose_name="事项"
    )
    title = models.CharField("名称", max_length=200)
    issuer = models.CharField("制定机关", max_length=120, blank=True)
    doc_no = models.CharField("文号", max_length=80, blank=True)
    table = models.CharField("裁量表", max_length=64, blank=True)
    tiers = models.JSONField("档次", default=list)
    factors = models.JSONField("考量因素", default=list, blank=True)

    class Meta:
        verbose_name = "裁量基准"
        verbose_name_plural = "裁量基准"
        constraints = one_truth("benchmark", "code")

    def __str__(self) -> str:
        return self.title
