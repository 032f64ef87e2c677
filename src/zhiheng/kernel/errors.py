"""错误：说给人听的错误，一句话说清哪里不对，再一句说清怎么办。

Every error that may reach a person carries two Chinese sentences. An error without a next
step is allowed only where nothing can be done but to tell the administrator.
"""

from __future__ import annotations

from collections.abc import Mapping


class ZhihengError(Exception):
    """The root of all errors that are meant to be read by a person.

    Attributes:
        message: one Chinese sentence: what is wrong.
        next_step: one Chinese sentence: what to do about it; may be empty.
    """

    def __init__(self, message: str, *, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message}{self.next_step}"


class NotAllowed(ZhihengError):
    """The person may not do this: role, scope or a guard of the rulebook says no."""


class NotFound(ZhihengError):
    """No such thing, or none that this person may know of; both answer alike."""

    def __init__(self, message: str = "没有找到，或者您无权查看。", *, next_step: str = "") -> None:
        super().__init__(message, next_step=next_step or "请核对编号，或联系本单位系统管理员。")


class Invalid(ZhihengError):
    """What was entered cannot be accepted.

    Attributes:
        fields: for each field name the Chinese sentence to print beside it.
    """

    def __init__(
        self, message: str, *, next_step: str = "", fields: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message, next_step=next_step)
        self.fields: dict[str, str] = dict(fields or {})


class Conflict(ZhihengError):
    """Someone else was faster, or the same key was used for something different."""
