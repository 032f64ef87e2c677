"""Pages of the shell itself: patterns, large print, and what to say when a form's token is stale."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from zhiheng.web import patterns
from zhiheng.web.shell import LARGE_COOKIE

YEAR = 365 * 24 * 3600


def show_patterns(request: HttpRequest) -> HttpResponse:
    """Every component once, with short texts; for developers, the demo and system administrators."""
    roles = {str(r) for r in getattr(getattr(request, "actor", None), "roles", ())}
    if not (settings.DEBUG or settings.DEMO or "system_admin" in roles):
        raise Http404
    form = patterns.broken_form() if "bad" in request.GET else patterns.sample_form()
    status = 422 if form.is_bound else 200
    return render(
        request, "web/patterns.html", {"page": patterns.page(), "form": form}, status=status
    )


@require_POST
def set_large(request: HttpRequest) -> HttpResponse:
    """Large print on or off, then back to where one was."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    if request.POST.get("on") == "1":
        response.set_cookie(
            LARGE_COOKIE,
            "1",
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    else:
        response.delete_cookie(LARGE_COOKIE, samesite="Lax")
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long or cookies are off: what to do, and that nothing was lost."""
    return render(request, "403_csrf.html", {"reason": reason}, status=403)
