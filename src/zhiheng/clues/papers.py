"""Papers of a clue: F-01 线索登记表, F-02 核查报告 and 不予立案审批表 (行政处罚法 54).

Who reported stands in none of them (law.md G-117).
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from zhiheng.clues.models import Informant
from zhiheng.documents import api as documents
from zhiheng.elements import api as elements
from zhiheng.evidence import api as evidence
from zhiheng.kernel.clock import local_date
from zhiheng.ledger import api as ledger

if TYPE_CHECKING:
    from zhiheng.clues.matters import ClueMatter
    from zhiheng.procedures.api import Taken

Writer = Callable[["ClueMatter", "Taken"], dict[str, Any]]
NONE_YET = "还没有取得"
REASONS = {
    "FILE": "有初步证据证明存在违法行为，属于本机关管辖，未过追责时效。",
    "REFUSE": "经核查不符合立案的条件。", "REFER": "不属于本机关管辖，应当移送。",
}  # fmt: skip


def make(matter: "ClueMatter", taken: "Taken") -> None:
    """Make the step's papers; their files follow as jobs of the same transaction."""
    for code in taken.step.produces:
        documents.prepare_document(
            dossier=matter.run.dossier, code=code, facts=WRITERS[code](matter, taken), at=taken.at,
            actor=taken.actor, act=taken.act,
        )  # fmt: skip


def _base(matter: "ClueMatter", taken: "Taken") -> dict[str, Any]:
    clue = matter.clue
    body = elements.get_body(clue.agency_code, taken.on)
    return {
        "organ": {"name": body.name, "short": body.doc_prefix or body.short_name},
        "date": taken.on.isoformat(), "clue_no": clue.number,
        "item_name": clue.item.name if clue.item else "",
        "suspect": clue.subject.name if clue.subject else clue.target,
    }  # fmt: skip


def registration(matter: "ClueMatter", taken: "Taken") -> dict[str, Any]:
    """F-01 线索登记表."""
    clue = matter.clue
    known = Informant.objects.filter(clue=clue).exists()
    clock = ledger.get_deadline(matter.run.dossier, "clue.check")
    due = clock.due_on if clock else None
    return {
        **_base(matter, taken), "source_kind": clue.get_source_display(),
        "received_at": clue.received_at.isoformat(), "happened": clue.happened, "place": clue.place,
        "informant": "已登记，身份另行保密" if known else "没有留下姓名", "act": clue.description,
        "attachments": _materials(matter), "handler": clue.registered_by,
        "check_due_on": due.isoformat() if due else "", "opinion": taken.facts["match_note"],
    }  # fmt: skip


def check(matter: "ClueMatter", taken: "Taken") -> dict[str, Any]:
    """F-02 核查报告, or 不予立案审批表 when the head refuses."""
    clue, facts = matter.clue, taken.facts
    about = {
        **_base(matter, taken), "source": clue.get_source_display(),
        "received_on": local_date(clue.received_at).isoformat(), "officers": [_checker(matter, taken)],
        "check_findings": facts["check_findings"],
        "evidence_summary": "；".join(_materials(matter)) or NONE_YET,
    }  # fmt: skip
    return about | (_refusal if taken.step.id == "refuse" else _report)(matter, taken)


def _report(matter: "ClueMatter", taken: "Taken") -> dict[str, Any]:
    facts, suggestion = taken.facts, str(taken.facts["check_suggestion"])
    own = facts["in_jurisdiction"]
    return {
        "variant": "REPORT", "checked_on": taken.on.isoformat(), "check_suggestion": suggestion,
        "jurisdiction": f"{matter.clue.place}，{'属于' if own else '不属于'}本机关管辖。",
        "limitation": "没有超过追责时效。" if facts["within_limitation"] else "可能超过追责时效。",
        "suggestion_reason": REASONS[suggestion] if _agrees(facts, suggestion) else _found(facts),
    }  # fmt: skip


def _agrees(facts: Mapping[str, Any], suggestion: str) -> bool:
    """Whether what was answered carries the usual words of the suggestion."""
    good = facts["initial_evidence"] and facts["in_jurisdiction"] and facts["within_limitation"]
    return bool(good) if suggestion == "FILE" else not (suggestion == "REFER" and good)


def _found(facts: Mapping[str, Any]) -> str:
    told = {
        "initial_evidence": ("有初步证据", "没有初步证据"),
        "in_jurisdiction": ("属于本机关管辖", "不属于本机关管辖"),
        "within_limitation": ("没有超过追责时效", "可能超过追责时效"),
    }  # fmt: skip
    return "；".join(told[name][0 if facts[name] else 1] for name in told) + "。"


def _refusal(matter: "ClueMatter", taken: "Taken") -> dict[str, Any]:
    """The check goes before, the head decides; whoever wants to be told is told by intake."""
    checked = next(
        (a for a in ledger.acts_of(matter.run.dossier) if a.kind == "clue.check"), taken.act
    )
    checker = _checker(matter, taken)
    actor = taken.actor
    wants = Informant.objects.filter(clue=matter.clue, wants_reply=True).exists()
    return {
        "variant": "REFUSAL", "refusal_ground": str(taken.facts["clue_refusal_ground"]),
        "clue_refusal_reason": taken.facts["clue_refusal_reason"],
        "reply": "提供人要求答复，由登记人员答复。" if wants else "",
        "approvals": [
            {"step": "核查人", "opinion": "建议不予立案。" if taken.facts["check_suggestion"] == "REFUSE"
             else "报请负责人决定。", "at": checked.occurred_at.isoformat(), **checker},
            {"step": "行政机关负责人", "opinion": f"不予立案。{taken.facts['clue_refusal_reason']}",
             "name": actor.name, "certificate_no": actor.certificate_no or "—",
             "at": taken.at.isoformat()},
        ],
    }  # fmt: skip


def _checker(matter: "ClueMatter", taken: "Taken") -> dict[str, str]:
    """Who checks, with the certificate."""
    account = matter.clue.handler
    if account is None:
        return {"name": taken.actor.name, "certificate_no": taken.actor.certificate_no or "—"}
    standing = elements.officer_standing(account.pk, taken.on)
    number = standing.certificate_no or account.certificate_no
    return {"name": account.name, "certificate_no": number or "—"}


def _materials(matter: "ClueMatter") -> list[str]:
    """What lies in the clue's dossier as evidence, by title."""
    rows = evidence.evidence_of(matter.run.dossier)
    return [each.title for each in rows if each.status != "EXCLUDED"]


WRITERS: dict[str, Writer] = {"F-01": registration, "F-02": check}
