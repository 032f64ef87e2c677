"""The same lists as one writes them at first: an ORM query, `Paginator` with COUNT(*) and OFFSET.

Same rows in scope, same templates, same page length; only how the rows are found differs.
"""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import path

from zhiheng.cases.models import Case
from zhiheng.cases.pages import CaseListPage, TodoPage, case_table
from zhiheng.cases.views import todo as ours
from zhiheng.config.urls import urlpatterns as platform
from zhiheng.kernel.clock import today
from zhiheng.ledger import api as ledger
from zhiheng.people import api as people
from zhiheng.people.api import requires
from zhiheng.web.faces import Link
from zhiheng.web.pages import render_page
from zhiheng.web.paging import Page


@requires("todo.view")
def todo(request: HttpRequest) -> HttpResponse:
    """The to-do list, counted exactly."""
    actor, on = request.actor, today()
    mine = Q(assignee_id=actor.account_id)
    shared = Q(assignee=None, agency_code=actor.agency_code, role__in=actor.roles)
    tasks = ledger.Task.objects.filter(mine | shared, state="OPEN").select_related("dossier")
    page = Paginator(tasks.order_by("due_on", "id"), 40).get_page(request.GET.get("page"))
    rows = ours._rows(list(page), on=on)
    back = tasks.exclude(reason="").count()
    shown = TodoPage(
        greeting=actor.name,
        filters=[Link("全部", "?", True, str(page.paginator.count)),
                 Link("被退回", "?returned=1", False, str(back))],
        stats=ours._stats(list(page), on=on),
        groups=[(title, note, rows[key]) for key, title, note in ours.GROUPS if rows.get(key)],
        next_href="?page=2" if page.has_next() else "", reminders=[],
    )  # fmt: skip
    return render_page(request, "cases/todo.html", shown)


@requires("case.view")
def search(request: HttpRequest) -> HttpResponse:
    """Cases that hold the words anywhere, counted exactly."""
    query = request.GET.get("q", "").strip()
    rows = Case.objects.filter(people.within(people.scope(request.actor, "case.view")))
    for word in query.split():
        rows = rows.filter(
            Q(number__icontains=word) | Q(party_name__icontains=word)
            | Q(item_name__icontains=word) | Q(place__icontains=word)
        )  # fmt: skip
    found = rows.select_related("lead").order_by("-proposed_on", "-pk")
    page = Paginator(found, 30).get_page(request.GET.get("page"))
    shown = CaseListPage(
        filters=[Link(f"共 {page.paginator.count} 件", "?", True)], table=case_table(list(page)),
        rows=Page(list(page)), query=query,
    )  # fmt: skip
    return render_page(request, "cases/search.html", shown)


urlpatterns = [
    path("todo/", todo, name="todo"),
    path("search/", search, name="search"),
    *platform,
]
