"""What each screen of people may use."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from zhiheng.people.models import Account, Acting, RoleGrant, SecurityEvent
from zhiheng.web import words
from zhiheng.web.faces import Cell, Link, Table
from zhiheng.web.paging import Page

_WORDS = {
    "account": "账号", "role": "角色", "from": "从", "until": "到", "deputy": "代行人",
    "reason": "事由", "change": "变更", "path": "地址", "needs": "需要", "factor": "方式",
    "way": "途径", "why": "原因", "what": "内容", "rows": "行数",
}  # fmt: skip


@dataclass(frozen=True)
class AccountListPage:
    """rows: accounts paged; table: how they are shown; query: what was searched."""

    rows: Page[Account]
    table: Table
    query: str


@dataclass(frozen=True)
class AccountPage:
    """One account: what it is, its roles and actings with their ends, what may be done to it."""

    account: Account
    facts: list[tuple[str, str]]
    grants: list[RoleGrant]
    actings: list[Acting]
    on: date
    is_self: bool
    crumbs: list[Link]


@dataclass(frozen=True)
class MePage:
    """Me: facts, roles held today and why, those who act for me and for whom I act."""

    facts: list[tuple[str, str]]
    roles: list[tuple[str, str, str]]
    given: list[Acting]
    held: list[Acting]
    on: date


@dataclass(frozen=True)
class SecurityPage:
    """The security log: rows paged, table, filters, what was searched."""

    rows: Page[SecurityEvent]
    table: Table
    filters: list[Link]
    username: str = ""


@dataclass(frozen=True)
class FormPage:
    """A form on its own page."""

    title: str
    lead: str
    action: str
    back_href: str
    crumbs: list[Link] = field(default_factory=list)


def account_table(*, rows: Page[Account], roles: dict[int, list[RoleGrant]]) -> Table:
    """Accounts with the roles of today."""
    return Table(
        columns=("姓名", "登录名", "单位", "今天的角色", "状态"),
        rows=tuple(
            (
                Cell(one.name, "strong", href=reverse("account_show", args=[one.username])),
                Cell(one.username, "num"),
                Cell(one.unit, note=one.agency_code),
                "、".join(g.get_role_display() for g in roles.get(one.pk, [])) or "没有角色",
                Cell("在用", "tag", "ok") if one.is_active else Cell("停用", "tag", "plain"),
            )
            for one in rows
        ),
        caption="账号",
    )


def security_table(*, rows: Page[SecurityEvent]) -> Table:
    """The log, newest first."""
    return Table(
        columns=("时间", "事件", "谁", "来源", "内容"),
        rows=tuple(
            (
                Cell(words.moment(one.at), "num"),
                Cell(one.get_kind_display(), "tag", _tone(one.kind)),
                one.username or "—",
                Cell(one.ip or "—", "num"),
                _sentence(one.detail),
            )
            for one in rows
        ),
        caption="安全日志",
    )


def _tone(kind: str) -> Any:
    """Red for what went wrong, amber for what changes rights."""
    wrong = {"SIGN_IN_FAILED", "LOCKED_OUT", "DENIED"}
    plain = {"SIGNED_IN", "SIGNED_OUT"}
    return "stop" if kind in wrong else "plain" if kind in plain else "warn"


def _sentence(detail: dict[str, Any]) -> str:
    """The details in words."""
    parts = []
    for key, value in detail.items():
        if value in ("", None, []):
            continue
        text = "、".join(map(str, value)) if isinstance(value, list) else str(value)
        parts.append(f"{_WORDS.get(key, key)} {text}")
    return "，".join(parts)
