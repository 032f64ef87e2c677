"""Errors that were written for people reach them as a page, whatever view they came through."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from zhiheng.kernel.errors import Invalid, NotAllowed, NotFound, ZhihengError
from zhiheng.web.pages import render_problem

STATUS: tuple[tuple[type[ZhihengError], int], ...] = (
    (NotAllowed, 403),
    (NotFound, 404),
    (Invalid, 422),
)


class ProblemMiddleware:
    """Answer an uncaught ZhihengError with its two sentences."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Leave zero bytes out of a query: no text holds one, and the database takes none."""
        if "%00" in (query := request.META.get("QUERY_STRING", "")):
            request.META["QUERY_STRING"] = query.replace("%00", "")
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Only errors meant for people; all others go on to the ordinary handling."""
        if not isinstance(error, ZhihengError):
            return None
        status = next((code for kind, code in STATUS if isinstance(error, kind)), 409)
        back = request.path if request.method == "POST" else ""
        return render_problem(
            request, title=error.message, next_step=error.next_step, status=status, back_href=back
        )
