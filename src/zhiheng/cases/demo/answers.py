"""What the cast types at each step of an invented case; our own words throughout."""

from datetime import date, timedelta
from typing import Any

from zhiheng.cases.demo.paper_answers import PAPERS
from zhiheng.cases.models import Case
from zhiheng.rulebook import api as rulebook

REVIEW_POINTS = "\n".join((
    "管辖与主体：本机关有权处理", "事实与证据：事实清楚，证据能够互相印证", "定性与依据：定性准确，引用的条款现行有效",
    "程序：符合法定程序", "裁量：在公布的基准档次之内", "涉嫌犯罪：未发现",
))  # fmt: skip


def answers(*, case: Case, step_id: str, on: date, fine: int) -> dict[str, Any]:
    """The facts that a step asks for, for a plain case with a fine in cents."""
    maker = MAKERS.get(step_id) or SPOT.get(step_id) or PAPERS.get(step_id)
    if case.dossier.procedure_id == "penalty.summary":
        maker = IN_THE_STREET.get(step_id, maker)
    given = maker(case, on, fine) if maker else {}
    asked = rulebook.current().procedure(case.dossier.procedure_id).steps[step_id].asks
    return {name: value for name, value in given.items() if name in asked}


def _served(case: Case, on: date, fine: int) -> dict[str, Any]:
    person = case.subject.legal_representative or case.party_name
    relation = "SELF" if case.subject.kind in ("CITIZEN", "SOLE") else "REPRESENTATIVE"
    return {"service_mode": "DIRECT", "service_receiver": person, "service_relation": relation,
            "service_place": case.subject.address or case.place, "served_on": on,
            "service_note": ""}  # fmt: skip


def _conclude(case: Case, on: date, fine: int) -> dict[str, Any]:
    return {
        "facts_found": f"{case.party_name}在{case.place}实施了“{case.item_name}”的行为，"
        "有现场检查笔录、询问笔录和照片互相印证，当事人对事实没有异议。",
        "tier_code": "LIGHT" if fine else "NONE", "fine_proposed": fine,
        "discretion_reason": "初次被查，当场停止，已经改正，没有造成其他后果，适用从轻档次。",
        "mitigation_checked": True, "mitigation_ground": "REMEDIED",
        "mitigation_proof": "EVIDENCE", "deviation_reason": "",
        "deviation_approved": False, "illegal_gains": 0, "illegal_gains_handled": False,
        "no_fault_claimed": False, "no_fault_evaluated": False, "lighter_law_compared": True,
        "daily_fine": False,
        "hearing_class": False, "review_due": True, "complex_case": False,
        "crime_checked": True, "crime_suspected": False,
    }  # fmt: skip


def _hearing(case: Case, on: date, fine: int) -> dict[str, Any]:
    return {
        "hearing_outcome": "HELD", "hearing_attendance": "调查人员李执法、周执法，当事人及其代理人",
        "hearing_record": "调查人员陈述：说明事实、证据和处罚建议\n当事人申辩：对事实没有异议，请求从轻\n质证：当事人对照片和笔录没有异议",
        "hearing_officer_view": "事实清楚，建议按告知的数额处罚。", "hearing_party_view": "已经改正，请求从轻。",
        "hearing_dispute": "裁量是否适当：改正情况在告知时已经考虑",
        "hearing_facts": "与调查终结报告查明的事实一致。", "hearing_report": "建议维持告知的处理意见。",
    }  # fmt: skip


def _arrange(case: Case, on: date, fine: int) -> dict[str, Any]:
    return {"hearing_on": on + timedelta(days=14), "hearing_time": "09:30",
            "hearing_place": "青衡县综合行政执法局听证室", "hearing_host": "郑听证",
            "hearing_clerk": "沈记录"}  # fmt: skip


def _discuss(case: Case, on: date, fine: int) -> dict[str, Any]:
    return {
        "discussion_votes": "赵局长｜行政机关负责人｜出席｜同意｜同意，可以申请分期缴纳\n"
        "吴队长｜办案机构负责人｜出席｜同意｜事实清楚，同意承办意见\n"
        "奚队长｜办案机构负责人｜出席｜同意｜同意承办意见\n"
        "王审核｜法制审核人员｜出席｜同意｜程序合法，裁量适当\n"
        "郑听证｜听证主持人｜出席｜弃权｜主持过本案听证，不表态\n"
        "钱副局长｜｜缺席｜｜外出开会",
        "discussion_recorder": "沈记录", "discussion_conclusion": "同意按告知的内容处罚。",
        "discussion_follows": True, "discussion_differs": "",
    }  # fmt: skip


PUBLISHED = {"publication_reviewed": True, "publication_conclusion": "PUBLISH",
             "publication_reason": "具有一定社会影响，隐去个人信息后公开。"}  # fmt: skip

SPOT: dict[str, Any] = {
    "tell": lambda c, on, f: {
        "facts_found": f"{c.party_name}在{c.place}{c.item.act_description}，当场拍照。",
        "fine_notified": f, "refusal_recorded": c.item.refusal_required, "crime_suspected": False},
    "hear": lambda c, on, f: {"statement_said": "NO_OBJECTION", "statement_text": "", "statement_check": ""},
    "collect_cash": lambda c, on, f: {
        "on_spot_ground": "REMOTE_ASKED", "on_spot_request": "山上没有网点，也没有信号，当事人当面提出交现金。",
        "paid_cents": f, "paid_on": on, "receipt_no": f"3390{on:%m%d}0009", "receipt_issued": True},
    "report": lambda c, on, f: {"filing_note": ""},
    "hand_in_cash": lambda c, on, f: {"cash_handed_on": on},
    "bank_cash": lambda c, on, f: {"cash_banked_on": on, "bank_slip_no": f"HD{on:%m%d}001"},
    "to_ordinary": lambda c, on, f: {"to_ordinary_ground": "OTHER", "to_ordinary_reason": "需要进一步调查取证。"},
    "check_eligibility": lambda c, on, f: {"fast_exclusion": "CLEAR"},
    "consent": lambda c, on, f: {
        "fast_simplified": "简化取证和审批；告知、申辩、书面决定不变。", "admission_text": "承认店外摆放货物的事实，愿意接受处罚。",
        "fast_consent_signer": c.subject.legal_representative or c.party_name},
    "approve": lambda c, on, f: {"unit_opinion": "事实清楚，当事人认可，同意。"},
}  # fmt: skip


def _spot_decided(case: Case, on: date, fine: int) -> dict[str, Any]:
    return {"fine_decided": fine, "correction_content": "立即改正。", "payment_channel": "ELECTRONIC",
            "spot_collection_ground": "NONE", "spot_receipt_no": ""}  # fmt: skip


def _spot_handed(case: Case, on: date, fine: int) -> dict[str, Any]:
    return {"delivery_signed": "SIGNED", **_served(case, on, fine)}


IN_THE_STREET: dict[str, Any] = {
    "decide": _spot_decided, "serve_decision": _spot_handed,
    "record_payment": lambda c, on, f: {"paid_cents": f, "paid_on": on, "receipt_no": f"3390{on:%m%d}0001"},
    "decide_no_penalty": lambda c, on, f: MAKERS["decide_no_penalty"](c, on, f) | {
        "facts_found": f"{c.party_name}在{c.place}{c.item.act_description}，当场改正。"},
}  # fmt: skip

MAKERS: dict[str, Any] = {
    "file": lambda c, on, f: {"filing_opinion": "同意立案，由承办人依法调查。"},
    "refuse_filing": lambda c, on, f: {"refusal_ground": "NO_VIOLATION", "refusal_reason": "复查没有发现违法事实。"},
    "return_filing": lambda c, on, f: {"return_reason": "请补充现场位置和持续时间的说明。"},
    "amend_proposal": lambda c, on, f: {"amendment_note": "已补充现场位置图和走访记录。"},
    "show_id": lambda c, on, f: {"id_shown_to": c.subject.legal_representative or c.party_name},
    "record_site": lambda c, on, f: {
        "site_place": c.place, "site_persons": f"{c.subject.legal_representative or c.party_name}（经营者）",
        "site_findings": f"现场正在营业。检查发现：{c.item_name}。已拍照并当场指出。",
        "site_comment": "属实，没有补充。", "site_signed": "SIGNED", "minutes_taken": 40},
    "record_interview": lambda c, on, f: {
        "interviewee": c.subject.legal_representative or c.party_name, "interviewee_role": "PARTY",
        "interviewee_id": "110105194912310024", "interviewee_address": c.subject.address or c.place,
        "interview_text": "问：这种情况有多久了？\n答：大约两个月。\n问：知道规定吗？\n答：现在知道了，马上改。",
        "minutes_taken": 30, "interviewee_minor": False, "guardian_present": False},
    "add_photo": lambda c, on, f: {"photo_place": c.place, "photo_note": "反映现场情况。"},
    "verify_evidence": lambda c, on, f: {"verification_note": "与现场核对一致，来源清楚，能够证明违法事实。",
                                         "foreign_language": False, "translation_signed": False},
    "order_correction": lambda c, on, f: {
        "correction_content": "立即停止违法行为，七日内完成整改并保持。",
        "correction_due": on + timedelta(days=7)},
    "confirm_address": lambda c, on, f: {
        "confirmed_receiver": c.subject.legal_representative or c.party_name,
        "confirmed_address": c.subject.address or c.place, "confirmed_phone": "13800000000",
        "confirmed_electronic": False, "confirmed_channel": ""},
    "conclude": _conclude,
    "countersign": lambda c, on, f: {"unit_opinion": "事实清楚，同意承办意见。"},
    "return_report": lambda c, on, f: {"return_reason": "照片没有写明拍摄位置，请补充后再送。"},
    "recall_report": lambda c, on, f: {"recall_reason": "漏写一处证据。"},
    "review": lambda c, on, f: {"review_points": REVIEW_POINTS, "review_opinion": "同意承办意见。"},
    "review_again": lambda c, on, f: {"review_points": REVIEW_POINTS, "review_opinion": "听证程序合法，同意。"},
    "issue_notice": lambda c, on, f: {"notice_opinion": "同意告知。", "fine_notified": f,
                                      "hearing_told": f >= 200000},
    "serve_notice": _served,
    "record_defence": lambda c, on, f: {"defended_on": on, "defence_points": 1,
                                        "defence_text": "已经装好净化设施，经营困难，请求从轻。"},
    "waive_defence": lambda c, on, f: {"waiver_statement": "我知道自己的权利，不陈述申辩，也不要求听证。",
                                       "hearing_waived": True},
    "answer_defence": lambda c, on, f: {"defence_answers": "改正属实，告知时已经作为从轻情节考虑。",
                                        "defence_points_answered": 1, "defence_adopted": "PART"},
    "request_hearing": lambda c, on, f: {"hearing_requested_on": on, "hearing_request_text": "要求举行听证。"},
    "arrange_hearing": _arrange,
    "hold_hearing": _hearing,
    "discuss": _discuss,
    "reopen": lambda c, on, f: {"reopen_ground": "FORM", "reopen_reason": "告知书的地址有误，重新告知。"},
    "decide": lambda c, on, f: {"fine_decided": f, "decision_reason": "采纳承办和审核意见。",
                                "late_addition_stated": True},
    "decide_no_penalty": lambda c, on, f: {
        "no_penalty_ground": "FIRST_MINOR", "decision_reason": "两年内没有同类记录，已经改正。",
        "no_fault_evaluated": False, "education_content": "讲解了有关规定，当事人承诺今后遵守。"},
    "recheck_correction": lambda c, on, f: {
        "rechecked_on": on, "recheck_basis": "SITE", "recheck_comment": "",
        "recheck_persons": f"{c.subject.legal_representative or c.party_name}（经营者）", "recheck_result": "DONE",
        "recheck_findings": "到现场复查，违法行为已停止，设施已整改到位。"},
    "assess_leniency": lambda c, on, f: {
        "harm_level": "LIGHT", "harm_points": "人身：没有伤害\n环境：时间短，影响小\n投诉：一件，已回复",
        "list_conditions_met": True},
    "educate": lambda c, on, f: {
        "education_form": "WRITTEN", "education_content": "讲解了有关规定，当事人承诺今后遵守。",
        "commitment_signed": True, "commitment_text": "今后守法经营，接受监督。"},
    "transfer_crime": lambda c, on, f: {"crime_suspected": True, "transfer_to": "青衡县公安局",
                                        "transfer_reason": "公安机关已经立案。"},
    "crime_refused": lambda c, on, f: {"crime_refused_reason": "公安机关认为没有犯罪事实。"},
    "hand_on": lambda c, on, f: {"handed_to": "县市场监督管理局", "handed_list": "案卷一册"},
    "withdraw": lambda c, on, f: {"withdraw_ground": "NO_VIOLATION", "withdraw_reason": "经查没有违法事实。"},
    "propose_end": lambda c, on, f: {
        "end_ground": "NOT_PROVABLE", "end_reason": "多次调取、走访，仍无法查清由谁实施。",
        "end_proof": "走访记录、调取回执在卷。"},
    "end_investigation": lambda c, on, f: {"end_opinion": "同意终止调查。"},
    "decline_end": lambda c, on, f: {"return_reason": "证明材料不足，请补充。"},
    "admit_monitoring": lambda c, on, f: {
        "monitor_captured_on": on, "monitor_basis_level": "LAW", "monitor_basis": "行政处罚法第四十一条",
        "monitor_reviewed": True, "monitor_review_note": "画面清晰完整，时间地点准确。"},
    "tell_monitoring": lambda c, on, f: {
        "monitor_told_on": on, "monitor_told_how": "MESSAGE", "monitor_channel": "手机上的办事应用，可看记录、提意见。"},
    "tell_appraisal": lambda c, on, f: {
        "appraisal_body": "QH-JC-01", "appraisal_told_on": on, "appraisal_answer": "没有异议。"},
    "suspend": lambda c, on, f: {"suspend_ground": "OTHER_CASE", "suspend_reason": "须等关联案件的处理结果。"},
    "resume": lambda c, on, f: {"resume_reason": "关联案件已有结果。"},
    "extend": lambda c, on, f: {"extension_level": "HEAD", "extension_days": 30, "extension_reason": "案情较复杂。"},
    "serve_decision": _served,
    "record_payment": lambda c, on, f: {"paid_cents": f, "paid_on": on, "payment_channel": "BANK",
                                        "receipt_no": f"3390{on:%m%d}0001"},
    "confirm_performance": lambda c, on, f: {"performance_note": "罚款已缴清，违法行为已改正。"},
    "end_revoked": lambda c, on, f: {"performance_note": "决定已撤销，不再执行。"},
    "review_publication": lambda c, on, f: PUBLISHED,
    "close": lambda c, on, f: {"closing_ground": "PERFORMED" if f else "NO_PENALTY", "closing_opinion": "同意结案。",
                               **PUBLISHED},
    "archive": lambda c, on, f: {"archive_keeper": "沈档案", "retention": "Y10", "archive_note": ""},
}  # fmt: skip
