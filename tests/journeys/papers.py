"""The papers of a case: finished as the worker does, then read as anyone may read them."""

import io
import json

from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.journeys.driver import Walk
from tests.journeys.reading import Page
from zhiheng.documents import api as documents
from zhiheng.kernel import clock


def made(walk: Walk) -> list[documents.Document]:
    """All papers of the case and its clue, in the order they were made."""
    dossiers = [walk.case.dossier, walk.clue.dossier]
    found = [one for dossier in dossiers for one in documents.documents_of(dossier)]
    return sorted(found, key=lambda one: one.pk)


def finished(walk: Walk) -> list[documents.Document]:
    """The papers after the worker has been at them, the archive last."""
    papers = sorted(made(walk), key=lambda one: (one.code == "F-55", one.pk))
    return [documents.finish(document_id=one.pk, at=clock.now()) for one in papers]


def checked(paper: documents.Document) -> Page:
    """What anybody sees who types the paper's code."""
    page = Page(Client().get(reverse("check_code", args=[paper.check_code])))
    assert page.status == 200
    return page


def reader(paper: documents.Document) -> PdfReader:
    """The paper's file."""
    return PdfReader(io.BytesIO(documents.document_pdf(paper, at=clock.now())))


def text_of(pdf: PdfReader, page: int | None = None) -> str:
    """The words of a file, or of one page, without spaces."""
    pages = pdf.pages if page is None else [pdf.pages[page]]
    return "".join("".join(one.extract_text().split()) for one in pages)


def proofs_of(pdf: PdfReader) -> dict:
    """The log's proofs attached to an archive."""
    (content,) = pdf.attachments["存证证明.json"]
    return json.loads(content)
