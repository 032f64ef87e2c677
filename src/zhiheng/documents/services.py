"""Making, issuing, finishing and voiding documents: one function per legal act."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from zhiheng.documents import policies, privacy, production
from zhiheng.documents.manifests import Template
from zhiheng.documents.models import Document
from zhiheng.documents.selectors import paper_of, template_of
from zhiheng.elements import api as elements
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import Conflict, Invalid
from zhiheng.ledger import api as ledger

if TYPE_CHECKING:
    from zhiheng.ledger.api import Act, Dossier
    from zhiheng.people.api import Actor

FINISH_TASK = "documents.finish"
ERROR_LENGTH = 500


def prepare_document(
    *,
    dossier: Dossier,
    code: str,
    facts: Mapping[str, Any],
    actor: Actor | None,
    at: datetime,
    issue: bool = True,
    act: Act | None = None,
    by_agency: str = "",
) -> Document:
    """Make a document from facts; with `issue`, number it and have it rendered and sealed.

    Idempotent per dossier, code and content: the same facts again return the same document.
    The file is made by a job enqueued in the same transaction, so that neither exists without
    the other.

    Args:
        dossier: the matter that the document belongs to.
        code: a folder of rulebook/documents, for example "F-39"; where it stands for several
            papers, `facts["variant"]` says which.
        facts: JSON values by the names in the manifest; more than that is left out. Dates and
            instants in ISO form, money in cents. The number comes from here, never from facts.
        actor: who makes it; None for the system.
        at: the instant; the document's date is `facts["date"]`, else the local day of `at`.
        issue: False keeps a draft that can be looked at but has neither number nor seal.
        act: the act of the ledger that it belongs to.
        by_agency: the organ that writes, where it is not the one whose dossier it lies in: its
            number and its seal are used.

    Raises:
        Invalid: required facts are missing; the sentence names them.
    """
    template = template_of(code=code).paper(facts=facts)
    facts = policies.picked(template=template, facts=facts)
    refuse_incomplete(template=template, facts=facts)
    digest = policies.content_digest(template=template, facts=facts)
    found = _existing(dossier=dossier, code=code, digest=digest)
    if found is None:
        try:
            with transaction.atomic():
                return _create(
                    dossier=dossier, template=template, facts=facts, digest=digest,
                    actor=actor, at=at, issue=issue, act=act, by_agency=by_agency,
                )  # fmt: skip
        except IntegrityError:
            found = _existing(dossier=dossier, code=code, digest=digest)
            if found is None:
                raise
    if issue and found.state == Document.State.DRAFT:
        return issue_document(document=found, actor=actor, at=at, act=act)
    return found


def refuse_incomplete(*, template: Template, facts: Mapping[str, Any]) -> None:
    """Refuse facts that would leave a blank, with one sentence that names every gap."""
    sentence, fields = policies.refusal(template=template, facts=facts)
    if sentence:
        raise Invalid(sentence, next_step="请补充后再制作文书。", fields=fields)


def _existing(*, dossier: Dossier, code: str, digest: str) -> Document | None:
    return (
        Document.objects.filter(dossier=dossier, code=code, content_digest=digest)
        .exclude(state=Document.State.VOID)
        .first()
    )


def _create(
    *,
    dossier: Dossier,
    template: Template,
    facts: Mapping[str, Any],
    digest: str,
    actor: Actor | None,
    at: datetime,
    issue: bool,
    act: Act | None,
    by_agency: str,
) -> Document:
    dated_on = date.fromisoformat(facts["date"]) if facts.get("date") else local_date(at)
    same = Document.objects.filter(dossier=dossier, code=template.code)
    if template.variant:
        same = same.filter(facts__variant=template.variant)
    last = same.aggregate(last=Max("version"))["last"]
    document = Document.objects.create(
        dossier=dossier,
        act=act,
        region_code=dossier.region_code,
        agency_code=by_agency or dossier.agency_code,
        code=template.code,
        kind=template.kind,
        title=template.title,
        organ_name=facts["organ"]["name"],
        version=(last or 0) + 1,
        facts=privacy.seal_facts(facts=dict(facts)),
        content_digest=digest,
        template_version=template.version,
        check_code="".join(secrets.choice(policies.CHECK_ALPHABET) for _ in range(16)),
        dated_on=dated_on,
        created_by=actor.name if actor else "系统",
        created_by_id=actor.account_id if actor else None,
        created_at=at,
    )
    return issue_document(document=document, actor=actor, at=at, act=act) if issue else document


@transaction.atomic
def issue_document(
    *, document: Document, actor: Actor | None, at: datetime, act: Act | None = None
) -> Document:
    """Issue a draft (签发): give it its number and have its file made. Issued twice, it stays.

    Numbers run without gaps per organ, series and year of the document.
    """
    locked = Document.objects.select_for_update().get(pk=document.pk)
    if locked.state == Document.State.VOID:
        raise Conflict("该文书已作废，不能签发。", next_step="请重新制作文书。")
    if locked.state == Document.State.ISSUED:
        return locked
    template = paper_of(document=locked)
    if template.seal:
        _refuse_stopped_seal(locked, at)
    if template.series and not locked.number:
        organ = locked.facts["organ"]
        sequence = ledger.next_number(
            series=f"文书/{template.series}",
            owner=locked.agency_code,
            year=locked.dated_on.year,
        )
        locked.number = policies.number_of(
            template=template,
            organ_short=organ.get("short") or organ["name"],
            year=locked.dated_on.year,
            sequence=sequence,
        )
    locked.state = Document.State.ISSUED
    locked.issued_at = at
    locked.act = act or locked.act
    locked.save()
    app.configure_task(FINISH_TASK, queue="documents").defer(document_id=locked.pk)
    return locked


def _refuse_stopped_seal(document: Document, at: datetime) -> None:
    """A seal that is out of use stands on nothing."""
    fault = elements.seal_fault(document.agency_code, document.code, local_date(at))
    if fault:
        raise Conflict(fault, next_step="请要素管理员办理恢复，或者登记另一枚印章，再签发。")


@transaction.atomic
def void_document(
    *, document: Document, reason: str, actor: Actor | None, at: datetime
) -> Document:
    """Void a document with a reason (作废). Its number is not used again; its file stays."""
    if not reason.strip():
        raise Invalid("作废文书要写明原因。", fields={"reason": "请填写作废原因。"})
    locked = Document.objects.select_for_update().get(pk=document.pk)
    if locked.state == Document.State.VOID:
        return locked
    locked.state = Document.State.VOID
    locked.voided_at = at
    locked.void_reason = reason.strip()[:200]
    locked.save(update_fields=["state", "voided_at", "void_reason"])
    return locked


def is_archive(*, document_id: int) -> bool:
    """Whether the document is a whole file (归档), which carries the log's proofs."""
    return Document.objects.filter(pk=document_id, code="F-55").exists()


def finish(*, document_id: int, at: datetime) -> Document:
    """Render, seal and store an issued document. Safe to run twice and to be killed midway.

    The file is written and flushed before the row says so; whoever finishes first wins.
    """
    document = Document.objects.select_related("dossier").get(pk=document_id)
    if document.is_ready or document.state != Document.State.ISSUED:
        return document
    try:
        made = production.make_file(document=document, at=at, file_of=partial(document_pdf, at=at))
    except Exception as error:
        Document.objects.filter(pk=document_id).update(
            attempts=F("attempts") + 1, last_error=str(error)[:ERROR_LENGTH]
        )
        raise
    Document.objects.filter(pk=document_id, finished_at__isnull=True).update(
        file_sha256=made.sha256,
        file_sm3=made.sm3,
        file_size=made.size,
        pages=made.pages,
        sealed=bool(made.seal_name),
        sealed_at=at if made.seal_name else None,
        seal_name=made.seal_name,
        finished_at=at,
        attempts=F("attempts") + 1,
        last_error="",
    )
    document.refresh_from_db()
    return document


def requeue_unfinished(*, at: datetime, older_than_seconds: int, limit: int) -> int:
    """Enqueue issued documents again that have had no file for a while; how many.

    A job that was lost, or that used up its tries while the disk was full, is not the end.
    """
    before = at - timedelta(seconds=older_than_seconds)
    waiting = Document.objects.filter(
        finished_at__isnull=True, state=Document.State.ISSUED, created_at__lt=before
    ).values_list("pk", flat=True)[:limit]
    for pk in list(waiting):
        task = app.configure_task(FINISH_TASK, queue="documents", queueing_lock=f"finish/{pk}")
        with suppress(AlreadyEnqueued), transaction.atomic():
            task.defer(document_id=pk)
    return len(waiting)


def document_pdf(document: Document, *, at: datetime) -> bytes:
    """The file of a document: the stored one, made now if a worker has not got to it yet.

    A draft or voided document without a file is rendered for viewing, marked as such.
    """
    if not document.is_ready and document.state == Document.State.ISSUED:
        document = finish(document_id=document.pk, at=at)
    if document.is_ready:
        return production.stored_file(document=document)
    return production.preview(document=document)
