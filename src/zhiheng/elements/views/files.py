"""Attachments: adding one, and downloading it, never as a page of ours."""

import uuid

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from zhiheng.elements import registers
from zhiheng.elements.attachments import selectors, services
from zhiheng.elements.proposals.forms import FileForm
from zhiheng.elements.proposals.pages import EditPage
from zhiheng.elements.proposals.selectors import access_proposal
from zhiheng.elements.views.common import crumbs, known_row, prefixes
from zhiheng.kernel.clock import now
from zhiheng.kernel.errors import Invalid, NotFound
from zhiheng.people.api import requires
from zhiheng.web.pages import render_page

SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


@requires("element.edit")
def file_add(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """Add a file to an element, or to one's own proposal (`?proposal=`)."""
    register = registers.get_register(slug=slug)
    number = request.GET.get("proposal", "")
    proposal = base = None
    if number.isdigit():
        proposal = access_proposal(proposal_id=int(number), actor=request.actor)
        if (proposal.slug, proposal.element_uid) != (slug, uid):
            raise NotFound("变更单和要素对不上。", next_step="请从变更单重新打开。")
        back = reverse("element_proposal", args=[proposal.pk])
    else:
        base = known_row(request, register, uid)
        back = reverse("element_show", args=[slug, uid])
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            services.attach(
                slug=slug, element_uid=uid, title=form.cleaned_data["title"], file=file,
                name=file.name, actor=request.actor, at=now(), proposal=proposal,
            )  # fmt: skip
        except Invalid as wrong:
            form.add_error("file", str(wrong))
        else:
            messages.success(request, "附件已存，摘要已固定。")
            return redirect(back)
    page = EditPage(
        "添加附件", "文件按内容辨认类型，存下后不能改动；列表里写着它的摘要。",
        crumbs(request, register, base, "添加附件"), back, "上传",
    )  # fmt: skip
    return render_page(request, "elements/edit.html", page, form=form)


@require_safe
@requires("element.view")  # type: ignore[arg-type]
def file_show(request: HttpRequest, attachment_id: int) -> FileResponse:
    """The file, always as a download."""
    found = selectors.access_attachment(
        attachment_id=attachment_id, actor=request.actor, prefixes=prefixes(request)
    )
    response = FileResponse(selectors.open_file(found), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["Digest"] = f"sha-256={found.sha256}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    patch_cache_control(response, private=True, max_age=0)
    return response
