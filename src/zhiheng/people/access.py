"""The guard in front of a view: signed in, permitted, or a sentence that says why not."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from zhiheng.people import services
from zhiheng.people.models import SecurityEvent
from zhiheng.people.permissions import PERMISSIONS
from zhiheng.people.policies import may as roles_may
from zhiheng.people.roles import Role

View = Callable[..., HttpResponse]


def requires(*permissions: str) -> Callable[[View], View]:
    """Let a view run for those who hold one of the permissions; others sign in or read why not.

    `@requires("case.view")`. The refusal is written to the security log and answered with 403.
    An unknown permission fails when the module loads, not when someone clicks.
    """
    allowed = frozenset[Role]().union(*(PERMISSIONS[name] for name in permissions))

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            actor = getattr(request, "actor", None)
            if actor is None:
                return redirect_to_login(request.get_full_path())
            if not roles_may(roles=actor.roles, permitted=allowed):
                services.record_security_event(
                    kind=SecurityEvent.Kind.DENIED,
                    actor=actor,
                    detail={"path": request.path[:200], "needs": list(permissions)},
                    ip=request.META.get("REMOTE_ADDR"),
                )
                raise PermissionDenied(refusal(allowed=allowed))
            return view(request, *args, **kwargs)

        return guarded

    return wrap


def refusal(*, allowed: frozenset[Role]) -> str:
    """Who may open the page, and whom to ask."""
    names = "、".join(role.label for role in Role if role in allowed)
    return (
        f"您现有的角色不能打开这个页面，需要的角色是：{names}。如工作需要，请联系系统管理员授予。"
    )
