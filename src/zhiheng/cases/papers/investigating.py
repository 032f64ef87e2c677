"""Papers of filing and investigation: F-03, F-09, F-12, F-15, F-26, F-30, F-42."""

from typing import Any

from zhiheng.cases.papers.common import RIGHTS, Material, citation, lines, penalties

SIGNED = {"SIGNED": "已逐页签字", "REFUSED": "拒绝签字，已注明情况", "ABSENT": "不在场，已注明情况"}


def filing(m: Material) -> dict[str, Any]:
    """F-03 立案审批表 (行政处罚法 54)."""
    clue, facts = m.case.clue, m.facts
    agreed = m.taken.step.id == "file"
    opinion = facts["filing_opinion"] if agreed else f"不予立案。{facts['refusal_reason']}"
    proposal = m.case.clue.dossier.run.facts if clue else {}
    return {
        **m.base(), "party": m.party(), "officers": m.officers,
        "source": clue.get_source_display() if clue else "本机关发现",
        "happened_at": (clue.happened or clue.received_at.date().isoformat()) if clue else "见核查情况",
        "facts_found": proposal.get("check_findings") or (clue.description if clue else m.case.title),
        "laws_violated": m.norms()["laws_violated"],
        "jurisdiction": f"违法行为发生在{m.case.place}，属{m.body.name}管辖；本机关有此事项的处罚权。",
        "limitation": "未发现已过追责时效的情形。" if facts.get("limitation_ok") else "可能已过追责时效。",
        "recusal": "承办人声明没有应当回避的情形。",
        "approvals": [
            {"step": "承办人", "opinion": proposal.get("proposal_note") or "建议立案。",
             "name": m.case.lead.name, "certificate_no": m.officers[0]["certificate_no"],
             "at": m.case.dossier.opened_at.isoformat()},
            m.approval("行政机关负责人", opinion),
        ],
    }  # fmt: skip


def site_record(m: Material) -> dict[str, Any]:
    """F-09 现场检查笔录 (行政处罚法 55)."""
    facts = m.facts
    return {
        **m.base(), "officers": m.officers, "party": {"name": m.subject.name},
        "started_at": m.started(), "ended_at": m.at.isoformat(), "place": facts["site_place"],
        "present_person": facts["site_persons"], "id_shown": bool(facts["id_shown"]),
        "rights_told": RIGHTS, "findings": facts["site_findings"],
        "person_comment": f"{facts['site_comment']}（{SIGNED[str(facts['site_signed'])]}）",
    }  # fmt: skip


def interview(m: Material) -> dict[str, Any]:
    """F-12 询问笔录 (行政处罚法 55)."""
    facts = m.facts
    roles = {"PARTY": "当事人", "REPRESENTATIVE": "当事人的法定代表人或者负责人",
             "AGENT": "当事人的委托代理人", "WITNESS": "证人"}  # fmt: skip
    return {
        **m.base(), "officers": m.officers, "started_at": m.started(), "ended_at": m.at.isoformat(),
        "place": m.case.place, "recorder": m.officers[-1]["name"], "rights_told": RIGHTS,
        "person": {
            "name": facts["interviewee"], "role": roles[str(facts["interviewee_role"])],
            "id_number": facts["interviewee_id"], "address": facts["interviewee_address"],
        },
        "questions": questions(facts["interview_text"]),
    }  # fmt: skip


def questions(text: str) -> list[dict[str, str]]:
    """问：…答：… lines as rows; anything else is an answer to “请说明情况”."""
    rows: list[dict[str, str]] = []
    for line in lines(text):
        head, body = line[:1], line[1:].lstrip("：: ")
        if head == "问":
            rows.append({"question": body, "answer": ""})
        elif head == "答" and rows and not rows[-1]["answer"]:
            rows[-1]["answer"] = body
        elif rows:
            rows[-1]["answer"] = f"{rows[-1]['answer']}\n{line}".strip()
        else:
            rows.append({"question": "请您说明情况。", "answer": line})
    return [row | {"answer": row["answer"] or "（未回答）"} for row in rows]


def extraction(m: Material) -> dict[str, Any]:
    """F-15 证据提取单 (行政处罚法 46)."""
    item = m.taken.extra["evidence"]
    return {
        **m.base(), "officers": m.officers, "kind": item.get_kind_display(),
        "evidence_title": item.title, "quantity": "1", "form": "PHOTO" if item.is_image else "COPY",
        "proves": item.proves, "collected_at": item.collected_at.isoformat(), "place": item.place,
        "holder": item.source, "same_as_original": "由执法人员当场提取，与原物核对无异。",
        "file_sha256": item.file_sha256, "file_sm3": item.sm3, "file_mime": item.mime,
        "description": item.description,
    }  # fmt: skip


def correction(m: Material) -> dict[str, Any]:
    """F-26 责令改正通知书 (行政处罚法 28)."""
    facts, due = m.facts, m.facts["correction_due"]
    return {
        **m.base(), "party": m.party(), "facts_found": facts.get("site_findings") or m.case.title,
        "laws_violated": m.norms()["laws_violated"],
        "correction_basis": ["《中华人民共和国行政处罚法》第二十八条第一款"],
        "correction": facts["correction_content"], "deadline": due.isoformat(),
        "immediate": due == m.on, "consequence": f"逾期不改正的，依照{citation(m.case.item.penalty_basis)}等规定处理。",
        "contact_person": m.case.lead.name,
    }  # fmt: skip


def report(m: Material) -> dict[str, Any]:
    """F-30 案件调查终结报告."""
    facts, case = m.facts, m.case
    fine = facts["fine_proposed"]
    proposal = f"建议{penalties(fine, facts)[0]}。" if fine else "建议不予行政处罚。"
    return {
        **m.base(), **m.norms(), "party": m.party(), "officers": m.officers,
        "evidence": m.evidence_rows(), "source": case.clue.get_source_display() if case.clue else "本机关发现",
        "filed_on": case.filed_on.isoformat(),
        "course": f"{case.filed_on.isoformat()}立案；先后制作笔录、收集并核实证据{len(m.evidence)}件。",
        "facts_found": facts["facts_found"], "nature": case.item_name, "benchmark": m.benchmark(),
        "correction_state": "当事人已改正。" if facts["correction_done"] else "当事人尚未改正。"
        if facts["correction_ordered"] else "未责令改正。",
        "proposal": proposal, "fine": fine or None,
    }  # fmt: skip


def address(m: Material) -> dict[str, Any]:
    """F-42 送达地址确认书 (行政处罚法 61)."""
    facts = m.facts
    channel = [{"channel": "手机号码或者邮箱", "address": facts["confirmed_channel"]}]
    return {
        **m.base(), "party": m.party(), "receiver": facts["confirmed_receiver"],
        "service_address": facts["confirmed_address"], "contact": facts["confirmed_phone"],
        "electronic": bool(facts["confirmed_electronic"]),
        "channels": channel if facts["confirmed_electronic"] else [],
        "scope": "适用于本案各项文书的送达；地址变更的，应当及时书面告知本机关。",
    }  # fmt: skip
