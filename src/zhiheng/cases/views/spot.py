"""当场处罚 on the phone: begin, then one screen for each phase; each tap takes its steps."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from zhiheng.cases.matters import CaseMatter
from zhiheng.cases.models import Case
from zhiheng.cases.pages import SpotCasePage, SpotPage
from zhiheng.cases.selectors import access_case_by_code
from zhiheng.cases.services import spot as services
from zhiheng.cases.spot import cards, party, phases, reading
from zhiheng.cases.spot.facts import SUMMARY
from zhiheng.cases.spot.forms import StartForm
from zhiheng.elements import api as elements
from zhiheng.kernel import recognition
from zhiheng.kernel.clock import now, today
from zhiheng.kernel.errors import Invalid
from zhiheng.people.api import requires
from zhiheng.procedures import api as procedures
from zhiheng.procedures import pages as faces
from zhiheng.procedures.views import problems_onto
from zhiheng.web.faces import Link
from zhiheng.web.pages import render_page


@requires("case.spot")
def spot(request: HttpRequest) -> HttpResponse:
    """Begin: what, who, where, with whom; showing one's certificate is the first act."""
    actor, on = request.actor, today()
    posted = request.POST if request.method == "POST" else None
    asked = request.GET if posted is None else posted
    find = asked.get("find", "")[:40]
    items, more = reading.items_for(actor, on=on, find=find, keep=asked.get("item", ""))
    looking = posted is not None and "look" in posted
    form = StartForm(posted if not looking else None, **_known(request, posted))
    form.offer(items=items, actor=actor, on=on)
    if form.is_bound and form.is_valid():
        with problems_onto(form):
            return redirect("spot_case", code=_begin(request, form).code)
    page = SpotPage(
        open=[_open(case) for case in reading.open_cases(actor)], find=find, more=more,
        candidates=party.candidates(asked.get("party", ""), actor=actor, on=on),
        chosen=asked.get("subject", ""), party_href=reverse("spot_party"),
        card_href=reverse("spot_card") if recognition.available() else "",
    )  # fmt: skip
    return render_page(request, "cases/spot.html", page, form=form)


def _known(request: HttpRequest, posted: Any) -> dict[str, Any]:
    """What stands in the form: who was with me last, or everything typed so far."""
    if posted is not None:
        return {name: posted.get(name, "") for name in StartForm.base_fields}
    return {"co_handler": reading.last_partner(request.actor)}


def _begin(request: HttpRequest, form: StartForm) -> Case:
    given, at, on = form.cleaned_data, now(), today()
    key = f"spot/{given['key']}"
    subject = party.party_of(given, actor=request.actor, on=on, at=at)
    return services.begin(
        item=elements.get_item(given["item"], on), subject=subject, actor=request.actor, at=at,
        place=given["place"] or subject.address, co_handlers=[int(given["co_handler"])],
        idempotency_key=key,
    )  # fmt: skip


def _open(case: Case) -> Link:
    title = procedures.procedure_of(case.dossier.run).states[case.state].title
    return Link(f"{case.party_name}　{title}", reverse("spot_case", args=[case.code]))


@require_safe
@requires("case.spot")
def spot_party(request: HttpRequest) -> HttpResponse:
    """Parties that fit what is being typed, as choices under the field."""
    found = party.candidates(request.GET.get("party", "")[:300], actor=request.actor, on=today())
    return render(request, "cases/_spot_candidates.html", {"candidates": found, "chosen": ""})


@requires("case.spot")
@require_POST
def spot_card(request: HttpRequest) -> HttpResponse:
    """Hand in the picture of a card; answers where its words will be told."""
    picture = request.FILES.get("card")
    if picture is None:
        return JsonResponse({"says": "没有收到照片，请重新拍，或者直接打字。"}, status=422)
    try:
        reading_ = cards.hand_in(picture=picture, actor=request.actor, at=now())
    except Invalid as wrong:
        return JsonResponse({"says": f"{wrong.message}{wrong.next_step}"}, status=422)
    return JsonResponse({"ask": reverse("spot_card_words", args=[reading_.token])}, status=202)


@require_safe
@requires("case.spot")
def spot_card_words(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """The words of the card, once; nothing yet while a worker reads it."""
    found = cards.fetch(token=str(token), actor=request.actor)
    answer = JsonResponse(found or {}, status=200 if found else 202)
    answer["Cache-Control"] = "no-store"
    return answer


@requires("case.spot")
def spot_case(request: HttpRequest, code: str) -> HttpResponse:
    """The screen of the phase that the case stands in; a tap takes the steps of the phase."""
    case = access_case_by_code(actor=request.actor, code=code)
    matter = CaseMatter(case)
    if matter.run.procedure_id != SUMMARY:
        return redirect("case", code=code)
    phase = phases.phase_of(matter, actor=request.actor, on=today())
    posted = request.POST if request.method == "POST" else None
    if posted is not None and posted.get("phase") != phase.name:
        messages.info(request, "这一步已经办过了，接着办下面的。")  # sent twice, or by two
        return redirect("spot_case", code=code)
    form = phase.form(posted, request.FILES if posted is not None else None)
    if form.is_bound and form.is_valid():
        with problems_onto(form):
            services.take(
                matter, phase.steps(form.cleaned_data), actor=request.actor, at=now(),
                reason=form.cleaned_data["reason"], idempotency_key=f"spot/{form.cleaned_data['key']}",
            )  # fmt: skip
            return redirect("spot_case", code=code)
    return render_page(request, "cases/spot_case.html", _page(matter, phase), form=form)


def _page(matter: CaseMatter, phase: phases.Phase) -> SpotCasePage:
    case = matter.case
    procedure = procedures.procedure_of(matter.run)
    paper, rows = reading.decision_of(case)
    ways = [procedure.steps[name] for name in phase.ways]
    return SpotCasePage(
        case=case, phase=phase.name, title=phase.title, state=procedure.states[case.state].title,
        told=phase.told, findings=phase.findings, paper=rows,
        paper_href=reverse("document", args=[paper.pk]) if paper else "", code_svg=phase.code_svg,
        order=phase.order, case_href=reverse("case", args=[case.code]),
        ways=[Link(s.title, reverse("case_step", args=[case.code, s.id])) for s in ways],
        law=faces.step_law(procedure.steps[phase.law]) if phase.law else [],
    )  # fmt: skip
