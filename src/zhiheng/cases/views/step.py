"""Taking a step of a case, and letting a warning pass."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhiheng.cases import captures, kinds_of_evidence, papers
from zhiheng.cases.briefing import AMOUNTS, briefing
from zhiheng.cases.discretion import keeping
from zhiheng.cases.discretion.scale import scale_of
from zhiheng.cases.forms import (
    evidence_fields,
    filled_from,
    prefill,
    proof_fields,
    verify_fields,
)
from zhiheng.cases.matters import CaseMatter
from zhiheng.cases.models import Case
from zhiheng.cases.pages import StepPage
from zhiheng.cases.selectors import access_case_by_code
from zhiheng.cases.services.collect import collect, keep_proof
from zhiheng.cases.views.filling import filled_form, step_shown
from zhiheng.cases.views.passing import let_pass
from zhiheng.cases.vote_fields import votes_field
from zhiheng.kernel.clock import now, today
from zhiheng.people.api import Actor, requires
from zhiheng.procedures import api as procedures
from zhiheng.procedures import pages as faces
from zhiheng.procedures.forms import StepForm
from zhiheng.procedures.views import not_yours_now, problems_onto, step_unread
from zhiheng.rulebook.api import Step, StepReading
from zhiheng.web.faces import Link


@requires("case.step")
def case_step(request: HttpRequest, code: str, step_id: str) -> HttpResponse:
    """Fill in and take one step; what is refused keeps what was typed."""
    found, on = access_case_by_code(actor=request.actor, code=code), today()
    matter = CaseMatter(found)
    step, read = step_unread(matter, step_id=step_id, actor=request.actor, on=on)
    if request.method != "POST" and (
        why := not_yours_now(matter, step=step, actor=request.actor)
    ):  # fmt: skip
        messages.warning(request, why)
        return redirect("case", code=code)
    form = _form(request, matter=matter, step=step)
    if form.is_bound and form.is_valid():
        with problems_onto(form):
            _take(request, matter=matter, step=step, form=form)
            messages.success(request, f"已办：{step.title}。")
            return redirect("case", code=code)
    reading = read()
    page = _page(
        found, matter=matter, step=step, reading=reading, actor=request.actor,
        closed=bool(reading.blocks) and not form.is_bound,
    )  # fmt: skip
    return step_shown(request, page, form=form, reading=reading)


def _form(request: HttpRequest, *, matter: CaseMatter, step: Step) -> StepForm:
    def known() -> dict[str, Any]:
        facts = procedures.facts_today(
            matter, actor=request.actor, on=today(), names=filled_from(step.asks)
        )
        found = prefill(case=matter.case, facts=facts, on=today())
        return found | captures.prefill(step.id, case=matter.case, facts=facts, on=today())

    extra = _extra(matter.case, step)
    return filled_form(request, step=step, known=known, extra=extra)


def _extra(found: Case, step: Step) -> list[tuple[str, forms.Field]]:
    if step.id == "add_photo":
        return evidence_fields()
    if step.id in captures.CAPTURES:
        return captures.fields(step.id)
    if step.id in (*papers.SERVED, papers.FAILED):
        return proof_fields()
    if step.id == "discuss":
        return [("discussion_votes", votes_field(found, on=today()))]
    if step.id == "admit_monitoring":
        return kinds_of_evidence.fields(found, step, today())
    return verify_fields(found) if step.id == "verify_evidence" else []


def _take(request: HttpRequest, *, matter: CaseMatter, step: Step, form: StepForm) -> None:
    answers, given = form.answers(), form.cleaned_data
    common: dict[str, Any] = {
        "actor": request.actor, "values": answers, "at": now(), "reason": given["reason"],
        "idempotency_key": f"case/{given['key']}",
    }  # fmt: skip
    if step.id == "add_photo":
        collect(matter, step_id=step.id, upload=given, **common)
        return
    if step.id in captures.CAPTURES:
        taken = captures.upload(step.id, given, answers)
        collect(matter, step_id=step.id, upload=taken, **common)
        return
    proofs = keep_proof(given.get("proof"))
    extra = {
        "evidence_ids": [int(n) for n in given.get("evidence_ids", ())], "proofs": proofs,
        "monitor_device": given.get("monitor_device"),
        "monitor_evidence": given.get("monitor_evidence"),
    }  # fmt: skip
    procedures.take_step(matter, step_id=step.id, extra=extra, evidence_digests=proofs, **common)


def _page(
    found: Case, *, matter: CaseMatter, step: Step, reading: StepReading, actor: Actor,
    closed: bool = False,
) -> StepPage:  # fmt: skip
    return StepPage(
        title=step.title, note=step.note, heading=found.title,
        back_href=reverse("case", args=[found.code]),
        findings=tuple(faces.findings_with_cures(
            matter, reading, actor=actor,
            address=lambda cure: reverse("case_step", args=[found.code, cure.id]),
        )), law=faces.step_law(step), closed=closed,
        scale=scale_of(found, on=today(), cents=_sum_so_far(matter)) if step.id in AMOUNTS else None,
        known=briefing(matter, step_id=step.id, on=today(), actor=actor), acted_on=found.act_on,
        before=Link("先做裁量测算", reverse("case_discretion", args=[found.code]))
        if step.id == keeping.STEP else None,
    )  # fmt: skip


def _sum_so_far(matter: CaseMatter) -> int | None:
    facts = matter.run.facts
    return facts.get("fine_notified") or facts.get("fine_proposed")


@requires("case.step")
def case_let_pass(request: HttpRequest, code: str, step_id: str) -> HttpResponse:
    """The head lets a warning pass, with reasons."""
    found = access_case_by_code(actor=request.actor, code=code)
    matter = CaseMatter(found)

    def page(step: Step, reading: StepReading) -> StepPage:
        return _page(found, matter=matter, step=step, reading=reading, actor=request.actor)

    return let_pass(
        request, matter, step_id=step_id, page=page, back=reverse("case", args=[code])
    )  # fmt: skip
