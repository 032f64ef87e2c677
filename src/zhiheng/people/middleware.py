"""Puts the actor on every request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from zhiheng.people import selectors


class ActorMiddleware:
    """Set `request.actor`: the person signed in with the roles of today, or None.

    Read anew on each request, so that a grant or a revocation takes effect with the next click.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the actor and go on."""
        user = request.user
        request.actor = (
            selectors.actor_of(account=user, on=timezone.localdate())
            if user.is_authenticated
            else None
        )
        return self.get_response(request)
