"""Papers of the decision and what follows: F-38, F-39, F-40, F-43, F-45, F-54, F-55."""

from collections.abc import Mapping
from typing import Any

from zhiheng.cases import votes
from zhiheng.cases.models import Case
from zhiheng.cases.owing import REMEDY
from zhiheng.cases.papers.common import Material, penalties, period
from zhiheng.documents import api as documents
from zhiheng.ledger import api as ledger
from zhiheng.payments import api as payments
from zhiheng.rulebook import api as rulebook

NO_PENALTY = {
    "UNDER_14": ("违法时不满十四周岁", "第三十条"), "NO_CAPACITY": ("不能辨认或者不能控制自己行为", "第三十一条"),
    "MINOR_CORRECTED": ("违法行为轻微并及时改正，没有造成危害后果", "第三十三条第一款"),
    "FIRST_MINOR": ("初次违法且危害后果轻微并及时改正", "第三十三条第一款"),
    "NO_FAULT": ("有证据足以证明没有主观过错", "第三十三条第二款"),
    "LIMITATION": ("违法行为已过追责时效", "第三十六条"),
    "NOT_ESTABLISHED": ("违法事实不能成立", "第五十七条第一款第三项"),
}  # fmt: skip


def discussion(m: Material) -> dict[str, Any]:
    """F-38 集体讨论记录 (行政处罚法 57)."""
    facts = m.facts
    seats = votes.read(facts["discussion_votes"])
    present = [seat for seat in seats if seat.present]
    conclusion = facts["discussion_conclusion"]
    if facts["discussion_differs"]:
        conclusion += f"\n与多数意见不一致的理由：{facts['discussion_differs']}"
    return {
        **m.base(), "party": {"name": m.subject.name}, "held_at": m.at.isoformat(),
        "place": f"{m.body.name}会议室", "host": m.taken.actor.name,
        "attendees": [seat.called for seat in present],
        "absent": "；".join(f"{each.called}：{each.opinion}" for each in seats if not each.present),
        "reporter": m.case.lead.name,
        "reason": "情节复杂或者重大违法行为" if facts["complex_case"] else "负责人认为需要集体讨论",
        "summary": facts["facts_found"],
        "opinions": [
            {"name": seat.name, "opinion": seat.opinion, "vote": seat.vote} for seat in present
        ],
        "result": votes.result(seats), "conclusion": conclusion,
        "recorder": facts["discussion_recorder"],
    }  # fmt: skip


def remedy(m: Material, procedure: str) -> dict[str, Any]:
    """The remedy paragraph's facts: generated, never typed (行政复议法 20, 24; 行政诉讼法 46)."""
    return documents.remedy_facts(
        procedure=procedure, organ=m.body.name, reconsideration_organ=m.body.reconsideration_organ,
        court=m.body.court, on=m.on,
    )  # fmt: skip


def decision(m: Material) -> dict[str, Any]:
    """F-39 行政处罚决定书: six statutory fields and what the file shows (行政处罚法 59)."""
    facts, fine = m.facts, m.facts["fine_decided"]
    notice = m.latest("F-32")
    heard = (
        "当事人要求听证，本机关已依法举行听证，决定根据听证笔录作出。"
        if facts["hearing_held"]
        else ""
    )
    return {
        **m.base(), **m.norms(), "party": m.party(), "evidence": m.evidence_rows(),
        "facts_found": facts["facts_found"], "benchmark": m.benchmark(),
        "correction_state": "当事人已改正。" if facts["correction_done"] else "",
        "notice_number": notice.number if notice else "",
        "notice_served_on": m.matter.run.facts.get("_notice_served_on", ""),
        "defence": defence_told(m), "defence_answer": answer_told(m), "hearing": heard,
        "review": ("本案已经法制审核。" if facts["review_passed"] else "本案已经审核。") + ("已经负责人集体讨论。" if facts["discussed"] else ""),
        "penalties": penalties(fine, facts), "fine": fine or None,
        "performance": f"自收到本决定书之日起{period('payment.fine', material=m)}内缴纳罚款"
        if fine else "自收到本决定书之日起履行",
        "payment": {"bank": m.body.bank_name, "account": m.body.bank_account},
        "late_addition": bool(facts["late_addition_stated"]),
        "publication": "依法应当公开的，本决定信息将向社会公开，并隐去个人信息。",
        "remedy": remedy(m, "fast_track" if m.is_fast else "ordinary"),
    }  # fmt: skip


def _since_notice(m: Material, code: str) -> list[Mapping[str, Any]]:
    """What stands in the papers of a kind that belong to the notice the decision rests on."""
    notice = m.number_of("F-32")
    papers = documents.documents_of(m.matter.dossier)
    return [
        one.facts for one in papers
        if one.code == code and one.state != one.State.VOID
        and one.facts["notice_number"] == notice and not one.facts.get("waived")
    ]  # fmt: skip


def defence_told(m: Material) -> str:
    """What the party said, as the decision tells it; all of it, where it came more than once."""
    facts, said = m.facts, _since_notice(m, "F-33")
    if len(said) > 1:
        times = ["；".join(row["point"] for row in one["points"]) for one in said]
        return f"当事人先后{len(said)}次提出陈述申辩：" + "".join(
            f"第{rulebook.numeral(n)}次，{text.rstrip('。；')}。"
            for n, text in enumerate(times, start=1)
        )
    if facts["defence_points"]:
        return f"当事人提出陈述申辩意见{facts['defence_points']}点：{facts['defence_text']}"
    if facts["defence_waived"]:
        return "当事人明确表示放弃陈述申辩。"
    return "当事人在规定期限内没有提出陈述申辩。"


def answer_told(m: Material) -> str:
    """What became of it; where it came more than once, the last answer to every point."""
    facts = m.facts
    if len(_since_notice(m, "F-33")) > 1:
        answers = [row for one in _since_notice(m, "F-34") for row in one["answers"]]
        last = {row["point"]: row["finding"].rstrip("。") for row in answers}
        return "".join(f"对“{point.rstrip('。')}”的意见：{said}。" for point, said in last.items())
    if facts["defence_points"]:
        return facts["defence_answers"]
    return "没有需要复核的意见。"


def no_penalty(m: Material) -> dict[str, Any]:
    """F-40 不予行政处罚决定书 (行政处罚法 33, 57)."""
    facts = m.facts
    ground, article = NO_PENALTY[str(facts["no_penalty_ground"])]
    return {
        **m.base(), "party": m.party(), "facts_found": facts["facts_found"],
        "evidence_summary": "；".join(e.title for e in m.evidence) or "见案卷",
        "laws_violated": m.norms()["laws_violated"], "ground": f"{ground}。{facts['decision_reason']}",
        "ground_basis": [f"《中华人民共和国行政处罚法》{article}"],
        "education": facts["education_content"], "correction": facts["correction_content"],
        "remedy": remedy(m, "no_penalty"),
    }  # fmt: skip


def payment(m: Material) -> dict[str, Any]:
    """F-45 罚没款缴款单: the slip that is served with the decision, then the stub of each payment.

    Law: 行政处罚法第六十七条、第七十条.
    """
    facts, order = m.facts, payments.fine_order_of(m.case.pk)
    clock = ledger.get_deadline(m.case.dossier, "payment.fine")
    due = order.due_on if order else (clock.due_on if clock and clock.due_on else m.on)
    slip = {
        **m.base(), "party": {"name": m.subject.name}, "decision_number": decision_number(m),
        "fine": facts["fine_decided"], "total": facts["fine_decided"], "due_on": due.isoformat(),
        "payment": {"bank": m.body.bank_name, "account": m.body.bank_account, "holder": m.body.name},
        "payment_code": order.code if order else m.case.code, "state": "DUE",
        "payment_url": payments.public_address(order) if order else "",
    }  # fmt: skip
    if not facts["paid_on"]:
        return slip
    return {
        **slip, "state": "PAID" if facts["paid_in_full"] else "PARTLY",
        "payment_url": "" if facts["paid_in_full"] else slip["payment_url"],
        "paid_on": facts["paid_on"].isoformat(), "paid": m.matter.run.facts["_paid_total"],
        "receipt_no": facts["receipt_no"],
    }  # fmt: skip


def decision_number(m: Material) -> str:
    """The number of the decision, however it was made: 处罚、不予处罚、当场处罚."""
    if m.facts["decision_kind"] != "PENALTY":
        return m.number_of("F-40")
    return m.number_of("F-39") or m.number_of("F-08")


def remedies_state(case: Case) -> str:
    """Whether reconsideration or litigation runs, or ran, against the decision."""
    ended = set(
        case.sides.filter(procedure_id__startswith=REMEDY).values_list("closed_on", flat=True)
    )
    if not ended:
        return "没有收到复议、诉讼通知。"
    return "复议或者诉讼在进行。" if None in ended else "复议、诉讼已经了结。"


def closing(m: Material) -> dict[str, Any]:
    """F-54 结案审批表."""
    facts, case, penalty = m.facts, m.case, m.facts["decision_kind"] == "PENALTY"
    fine = facts["fine_decided"]
    served = m.matter.run.facts.get("_decision_served_on", "")
    return {
        **m.base(), "party": m.party(), "officers": m.officers, "filed_on": case.filed_on.isoformat(),
        "decision_number": m.number_of("F-39" if penalty else "F-40"),
        "decided_on": case.decided_on.isoformat(), "served_on": served,
        "decision_content": "；".join(penalties(fine, facts)) if penalty else "不予行政处罚",
        "execution": facts["performance_note"], "remedy_state": remedies_state(case),
        "ground": _closed_by(m) if penalty else "NO_PENALTY",
        "approvals": [m.approval("行政机关负责人", facts["closing_opinion"])],
    }  # fmt: skip


def _closed_by(m: Material) -> str:
    """Performed, unless enforcement ended the case in another way."""
    ground = str(m.facts["closing_ground"])
    return ground if ground in ("EXECUTION_ENDED", "COURT_ACCEPTED") else "PERFORMED"


def file_cover(m: Material) -> dict[str, Any]:
    """F-55 案卷: cover, list and last page; the file itself is put together by the worker."""
    facts, case, fine = m.facts, m.case, m.facts["fine_decided"]
    book = rulebook.current()
    penalty = facts["decision_kind"] == "PENALTY"
    return {
        **m.base(), "party": {"name": m.subject.name},
        "filed_on": (case.filed_on or case.proposed_on).isoformat(),
        "closed_on": case.closed_on.isoformat(), "decision_number": decision_number(m),
        "result": "；".join(penalties(fine, facts)) if penalty else "不予行政处罚",
        "handlers": "、".join(o["name"] for o in m.officers),
        "retention": book.all_facts["retention"].choices[str(facts["retention"])],
        "archived_on": m.on.isoformat(), "archivist": m.taken.actor.name,
        "checker": facts["archive_keeper"], "notes": facts["archive_note"],
    }  # fmt: skip
