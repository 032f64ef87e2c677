"""Papers of a penalty on the spot: F-08, and how it was handed over (行政处罚法 51, 52)."""

from typing import Any

from zhiheng.cases.papers.common import Material, penalties, period
from zhiheng.documents import api as documents
from zhiheng.rulebook import api as rulebook

TOLD = "作出决定前，执法人员已当场告知拟作出的行政处罚内容及事实、理由、依据和依法享有的权利；"
SAID = {
    "NO_OBJECTION": "当事人当场表示没有意见。", "WAIVED": "当事人明确表示放弃陈述申辩。",
    "LENIENCE": "当事人请求从轻处理。", "OTHER": "当事人提出了意见。",
}  # fmt: skip


def decision(m: Material) -> dict[str, Any]:
    """F-08 当场行政处罚决定书; whoever is punished on the spot asks for reconsideration first."""
    facts, fine = m.facts, m.facts["fine_decided"]
    on_spot = bool(fine) and facts["payment_channel"] == "ON_SPOT"
    return {
        **m.base(), **m.norms(), "party": m.party(), "officers": m.officers,
        "organ": m.base()["organ"], "facts_found": facts["facts_found"],
        "happened_at": m.case.dossier.opened_at.isoformat(), "place": m.case.place,
        "evidence_summary": "；".join(f"{e.get_kind_display()}：{e.title}" for e in m.evidence),
        "penalties": penalties(fine, facts), "fine": fine or None,
        "decided_at": m.at.isoformat(), "decided_place": m.case.place, "defence": defence_told(facts),
        **(_payment(m, on_spot=on_spot) if fine else {}),
        "correction": facts["correction_content"], "remedy": _remedy(m),
    }  # fmt: skip


def _payment(m: Material, *, on_spot: bool) -> dict[str, Any]:
    facts = m.facts
    if on_spot:
        grounds = rulebook.current().all_facts["spot_collection_ground"].choices
        return {"payment_channel": "ON_SPOT", "receipt_no": facts["spot_receipt_no"],
                "on_spot_ground": grounds[str(facts["spot_collection_ground"])]}  # fmt: skip
    return {
        "payment_channel": str(facts["payment_channel"]),
        "payment": {"bank": f"{m.body.bank_name}，或者扫描缴款单上的缴款码", "account": m.body.bank_account},
        "performance": f"自收到本决定书之日起{period('payment.fine', material=m)}内缴纳",
        "late_addition": bool(facts["late_addition_stated"]),
    }  # fmt: skip


def _remedy(m: Material) -> dict[str, Any]:
    return documents.remedy_facts(
        procedure="summary", organ=m.body.name, on=m.on, court=m.body.court,
        reconsideration_organ=m.body.reconsideration_organ,
    )  # fmt: skip


def defence_told(facts: Any) -> str:
    """What was told, what the party said, and what became of it."""
    said, text = str(facts["statement_said"]), facts["statement_text"]
    words = f"当事人说：{text}" if text else SAID.get(said, "")
    answer = f"复核意见：{facts['statement_check']}" if facts["statement_check"] else ""
    return f"{TOLD}{words}{answer}"


def handed_over(m: Material) -> documents.Delivery:
    """Handing over on the spot; a refusal to sign is noted (行政处罚法 52)."""
    facts = m.facts
    refused = facts["delivery_signed"] == "REFUSED"
    relations = rulebook.current().all_facts["service_relation"].choices
    note = facts["service_note"]
    return documents.Delivery(
        mode="ON_THE_SPOT", receiver=m.subject.name, place=facts["service_place"], sent_at=m.at,
        served_on=m.on, officers=m.officers, present=True, note=note,
        signed_by="" if refused else facts["service_receiver"],
        relation="" if refused else relations[str(facts["service_relation"])],
        refusal=note if refused else "", proofs=m.taken.extra.get("proofs", ()),
    )  # fmt: skip
