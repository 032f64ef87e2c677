"""F-53: whether a decision is published, and the summary that is (行政处罚法 48; 公示规定 4–8)."""

from datetime import date
from typing import Any

from zhiheng.cases.papers.common import Material, penalties
from zhiheng.cases.papers.deciding import NO_PENALTY, decision_number
from zhiheng.cases.papers.making import write
from zhiheng.cases.sides.veil import Veil
from zhiheng.documents import api as documents
from zhiheng.elements import api as elements
from zhiheng.kernel.masking import mask_name
from zhiheng.ledger import api as ledger
from zhiheng.rulebook import api as rulebook

CHANNEL = "行政执法信息公示平台"
SECRECY = {
    "PUBLISH": "经审查不涉及国家秘密，公开不危及国家安全、公共安全、经济安全和社会稳定。",
    "NOT_PUBLISH": "不公开，见理由。",
}  # fmt: skip
MASKS = (
    "举报人、证人、监护人的信息一律不公开", "身份证件号码、住址、联系方式、银行账户不公开",
    "涉及商业秘密的内容不公开",
)  # fmt: skip
SUMMARY_LENGTH = 300


def publication(m: Material) -> list[dict[str, Any]]:
    """F-53: the review always; the summary where the decision is to be published."""
    conclusion = str(m.facts["publication_conclusion"])
    if conclusion not in SECRECY or _written(m, conclusion):
        return []
    about = {**m.base(), "item_name": m.case.item_name, **_party(m), **_penalty(m)}
    review = {**about, "variant": "REVIEW", **_review(m, conclusion)}
    if not _published(m):
        return [review]
    told = Veil(m.case).over(m.facts["facts_found"] or m.case.item_name)
    return [review, {**about, "variant": "SUMMARY", "facts_summary": told[:SUMMARY_LENGTH]}]


def _written(m: Material, conclusion: str) -> bool:
    """Closing the case writes no second review where one of its own came to the same."""
    earlier = documents.latest_document(dossier=m.matter.dossier, code="F-53", variant="REVIEW")
    return earlier is not None and earlier.facts["publication_conclusion"] == conclusion


def _party(m: Material) -> dict[str, str]:
    """An organisation by its name, a person by the surname alone."""
    subject, person = m.subject, m.subject.kind == "CITIZEN"
    return {
        "public_party": mask_name(subject.name) if person else subject.name,
        "public_party_code": "" if person else subject.uscc,
        "public_representative": ""
        if person or subject.kind == "SOLE"
        else mask_name(subject.legal_representative or ""),
    }


def _penalty(m: Material) -> dict[str, Any]:
    penalty = m.facts["decision_kind"] == "PENALTY"
    basis, words = (
        m.norms()["penalty_basis"],
        "；".join(penalties(m.facts["fine_decided"], m.facts)),
    )
    if not penalty:
        ground, article = NO_PENALTY[str(m.facts["no_penalty_ground"])]
        basis, words = [f"《中华人民共和国行政处罚法》{article}"], f"不予行政处罚（{ground}）"
    return {
        "decision_number": decision_number(m), "penalty_summary": words, "penalty_basis": basis,
        "decided_on": (m.case.decided_on or m.on).isoformat(),
        "published_until": _until(m).isoformat() if _published(m) else "",
    }  # fmt: skip


def _published(m: Material) -> bool:
    return str(m.facts["publication_conclusion"]) == "PUBLISH"


def _until(m: Material) -> date:
    """The last day on show: so many years after the day it is published."""
    years = rulebook.current().parameter(
        "publication.display-years", on=m.on, domain=m.case.dossier.run.domain,
        region=m.case.region_code,
    )  # fmt: skip
    year = m.on.year + int(years.value)
    leap = (m.on.month, m.on.day) == (2, 29)
    return date(year, 2, 28) if leap else m.on.replace(year=year)


def _review(m: Material, conclusion: str) -> dict[str, Any]:
    clock = ledger.get_deadline(m.case.dossier, "publication.decision")
    due = clock.due_on if clock else None
    published = _published(m)
    reason = m.facts["publication_reason"]
    minor = elements.latest_subject(m.case.subject).is_minor
    masks = [f"当事人姓名写作“{mask_name(m.subject.name)}”"] if m.subject.kind == "CITIZEN" else []
    head = "办案机构负责人" if "unit_head" in m.taken.step.by else "行政机关负责人"
    return {
        "social_impact": reason or ("具有一定社会影响。" if published else "不具有一定社会影响。"),
        "secrecy": SECRECY[conclusion], "masks": [*masks, *MASKS],
        "minor": "当事人未成年，身份信息一律不公开。" if minor else "当事人不是未成年人。",
        "told_party": "已在送达的决定书中写明。" if m.latest("F-39") else "决定书中没有写明，公开前书面告知。",
        "publication_conclusion": conclusion,
        "publication_reason": reason or "属于依法应当公开的行政处罚决定。",
        "publish_by": due.isoformat() if published and due else "",
        "channel": CHANNEL if published else "",
        "approvals": [m.approval(head, "同意公开。" if published else "不公开。")],
    }  # fmt: skip


write("F-53", publication)
