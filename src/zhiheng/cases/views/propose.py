"""Proposing a case from a clue."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhiheng.cases.forms import procedure_field, propose_fields
from zhiheng.cases.pages import StepPage
from zhiheng.cases.services.propose import PROCEDURE, propose_from_clue
from zhiheng.cases.spot.facts import SUMMARY
from zhiheng.clues import api as clues
from zhiheng.kernel.clock import local_date, now, today
from zhiheng.people.api import requires
from zhiheng.procedures import pages as faces
from zhiheng.procedures.forms import step_form
from zhiheng.procedures.views import not_yours_now, problems_onto, step_of
from zhiheng.web.pages import render_page


@requires("clue.check")
def case_propose(request: HttpRequest, number: str) -> HttpResponse:
    """The clue's last step opens the case; who handles it beside the lead is chosen here."""
    clue = clues.access_clue_by_number(actor=request.actor, number=number)
    matter = clues.ClueMatter(clue)
    step, reading = step_of(matter, step_id="propose_filing", actor=request.actor, on=today())
    if request.method != "POST" and (
        why := not_yours_now(matter, step=step, actor=request.actor)
    ):  # fmt: skip
        messages.warning(request, why)
        return redirect("clue", number=number)
    bound = request.method == "POST"
    form = step_form(
        step=step, prefill=clue.dossier.run.facts, warned=bool(reading.warnings),
        data=request.POST if bound else None,
        extra=[
            *procedure_field(clue.item, region_code=clue.region_code, on=today()),
            *propose_fields(
                agency_code=clue.agency_code, lead_id=request.actor.account_id, on=today()
            ),
        ],
    )  # fmt: skip
    if bound and form.is_valid():
        with problems_onto(form):
            case = propose_from_clue(
                clue=clue, values=form.answers(), actor=request.actor, at=now(),
                co_handlers=[int(n) for n in form.cleaned_data["co_handlers"]],
                idempotency_key=f"case/{form.cleaned_data['key']}",
                procedure_id=form.cleaned_data.get("procedure") or PROCEDURE,
            )  # fmt: skip
            if case.dossier.procedure_id == SUMMARY:
                return redirect("spot_case", code=case.code)
            messages.success(request, "已提请立案，等行政机关负责人批准。")
            return redirect("case", code=case.code)
    page = StepPage(
        title=step.title, note=step.note, heading=clue.description[:60],
        back_href=reverse("clue", args=[number]), findings=tuple(faces.findings_of(reading)),
        law=faces.step_law(step), known=[
            ("执法事项", clue.item.name if clue.item else "待匹配"),
            ("当事人", clue.subject.name if clue.subject else "待确定"),
            ("核查情况", clue.dossier.run.facts.get("check_findings", "")),
        ], acted_on=local_date(clue.received_at),
    )  # fmt: skip
    return render_page(request, "cases/step.html", page, form=form)
