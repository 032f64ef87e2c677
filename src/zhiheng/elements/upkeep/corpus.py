"""依据与法条库: a basis without a text behind it, whose text has ended, or whose text is in doubt."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from zhiheng.elements.models import Basis, BasisNode, Severity
from zhiheng.elements.upkeep.missing import faults_of
from zhiheng.elements.upkeep.rules import Fault, Rule
from zhiheng.web import words


def basis_unlinked(on: date, _: date) -> Iterable[Fault]:
    """Bases in use that no version of the corpus stands behind."""
    rows = Basis.objects.active(on).filter(law_version=None)
    return faults_of(rows, label="title", says="没有连到法条库，看不到条文，也收不到修法的消息。")


def basis_text_ended(on: date, until: date) -> Iterable[Fault]:
    """Bases in use on a day on which the corpus says that their text no longer holds."""
    rows = Basis.objects.active(on).filter(law_version__valid_until__lte=until)
    rows = rows.exclude(valid_until__lte=until)
    names = ("uid", "region_code", "owner_id", "title", "law_version__valid_until")
    return [
        Fault(
            key=str(uid), title=title, region_code=region, owner_id=owner, happens_on=ends,
            says=f"法条库里这个版本{words.day(ends)}起失效，要素里还写着有效。",
        )
        for uid, region, owner, title, ends in rows.values_list(*names)
    ]  # fmt: skip


def basis_text_doubted(on: date, _: date) -> Iterable[Fault]:
    """Bases whose text has open findings: how many, and the first of them."""
    rows = Basis.objects.active(on).exclude(law_version=None).exclude(law_version__findings=[])
    names = ("uid", "region_code", "owner_id", "title", "law_version__findings")
    for uid, region, owner, title, findings in rows.values_list(*names):
        first = str(findings[0].get("says", "")) if isinstance(findings[0], dict) else ""
        yield Fault(
            key=str(uid), title=title, region_code=region, owner_id=owner,
            says=f"导入条文时有 {len(findings)} 处疑问没有核对。{first}"[:400],
        )  # fmt: skip


def node_unlinked(on: date, _: date) -> Iterable[Fault]:
    """Clauses of a linked basis that lead to no place in its text."""
    rows = BasisNode.objects.active(on).filter(law_node=None).exclude(basis__law_version=None)
    return [_node_fault(line, "没有连到法条库里的条款。") for line in _nodes(rows)]


def node_text_doubted(on: date, _: date) -> Iterable[Fault]:
    """Clauses about which the import had a doubt: a finding names their very article."""
    rows = BasisNode.objects.active(on).filter(~Q(law_node=None))
    rows = rows.exclude(law_node__version__findings=[])
    found = []
    for line in _nodes(rows, "article", "label", "law_node__version__findings"):
        article, label, findings = line[6:]
        said = [f["says"] for f in findings if _about(f, article=article, label=label)]
        if said:
            found.append(_node_fault(line, f"导入条文时有疑问没有核对：{said[0]}"[:400]))
    return found


def _nodes(rows: Any, *more: str) -> Iterable[tuple[Any, ...]]:
    return rows.values_list(
        "uid", "region_code", "owner_id", "basis__title", "label", "basis__uid", *more
    )


def _node_fault(line: tuple[Any, ...], says: str) -> Fault:
    uid, region, owner, title, label, basis = line[:6]
    return Fault(
        key=str(uid), title=f"《{title}》{label}", says=says, region_code=region, owner_id=owner,
        slug="bases", uid=str(basis),
    )  # fmt: skip


def _about(finding: dict[str, Any], *, article: str, label: str) -> bool:
    """Whether a finding speaks of an article: by number ("132", "132/2") or by its label."""
    where = str(finding.get("where", ""))
    return where.split("/")[0] == article or (
        bool(where) and label.startswith(where) and where.startswith("第")
    )


_M, _L = Severity.MEDIUM, Severity.LOW
RULES = (
    Rule("basis.unlinked", "没有连到法条库", "bases", _L, "在依据页选定法条库里的版本。",
         "已连到法条库，或者依据已停用。", basis_unlinked),
    Rule("basis.text_ended", "条文版本失效", "bases", Severity.HIGH,
         "登记依据的失效日，把事项改到接替的法律。", "已换到有效的版本，或者已登记失效日。",
         basis_text_ended, "upkeep.ahead.law"),
    Rule("basis.doubted", "条文有疑问", "bases", _L, "对照公布文本核对，在法条页处理完疑问。",
         "疑问已核对。", basis_text_doubted),
    Rule("node.unlinked", "条款没有连上", "bases", _L, "核对条款号，连到法条库里的那一条。",
         "条款已连上。", node_unlinked),
    Rule("node.doubted", "引用的条款有疑问", "bases", _M, "对照公布文本核对这一条。",
         "疑问已核对。", node_text_doubted),
)  # fmt: skip
