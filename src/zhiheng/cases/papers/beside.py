"""Papers of what runs beside a case, and of its standing still: F-05, F-28, F-41, F-51."""

from typing import Any

from zhiheng.cases.papers.common import Material, lines
from zhiheng.cases.papers.deciding import remedy
from zhiheng.cases.papers.making import write
from zhiheng.ledger import api as ledger
from zhiheng.rulebook import api as rulebook

NONE_YET = "还没有作出行政处罚"


def _basis(m: Material) -> list[str]:
    """The articles of the step just taken, as they stand in the rulebook."""
    return [each.text for each in m.taken.step.law or m.taken.step.basis]


def _choice(name: str, value: Any) -> str:
    """The words of a choice."""
    return rulebook.display(fact=rulebook.current().all_facts[name], value=value)


def _contact(m: Material) -> str:
    return "、".join(each["name"] for each in m.officers)


def recusal(m: Material) -> dict[str, Any]:
    """F-05 回避申请书, 回避决定书 (行政处罚法 43)."""
    facts, kept, step = m.facts, m.matter.run.facts, m.taken.step.id
    who = str(kept.get("recusal_who") or facts["recusal_who"])
    name, _, role = who.partition("（")
    asked = {
        **m.base(), "variant": "APPLICATION" if step == "ask" else "DECISION",
        "party": {"name": m.subject.name}, "target": name, "target_role": role.rstrip("）") or "办案人员",
        "applicant": m.subject.name if facts["recusal_by"] == "PARTY" else name,
        "applied_on": m.matter.dossier.opened_at.date().isoformat(),
        "recusal_reason": facts["recusal_reason"],
    }  # fmt: skip
    if step == "ask":
        return asked
    return asked | {
        "review": facts["recusal_answer"], "decided_by": m.taken.actor.name,
        "recused": "RECUSE" if step == "grant" else "DISMISS", "successor": "由办案机构另行指派",
    }  # fmt: skip


def standing_still(m: Material) -> list[dict[str, Any]]:
    """F-28 中止、恢复、终止调查: the approval, and the notice to the party."""
    if m.taken.step.id == "end_investigation":
        return _ended(m)
    facts, case = m.facts, m.case
    stopping = m.taken.step.id == "suspend"
    stopped = m.matter.run.facts.get("_suspended_on") or m.on.isoformat()
    about = {
        **m.base(), "party": m.party(), "filed_on": (case.filed_on or m.on).isoformat(),
        "suspended_on": m.on.isoformat() if stopping else stopped, "action_basis": _basis(m),
        "suspend_ground": facts["suspend_ground"], "suspend_reason": facts["suspend_reason"],
        "resume_reason": facts["resume_reason"], "resumed_on": m.on.isoformat(),
        "evidence_summary": "；".join(e.title for e in m.evidence) or "见案卷", "officers": m.officers, "contact_person": _contact(m),
    }  # fmt: skip
    words = facts["suspend_reason"] if stopping else facts["resume_reason"]
    kind = "SUSPEND" if stopping else "RESUME"
    return [
        about | {"variant": kind, "approvals": [m.approval("行政机关负责人", words)]},
        about | {"variant": f"{kind}_NOTICE"},
    ]


ENDED = {"PARTY_DEAD": "PERSON_DIED", "ORG_ENDED": "ORG_ENDED", "NOT_PROVABLE": "NOT_ESTABLISHED",
         "LIMITATION": "LIMITATION"}  # fmt: skip
NOBODY_TO_TELL = ("PARTY_DEAD", "ORG_ENDED")


def _ended(m: Material) -> list[dict[str, Any]]:
    """终止调查: who is dead, or gone without a successor, cannot be told."""
    facts, ground = m.facts, str(m.facts["end_ground"])
    about = {
        **m.base(), "party": {"name": m.subject.name}, "terminate_ground": ENDED[ground],
        "filed_on": (m.case.filed_on or m.on).isoformat(), "terminate_reason": facts["end_reason"],
        "action_basis": _basis(m), "evidence_summary": facts["end_proof"], "officers": m.officers,
        "contact_person": _contact(m),
    }  # fmt: skip
    asked = [a for a in ledger.acts_of(m.matter.dossier) if a.kind == "case.propose_end"]
    first = m.officers[0] | {
        "step": "承办人", "opinion": "提请终止调查。", "name": asked[-1].actor_name,
        "at": asked[-1].occurred_at.isoformat(),
    }  # fmt: skip
    approvals = [first, m.approval("行政机关负责人", facts["end_opinion"])]
    approval = about | {"variant": "TERMINATE", "approvals": approvals}
    if ground in NOBODY_TO_TELL:
        return [approval]
    return [approval, about | {"variant": "TERMINATE_NOTICE"}]


REVISIONS = {"CORRECT": "CORRECTION", "CHANGE": "CHANGE", "REVOKE": "REVOCATION"}


def revision(m: Material) -> dict[str, Any]:
    """F-41 补正、变更、撤销决定书 (行政处罚法 75)."""
    facts = m.facts
    decided = m.latest("F-39") or m.latest("F-40") or m.latest("F-08")
    title, number = (decided.title, decided.number or "") if decided else ("行政处罚决定书", "")
    published = facts.get("publication_conclusion") == "PUBLISH"
    return {
        **m.base(), "party": m.party(), "variant": REVISIONS[str(facts["revision_kind"])],
        "decision_title": title, "decision_number": number,
        "decided_on": (m.case.decided_on or m.on).isoformat(),
        "amend_reason": facts["revision_reason"], "amend_basis": _basis(m),
        "amendments": [
            {"place": "见右", "before": "原决定所载", "after": line}
            for line in lines(facts["revision_content"])
        ],
        "revoked": f"撤销《{title}》（{number}）。",
        "effect": "其他内容不变。" if facts["revision_kind"] != "REVOKE" else "原决定自始不再执行。",
        "refund": "已缴纳的罚款依法退还，并出具凭证。" if facts.get("paid_in_full") else "",
        "publication": "已经公开的信息依法撤回并说明理由。" if published else "",
        "remedy": remedy(m, "ordinary"),
    }  # fmt: skip


def transfer(m: Material) -> dict[str, Any] | list[dict[str, Any]]:
    """F-51 涉嫌犯罪案件移送书、调查报告、涉案物品清单 (移送规定 5, 6, 12)."""
    facts = m.facts
    if m.taken.step.id == "hand_over":
        return _handed_over(m)
    about = {
        **m.base(), "party": m.party(), "transfer_to": facts["transfer_to"],
        "facts_found": m.matter.run.facts.get("crime_report") or facts["crime_report"],
        "transfer_reason": facts["transfer_reason"], "transfer_basis": _basis(m),
        "penalties_so_far": NONE_YET, "contact_person": _contact(m),
    }  # fmt: skip
    letter = about | {
        "variant": "LETTER", "approved_by": m.taken.actor.name, "approved_at": m.at.isoformat(),
        "attachments": ["涉嫌犯罪案件情况的调查报告", "涉案物品清单", "证据目录和证据材料"],
    }  # fmt: skip
    report = about | {
        "variant": "REPORT",
        "source": m.case.clue.get_source_display() if m.case.clue else "本机关发现",
        "filed_on": (m.case.filed_on or m.on).isoformat(),
        "team": [f"{each['name']}（{each['certificate_no']}）" for each in m.officers],
        "course": "调查经过见案卷所附笔录、证据和过程记录。", "measures_taken": "见案卷。",
        "proposal": "建议移送公安机关审查。", "evidence": m.evidence_rows(),
    }  # fmt: skip
    return [letter, report]


def _handed_over(m: Material) -> dict[str, Any]:
    facts = m.facts
    return {
        **m.base(), "variant": "GOODS", "party": m.party(), "transfer_to": facts["transfer_to"],
        "keep_place": "已移交公安机关", "letter_number": m.number_of("F-51", variant="LETTER"),
        "goods": [
            {"name": line, "spec": "—", "quantity": "—", "state": "—", "note": ""}
            for line in lines(facts["handed_over"])
        ],
    }  # fmt: skip


write("F-05", recusal)
write("F-28", standing_still)
write("F-41", revision)
write("F-51", transfer)
