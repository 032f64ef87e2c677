"""Export: what is on screen, as a file with its day and digest."""

from datetime import date
from typing import cast

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from zhiheng.elements.exchange import exports, pages, selectors
from zhiheng.elements.exchange.forms import ExportForm
from zhiheng.elements.models import ElementExport
from zhiheng.elements.registers import get_register
from zhiheng.kernel import clock
from zhiheng.kernel.errors import NotFound
from zhiheng.people.api import requires
from zhiheng.web.pages import is_htmx, render_page

EXPORT = "data.export"


@requires(EXPORT)
def export_start(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose day, filter and form; a small file comes at once, a large one is made meanwhile."""
    register = get_register(slug=slug)
    if request.method == "POST":
        form = ExportForm(request.POST)
        if form.is_valid():
            chosen = form.cleaned_data
            export = exports.request(
                register=register, actor=request.actor, query=chosen["q"], on=chosen["on"],
                form=chosen["form"], at=clock.now(), ip=request.META.get("REMOTE_ADDR"),
            )  # fmt: skip
            if export.state == ElementExport.State.READY:
                return _file(export)
            return redirect("export_show", export_id=export.pk)
    else:
        form = ExportForm(
            initial={"q": request.GET.get("q", ""), "on": _day(request), "form": "xlsx"}
        )
    page = pages.StartPage(register=register, crumbs=pages.crumbs(register, "导出"))
    return render_page(request, "elements/export_start.html", page, form=form)


@requires(EXPORT)
@require_safe
def export_show(request: HttpRequest, export_id: int) -> HttpResponse:
    """An export being made, or ready."""
    export = selectors.access_export(export_id=export_id, actor=request.actor)
    page = pages.export_page(export)
    shown = "elements/_export_progress.html" if is_htmx(request) else "elements/export_show.html"
    response = render_page(request, shown, page)
    if is_htmx(request) and not page.waiting:
        response["HX-Refresh"] = "true"
    return response


@requires(EXPORT)
@require_safe
def export_file(request: HttpRequest, export_id: int) -> HttpResponse:
    """The file of an export."""
    export = selectors.access_export(export_id=export_id, actor=request.actor)
    if export.state != ElementExport.State.READY:
        raise NotFound("这份导出还没有生成，或者已经过期。", next_step="请稍后再看，或重新导出。")
    return _file(export)


def _file(export: ElementExport) -> HttpResponse:
    response = FileResponse(exports.open_file(export), content_type="application/octet-stream")
    name = content_disposition_header(True, exports.file_name(export))
    response["Content-Disposition"] = name or "attachment"
    response["Digest"] = f"sha-256={export.file_sha256}"
    response["X-Content-Type-Options"] = "nosniff"
    return cast(HttpResponse, response)


def _day(request: HttpRequest) -> str:
    try:
        return date.fromisoformat(request.GET.get("on", "")).isoformat()
    except ValueError:
        return clock.today().isoformat()
