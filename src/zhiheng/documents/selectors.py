"""Reading documents: by dossier, by check code, by permission."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet

from zhiheng.documents import manifests, policies
from zhiheng.documents.models import Document, Service
from zhiheng.kernel.errors import Invalid, NotFound
from zhiheng.people import api as people
from zhiheng.rulebook import api as rulebook

if TYPE_CHECKING:
    from zhiheng.ledger.api import Dossier
    from zhiheng.people.api import Actor


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """What anyone may know of a document whose check code they hold: no personal data."""

    check_code: str
    title: str
    number: str
    organ_name: str
    dated_on: date
    state: str
    state_label: str
    void_reason: str
    ready: bool
    file_sha256: str
    file_sm3: str
    pages: int
    sealed: bool
    sealed_at: datetime | None
    seal_name: str


def documents_root() -> Path:
    """Where the document templates lie."""
    return Path(settings.RULEBOOK_DIR) / "documents"


def templates() -> dict[str, manifests.Template]:
    """All document templates by code."""
    return manifests.load_templates(root=documents_root())


def template_of(*, code: str) -> manifests.Template:
    """The template of a code; a sentence if the rulebook has none."""
    found = templates().get(code)
    if found is None:
        raise Invalid(
            f"规则库中没有代码为 {code} 的文书模板。",
            next_step="请联系系统管理员在 rulebook/documents 中补充。",
        )
    return found


def paper_of(*, document: Document) -> manifests.Template:
    """The template of a document, and of its variant where its code has several papers."""
    return template_of(code=document.code).paper(facts=document.facts)


def documents_of(dossier: Dossier) -> QuerySet[Document]:
    """The documents of a dossier in the order they were made, services with them."""
    return Document.objects.filter(dossier=dossier).prefetch_related("services").order_by("id")


def latest_document(dossier: Dossier, *, code: str, variant: str = "") -> Document | None:
    """The newest document of a code that is not void; with `variant`, the newest such paper."""
    kept = Document.objects.filter(dossier=dossier, code=code).exclude(state=Document.State.VOID)
    if variant:
        kept = kept.filter(facts__variant=variant)
    return kept.order_by("-pk").first()


def services_of(dossier: Dossier) -> QuerySet[Service]:
    """The service records of a dossier, oldest first."""
    return Service.objects.filter(dossier=dossier).select_related("document").order_by("id")


def access_document_by_id(*, document_id: int, actor: Actor | None) -> Document:
    """The only way to a document for a person: absent and forbidden answer alike."""
    if people.may(actor, "document.view"):
        reach = people.scope(actor, "document.view")
        # A letter of another organ lies in the dossier that it answers: both may read it.
        scope = people.within(reach) | people.within(
            reach, region="dossier__region_code", agency="dossier__agency_code"
        )
        found = Document.objects.filter(scope, pk=document_id).select_related("dossier").first()
        if found:
            return found
    raise NotFound()


def check(check_code: str) -> CheckResult | None:
    """What the public may read of the document with this code; None if there is none.

    A draft is not a document yet and is not shown.
    """
    code = policies.normal_check_code(text=check_code)
    if not policies.CHECK_CODE.fullmatch(code):
        return None
    found = Document.objects.filter(check_code=code).exclude(state=Document.State.DRAFT).first()
    if found is None or found.issued_at is None:
        return None
    return CheckResult(
        check_code=found.check_code,
        title=found.title,
        number=found.number or "",
        organ_name=found.organ_name,
        dated_on=found.dated_on,
        state=found.state,
        state_label=found.get_state_display(),
        void_reason=found.void_reason,
        ready=found.is_ready,
        file_sha256=found.file_sha256,
        file_sm3=found.file_sm3,
        pages=found.pages,
        sealed=found.sealed,
        sealed_at=found.sealed_at,
        seal_name=found.seal_name,
    )


UNITS_ZH = {"WD": "个工作日", "ND": "日", "M": "个月", "Y": "年", "H": "小时"}


def period_in_words(*, rule_id: str, on: date, region: str = "", domain: str = "") -> str:
    """A period of the rulebook as documents write it: 五个工作日, 六十日, 六个月."""
    rule = rulebook.deadline_rule(rulebook.current(), rule_id, on=on, region=region, domain=domain)
    return rulebook.numeral(rule.amount) + UNITS_ZH[rule.unit]
