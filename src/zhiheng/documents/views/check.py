"""The public check: anyone with a code sees what the document is and whether its seal holds.

No personal data, no listing, one indexed read per look; the seal of a file is read once and kept.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_protect

from zhiheng.documents import policies, sealcheck, selectors
from zhiheng.documents.forms import CodeForm, CompareForm
from zhiheng.documents.pages import CheckPage, check_facts
from zhiheng.documents.production import AREA
from zhiheng.documents.selectors import CheckResult
from zhiheng.kernel import files
from zhiheng.kernel.errors import ZhihengError
from zhiheng.web.pages import render_page


@cache_control(private=True, max_age=0)
def check_home(request: HttpRequest) -> HttpResponse:
    """Enter a code."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("check_code", code=form.cleaned_data["code"])
    return render_page(request, "documents/check_home.html", None, form=form)


@csrf_protect
@cache_control(private=True, max_age=0)
def check_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the document with this code is; compare a file with it."""
    result = selectors.check(code)
    if result is None:
        page = CheckPage(
            code=policies.normal_check_code(text=code)[:40],
            result=None,
            facts=[],
            tone="stop",
            verdict="没有这个核验码",
            seal=None,
        )
        return render_page(request, "documents/check_code.html", page, form=None, status=404)
    form = CompareForm(request.POST, request.FILES) if request.method == "POST" else CompareForm()
    compared, compared_tone = "", ""
    if form.is_bound and form.is_valid():
        compared, compared_tone = _compare(result=result, upload=form.cleaned_data["file"])
    seal = _seal(result=result)
    tone, verdict = _verdict(result=result, seal=seal)
    page = CheckPage(
        code=result.check_code,
        result=result,
        facts=check_facts(result),
        tone=tone,
        verdict=verdict,
        seal=seal,
        compared=compared,
        compared_tone=compared_tone,
    )
    return render_page(request, "documents/check_code.html", page, form=form)


def _seal(*, result: CheckResult) -> sealcheck.SealReading | None:
    if not result.sealed:
        return None
    try:
        return sealcheck.read_kept_seal(
            sha256=result.file_sha256, pdf_of=lambda: files.read(result.file_sha256, area=AREA)
        )
    except ZhihengError as error:
        return sealcheck.SealReading(sealed=True, valid=False, sentence=str(error))


def _verdict(*, result: CheckResult, seal: sealcheck.SealReading | None) -> tuple[str, str]:
    if result.state == "VOID":
        return "stop", "这份文书已经作废"
    if not result.ready:
        return "warn", "这份文书已签发，文件正在生成"
    if result.sealed and not (seal and seal.valid):
        return "stop", "平台存有这份文书，但签章未能通过查验"
    return "ok", "平台存有这份文书"


def _compare(*, result: CheckResult, upload) -> tuple[str, str]:  # type: ignore[no-untyped-def]
    """Whether an uploaded file is the stored one, by digest; the file is not kept."""
    if not result.ready:
        return "文件还在生成，请稍后再比对。", "warn"
    found = files.digests(upload)
    if found.sha256 == result.file_sha256:
        return "您的文件与平台存档完全一致。", "ok"
    return (
        "您的文件与平台存档不一致：可能被改动过，或者不是这份文书的电子原件（扫描件、另存的文件也会不一致）。",
        "stop",
    )
