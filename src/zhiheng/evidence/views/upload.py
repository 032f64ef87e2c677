"""The evidence of one dossier, and uploading to it."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhiheng.evidence.forms import UploadForm
from zhiheng.evidence.pages import EvidenceListPage, UploadPage, face_of
from zhiheng.evidence.selectors import access_dossier_by_id, evidence_of
from zhiheng.evidence.services import add_evidence
from zhiheng.kernel import clock
from zhiheng.kernel.errors import Invalid, NotAllowed
from zhiheng.ledger import api as ledger
from zhiheng.people import api as people
from zhiheng.web.pages import render_page

ADD = "evidence.add"


@people.requires("evidence.view")
def evidence_of_dossier(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """All evidence of one dossier."""
    actor = request.actor  # type: ignore[attr-defined]
    dossier = access_dossier_by_id(dossier_id=dossier_id, actor=actor, permission="evidence.view")
    page = EvidenceListPage(
        title=f"证据　{dossier.number}",
        filters=[],
        faces=[face_of(item) for item in evidence_of(dossier)],
        rows=None,
        add_href=reverse("evidence_add", args=[dossier.pk]) if people.may(actor, ADD) else "",
    )
    return render_page(request, "evidence/evidence_list.html", page)


@people.requires(ADD)
def evidence_add(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """Upload a file as evidence; what was typed stays when something is wrong."""
    actor = request.actor  # type: ignore[attr-defined]
    dossier = access_dossier_by_id(dossier_id=dossier_id, actor=actor, permission=ADD)
    at = clock.now()
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid() and (item := _keep(form=form, dossier=dossier, actor=actor, at=at)):
            messages.success(request, "已上传并固定摘要。")
            return redirect("evidence_item", evidence_id=item.pk)
    else:
        form = UploadForm.fresh(at=at.astimezone(clock.ZONE).strftime("%Y-%m-%d %H:%M"))
    page = UploadPage(
        title="添加证据",
        dossier=dossier,
        back_href=reverse("evidence_of_dossier", args=[dossier.pk]),
    )
    return render_page(request, "evidence/evidence_add.html", page, form=form)


def _keep(*, form: UploadForm, dossier: ledger.Dossier, actor: people.Actor, at: datetime):  # type: ignore[no-untyped-def]
    """The new piece, or None with the sentences put to their fields."""
    values = dict(form.cleaned_data)
    key, file = values.pop("key"), values.pop("file")
    me = {
        "name": actor.name,
        "certificate_no": actor.certificate_no,
        "account_id": actor.account_id,
    }
    try:
        return add_evidence(
            dossier=dossier, file=file, name=file.name, collectors=[me], actor=actor, at=at,
            idempotency_key=f"upload/{key}", **values,
        )  # fmt: skip
    except NotAllowed as closed:
        form.add_error(None, f"{closed.message}{closed.next_step}")
    except Invalid as wrong:
        known = {name: said for name, said in wrong.fields.items() if name in form.fields}
        for name, said in known.items():
            form.add_error(name, said)
        if not known:
            form.add_error("file", f"{wrong.message}{wrong.next_step}")
    return None
