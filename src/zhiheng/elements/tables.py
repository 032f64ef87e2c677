"""Tables beside an element: who may do it, what it carries, what was known when."""

from datetime import date

from zhiheng.elements.faces import href_of, span, status_cell
from zhiheng.elements.models import (
    Basis,
    BasisNode,
    Benchmark,
    Body,
    ElementRecord,
    Grant,
    Item,
    Officer,
)
from zhiheng.laws import api as laws
from zhiheng.web import words
from zhiheng.web.faces import Cell, Table

_MOST = 60


def history(*, versions: list[ElementRecord]) -> Table:
    """Every version: when it holds, since when and until when it was known, by whose approval."""
    return Table(
        columns=("版本", "有效期间", "记录起", "记录止", "批准", "状态"),
        rows=tuple(
            (
                Cell(one.version, "num"),
                span(one.valid_from, one.valid_until),
                Cell(words.moment(one.known_from), "num"),
                Cell(words.moment(one.known_until) or "现行", "num"),
                " ".join(filter(None, (one.approved_by, one.approve_doc))) or "—",
                status_cell(one),
            )
            for one in versions
        ),
        caption="历史版本",
    )


def beside(*, record: ElementRecord, on: date) -> list[Table]:
    """The tables that belong to a kind; none for most."""
    if isinstance(record, Item):
        return [_holders(record, on), *_tiers(record, on)]
    if isinstance(record, Body):
        return [_held(record, on), _officers(record, on)]
    if isinstance(record, Basis):
        return [_clauses(record, on)]
    return []


def _holders(item: Item, on: date) -> Table:
    grants = Grant.objects.active(on).filter(item__uid=item.uid).select_related("body")[:_MOST]
    return Table(
        columns=("主体", "方式", "文件", "期间"),
        rows=tuple(
            (Cell(one.body.name, href=href_of(one.body)), one.get_mode_display(), one.doc_no or one.doc_title,
             span(one.valid_from, one.valid_until))
            for one in grants
        ),
        caption="谁能办",
    )  # fmt: skip


def _tiers(item: Item, on: date) -> list[Table]:
    found = Benchmark.objects.active(on).filter(item__uid=item.uid).first()
    if found is None:
        return []
    rows = tuple(
        (tier["title"], Cell(tier["min_cents"], "money"), Cell(tier["max_cents"], "money"))
        for tier in found.tiers
    )
    return [Table(columns=("档次", "下限", "上限"), rows=rows, caption=found.title)]


def _held(body: Body, on: date) -> Table:
    grants = Grant.objects.active(on).filter(body__uid=body.uid).select_related("item")
    return Table(
        columns=("事项", "编码", "方式", "文件"),
        rows=tuple(
            (
                Cell(one.item.name, href=href_of(one.item)),
                Cell(one.item.code, "num"),
                one.get_mode_display(),
                one.doc_no or one.doc_title,
            )
            for one in grants.order_by("item__code")[:_MOST]
        ),
        caption="能办的事项",
    )


def _officers(body: Body, on: date) -> Table:
    rows = Officer.objects.active(on).filter(body__uid=body.uid).order_by("certificate_no")
    return Table(
        columns=("姓名", "执法证号", "有效期止"),
        rows=tuple(
            (
                Cell(one.name, href=href_of(one)),
                Cell(one.certificate_no, "num"),
                Cell(one.cert_until, "date"),
            )
            for one in rows[:_MOST]
        ),
        caption="执法人员",
    )


def _clauses(basis: Basis, on: date) -> Table:
    nodes = list(BasisNode.objects.known().filter(basis__uid=basis.uid).order_by("id")[:_MOST])
    punished: dict[int | None, set[str]] = {}
    found = Item.objects.known().filter(penalty_basis__in=nodes)
    for node_id, name in found.values_list("penalty_basis_id", "name"):
        punished.setdefault(node_id, set()).add(name)
    return Table(
        columns=("条款", "由它处罚的事项"),
        rows=tuple(
            (
                Cell(node.label, href=_text_of(basis, node, on)),
                "、".join(sorted(punished.get(node.pk, ()))) or "—",
            )
            for node in nodes
        ),
        caption="被引用的条款",
    )


def _text_of(basis: Basis, node: BasisNode, on: date) -> str:
    """Where the words of a provision are read as they were on a day."""
    cited = laws.Citation(0, 0, basis.title, node.article, node.paragraph, node.item)
    return laws.place_href(cited, on)
