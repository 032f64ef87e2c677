"""Item candidates: the list, reading laws for them, one with its words and three ways to decide."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhiheng.elements.candidates import pages, readings, selectors, services
from zhiheng.elements.candidates.forms import AcceptForm, DismissForm, MergeForm, ReadForm
from zhiheng.elements.models import Item, ItemCandidate, Proposal
from zhiheng.elements.proposals.forms import onto
from zhiheng.kernel.clock import now, today
from zhiheng.kernel.errors import Conflict, Invalid, NotAllowed
from zhiheng.people.api import requires
from zhiheng.web.faces import Link
from zhiheng.web.pages import is_htmx, render_page
from zhiheng.web.paging import keyset

State = ItemCandidate.State
EDIT = "element.edit"
WAYS = ("accept", "merge", "dismiss")


@requires(EDIT)
def candidate_list(request: HttpRequest) -> HttpResponse:
    """Candidates by state and law; how the laws are read for them."""
    return _list(request, ReadForm())


@requires(EDIT)
def candidate_reading(request: HttpRequest) -> HttpResponse:
    """Have the laws read for penalty clauses, in the background; asked again, how far it has come."""
    if request.method != "POST":
        return _progress(request) if is_htmx(request) else redirect("candidate_list")
    form = ReadForm(request.POST)
    if form.is_valid():
        try:
            readings.ask(law=form.cleaned_data["law"], actor=request.actor, on=today(), at=now())
        except Invalid as wrong:
            onto(form, wrong)
        else:
            return redirect("candidate_list")
    return _list(request, form)


def _progress(request: HttpRequest) -> HttpResponse:
    """The bar alone; once the reading has ended the whole page is wanted anew."""
    page = _list_page(request, ReadForm())
    response = render_page(request, "elements/_candidate_reading.html", page)
    if not page.running:
        response["HX-Refresh"] = "true"
    return response


def _list(request: HttpRequest, form: ReadForm) -> HttpResponse:
    page = _list_page(request, form)
    return render_page(request, "elements/candidates.html", page, form=form)


def _list_page(request: HttpRequest, form: ReadForm) -> pages.CandidatesPage:
    state, query = request.GET.get("state", State.OPEN), request.GET.get("q", "").strip()
    if state not in State.values:
        state = State.OPEN
    found = selectors.list_candidates(state=state, text=query, version_id=None)
    rows = keyset(found, order=("id",), after=request.GET.get("after"), size=40)
    asked = f"&q={query}" if query else ""
    return pages.CandidatesPage(
        rows=rows,
        table=pages.table_of(rows.items, href=lambda one: reverse("candidate", args=[one.pk])),
        filters=[Link(label, f"?state={code}{asked}", code == state) for code, label in State.choices],
        query=query,
        state=state,
        crumbs=[Link("要素中心", reverse("element_home")), Link("事项候选")],
        reading=readings.latest(), ask=form,
    )  # fmt: skip


@requires(EDIT)
def candidate(request: HttpRequest, number: int) -> HttpResponse:
    """The words, what was read in them, and the decision."""
    found = selectors.get_candidate(number=number)
    submit, way = _asked(request)
    forms = _forms(request, found, way)
    if way and found.state == State.OPEN and forms[way].is_valid():
        try:
            said, address = _decide(request, found, way, forms[way], submit=submit)
        except Conflict as late:
            messages.error(request, str(late))
            return redirect("candidate", number=number)
        except (Invalid, NotAllowed) as wrong:
            onto(forms[way], wrong if isinstance(wrong, Invalid) else Invalid(str(wrong)))
        else:
            messages.success(request, said)
            return redirect(address)
    elif way and found.state != State.OPEN:
        messages.error(request, "这一条已经处理过了，您的决定没有保存。处理结果在下面。")
        return redirect("candidate", number=number)
    page = _page(request, found, forms)
    return render_page(request, "elements/candidate.html", page, form=forms.get(way))


def _asked(request: HttpRequest) -> tuple[bool, str]:
    """Whether what is drafted goes to review at once; and the way that was chosen."""
    way, _, only = request.POST.get("way", "").partition("-")
    return only != "draft", way if way in WAYS else ""


def _forms(request: HttpRequest, found: ItemCandidate, way: str) -> dict[str, Form]:
    """The three forms; the one that was sent keeps what was typed."""
    sent = {name: request.POST if name == way else None for name in WAYS}
    accept = AcceptForm(sent["accept"]) if way == "accept" else AcceptForm.fresh(found, today())
    return {
        "accept": accept,
        "merge": MergeForm(sent["merge"]),
        "dismiss": DismissForm(sent["dismiss"]),
    }


def _decide(
    request: HttpRequest, found: ItemCandidate, way: str, form: Any, *, submit: bool
) -> tuple[str, str]:
    """What was done, and where to go on."""
    actor, at, data = request.actor, now(), form.cleaned_data
    if way == "dismiss":
        services.dismiss(number=found.pk, reason=data["reason"], actor=actor, at=at)
        return "已记为不收，理由留在记录里。", _next(found)
    with transaction.atomic():
        if way == "accept":
            made: Any = services.accept(
                number=found.pk, actor=actor, at=at, submit=submit, **form.values(actor)
            )
        else:
            made = services.merge(
                number=found.pk, code=data["item_code"].strip(), reason=data["merge_reason"],
                actor=actor, at=at, submit=submit,
            )  # fmt: skip
    if isinstance(made, Item):
        return f"已并入“{made.name}”。", _next(found)
    if submit:
        return f"已拟稿“{made.title}”并送审，还要另外两个人审核、发布。", _next(found)
    return "已存为草稿。看一遍，没有错就提交审核。", reverse("element_proposal", args=[made.pk])


def _next(found: ItemCandidate) -> str:
    """The next open candidate of the same law, else the list."""
    after = (
        ItemCandidate.objects.filter(
            law_version_id=found.law_version_id, state=State.OPEN, pk__gt=found.pk
        )
        .order_by("id")
        .values_list("pk", flat=True)
        .first()
    )
    return reverse("candidate", args=[after]) if after else reverse("candidate_list")


def _page(
    request: HttpRequest, found: ItemCandidate, forms: dict[str, Form]
) -> pages.CandidatePage:
    href = reverse("element_show", args=["items", found.item_uid]) if found.item_uid else ""
    proposal, is_open = found.proposal, found.state == State.OPEN
    proposal_href = reverse("element_proposal", args=[proposal.pk]) if proposal else ""
    own = proposal and proposal.drafted_by_id == request.actor.account_id
    waits = proposal and proposal.state == Proposal.State.DRAFT
    return pages.CandidatePage(
        candidate=found,
        heading=found.title,
        clause=pages.clause_of(found),
        facts=pages.facts_of(found.finding),
        fines=pages.fines_of(found.finding),
        gaps=[one["says"] for one in found.finding["gaps"]],
        tone=pages.TONES[found.state],
        is_open=is_open,
        item_href=href,
        proposal_href=proposal_href,
        returned=found.reason if is_open else "",
        own_draft=proposal_href if is_open and own and waits else "",
        **forms,
        crumbs=[
            Link("要素中心", reverse("element_home")),
            Link("事项候选", reverse("candidate_list")),
            Link(found.title),
        ],
    )
