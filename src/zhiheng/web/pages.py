"""How a view answers: a page, or the fragment of it that htmx asked for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def is_htmx(request: HttpRequest) -> bool:
    """Whether a fragment is wanted; a restored history entry wants the whole page."""
    return (
        request.headers.get("HX-Request") == "true"
        and request.headers.get("HX-History-Restore-Request") != "true"
    )


def render_page(
    request: HttpRequest,
    template: str,
    page: Any,
    *,
    form: Any = None,
    fragment: str = "",
    status: int | None = None,
) -> HttpResponse:
    """Render `page` (and `form`); invalid forms answer 422; `fragment` is the partial for htmx."""
    if status is None:
        status = 422 if form is not None and form.is_bound and form.errors else 200
    name = f"{template}#{fragment}" if fragment and is_htmx(request) else template
    response = render(request, name, {"page": page, "form": form}, status=status)
    patch_vary_headers(response, ("HX-Request",))
    return response


def render_problem(
    request: HttpRequest, *, title: str, next_step: str, status: int = 409, back_href: str = ""
) -> HttpResponse:
    """A page for what cannot be done now: what is wrong and what to do (ZhihengError's two sentences)."""
    page = {"title": title, "next_step": next_step, "back_href": back_href, "status": status}
    return render(request, "web/problem.html", {"page": page}, status=status)
