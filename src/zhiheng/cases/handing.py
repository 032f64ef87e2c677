"""A case on its way to another organ, or here from the courts: clue, evidence, what it bars.

Law: 行政处罚法 22, 25, 27, 35.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from zhiheng.cases.captures import lost_dispute
from zhiheng.cases.models import Case, Side
from zhiheng.clues import api as clues
from zhiheng.documents import api as documents
from zhiheng.elements import api as elements
from zhiheng.evidence import api as evidence
from zhiheng.ledger import api as ledger
from zhiheng.people.api import Actor
from zhiheng.procedures import api as procedures

if TYPE_CHECKING:
    from zhiheng.cases.matters import CaseMatter

ORGAN, REPLY = "transfer.organ", "transfer.reply"
LETTER, SHORT_LETTER = "F-52", "F-04"
JUDICIAL = "JUDICIAL"


def pieces_of(case: Case) -> list[evidence.EvidenceItem]:
    """The evidence of a case that may go along: all that has not been excluded."""
    return list(evidence.evidence_of(case.dossier).exclude(status="EXCLUDED"))


def clue_of(
    case: Case, *, agency_code: str, paper_of: ledger.Dossier, facts: str, reason: str,
    item: elements.Item | None, items: Iterable[evidence.EvidenceItem], actor: Actor, at: datetime,
) -> clues.Clue:  # fmt: skip
    """Make a clue of the matter at the organ that receives it, once per letter.

    Party and, where it is known, item stand in it; the evidence is carried over with its
    digests, so that nobody takes it again.
    """
    sender = elements.get_body(case.agency_code)
    letter = documents.latest_document(dossier=paper_of, code=LETTER) or (
        documents.latest_document(dossier=paper_of, code=SHORT_LETTER, variant="TRANSFER")
    )
    report = clues.Report(
        source="TRANSFER", received_at=at, place=case.place or "见移送函", description=facts,
        target=case.party_name,
        papers={
            "handed_by": sender.name, "handed_no": (letter.number or "") if letter else "",
            "handed_reason": reason,
        },
    )  # fmt: skip
    clue = clues.register_clue(
        report=report, actor=actor, at=at, agency_code=agency_code,
        idempotency_key=f"handover/{paper_of.pk}",
    )  # fmt: skip
    clue.subject = case.subject
    clue.item = item
    clue.save(update_fields=["subject", "item"])
    evidence.carry_over(items=items, dossier=clue.dossier, actor=actor, at=at)
    return clue


def follow(matter: "CaseMatter", taken: procedures.Taken) -> None:
    """Handed on because the other organ is competent: it gets the clue, unless it has it already."""
    if taken.step.id != "hand_on":
        return
    case = matter.case
    agency = lost_to(case)
    if not agency or _received(case):
        return
    kept = procedures.kept_facts(matter.run)
    clue_of(
        case, agency_code=agency, paper_of=matter.dossier, item=case.item, actor=taken.actor,
        reason="已商定或者指定由本机关管辖。",
        at=taken.at, items=pieces_of(case),
        facts=kept.get("facts_found") or kept.get("site_findings") or case.title,
    )  # fmt: skip


def lost_to(case: Case) -> str:
    """The organ that was agreed or designated instead of this one; empty where none was."""
    lost = lost_dispute(case)
    return str(lost.dossier.run.facts["_asked_agency"]) if lost else ""


def letter_is_due(case: Case) -> bool:
    """Whether handing on still needs the letter with the list of evidence.

    A transfer that was received has had its own; where nothing has been gathered there is no list.
    """
    return bool(pieces_of(case)) and not _received(case)


def _received(case: Case) -> bool:
    rows = Side.objects.filter(case=case, procedure_id=ORGAN, state="RECEIVED")
    return rows.filter(dossier__run__facts__handover_scope="WHOLE").exists()


def facts_of(case: Case, sides: Iterable[Side]) -> Mapping[str, Any]:
    """What bars a decision, a fine or the closing of a matter that crossed between organs."""
    states: dict[str, set[str]] = {"transfer": set(), "reply": set()}
    for each in sides:
        if each.procedure_id == ORGAN and each.dossier.run.facts.get("handover_scope") == "WHOLE":
            states["transfer"].add(each.state)
        if each.procedure_id == REPLY:
            states["reply"].add(each.state)
    whole = next((s for s in ("RECEIVED", "SENT") if s in states["transfer"]), "NONE")
    told = case.clue.dossier.run.facts if case.clue else {}
    judicial = told.get("clue_source") == JUDICIAL
    return {
        "handed_whole": {"SENT": "OPEN"}.get(whole, whole),
        "court_fined": bool(judicial and told.get("judicial_fined")),
        "judicial_reply_due": judicial and "REPLIED" not in states["reply"],
    }
