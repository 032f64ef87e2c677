"""The list of clues and registering a new one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhiheng.clues.forms import RegisterForm
from zhiheng.clues.pages import ClueListPage, table_of
from zhiheng.clues.selectors import list_clues
from zhiheng.clues.services import Report, register_clue
from zhiheng.kernel.clock import now
from zhiheng.people import api as people
from zhiheng.people.api import requires
from zhiheng.procedures.views import problems_onto
from zhiheng.web.faces import Link
from zhiheng.web.pages import render_page
from zhiheng.web.paging import keyset

FILTERS = (("", "全部"), ("RECEIVED", "待匹配"), ("MATCHED", "待核查"), ("CHECKED", "待处理"),
           ("FILED", "已立案"), ("REFUSED", "不予立案"), ("REFERRED", "已移送"))  # fmt: skip


@requires("clue.view")
def clue_list(request: HttpRequest) -> HttpResponse:
    """Clues in scope, newest first, by state."""
    state = request.GET.get("state", "")
    rows = keyset(
        list_clues(actor=request.actor, state=state), order=("-dossier_id",),
        after=request.GET.get("after"), size=30,
    )  # fmt: skip
    page = ClueListPage(
        filters=[Link(label, f"?state={code}", code == state) for code, label in FILTERS],
        table=table_of(rows.items, href=lambda c: reverse("clue", args=[c.number])),
        rows=rows,
        may_register=people.may(request.actor, "clue.register"),
    )
    return render_page(request, "clues/clue_list.html", page)


@requires("clue.register")
def register(request: HttpRequest) -> HttpResponse:
    """Take a report; what was typed stays when something is missing."""
    form = RegisterForm(request.POST) if request.method == "POST" else RegisterForm.fresh()
    if form.is_bound and form.is_valid():
        papers = form.papers()
        answers = dict(form.cleaned_data)
        key, at = answers.pop("key"), now()
        with problems_onto(form):
            clue = register_clue(
                report=Report(received_at=at, papers=papers, **answers), actor=request.actor, at=at,
                idempotency_key=f"clue/{key}",
            )  # fmt: skip
            messages.success(request, f"已登记，线索编号 {clue.number}。")
            return redirect("clue", number=clue.number)
    return render_page(request, "clues/register.html", None, form=form)
