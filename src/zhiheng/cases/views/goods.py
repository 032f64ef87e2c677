"""The register of things held: what lies where and until when; one thing's way; the list to keep."""

import csv
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from zhiheng.cases.goods.pages import WHICH, GoodsPage, good_page, goods_table
from zhiheng.cases.goods.selectors import access_good, list_goods, moves_of
from zhiheng.cases.models import Good
from zhiheng.cases.pages import evidence_faces
from zhiheng.evidence import api as evidence
from zhiheng.kernel import money
from zhiheng.kernel.clock import today
from zhiheng.people import api as people
from zhiheng.people.api import requires
from zhiheng.procedures.pages import procedure_title
from zhiheng.web.faces import Link
from zhiheng.web.pages import render_page
from zhiheng.web.paging import keyset

ORDER, SIZE, MOST = ("due_on", "id"), 30, 20_000
TITLES = ("案号", "当事人", "措施", "物品", "数量", "单位", "规格特征", "价值（元）", "封条号", "存放地点", "保管人",
          "状态", "开始保管", "应处理日", "了结日")  # fmt: skip


@requires("case.view")
def goods_list(request: HttpRequest) -> HttpResponse:
    """What is held where, by when it must be decided; overdue first."""
    which, code, on = *_asked(request), today()
    rows = list_goods(actor=request.actor, which=which, on=on, case=code)
    order = ("-ended_on", "-id") if which == "ended" else ORDER
    found = keyset(rows, order=order, after=request.GET.get("after"), size=SIZE)
    more = f"&case={code}" if code else ""
    page = GoodsPage(
        filters=[Link(label, f"?which={key}{more}", key == which) for key, label in WHICH],
        table=goods_table(found, on=on), rows=found,
        about="只看本案的物品。" if code else "",
        export_href=f"{reverse('goods_export')}?which={which}{more}"
        if people.may(request.actor, "data.export") else "",
    )  # fmt: skip
    return render_page(request, "cases/goods_list.html", page)


def _asked(request: HttpRequest) -> tuple[str, str]:
    which = request.GET.get("which", "held")
    code = request.GET.get("case", "")
    return which if which in dict(WHICH) else "held", code if code.isdigit() else ""


@requires("case.view")
def good(request: HttpRequest, good_id: int) -> HttpResponse:
    """One thing, and every hand it went through."""
    found = access_good(actor=request.actor, good_id=good_id)
    items = evidence.evidence_of(found.case.dossier).filter(pk__in=found.photos)
    page = good_page(found, moves_of(found), evidence_faces(items))
    return render_page(request, "cases/good.html", page)


@requires("data.export")
def goods_export(request: HttpRequest) -> HttpResponse:
    """The list as CSV (UTF-8 with BOM, for spreadsheets); nothing in it is taken for a formula."""
    which, code = _asked(request)
    rows = list_goods(actor=request.actor, which=which, on=today(), case=code)
    lines = "".join(_lines(rows[:MOST].iterator(500)))
    response = HttpResponse(lines.encode(), content_type="text/csv; charset=utf-8")
    name = f"物品-{today().isoformat()}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


class _Echo:
    def write(self, value: str) -> str:
        return value


def _lines(rows: Iterator[Good]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(TITLES)  # type: ignore[operator]
    for row in rows:
        yield writer.writerow([_plain(cell) for cell in _cells(row)])  # type: ignore[misc]


def _cells(good: Good) -> tuple[object, ...]:
    value = "" if good.value_cents is None else money.yuan(good.value_cents).replace(",", "")
    return (
        good.case.number, good.case.party_name, procedure_title(good.side.procedure_id), good.name,
        f"{good.quantity.normalize():f}", good.unit, good.spec, value, good.seal_no, good.place,
        good.keeper, good.get_state_display(), good.since, good.due_on or "", good.ended_on or "",
    )  # fmt: skip


def _plain(cell: object) -> str:
    text = str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
