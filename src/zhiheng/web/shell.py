"""The frame around every screen: what stands on the rail, who is signed in, which notices hang above.

The rail shows work, not menus: an entry appears once its screen exists and the person may open it.
The web layer knows nobody: whether an actor may do a thing is asked through the function named in
`settings.SHELL_MAY`, and numbers on the rail come from functions that contexts register.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.module_loading import import_string

CAP = 99
"""Numbers on the rail are counted up to here and no further."""

LARGE_COOKIE = "zh_large"
FIT = 5


@dataclass(frozen=True)
class RailEntry:
    """One kind of work. `urls` are names tried in turn; the first that resolves is the entrance."""

    key: str
    label: str
    icon: str
    urls: tuple[str, ...]
    permission: str = ""
    prefixes: tuple[str, ...] = ()


RAIL: tuple[RailEntry, ...] = (
    RailEntry("todo", "待办", "list-checks", ("todo",), "", ("/todo/",)),
    RailEntry("spot", "当场", "zap", ("spot",), "case.spot", ("/spot/",)),
    RailEntry("clues", "线索", "radar", ("clue_list",), "clue.view", ("/clues/",)),
    RailEntry("inspections", "检查", "clipboard-check", ("inspection_list",), "inspection.view"),
    RailEntry("cases", "案件", "folder-open", ("case_list",), "case.view", ("/cases/",)),
    RailEntry("goods", "物品", "package", ("goods_list",), "case.view", ("/goods/",)),
    RailEntry(
        "payments", "缴款", "receipt-text", ("payment_list",), "payment.view", ("/payments/",)
    ),
    RailEntry("consult", "答复", "message-square", ("consult_list",), "consult.answer"),
    RailEntry("evidence", "证据", "camera", ("evidence_list",), "evidence.view", ("/evidence/",)),
    RailEntry("handbook", "宝典", "book-open", ("handbook",), "rulebook.view", ("/rulebook/",)),
    RailEntry("command", "指挥", "radio-tower", ("command_board",), "command.view"),
    RailEntry(
        "supervision",
        "监督",
        "eye",
        ("supervision_list",),
        "supervision.view",
        ("/supervision/", "/interference/"),
    ),
    RailEntry("disclosure", "公示", "megaphone", ("disclosure_list",), "disclosure.view"),
    RailEntry(
        "elements", "要素", "layers", ("element_home",), "element.view", ("/elements/", "/laws/")
    ),
    RailEntry("people", "人员", "users", ("account_list",), "people.manage", ("/people/a/",)),
)

MENU: tuple[RailEntry, ...] = (
    RailEntry("me", "我的岗位与代理", "id-card", ("people_me",)),
    RailEntry("assist", "其他机关的来函", "inbox", ("assist_list",), "assist.answer"),
    RailEntry("entrust", "委托书", "file-text", ("entrust_list",), "entrust.sign", ("/entrust/",)),
    RailEntry("mfa", "登录安全", "shield-check", ("mfa_index",)),
    RailEntry("security", "安全日志", "scroll-text", ("security_log",), "security.view"),
    RailEntry("log", "存证日志", "link", ("log",)),
)
"""What stands under one's own name."""

_counters: dict[str, Callable[[HttpRequest], int]] = {}


@dataclass(frozen=True)
class RailLink:
    """A rail entry as it stands on one page."""

    label: str
    icon: str
    href: str
    current: bool
    count: str = ""


@dataclass(frozen=True)
class Shell:
    """What base.html may use."""

    rail: list[RailLink] = field(default_factory=list)
    menu: list[RailLink] = field(default_factory=list)
    actor: Any = None
    acting: list[str] = field(default_factory=list)
    search_url: str = ""
    query: str = ""
    large: bool = False
    demo: bool = False
    demo_password: str = ""
    home: str = "/"

    @property
    def tabs(self) -> list[RailLink]:
        """What fits on the bar at the bottom of a phone: five, or four and 更多."""
        return self.rail if len(self.rail) <= FIT else self.rail[: FIT - 1]

    @property
    def more(self) -> list[RailLink]:
        """What does not fit on the phone's bar."""
        return self.rail[len(self.tabs) :]


def register_count(key: str, counter: Callable[[HttpRequest], int]) -> None:
    """Let a context put a number beside its rail entry; the counter must stop at `CAP` + 1."""
    _counters[key] = counter


def may(actor: Any, permission: str) -> bool:
    """Whether this actor holds a permission; nobody holds one when nobody is signed in."""
    if actor is None:
        return False
    if not permission:
        return True
    dotted = getattr(settings, "SHELL_MAY", "")
    return bool(import_string(dotted)(actor, permission)) if dotted else False


def shell_for(request: HttpRequest | None) -> Shell:
    """Gather the frame for a request; every part is optional so that an error page always renders."""
    if request is None:
        return Shell()
    actor = getattr(request, "actor", None)
    return Shell(
        rail=list(_links(RAIL, request, actor)),
        menu=list(_links(MENU, request, actor)),
        actor=actor,
        acting=_acting(actor),
        search_url=_search_url(),
        query=request.GET.get("q", "") if request.path == _search_url() else "",
        large=request.COOKIES.get(LARGE_COOKIE) == "1",
        demo=settings.DEMO,
        demo_password=settings.DEMO_PASSWORD if settings.DEMO else "",
        home=first_url(("todo",)) or "/",
    )


def _links(entries: Iterable[RailEntry], request: HttpRequest, actor: Any) -> Iterable[RailLink]:
    for entry in entries if actor is not None else ():
        href = first_url(entry.urls)
        if href is None or not may(actor, entry.permission):
            continue
        roots = entry.prefixes or (href,)
        current = request.path == href or any(request.path.startswith(p) for p in roots if p != "/")
        yield RailLink(entry.label, entry.icon, href, current, _count(entry.key, request))


def _count(key: str, request: HttpRequest) -> str:
    counter = _counters.get(key)
    number = counter(request) if counter else 0
    return "" if not number else str(number) if number <= CAP else f"{CAP}+"


def first_url(names: tuple[str, ...]) -> str | None:
    """The address of the first name that resolves; None when no such screen exists yet."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return None


def _search_url() -> str:
    try:
        resolve("/search/")
    except Resolver404:
        return ""
    return "/search/"


def _acting(actor: Any) -> list[str]:
    """Who the actor stands in for, as sentences; roles are named by `settings.SHELL_ROLES`."""
    acting_for = getattr(actor, "acting_for", None) or {}
    roles = import_string(settings.SHELL_ROLES) if acting_for else str
    return [
        f"您正在代{who}行使{getattr(roles(role), 'label', role)}职责"
        for role, who in acting_for.items()
    ]
