"""One piece of evidence: looking, verifying, excluding."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhiheng.evidence import services
from zhiheng.evidence.forms import ExcludeForm, VerifyForm
from zhiheng.evidence.models import EvidenceItem
from zhiheng.evidence.pages import TONES, DecidePage, EvidencePage, facts_of
from zhiheng.evidence.selectors import access_evidence_by_id
from zhiheng.kernel import clock
from zhiheng.people import api as people
from zhiheng.web.pages import render_page

ADD = "evidence.add"
COLLECTED, EXCLUDED = EvidenceItem.Status.COLLECTED, EvidenceItem.Status.EXCLUDED


@people.requires("evidence.view")
def evidence_item(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """One piece with its picture, its facts and its digests."""
    actor = request.actor  # type: ignore[attr-defined]
    item = access_evidence_by_id(evidence_id=evidence_id, actor=actor)
    may = people.may(actor, ADD)
    page = EvidencePage(
        item=item,
        facts=facts_of(item),
        tone=TONES[item.status],
        thumb_href=reverse("evidence_thumb", args=[item.pk]) if item.is_image else "",
        file_href=reverse("evidence_file", args=[item.pk]),
        dossier_href=reverse("evidence_of_dossier", args=[item.dossier_id]),
        may_verify=may and item.status == COLLECTED,
        may_exclude=may and item.status != EXCLUDED,
    )
    return render_page(request, "evidence/evidence_item.html", page)


@people.requires(ADD)
def evidence_verify(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """Verify a piece of evidence, saying how."""
    actor = request.actor  # type: ignore[attr-defined]
    item = access_evidence_by_id(evidence_id=evidence_id, actor=actor, permission=ADD)
    form = VerifyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        services.verify_item(item=item, actor=actor, at=clock.now(), note=form.cleaned_data["note"])
        messages.success(request, "已核实，可以作为认定事实的依据。")
        return redirect("evidence_item", evidence_id=item.pk)
    page = DecidePage(
        title="核实证据",
        note="核实时平台会重新计算文件摘要，确认上传以来没有改动。",
        item=item,
        back_href=reverse("evidence_item", args=[item.pk]),
    )
    return render_page(request, "evidence/evidence_decide.html", page, form=form)


@people.requires(ADD)
def evidence_exclude(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """Exclude a piece of evidence with a ground and a reason."""
    actor = request.actor  # type: ignore[attr-defined]
    item = access_evidence_by_id(evidence_id=evidence_id, actor=actor, permission=ADD)
    form = ExcludeForm(request.POST or None)
    if form.is_bound and form.is_valid():
        services.exclude_item(item=item, actor=actor, at=clock.now(), **form.cleaned_data)
        messages.success(request, "已排除，文书不再列出这件证据；原件继续保存。")
        return redirect("evidence_item", evidence_id=item.pk)
    page = DecidePage(
        title="排除证据",
        note="排除后不能再作为认定事实的依据；原件和本次理由都会保留。",
        item=item,
        back_href=reverse("evidence_item", args=[item.pk]),
        danger=True,
    )
    return render_page(request, "evidence/evidence_decide.html", page, form=form)
