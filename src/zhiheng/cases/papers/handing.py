"""F-52 案件移送函 (行政处罚法 22, 25): the letter, and the list of evidence that goes along."""

from collections.abc import Iterable
from typing import Any

from zhiheng.cases import handing
from zhiheng.cases.papers.common import Material
from zhiheng.cases.papers.making import write
from zhiheng.evidence import api as evidence
from zhiheng.ledger import api as ledger
from zhiheng.procedures import api as procedures

DIGEST_SHOWN = 16
NOTHING = {"kind": "—", "title": "没有随案移送的证据材料", "quantity": "—", "note": ""}


def letter(m: Material) -> list[dict[str, Any]]:
    """The letter of a transfer, or of a case that another organ is competent for."""
    if m.taken.step.id == "hand_on":
        return [_of_the_case(m)] if handing.letter_is_due(m.case) else []
    from zhiheng.cases.sides.handovers import pieces

    kept = m.matter.run.facts
    due = ledger.get_deadline(m.matter.dossier, "handover.receipt")
    return [
        _about(m, pieces(m.matter)) | {  # type: ignore[arg-type]
            "transfer_to": str(kept["handover_organ"]).partition("（")[0],
            "facts_found": kept["handover_facts"],
            "transfer_reason": _sentence(kept["handover_reason"]),
            "goods_note": kept.get("handover_goods", ""),
            **({"reply_due_on": due.due_on.isoformat()} if due and due.due_on else {}),
        }
    ]  # fmt: skip


def _of_the_case(m: Material) -> dict[str, Any]:
    kept = procedures.kept_facts(m.matter.run)
    return _about(m, handing.pieces_of(m.case)) | {
        "transfer_to": m.facts["handed_to"],
        "facts_found": kept.get("facts_found") or kept.get("site_findings") or m.case.title,
        "transfer_reason": "本案已经商定或者指定由你机关管辖。", "goods_note": m.facts["handed_list"],
    }  # fmt: skip


def _about(m: Material, items: Iterable[evidence.EvidenceItem]) -> dict[str, Any]:
    return {
        **m.base(), "party": {"name": m.subject.name},
        "transfer_basis": [each.text for each in m.taken.step.basis],
        "evidence": [_row(one) for one in items] or [NOTHING],
        "contact_person": "、".join(each["name"] for each in m.officers),
    }  # fmt: skip


def _row(one: evidence.EvidenceItem) -> dict[str, str]:
    """A piece of evidence as the list of the letter has it."""
    return {
        "kind": one.get_kind_display(), "title": one.title, "quantity": "1件",
        "note": f"SHA-256 {one.file_sha256[:DIGEST_SHOWN]}…",
    }  # fmt: skip


def _sentence(text: str) -> str:
    """The reason with its full stop."""
    return text if text.endswith("。") else f"{text}。"


write("F-52", letter)
