"""Import: choose a file, settle its columns, watch the check, look at it, approve."""

import io

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from zhiheng.elements.exchange import blanks, matching, pages, selectors, services
from zhiheng.elements.exchange.columns import columns_of
from zhiheng.elements.exchange.forms import ColumnsForm, UploadForm
from zhiheng.elements.models import ImportBatch
from zhiheng.elements.registers import get_register
from zhiheng.kernel import clock
from zhiheng.kernel.errors import Invalid, NotFound
from zhiheng.people import api as people
from zhiheng.people.api import requires
from zhiheng.web.faces import Link
from zhiheng.web.pages import is_htmx, render_page
from zhiheng.web.paging import keyset

EDIT, PUBLISH = "element.edit", "element.publish"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(EDIT)
def import_start(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a file for a register."""
    register = get_register(slug=slug)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                batch = services.take_in(
                    stream=file, name=file.name, register=register, actor=request.actor,
                    at=clock.now(), on=clock.today(),
                )  # fmt: skip
                return redirect("import_columns", batch_id=batch.pk)
            except Invalid as refused:
                form.add_error("file", str(refused))
    page = pages.StartPage(register=register, crumbs=pages.crumbs(register, "导入"))
    return render_page(request, "elements/import_start.html", page, form=form)


@requires(EDIT)
@require_safe
def import_template(request: HttpRequest, slug: str) -> HttpResponse:
    """The empty form of a register."""
    register = get_register(slug=slug)
    if request.GET.get("form") == "csv":
        return _file(blanks.template_csv(register), f"{register.title}模板.csv", "text/csv")
    return _file(blanks.template_xlsx(register), f"{register.title}模板.xlsx", XLSX)


@requires(EDIT, PUBLISH)
def import_list(request: HttpRequest) -> HttpResponse:
    """Imports of the region, newest first."""
    found = selectors.batches(actor=request.actor)
    rows = keyset(found, order=("-id",), after=request.GET.get("after"), size=40)
    page = pages.BatchListPage(
        rows=rows, table=pages.batch_table(rows.items),
        crumbs=[Link("要素中心", reverse("element_home")), Link("导入记录")],
    )  # fmt: skip
    return render_page(request, "elements/import_list.html", page)


@requires(EDIT)
def import_columns(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Say which column of the file is which field."""
    batch = selectors.access_batch(batch_id=batch_id, actor=request.actor)
    if batch.state not in (ImportBatch.State.MATCHING, ImportBatch.State.CHECKED):
        return redirect("import_show", batch_id=batch.pk)
    own = batch.uploaded_by_id == request.actor.account_id
    samples = services.samples(batch=batch) if own else []
    form = ColumnsForm(request.POST or None, batch=batch, samples=samples)
    if form.is_bound and form.is_valid():
        try:
            services.settle_columns(
                batch=batch, mapping=form.mapping(), valid_from=form.day(), actor=request.actor
            )
            return redirect("import_show", batch_id=batch.pk)
        except Invalid as refused:
            form.add_error(None, str(refused))
    register = get_register(slug=batch.register)
    gaps = matching.missing(columns_of(register.model), batch.mapping)
    page = pages.ColumnsPage(
        batch=batch, register=register, missing=pages.missing_words([column.title for column in gaps]),
        crumbs=[*pages.crumbs(None), Link(batch.file_name)],
    )  # fmt: skip
    return render_page(request, "elements/import_columns.html", page, form=form)


@requires(EDIT, PUBLISH)
def import_show(request: HttpRequest, batch_id: int) -> HttpResponse:
    """How far a batch is; once checked, what it would do."""
    batch = selectors.access_batch(batch_id=batch_id, actor=request.actor)
    if batch.state == ImportBatch.State.MATCHING and people.may(request.actor, EDIT):
        return redirect("import_columns", batch_id=batch.pk)
    page = pages.show_page(
        batch, account_id=request.actor.account_id, show=request.GET.get("show", ""),
        may_publish=people.may(request.actor, PUBLISH), after=request.GET.get("after"),
    )  # fmt: skip
    shown = "elements/_import_progress.html" if is_htmx(request) else "elements/import_show.html"
    response = render_page(request, shown, page)
    if is_htmx(request) and not page.running:
        response["HX-Refresh"] = "true"
    return response


@requires(PUBLISH)
@require_POST
def import_approve(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Approve a batch of somebody else; a second click changes nothing."""
    batch = selectors.access_batch(batch_id=batch_id, actor=request.actor)
    if services.approve(batch=batch, actor=request.actor, at=clock.now()):
        messages.success(request, "已批准，正在写入登记簿。")
    return redirect("import_show", batch_id=batch.pk)


@requires(EDIT, PUBLISH)
@require_POST
def import_retry(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Have a failed batch worked on again."""
    batch = selectors.access_batch(batch_id=batch_id, actor=request.actor)
    if services.try_again(batch=batch):
        messages.success(request, "又开始办了，从停下的地方接着来。")
    return redirect("import_show", batch_id=batch.pk)


@requires(EDIT, PUBLISH)
@require_POST
def import_withdraw(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Give a batch up."""
    batch = selectors.access_batch(batch_id=batch_id, actor=request.actor)
    services.withdraw(batch=batch)
    messages.success(request, "已撤回，登记簿没有改动；上传的文件已删除。")
    return redirect("import_list")


@requires(EDIT, PUBLISH)
@require_safe
def import_errors(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The rows with errors as a workbook."""
    batch = selectors.access_batch(batch_id=batch_id, actor=request.actor)
    if not batch.rows_wrong or batch.state != ImportBatch.State.CHECKED:
        raise NotFound("这一批没有有错的行。", next_step="请回到这一批查看。")
    out = io.BytesIO()
    own = batch.uploaded_by_id == request.actor.account_id
    blanks.errors_xlsx(out, batch=batch, open_personal=own)
    return _file(out.getvalue(), f"有错的行-{batch.pk}.xlsx", XLSX)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
