"""What runs beside a case: beginning it, its own screen, its steps."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhiheng.cases.forms import ONCE, proof_fields
from zhiheng.cases.models import Case
from zhiheng.cases.pages import SidePage, StepPage, document_faces
from zhiheng.cases.selectors import access_case_by_code
from zhiheng.cases.services.collect import keep_proof
from zhiheng.cases.sides.drafts import draft_side
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.cases.sides.selectors import side_by_number
from zhiheng.cases.sides.services import open_side, take_side_step
from zhiheng.cases.views.filling import filled_form, step_shown
from zhiheng.cases.views.passing import let_pass
from zhiheng.documents import api as documents
from zhiheng.kernel.clock import now, today
from zhiheng.kernel.errors import NotFound
from zhiheng.ledger import api as ledger
from zhiheng.people.api import Actor, requires
from zhiheng.procedures import api as procedures
from zhiheng.procedures import pages as faces
from zhiheng.procedures.forms import StepForm
from zhiheng.procedures.views import not_yours_now, problems_onto, step_unread
from zhiheng.rulebook import api as rulebook
from zhiheng.rulebook.api import Step, StepReading
from zhiheng.web.pages import render_page


@requires("case.view")
def side(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Where a side proceeding stands, what can be done, its papers and acts."""
    found, on = _found(request, code, number), today()
    matter = SideMatter(found, at=now())
    offers = procedures.offers(matter, actor=request.actor, on=on)
    procedure = procedures.procedure_of(matter.run)
    acts, state = list(ledger.acts_of(found.dossier)), procedure.states[found.state]
    href = _steps_at(found.case, number)
    page = SidePage(
        title=procedure.title, number=found.dossier.number, heading=found.case.title,
        back_href=reverse("case", args=[code]), state=state.title,
        way=faces.way(procedure, state=found.state, reached=faces.reached(procedure, acts)),
        clocks=faces.clocks(found.dossier, on=on)[:2],
        steps=faces.step_faces(offers, address=href, override=_passes_at(found.case, number)),
        more=faces.other_steps(offers, address=href, done=faces.times_done(acts)),
        law=faces.law_beside(offers), acts=faces.act_faces(reversed(acts)), act_count=len(acts),
        documents=document_faces(documents.documents_of(found.dossier).defer("facts")),
        panel=matter.hooks.panel(matter, request.actor, on), facts=_facts(matter),
        log_href=reverse("log"), over=state.final,
        listed=faces.listed_faces([found.pk], actor=request.actor),
    )  # fmt: skip
    return render_page(request, "cases/side.html", page)


@requires("case.step")
def side_begin(request: HttpRequest, code: str, procedure_id: str) -> HttpResponse:
    """The first step of a side proceeding; taking it opens the proceeding."""
    found, on = access_case_by_code(actor=request.actor, code=code), today()
    procedure = _attachable(procedure_id)
    matter = SideMatter(draft_side(found, procedure), at=now())
    assert procedure.attaches is not None  # noqa: S101 - `_attachable` has looked
    step, read = step_unread(matter, step_id=procedure.attaches.opens, actor=request.actor, on=on)
    form = _form(request, matter=matter, step=step)
    if form.is_bound and form.is_valid():
        with problems_onto(form):
            opened = open_side(
                case=found, procedure_id=procedure.id, **_given(request, matter, step, form)
            )
            messages.success(request, f"已办：{step.title}。")
            return redirect("side", code=code, number=opened.number)
    reading = read()
    page = _page(
        matter, step=step, reading=reading, back=reverse("case", args=[code]), actor=request.actor,
        closed=bool(reading.blocks) and not form.is_bound,
    )  # fmt: skip
    return step_shown(request, page, form=form, reading=reading)


@requires("case.step")
def side_step(request: HttpRequest, code: str, number: int, step_id: str) -> HttpResponse:
    """Fill in and take one step of a side proceeding; what is refused keeps what was typed."""
    matter = SideMatter(_found(request, code, number), at=now())
    step, read = step_unread(matter, step_id=step_id, actor=request.actor, on=today())
    if request.method != "POST" and (
        why := not_yours_now(matter, step=step, actor=request.actor)
    ):  # fmt: skip
        messages.warning(request, why)
        return redirect("side", code=code, number=number)
    form = _form(request, matter=matter, step=step)
    if form.is_bound and form.is_valid():
        with problems_onto(form):
            take_side_step(matter, step_id=step.id, **_given(request, matter, step, form))
            messages.success(request, f"已办：{step.title}。")
            return redirect("side", code=code, number=number)
    reading = read()
    page = _page(
        matter,
        step=step,
        reading=reading,
        back=reverse("side", args=[code, number]),
        actor=request.actor,
        closed=bool(reading.blocks) and not form.is_bound,
    )
    return step_shown(request, page, form=form, reading=reading)


@requires("case.step")
def side_let_pass(request: HttpRequest, code: str, number: int, step_id: str) -> HttpResponse:
    """The head lets a warning pass, with reasons."""
    matter = SideMatter(_found(request, code, number), at=now())
    back = reverse("side", args=[code, number])

    def page(step: Step, reading: StepReading) -> StepPage:
        return _page(matter, step=step, reading=reading, back=back, actor=request.actor)

    return let_pass(request, matter, step_id=step_id, page=page, back=back)


def _found(request: HttpRequest, code: str, number: int) -> Any:
    case = access_case_by_code(actor=request.actor, code=code)
    return side_by_number(case=case, number=number)


def _attachable(procedure_id: str) -> rulebook.Procedure:
    book = rulebook.current()
    if procedure_id not in book.procedures or not book.procedure(procedure_id).attaches:
        raise NotFound("没有这种附属程序。", next_step="请回到卷宗页选择。")
    return book.procedure(procedure_id)


def _form(request: HttpRequest, *, matter: SideMatter, step: Step) -> StepForm:
    def known() -> dict[str, Any]:
        facts = procedures.facts_today(
            matter, actor=request.actor, on=today(), names=frozenset(step.asks)
        )
        kept = {n: v for n, v in facts.items() if v not in (None, "", 0, False) and n not in ONCE}
        return {**kept, **matter.hooks.prefill(matter, step, today())}

    return filled_form(request, step=step, known=known, extra=_extra(matter, step))


def _extra(matter: SideMatter, step: Step) -> list[tuple[str, forms.Field]]:
    serving = step.id in matter.hooks.served or step.id == "fail_service"
    return [*matter.hooks.more_fields(matter, step, today()), *(proof_fields() if serving else [])]


def _given(request: HttpRequest, matter: SideMatter, step: Step, form: StepForm) -> dict[str, Any]:
    given = form.cleaned_data
    proofs = keep_proof(given.get("proof"))
    own = {name: given.get(name) for name, _ in _extra(matter, step) if name != "proof"}
    return {
        "actor": request.actor, "values": form.answers(), "at": now(), "reason": given["reason"],
        "idempotency_key": f"side/{given['key']}", "extra": {**own, "proofs": proofs},
        "evidence_digests": proofs,
    }  # fmt: skip


def _page(
    matter: SideMatter, *, step: Step, reading: StepReading, back: str, actor: Actor,
    closed: bool = False,
) -> StepPage:  # fmt: skip
    known = matter.hooks.panel(matter, actor, today())
    return StepPage(
        title=step.title, note=step.note,
        heading=f"{procedures.procedure_of(matter.run).title}：{matter.case.title}",
        back_href=back, findings=tuple(faces.findings_of(reading)), law=faces.step_law(step),
        known=known, closed=closed,
    )  # fmt: skip


def _facts(matter: SideMatter) -> list[tuple[str, Any]]:
    """What the steps have established, in the order of the rulebook; what was only ticked, together."""
    known, kept = rulebook.current().all_facts, procedures.kept_facts(matter.run)
    told = [
        name for name in procedures.procedure_of(matter.run).facts
        if matter.run.facts.get(name) not in (None, "", 0, False)
        and not known[name].personal
        and name not in matter.hooks.hidden
    ]  # fmt: skip
    ticked = "、".join(known[name].title for name in told if kept[name] is True)
    return [
        *((known[name].title, rulebook.display(fact=known[name], value=kept[name]))
          for name in told if kept[name] is not True),
        *([("已经确认", ticked)] if ticked else []),
    ]  # fmt: skip


def _steps_at(found: Case, number: int) -> Callable[[Step], str]:
    return lambda step: reverse("side_step", args=[found.code, number, step.id])


def _passes_at(found: Case, number: int) -> Callable[[Step], str]:
    return lambda step: reverse("side_let_pass", args=[found.code, number, step.id])
