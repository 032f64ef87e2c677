"""F-44: the party's application, the approval, the notice (行政处罚法 66)."""

from datetime import date
from typing import Any

from zhiheng.cases.papers import making
from zhiheng.cases.papers.common import Material, lines
from zhiheng.cases.papers.deciding import remedy
from zhiheng.cases.papers.enforcing import case_facts, contact, order_of, pay_to
from zhiheng.ledger import api as ledger


def deferral(m: Material) -> list[dict[str, Any]]:
    """F-44 延期（分期）缴纳罚款: application, then approval and notice."""
    facts, told = m.facts, case_facts(m)
    about = {
        **m.base(), "party": m.party(), "decision_number": m.number_of("F-39") or m.number_of("F-08"),
        "decided_on": (m.case.decided_on or m.on).isoformat(), "fine": told["fine_decided"],
        "deferral_kind": "INSTALMENT" if facts["deferral_kind"] == "INSTALMENTS" else "DEFER",
        "applied_on": m.matter.side.opened_on.isoformat(),  # type: ignore[union-attr]
        "deferral_reason": facts["deferral_reason"],
        "hardship_proofs": lines(facts["deferral_proof"]), "schedule": _rows(m, "_asked_parts"),
    }  # fmt: skip
    if m.taken.step.id == "apply":
        return [about | {"variant": "APPLICATION"}]
    return [about | _approval(m), about | _notice(m)]


def _rows(m: Material, name: str) -> list[dict[str, Any]]:
    parts = m.matter.run.facts.get(name) or []
    return [{"due_on": day, "amount": cents} for day, cents in parts]


def _due(m: Material) -> date:
    order = order_of(m)
    return order.due_on if order else m.on


def _approval(m: Material) -> dict[str, Any]:
    order, refused = order_of(m), m.taken.step.id == "refuse"
    schedule = _rows(m, "_asked_parts" if refused else "_parts")
    said = m.facts["deferral_opinion"]
    return {
        "variant": "APPROVAL", "schedule": schedule, "original_due_on": _due(m).isoformat(),
        "paid": order.paid_cents if order and order.paid_cents else None, "officers": m.officers,
        "approvals": [
            _asked(m), m.approval("行政机关负责人", f"不批准。{said}" if refused else said)
        ],
    }  # fmt: skip


def _asked(m: Material) -> dict[str, str]:
    """Whoever took the application in, as the approval names them."""
    first = next(a for a in ledger.acts_of(m.matter.dossier) if a.kind == "side.apply")
    known = {each["name"]: each["certificate_no"] for each in m.officers}
    return {
        "step": "承办人", "opinion": "已收到申请和证明材料，报请审批。", "name": first.actor_name,
        "certificate_no": known.get(first.actor_name, "—"), "at": first.occurred_at.isoformat(),
    }  # fmt: skip


def _notice(m: Material) -> dict[str, Any]:
    refused = m.taken.step.id == "refuse"
    return {
        "variant": "NOTICE", "schedule": [] if refused else _rows(m, "_parts"),
        "original_due_on": _due(m).isoformat(), "refused": refused,
        "refusal_reason": m.facts["deferral_opinion"] if refused else "",
        "payment": pay_to(m), "remedy": remedy(m, "ordinary"), "contact_person": contact(m),
    }  # fmt: skip


making.write("F-44", deferral)
