"""Papers of the case's own course: F-27 复查记录, F-29 延期审批表."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from zhiheng.cases.papers.common import Material
from zhiheng.cases.papers.gathering import choice
from zhiheng.cases.papers.making import nine, write
from zhiheng.evidence import api as evidence
from zhiheng.ledger import api as ledger
from zhiheng.procedures import api as procedures
from zhiheng.rulebook import api as rulebook

if TYPE_CHECKING:
    from zhiheng.cases.matters import CaseMatter

NEXT = {
    "DONE": "改正情况记入案卷，裁量时一并考虑。", "PARTLY": "没有改正的部分继续督促，情况记入案卷。",
    "NOT_DONE": "情况记入案卷，依法继续处理。", "REFUSED": "拒绝、阻挠复查的情况记入案卷，依法继续处理。",
}  # fmt: skip
BY_PICTURE = "没有到场，凭已核实的影像认定"
UNWRITTEN = "没有另行书面责令"
EARLIER = {"case.extend": "延期", "case.suspend": "中止", "case.resume": "恢复办理"}


def recheck(m: Material) -> dict[str, Any]:
    """F-27 复查记录, against what the order asked for (行政处罚法 28)."""
    facts, on_site = m.facts, m.facts["recheck_basis"] == "SITE"
    order, result = m.latest("F-26"), str(m.facts["recheck_result"])
    due = facts.get("correction_due") or facts["rechecked_on"]
    return {
        **m.base(), "party": {"name": m.subject.name}, "officers": m.officers,
        "order_number": (order.number if order else "") or UNWRITTEN,
        "correction": facts.get("correction_content") or "停止违法行为，恢复合法状态。",
        "deadline": due.isoformat(), "rechecked_at": _when(m).isoformat(),
        "place": facts.get("site_place") or m.case.place,
        "present_person": facts["recheck_persons"] if on_site else BY_PICTURE,
        "findings": facts["recheck_findings"], "photos": _pictures(m),
        "conclusion": result, "next_step": NEXT[result],
        "person_comment": facts["recheck_comment"] or ("没有意见。" if on_site else "—"),
    }  # fmt: skip


def _when(m: Material) -> datetime:
    """The moment of the step; of a day before, its morning."""
    day = m.facts["rechecked_on"]
    return m.at if day == m.on else nine(day, m.at)


def _pictures(m: Material) -> list[str]:
    """What was photographed since the order; said so where nothing was."""
    order = m.latest("F-26")
    since = order.issued_at if order else None
    found = [
        each.title for each in evidence.evidence_of(m.case.dossier)
        if each.mime.startswith(("image/", "video/")) and each.status != "EXCLUDED"
        and (since is None or each.collected_at >= since)
    ]  # fmt: skip
    return found or ["没有拍照、录像"]


def extension(m: Material) -> dict[str, Any]:
    """F-29 延期审批表: until when it ran, why, until when it runs now (行政处罚法 60)."""
    facts, case = m.facts, m.case
    days, level = int(facts["extension_days"]), str(facts["extension_level"])
    due = cast("CaseMatter", m.matter).due_before or m.on
    state = procedures.procedure_of(m.matter.run).states[m.taken.after].title
    return {
        **m.base(), "party": {"name": m.subject.name}, "officers": m.officers,
        "filed_on": (case.filed_on or m.on).isoformat(), "due_on": due.isoformat(),
        "progress": f"现在是“{state}”；已收集证据{_counted(m)}件，其中核实{len(m.evidence)}件。",
        "extension_reason": facts["extension_reason"],
        "extension_days": f"{rulebook.numeral(days)}日",
        "extended_until": _until(m, due, days).isoformat(), "extension_level": level,
        "earlier": _earlier(m),
        "approvals": [m.approval(choice("extension_level", level), f"同意延长{days}日。")],
    }  # fmt: skip


def _counted(m: Material) -> int:
    return sum(e.status != "EXCLUDED" for e in evidence.evidence_of(m.case.dossier))


def _until(m: Material, due: date, days: int) -> date:
    clock = ledger.get_deadline(m.case.dossier, "penalty.decision")
    later = clock.due_on if clock else None
    return later if later and later > due else due + timedelta(days=days)


def _earlier(m: Material) -> str:
    """What moved the end before, by day."""
    acts = [a for a in ledger.acts_of(m.matter.dossier) if a.kind in EARLIER and a != m.taken.act]
    return "；".join(f"{a.occurred_at:%Y-%m-%d}{EARLIER[a.kind]}" for a in acts)


write("F-27", recheck)
write("F-29", extension)
