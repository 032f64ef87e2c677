"""F-50: the approval and the record of what becomes of confiscated things (行政处罚法 74)."""

from typing import Any

from zhiheng.cases.goods import selectors as goods
from zhiheng.cases.papers import making
from zhiheng.cases.papers.common import Material
from zhiheng.cases.papers.deciding import remedies_state
from zhiheng.cases.papers.measures import beside, day, kept, things
from zhiheng.documents import api as documents
from zhiheng.kernel.clock import local_date
from zhiheng.ledger import api as ledger

HOW = {"CONFISCATE": "AUCTION", "DESTROY": "DESTROY", "HAND_OVER": "HAND_OVER"}
BASIS = ["《中华人民共和国行政强制法》第二十七条", "《中华人民共和国行政处罚法》第七十四条第一款"]


def forfeited(m: Material) -> dict[str, Any]:
    """F-50 罚没物品处理审批表, then 处理记录 once it is done."""
    decided = documents.latest_document(dossier=m.case.dossier, code="F-39")
    about = {
        **m.base(), "party": {"name": m.subject.name}, "goods": things(m),
        "decision_number": (decided.number if decided else "") or "没有处罚决定，随案移送",
        "decided_on": day(m.case.decided_on, m.on), "storage": kept(m),
        "disposal": HOW[str(m.facts["goods_decision"])], "disposal_basis": BASIS,
        "officers": m.officers,
    }  # fmt: skip
    return about | (_record(m) if m.taken.step.id == "carry_out" else _approval(m))


def _approval(m: Material) -> dict[str, Any]:
    return {
        "variant": "APPROVAL", "disposal_reason": m.facts["goods_decision_reason"],
        "remedies_state": remedies_state(m.case),
        "approvals": [m.approval("行政机关负责人", "同意。")],
    }  # fmt: skip


def _record(m: Material) -> dict[str, Any]:
    facts = m.facts
    approved = [a for a in ledger.acts_of(m.matter.dossier) if a.kind == "side.decide_goods"]
    proceeds = facts["disposal_proceeds"] or 0
    return {
        "variant": "RECORD", "disposed_at": m.at.isoformat(), "place": facts["disposal_place"],
        "approval_on": local_date(approved[-1].occurred_at).isoformat() if approved else m.on.isoformat(),
        "process": facts["disposal_note"], "proceeds": proceeds,
        "treasury_no": facts["disposal_treasury_no"] or ("" if proceeds else "没有所得"),
        "supervisors": facts["disposal_supervisors"], "photos": _pictures(m),
    }  # fmt: skip


def _pictures(m: Material) -> list[str]:
    """The photographs that the register has of the things."""
    held = goods.held_by(beside(m).side)
    named = [f"{good.name}的照片" for good in held if good.photos]
    return named or ["没有另行拍照"]


making.write("F-50", forfeited)
