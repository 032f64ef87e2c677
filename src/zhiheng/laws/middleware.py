"""Puts the reader on every page: who may follow a citation, and on which day the page stands."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse

from zhiheng.laws.readers import Reader, reading
from zhiheng.people import api as people


class ReaderMiddleware:
    """Let citations lead into the corpus for those who may open it; on the day `?on=` of the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Make the page for this reader."""
        with reading(Reader(allowed=lambda: _may_open(request), on=_day_of(request))):
            return self.get_response(request)


def _may_open(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and people.may(actor, "law.view")


def _day_of(request: HttpRequest) -> date | None:
    """The day that the address asks for; None is today."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None
