"""Front door of documents: make, issue, look at, serve, check and archive.

What facts a document needs stands in rulebook/documents/<code>/manifest.yaml, with a sample beside
it (sample.json); `template_of(code=…).fields` lists them and `missing_fields` names the gaps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from zhiheng.documents import policies, remedy, selectors
from zhiheng.documents.faces import document_faces
from zhiheng.documents.manifests import Field, Template
from zhiheng.documents.models import Document, Service
from zhiheng.documents.production import render
from zhiheng.documents.sealcheck import SealReading, read_seal
from zhiheng.documents.selectors import (
    CheckResult,
    access_document_by_id,
    check,
    documents_of,
    latest_document,
    period_in_words,
    services_of,
    template_of,
    templates,
)
from zhiheng.documents.services import (
    document_pdf,
    finish,
    issue_document,
    prepare_document,
    void_document,
)
from zhiheng.documents.serving import (
    Delivery,
    complete_announcements,
    mode_rules,
    record_service,
    service_problems,
)

if TYPE_CHECKING:
    from zhiheng.ledger.api import Act, Dossier
    from zhiheng.people.api import Actor

__all__ = [
    "CheckResult",
    "Delivery",
    "Document",
    "Field",
    "SealReading",
    "Service",
    "Template",
    "access_document_by_id",
    "archive",
    "check",
    "complete_announcements",
    "content_digest",
    "document_faces",
    "document_pdf",
    "documents_of",
    "finish",
    "issue_document",
    "latest_document",
    "missing_fields",
    "mode_rules",
    "period_in_words",
    "prepare_document",
    "read_seal",
    "record_service",
    "remedy_facts",
    "remedy_words",
    "render",
    "service_problems",
    "services_of",
    "template_of",
    "templates",
    "void_document",
]


def missing_fields(*, code: str, facts: Mapping[str, Any]) -> list[Field]:
    """The required facts that are still empty, in the order of the document; for screens."""
    template = selectors.template_of(code=code).paper(facts=facts)
    return policies.missing_fields(template=template, facts=facts)


def content_digest(*, code: str, facts: Mapping[str, Any]) -> str:
    """The digest that a document made from these facts would have; names approved content."""
    template = selectors.template_of(code=code).paper(facts=facts)
    kept = policies.picked(template=template, facts=facts)
    return policies.content_digest(template=template, facts=kept)


def remedy_facts(
    *,
    procedure: str,
    organ: str,
    reconsideration_organ: str,
    court: str,
    on: date,
    electronic: bool = False,
    internet_channel: str = "",
) -> dict[str, Any]:
    """The value of a document's `remedy`: the paragraph follows from it and is never typed.

    Args:
        procedure: "ordinary", "fast_track", "no_penalty", "coercion", or "summary" for decisions
            made on the spot, which must be reconsidered before anyone may sue.
        organ: 作出决定的机关.
        reconsideration_organ: 复议机关: the government of that level for ordinary departments.
        court: 管辖法院.
        on: the day of the decision; the periods are those in force then.
        electronic: the decision is served over the internet.
        internet_channel: where reconsideration can be asked for online; due when electronic.

    Law: 行政复议法第二十条、第二十二条至第二十四条；行政诉讼法第四十五条、第四十六条.
    """
    found = remedy.Remedy(
        procedure=procedure,
        organ=organ,
        reconsideration_organ=reconsideration_organ,
        court=court,
        reconsideration=selectors.period_in_words(rule_id="remedy.reconsideration", on=on),
        lawsuit=selectors.period_in_words(rule_id="remedy.litigation", on=on),
        afterwards=selectors.period_in_words(rule_id="remedy.after-reconsideration", on=on),
        electronic=electronic,
        internet_channel=internet_channel,
    )
    return {name: getattr(found, name) for name in remedy.Remedy.__dataclass_fields__}


def remedy_words(facts: Mapping[str, Any]) -> str:
    """The remedy paragraph that a document's `remedy` stands for, to be read on a screen."""
    return remedy.remedy_text(remedy=remedy.Remedy(**facts))


def archive(
    *,
    dossier: Dossier,
    facts: Mapping[str, Any],
    actor: Actor | None,
    at: datetime,
    exhibits: Sequence[Mapping[str, Any]] = (),
    act: Act | None = None,
) -> Document:
    """Archive a dossier as one sealed PDF (F-55); the worker builds it, `document_pdf` gives it.

    Args:
        dossier: its issued documents, and those of the dossier it came from, go in.
        facts: the facts of F-55 (cover and last page).
        actor: who archives.
        at: the instant.
        exhibits: one row for each piece of evidence, as `evidence.api.exhibits_of` gives them.
        act: the act of the ledger that it belongs to.
    """
    rows = [dict(row) for row in exhibits]
    return prepare_document(
        dossier=dossier, code="F-55", facts={**facts, "exhibits": rows}, actor=actor, at=at, act=act
    )
