"""Puts the actor on every request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from zhiheng.kernel.clock import today
from zhiheng.people import selectors

ALLOWED_BEFORE_CHANGE = ("/account/", "/static/")


class ActorMiddleware:
    """Set `request.actor`: the person signed in with the roles of today, or None.

    Whoever was given a password by somebody else changes it before anything else.

    Read anew on each request, so that a grant or a revocation takes effect with the next click.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the actor and go on."""
        user = request.user
        request.actor = (
            selectors.actor_of(account=user, on=today()) if user.is_authenticated else None
        )
        must_change = request.actor is not None and request.user.password_temporary
        if must_change and not request.path.startswith(ALLOWED_BEFORE_CHANGE):
            return redirect("account_change_password")
        return self.get_response(request)
