"""One page that a busy administrator understands: what waits, the registers, what changed."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from zhiheng.elements import overview
from zhiheng.elements.exchange import selectors as imports
from zhiheng.elements.pages import HomePage, Shelf
from zhiheng.elements.proposals import selectors
from zhiheng.elements.registers import REGISTERS
from zhiheng.elements.views.proposals import TONES
from zhiheng.elements.waiting import UPKEEP
from zhiheng.kernel.clock import today
from zhiheng.ledger import api as ledger
from zhiheng.people import api as people
from zhiheng.people.api import requires
from zhiheng.web import words
from zhiheng.web.faces import ActFace, Link
from zhiheng.web.pages import render_page
from zhiheng.web.shell import first_url, may

_DOING, _LOOKING = "办一办", "查一查"
# Screens of the element centre and of the law corpus: named here, shown once they exist.
TOOLS: tuple[tuple[str, str, str, str, tuple[str, ...], str], ...] = (
    (_DOING, "调整通告", "事项新增、取消、下放、收回", "megaphone", ("notice_list",), "element.view"),
    (_DOING, "变更单", "起草、审核、发布到了哪一步", "square-pen", ("element_proposals",), "element.edit"),
    (_DOING, "要素待清理", "失效、到期、断开的，逐条清零", "clipboard-check", ("upkeep_list",), "element.edit"),
    (_DOING, "导入记录", "用表格成批登记", "upload", ("import_list",), "element.edit"),
    (_DOING, "事项候选", "从法条里识别出的罚则，由您收不收", "list-filter", ("candidate_list",), "element.edit"),
    (_DOING, "重复对象", "同一个对象登记了两次，合成一个", "users", ("element_duplicates",), "element.edit"),
    (_LOOKING, "问职权", "这件事这个主体能不能办，凭哪几份文件", "circle-help", ("element_may",), "element.view"),
    (_LOOKING, "授权地图", "谁在哪里能办多少事项", "map", ("grant_map",), "element.view"),
    (_LOOKING, "事项数变化", "一个主体的事项多了、少了，因为哪份通告", "chart-line", ("item_counts",), "element.view"),
    (_LOOKING, "法律变动", "法改了以后动到哪些要素和案件", "scale", ("law_changes",), "element.view"),
    (_LOOKING, "法条库", "法律全文、各个文本、新旧比较", "book-open", ("law_list",), "law.view"),
)  # fmt: skip
SHELVES = (
    ("八大要素", "案件的每一步都引用它们",
     ("bodies", "officers", "subjects", "items", "bases", "benchmarks", "templates", "examples")),
    ("授权和清单", "谁能办、谁该管、移给谁、什么可以不罚",
     ("grants", "areas", "boundaries", "transfers", "flexible", "things")),
    ("人员和设备", "审核的人、出主意的人、检测的机构、取证的设备、印章",
     ("reviewers", "experts", "laboratories", "devices", "seals")),
)  # fmt: skip
_PART = ("element.edit", "element.review", "element.publish")


@requires("element.view")
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me, the registers, recent changes, and the other parts."""
    counted = overview.counts(on=today())
    takes_part = any(people.may(request.actor, one) for one in _PART)
    page = HomePage(
        waiting=selectors.waiting_for(actor=request.actor) if takes_part else [],
        takes_part=takes_part,
        shelves=[
            Shelf(title, note, [_entry(slug, counted[slug]) for slug in slugs])
            for title, note, slugs in SHELVES
        ],
        tools=_tools(request),
        recent=_recent(request) if takes_part else [],
        tones=TONES,
        upkeep_waiting=ledger.tally_of(request).beside.get(UPKEEP, 0),
        imports_waiting=imports.is_waiting_for(actor=request.actor),
    )
    return render_page(request, "elements/home.html", page)


def _entry(slug: str, count: str) -> tuple[Link, str]:
    one = REGISTERS[slug]
    href = reverse("element_list", args=[slug])
    return Link(one.title, href, count=count, icon=one.icon), one.lead


def _tools(request: HttpRequest) -> list[Shelf]:
    """The other screens that this person may open, by what one comes for."""
    found: dict[str, list[tuple[Link, str]]] = {}
    for group, label, note, icon, names, permission in TOOLS:
        if (href := first_url(names)) and may(request.actor, permission):
            found.setdefault(group, []).append((Link(label, href, icon=icon), note))
    return [Shelf(title, "", rows) for title, rows in found.items()]


def _recent(request: HttpRequest) -> list[ActFace]:
    rows = selectors.filtered(actor=request.actor, which="PUBLISHED").order_by("-published_at")[:8]
    return [
        ActFace(
            f"{one.get_kind_display()}　{one.title}",
            one.published_by.name if one.published_by else "", one.published_at,
            f"自 {words.day(one.valid_from)} 起。{one.reason[:60]}",
            reverse("element_proposal", args=[one.pk]),
        )
        for one in rows
    ]  # fmt: skip
