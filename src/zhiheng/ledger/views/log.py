"""The public log: heads, proofs, growth. Digests only; no name, no number, no content."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from zhiheng.kernel.errors import NotFound
from zhiheng.ledger import api as ledger
from zhiheng.ledger.pages import LogPage, ProofPage
from zhiheng.web.faces import Cell, Table
from zhiheng.web.pages import render_page
from zhiheng.web.words import moment

PAGE = 20
VERIFIER = Path(settings.ROOT) / "tools" / "verify_proof.py"


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The newest head, earlier heads, and a field to ask for a proof."""
    asked = request.GET.get("what", "").strip().lower()
    message = ""
    if asked:
        try:
            ledger.prove_named(asked)
            return redirect("log_proof", what=asked)
        except NotFound as error:
            message = str(error)
    before = request.GET.get("before", "")
    found = ledger.heads(before=_number(before), limit=PAGE + 1)
    page = LogPage(
        asked=asked,
        message=message,
        facts=head_facts(newest) if (newest := ledger.head()) else (),
        heads=_table(found[:PAGE]) if found else None,
        older_href=f"?before={found[PAGE - 1].size}" if len(found) > PAGE else "",
    )
    return render_page(request, "ledger/log.html", page, status=404 if message else 200)


@require_safe
def proof(request: HttpRequest, what: str) -> HttpResponse:
    """A proof as a page."""
    try:
        found = ledger.prove_named(what)
    except NotFound as error:
        raise Http404(str(error)) from error
    page = ProofPage(
        title="一份证据文件的摘要" if found.part else "一条行为记录的摘要",
        facts=(
            ("摘要（SHA-256）", found.digest.hex()),
            ("叶的位置", f"第 {found.index} 片，共 {found.size} 片"),
            *head_facts(found.head),
        ),
        path=tuple(each.hex() for each in found.path),
        json_href=reverse("log_proof_json", args=[what]),
        verifier_href=reverse("log_verifier") if VERIFIER.exists() else "",
    )
    return render_page(request, "ledger/proof.html", page)


@require_safe
def proof_json(request: HttpRequest, what: str) -> HttpResponse:
    """A proof as a file for the verifier."""
    return _answer(lambda: ledger.prove_named(what).as_json())


@require_safe
@cache_control(public=True, max_age=5)
def head_json(request: HttpRequest) -> HttpResponse:
    """The newest signed head."""
    newest = ledger.head()
    if newest is None:
        return JsonResponse({"error": "存证日志还是空的。"}, status=404)
    return JsonResponse(ledger.head_json(newest))


@require_safe
def heads_json(request: HttpRequest) -> HttpResponse:
    """Signed heads, the newest first, 100 at a time; `before` goes on from a size."""
    found = ledger.heads(before=_number(request.GET.get("before", "")), limit=100)
    return JsonResponse({"heads": [ledger.head_json(each) for each in found]})


@require_safe
def growth_json(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """That the log at one signed head extends that at another."""
    return _answer(lambda: ledger.growth_json(first=first, second=second))


@require_safe
def verifier(request: HttpRequest) -> FileResponse:
    """The program by which outsiders check proofs without the platform."""
    if not VERIFIER.exists():
        raise Http404("此处没有安装验证程序。")
    return FileResponse(VERIFIER.open("rb"), as_attachment=True, filename=VERIFIER.name)


def head_facts(head: ledger.LogHead) -> tuple[tuple[str, str], ...]:
    """A signed head in words."""
    return (
        ("日志大小", f"{head.size} 片叶"),
        ("签名时间", moment(head.signed_at)),
        ("根", bytes(head.root).hex()),
        ("公钥（Ed25519）", bytes(head.public_key).hex()),
        ("签名", bytes(head.signature).hex()),
    )


def _table(heads: list[ledger.LogHead]) -> Table:
    return Table(
        columns=("大小", "签名时间", "根"),
        rows=tuple(
            (
                Cell(str(head.size), "num"),
                Cell(moment(head.signed_at), "num"),
                Cell(f"{bytes(head.root).hex()[:16]}…", "num"),
            )
            for head in heads
        ),
        caption="已签名的日志头",
    )


def _answer(make) -> JsonResponse:  # type: ignore[no-untyped-def]
    try:
        return JsonResponse(make())
    except NotFound as error:
        later = isinstance(error, ledger.NotYet)
        return JsonResponse({"error": str(error)}, status=202 if later else 404)


def _number(text: str) -> int | None:
    """A size from the address; anything else starts from the newest."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
