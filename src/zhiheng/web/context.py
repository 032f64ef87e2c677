"""Context processor: every template may use `shell`."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from zhiheng.web.shell import shell_for


def shell(request: HttpRequest) -> dict[str, Any]:
    """Add the frame, worked out only when a template asks for it."""
    return {"shell": SimpleLazyObject(lambda: shell_for(request))}
