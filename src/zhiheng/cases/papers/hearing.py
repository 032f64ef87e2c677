"""Papers of review, notice, defence and hearing: F-31 to F-37."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from zhiheng.cases.papers.common import Material, lines, pairs, penalties, period
from zhiheng.kernel.errors import Invalid

SHANGHAI = ZoneInfo("Asia/Shanghai")
ADOPTED = {"ALL": "全部采纳", "PART": "部分采纳", "NONE_ADOPTED": "不予采纳"}


def review(m: Material) -> dict[str, Any]:
    """F-31 法制审核意见书: names the digest of the report it approves (行政处罚法 58)."""
    facts, actor = m.facts, m.taken.actor
    digest = m.matter.run.facts["_reviewed_digest"]
    return {
        **m.base(), "party": {"name": m.subject.name},
        "submitted_by": f"{m.case.lead.name}（{actor.unit or m.body.name}）",
        "submitted_on": m.on.isoformat(), "report_digest": digest,
        "points": pairs(facts["review_points"], first="point", second="opinion", empty="综合"),
        "conclusion": "PASS", "remarks": facts["review_opinion"], "reviewer": actor.name,
        "reviewer_no": actor.certificate_no or "已登记法制审核人员库",
        "after_hearing": m.taken.step.id == "review_again",
    }  # fmt: skip


def notice(m: Material) -> dict[str, Any]:
    """F-32 行政处罚事先告知书 (行政处罚法 44, 63)."""
    facts = m.facts
    told = bool(facts["hearing_told"])
    return {
        **m.base(), **m.norms(), "party": m.party(), "facts_found": facts["facts_found"],
        "evidence_summary": "；".join(f"{e.get_kind_display()}：{e.title}" for e in m.evidence),
        "benchmark": m.benchmark(), "penalties": penalties(facts["fine_notified"], facts),
        "defence_window": period("penalty.defence-window", material=m), "hearing_told": told,
        "hearing_window": period("hearing.request-window", material=m) if told else "",
        "contact_person": m.case.lead.name,
    }  # fmt: skip


def defence(m: Material) -> dict[str, Any]:
    """F-33 陈述申辩笔录 or 放弃声明 (行政处罚法 45)."""
    facts, waived = m.facts, m.taken.step.id == "waive_defence"
    common = {
        **m.base(), "officers": m.officers, "party": {"name": m.subject.name}, "waived": waived,
        "person": m.subject.legal_representative or m.subject.name,
        "notice_number": m.number_of("F-32"),
    }  # fmt: skip
    if waived:
        return {**common, "statement": facts["waiver_statement"]}
    return {
        **common, "heard_at": at_noon(facts["defended_on"]), "place": m.body.name,
        "points": [{"point": line, "evidence": "—"} for line in lines(facts["defence_text"])],
    }  # fmt: skip


def at_noon(day: date) -> str:
    """A day known without its hour, as an instant of that day."""
    return datetime.combine(day, time(12), SHANGHAI).isoformat()


def answer(m: Material) -> dict[str, Any]:
    """F-34 陈述申辩复核意见书: one answer a point (行政处罚法 45)."""
    facts = m.facts
    said, told = lines(facts["defence_text"]), lines(facts["defence_answers"])
    adopted = ADOPTED[str(facts["defence_adopted"])]
    rows = [
        {"point": point, "finding": told[n] if n < len(told) else told[-1], "adopted": adopted}
        for n, point in enumerate(said)
    ]
    return {
        **m.base(), "officers": m.officers, "party": {"name": m.subject.name},
        "notice_number": m.number_of("F-32"), "heard_on": facts["defended_on"].isoformat(),
        "answers": rows, "conclusion": f"对当事人的陈述申辩{adopted}。不因陈述申辩给予更重的处罚。",
        "approvals": [m.approval("承办人", adopted)],
    }  # fmt: skip


def hearing_notice(m: Material) -> dict[str, Any]:
    """F-35 听证通知书 (行政处罚法 64)."""
    facts = m.facts
    return {
        **m.base(), "party": {"name": m.subject.name},
        "requested_on": facts["hearing_requested_on"].isoformat(),
        "hearing_at": hearing_at(facts), "hearing_place": facts["hearing_place"], "public": True,
        "host": facts["hearing_host"], "clerk": facts["hearing_clerk"],
        "contact_person": m.case.lead.name,
    }  # fmt: skip


def hearing_at(facts: Any) -> str:
    """The instant of the hearing from its day and hour.

    Raises:
        Invalid: the hour is not written as 09:30.
    """
    text = str(facts["hearing_time"]).replace("：", ":").strip()
    try:
        hour = time.fromisoformat(text.zfill(5))
    except ValueError as error:
        raise Invalid("听证时刻看不懂。", fields={"hearing_time": "请写成 09:30 这样。"}) from error
    return datetime.combine(facts["hearing_on"], hour, SHANGHAI).isoformat()


def hearing_record(m: Material) -> dict[str, Any]:
    """F-36 听证笔录 (行政处罚法 64)."""
    facts = m.facts
    return {
        **m.base(), "party": {"name": m.subject.name}, "started_at": hearing_at(facts),
        "ended_at": m.at.isoformat(), "place": facts["hearing_place"], "manner": "PUBLIC",
        "host": facts["hearing_host"], "clerk": facts["hearing_clerk"],
        "investigators": "、".join(o["name"] for o in m.officers),
        "party_attendee": facts["hearing_attendance"], "recusal": "当事人没有提出回避申请。"
        if not facts.get("recusal_open") else "当事人提出的回避申请已由负责人决定。",
        "stages": pairs(facts["hearing_record"], first="stage", second="speech", empty="听证"),
    }  # fmt: skip


def hearing_report(m: Material) -> dict[str, Any]:
    """F-37 听证报告."""
    facts = m.facts
    return {
        **m.base(), "party": {"name": m.subject.name}, "hearing_at": hearing_at(facts),
        "hearing_place": facts["hearing_place"], "host": facts["hearing_host"],
        "attendance": facts["hearing_attendance"], "investigator_view": facts["hearing_officer_view"],
        "party_view": facts["hearing_party_view"],
        "disputes": pairs(facts["hearing_dispute"], first="dispute", second="finding", empty="争议"),
        "facts_confirmed": facts["hearing_facts"], "opinion": facts["hearing_report"],
    }  # fmt: skip
