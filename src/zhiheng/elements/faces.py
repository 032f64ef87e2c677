"""How each kind of element reads: a row of its list, the facts of its page.

Each function takes the record and whether personal data may be open.
"""

from datetime import date
from typing import Any

from django.urls import reverse

from zhiheng.elements import privacy
from zhiheng.elements.models import (
    Area,
    Basis,
    Benchmark,
    Body,
    CaseExample,
    DocTemplate,
    ElementRecord,
    Grant,
    Item,
    Officer,
    Status,
    Subject,
)
from zhiheng.elements.models.penalties import PENALTY_KINDS
from zhiheng.web import words
from zhiheng.web.faces import Cell, Tone

Row = tuple[Cell | str, ...]
Facts = list[tuple[Any, ...]]
SLUGS: dict[type[ElementRecord], str] = {Item: "items", Body: "bodies", Officer: "officers"}
KINDS = dict(PENALTY_KINDS)


def href_of(record: ElementRecord | None) -> str:
    """The page of an element that others point to; empty for none."""
    slug = SLUGS.get(type(record)) if record is not None else None
    return reverse("element_show", args=[slug, record.uid]) if slug and record else ""


def status_cell(record: ElementRecord) -> Cell:
    """The state as a tag."""
    tones: dict[str, Tone] = {Status.ACTIVE: "ok", Status.SUSPENDED: "warn"}
    tone = tones.get(record.status, "plain")
    return Cell(record.get_status_display(), "tag", tone)


def span(begins: date, ends: date | None) -> str:
    """A stretch of days in words; the end is excluded."""
    return f"{words.day(begins)} 起" + (f"，{words.day(ends)} 止" if ends else "")


def fine_range(item: Item) -> str:
    """The range of the fine in words."""
    low, high = item.fine_min_cents, item.fine_max_cents
    if high is None:
        return "—"
    return f"{words.yuan(low)}至{words.yuan(high)}" if low else f"{words.yuan(high)}以下"


def body_row(body: Body, _: bool) -> Row:
    """A body in the list."""
    return (
        Cell(body.name, "strong"), Cell(body.code, "num"), body.get_kind_display(),
        body.get_level_display(), status_cell(body),
    )  # fmt: skip


def body_facts(body: Body, _: bool) -> Facts:
    """A body in full."""
    return [
        ("主体代码", body.code),
        ("统一社会信用代码", body.uscc),
        ("类型", f"{body.get_kind_display()}，{body.get_level_display()}"),
        (
            "委托机关",
            body.entrusted_by.name if body.entrusted_by else "",
            href_of(body.entrusted_by),
        ),
        ("资格依据", body.legal_basis),
        ("资格公告", body.qualification_notice),
        ("执法领域", "、".join(dict(Item.Domain.choices).get(d, d) for d in body.domains)),
        ("地址", body.address),
        ("电话", body.phone),
        ("投诉电话", body.complaint_phone),
        ("行政复议机关", body.reconsideration_organ),
        ("有管辖权的法院", body.court),
        ("文号代字", body.doc_prefix),
    ]


def officer_row(officer: Officer, _: bool) -> Row:
    """An officer in the list."""
    tone: Tone = "ok" if officer.cert_status == Officer.CertStatus.VALID else "stop"
    return (
        Cell(officer.name, "strong"), Cell(officer.certificate_no, "num"), officer.body.name,
        Cell(officer.cert_until, "date"), Cell(officer.get_cert_status_display(), "tag", tone),
    )  # fmt: skip


def officer_facts(officer: Officer, open_personal: bool) -> Facts:
    """An officer in full; the citizen number is masked unless work needs it."""
    return [
        ("所属主体", officer.body.name, href_of(officer.body)),
        ("内设机构", officer.unit),
        ("执法证号", officer.certificate_no),
        (
            "有效期",
            f"{words.day(officer.cert_from)} 至 {words.day(officer.cert_until)}（含当天）",
        ),
        ("证件状态", officer.get_cert_status_display()),
        (
            "执法类别",
            "、".join(dict(Item.Domain.choices).get(c, c) for c in officer.cert_category),
        ),
        ("法律职业资格", officer.legal_qualification),
        ("身份号码", privacy.officer_citizen_id(officer=officer, open_personal=open_personal)),
    ]


def subject_row(subject: Subject, open_personal: bool) -> Row:
    """A subject in the list, masked by role."""
    card = privacy.card_of(subject=subject, open_personal=open_personal)
    return (Cell(card.name, "strong"), card.kind_label, Cell(card.uscc or "—", "num"), card.address)


def subject_facts(subject: Subject, open_personal: bool) -> Facts:
    """A subject in full, masked by role."""
    card = privacy.card_of(subject=subject, open_personal=open_personal)
    return [
        ("类型", card.kind_label),
        ("统一社会信用代码", card.uscc),
        ("身份号码", card.citizen_id),
        ("法定代表人（经营者）", card.legal_representative),
        ("电话", card.phone),
        ("地址", card.address),
        ("行业代码", subject.industry),
        ("网格", subject.grid_code),
        ("确认的送达地址", card.service_address),
        ("电子送达", "同意" if subject.service_by_electronic else "未同意"),
    ]


def item_row(item: Item, _: bool) -> Row:
    """An item in the list."""
    return (
        Cell(item.name, "strong"), Cell(item.code, "num"), item.get_domain_display(),
        str(item.penalty_basis or "—"), fine_range(item),
    )  # fmt: skip


def item_facts(item: Item, _: bool) -> Facts:
    """An item in full; one of inspection or coercion has no fine and no hearing."""
    penal = item.kind == Item.Kind.PENALTY
    more = "\n".join(
        f"{'个人' if r['party'] == 'CITIZEN' else ''}{r['when']}："
        f"{words.yuan(r['min_cents'])}至{words.yuan(r['max_cents'])}"
        for r in item.fine_rules
    )
    flags = [
        word
        for yes, word in (
            (item.order_correction, "同时责令改正"),
            (item.refusal_required, "拒不改正或者逾期不改正才罚"),
            (item.on_the_spot, "金额在限额内的可当场处罚"),
        )
        if yes
    ]
    return [
        ("事项编码", item.code),
        ("领域", item.get_domain_display()),
        ("权力类型", item.get_kind_display()),
        ("违法行为" if penal else "对象和措施", item.act_description),
        ("行为规范", item.conduct_basis or ""),
        ("罚则" if penal else "实施依据", item.penalty_basis or ""),
        ("处罚种类", "、".join(KINDS.get(kind, kind) for kind in item.penalty_kinds)),
        ("罚款", fine_range(item) if penal else ""),
        ("其他幅度", more),
        ("办理要点", "；".join(flags)),
        ("听证", item.get_hearing_class_display() if penal else ""),
    ]


def basis_row(basis: Basis, _: bool) -> Row:
    """A law in the list."""
    return (
        Cell(basis.title, "strong"), basis.get_level_display(), basis.issuer,
        Cell(basis.valid_from, "date"), status_cell(basis),
    )  # fmt: skip


def basis_facts(basis: Basis, _: bool) -> Facts:
    """A law in full."""
    return [
        ("位阶", basis.get_level_display()),
        ("制定机关", basis.issuer),
        ("公布", words.day_zh(basis.promulgated_on)),
        ("施行", span(basis.valid_from, basis.valid_until)),
        ("文本来源", basis.source),
    ]


def benchmark_row(benchmark: Benchmark, _: bool) -> Row:
    """A benchmark in the list."""
    tiers = "、".join(tier["title"] for tier in benchmark.tiers)
    return (Cell(benchmark.title, "strong"), benchmark.item.name, tiers, benchmark.doc_no)


def benchmark_facts(benchmark: Benchmark, _: bool) -> Facts:
    """A benchmark in full."""
    tiers = "\n".join(
        f"{t['title']}：{words.yuan(t['min_cents'])}至{words.yuan(t['max_cents'])}"
        for t in benchmark.tiers
    )
    return [
        ("事项", benchmark.item.name, href_of(benchmark.item)),
        ("制定机关", benchmark.issuer),
        ("文号", benchmark.doc_no),
        ("档次", tiers),
        ("考量因素", "、".join(benchmark.factors)),
    ]


def template_row(template: DocTemplate, _: bool) -> Row:
    """A form in the list."""
    sealed = Cell("盖章", "tag", "info") if template.sealed else "不盖章"
    return (Cell(template.code, "num"), Cell(template.name, "strong"), template.stage, sealed)


def template_facts(template: DocTemplate, _: bool) -> Facts:
    """A form in full."""
    return [
        ("编号", template.code),
        ("阶段", template.stage),
        ("模板版本", template.template_version),
        ("盖章", "是" if template.sealed else "否"),
    ]


def example_row(example: CaseExample, _: bool) -> Row:
    """An example in the list."""
    return (
        Cell(example.title, "strong"), example.item.name, example.get_level_display(),
        example.result,
    )  # fmt: skip


def example_facts(example: CaseExample, _: bool) -> Facts:
    """An example in full."""
    return [
        ("事项", example.item.name, href_of(example.item)),
        ("级别", example.get_level_display()),
        ("案情", example.facts),
        ("争点", example.issue),
        ("说理", example.reasoning),
        ("结果", example.result),
        ("来源", example.source),
    ]


def grant_row(grant: Grant, _: bool) -> Row:
    """A grant in the list."""
    return (
        Cell(grant.item.name, "strong", note=grant.item.code), grant.body.name,
        grant.get_mode_display(), grant.doc_no or grant.doc_title,
        span(grant.valid_from, grant.valid_until),
    )  # fmt: skip


def grant_facts(grant: Grant, _: bool) -> Facts:
    """A grant in full."""
    return [
        ("事项", f"{grant.item.code} {grant.item.name}", href_of(grant.item)),
        ("主体", grant.body.name, href_of(grant.body)),
        ("区域", grant.region_code),
        ("方式", grant.get_mode_display()),
        ("文件", grant.doc_title),
        ("文号", grant.doc_no),
        ("期间", span(grant.valid_from, grant.valid_until)),
    ]


def area_row(area: Area, _: bool) -> Row:
    """An area in the list."""
    kind = area.special_kind or area.get_kind_display()
    return (Cell(area.name, "strong"), Cell(area.code, "num"), kind, area.basis or "—")


def area_facts(area: Area, _: bool) -> Facts:
    """An area in full."""
    return [
        ("区域代码", area.code),
        ("类别", area.get_kind_display()),
        ("种类", area.special_kind),
        ("划定依据", area.basis),
        ("期间", span(area.valid_from, area.valid_until)),
    ]
