"""新文本的消息：上面的上下文登记，导入时在同一事务里叫到。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from zhiheng.laws.models import LawVersion


class VersionHandler(Protocol):
    """Called as `fn(version=…, at=…)` for each version stored, and each whose days changed."""

    def __call__(self, *, version: LawVersion, at: datetime) -> None: ...


_handlers: list[VersionHandler] = []


def on_version(handler: VersionHandler) -> VersionHandler:
    """Register a handler, once, from `apps.ready()`; it runs in the transaction that stores the text."""
    if handler not in _handlers:
        _handlers.append(handler)
    return handler


def tell(*, versions: list[LawVersion], at: datetime) -> None:
    """Tell every handler of every version, in order."""
    for handler in _handlers:
        for version in versions:
            handler(version=version, at=at)


def forget(handler: Callable[..., None]) -> None:
    """Take a handler off again (tests)."""
    if handler in _handlers:
        _handlers.remove(handler)
