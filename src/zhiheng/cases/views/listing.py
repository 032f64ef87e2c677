"""The list of cases, and the search box."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from zhiheng.cases.finding import find_cases, patience
from zhiheng.cases.models import Case
from zhiheng.cases.pages import CaseListPage, case_table
from zhiheng.cases.selectors import list_cases
from zhiheng.kernel.errors import ZhihengError
from zhiheng.people.api import requires
from zhiheng.web.faces import Link
from zhiheng.web.pages import render_page
from zhiheng.web.paging import Page, keyset, keyset_from

ORDER, SIZE = ("-dossier_id",), 30
FILTERS = (("", "全部"), ("FOUND", "当场取证"), ("PROPOSED", "立案待批"), ("FILED", "调查取证"), ("INVESTIGATED", "待审核"),
           ("NOTIFIED", "已告知"), ("DECIDED", "待送达"), ("SERVED", "待履行"),
           ("ARCHIVED", "已归档"))  # fmt: skip


@requires("case.view")
def case_list(request: HttpRequest) -> HttpResponse:
    """Cases in scope, newest first; by state, mine, or any piece of text."""
    return _list(request, template="cases/case_list.html")


@requires("case.view")
def search(request: HttpRequest) -> HttpResponse:
    """Find a case by any piece of number, party, item or place."""
    return _list(request, template="cases/search.html")


def _list(request: HttpRequest, *, template: str) -> HttpResponse:
    state, mine = request.GET.get("state", ""), request.GET.get("mine") == "1"
    query = request.GET.get("q", "").strip()[:60]
    rows, problem = _rows(request, state=state, mine=mine, query=query)
    filters = [Link(label, _with(request, state=code), code == state) for code, label in FILTERS]
    filters.append(Link("我办的", _with(request, mine="" if mine else "1"), mine))
    page = CaseListPage(
        filters=filters, table=case_table(rows.items), rows=rows, query=query, problem=problem
    )
    return render_page(request, template, page)


def _rows(request: HttpRequest, *, state: str, mine: bool, query: str) -> tuple[Page[Case], str]:
    """A page of cases; or none, and a sentence that says why and what to do."""

    def search(last: Sequence[int] | None, limit: int) -> list[Case]:
        return find_cases(
            actor=request.actor, q=query, state=state, mine=mine, limit=limit,
            below=last[0] if last else None,
        )  # fmt: skip

    after = request.GET.get("after")
    try:
        if query:
            return keyset_from(search, order=ORDER, after=after, size=SIZE), ""
        with patience():
            found = list_cases(actor=request.actor, state=state, mine=mine)
            return keyset(found, order=ORDER, after=after, size=SIZE), ""
    except ZhihengError as error:
        return Page([]), str(error)


def _with(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"
