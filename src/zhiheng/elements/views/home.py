"""One page that a busy administrator understands: what waits, the registers, what changed."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from zhiheng.elements import overview
from zhiheng.elements.exchange import selectors as imports
from zhiheng.elements.pages import HomePage
from zhiheng.elements.proposals import selectors
from zhiheng.elements.registers import REGISTERS
from zhiheng.elements.upkeep import selectors as upkeep
from zhiheng.elements.views.proposals import TONES
from zhiheng.kernel.clock import today
from zhiheng.people import api as people
from zhiheng.people.api import requires
from zhiheng.web import words
from zhiheng.web.faces import ActFace, Link, Stat
from zhiheng.web.pages import render_page
from zhiheng.web.shell import first_url, may

# Screens of the element centre and of the law corpus: named here, shown once they exist.
TOOLS: tuple[tuple[str, str, str, tuple[str, ...], str], ...] = (
    ("变更单", "起草、审核、发布到了哪一步", "list-checks", ("element_proposals",), "element.edit"),
    ("重复对象", "同一个对象登记了两次，合成一个", "users", ("element_duplicates",), "element.edit"),
    ("调整通告", "事项划转、新增、取消", "megaphone", ("notice_list",),
     "element.view"),
    ("问职权", "这件事这个主体能不能办，凭哪几份文件", "circle-help", ("element_may",), "element.view"),
    ("事项数变化", "一个主体的事项多了、少了，因为哪份通告", "chart-line", ("item_counts",),
     "element.view"),
    ("要素待清理", "悬空、到期和法律修改后要核对的", "clipboard-check", ("upkeep_list",), "element.edit"),
    ("法律变动", "法律改了以后动到谁", "scale", ("law_changes",), "element.view"),
    ("导入记录", "用表格成批登记", "upload", ("import_list",), "element.edit"),
    ("主体与授权图", "谁在哪里能办什么", "map", ("grant_map",), "element.view"),
    ("候选事项", "从法条里找出的罚则", "scale", ("candidate_list",), "element.edit"),
    ("法条库", "法律全文、版本和引用", "book-open", ("law_list",), "law.view"),
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
        registers=[
            Stat(counted[slug], one.title, note=one.lead, href=reverse("element_list", args=[slug]))
            for slug, one in REGISTERS.items()
        ],
        tools=[
            (Link(label, href, icon=icon), note)
            for label, note, icon, names, permission in TOOLS
            if (href := first_url(names)) and may(request.actor, permission)
        ],
        recent=_recent(request) if takes_part else [],
        tones=TONES,
        upkeep_waiting=upkeep.count_mine(request.actor),
        imports_waiting=imports.is_waiting_for(actor=request.actor),
    )
    return render_page(request, "elements/home.html", page)


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
