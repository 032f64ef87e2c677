"""Front door of evidence: take in, list, verify, exclude, open."""

from zhiheng.evidence.carrying import carry_over, origin_of
from zhiheng.evidence.locks import register_lock
from zhiheng.evidence.models import EvidenceItem
from zhiheng.evidence.pictures import thumb_of
from zhiheng.evidence.policies import ACCEPTED, EXCLUSIONS
from zhiheng.evidence.selectors import (
    access_evidence_by_id,
    evidence_of,
    evidence_rows,
    exhibits_of,
    extraction_facts,
    open_file,
)
from zhiheng.evidence.services import add_evidence, exclude_item, verify_item

__all__ = [
    "ACCEPTED",
    "EXCLUSIONS",
    "EvidenceItem",
    "access_evidence_by_id",
    "add_evidence",
    "carry_over",
    "evidence_of",
    "evidence_rows",
    "exclude_item",
    "exhibits_of",
    "extraction_facts",
    "open_file",
    "origin_of",
    "register_lock",
    "thumb_of",
    "verify_item",
]
