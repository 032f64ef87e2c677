"""For whoever is asked from outside a case: what was asked, what they need for it, the answer."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhiheng.cases.asked_pages import AskedListPage, AskedPage, asked_table
from zhiheng.cases.models import Asked
from zhiheng.cases.pages import StepPage
from zhiheng.cases.sides.asking import access_asked, asked_of
from zhiheng.cases.sides.masked import asked_facts, evidence_for, masked_facts
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.cases.sides.selectors import side_by_number
from zhiheng.cases.sides.services import take_side_step
from zhiheng.cases.sides.veil import Veil
from zhiheng.cases.views.filling import filled_form, step_shown
from zhiheng.evidence import api as evidence
from zhiheng.kernel.clock import now, today
from zhiheng.kernel.errors import NotFound
from zhiheng.people.api import requires
from zhiheng.procedures import api as procedures
from zhiheng.procedures import pages as faces
from zhiheng.procedures.views import not_yours_now, problems_onto, step_unread
from zhiheng.rulebook.api import Step
from zhiheng.web.pages import render_page
from zhiheng.web.paging import keyset

SIZE = 30
CONSULT = ("consultation", "lawyer_advice")
ASSIST = ("assist", "jurisdiction", "transfer.organ")


@requires("consult.answer")
def consult_list(request: HttpRequest) -> HttpResponse:
    """What was asked of me, the newest first."""
    return _list(request, CONSULT, "consult", title="请我答复")


@requires("consult.answer")
def consult(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """One question with what of the case the answer needs, masked."""
    return _show(request, dossier_id, CONSULT, "consult")


@requires("consult.answer")
def consult_step(request: HttpRequest, dossier_id: int, step_id: str) -> HttpResponse:
    """Give the opinion, or decline."""
    return _step(request, dossier_id, step_id, CONSULT, "consult")


@requires("consult.answer")
def consult_thumb(request: HttpRequest, dossier_id: int, evidence_id: int) -> HttpResponse:
    """A small picture of a piece of evidence of the case that was asked about."""
    asked = access_asked(actor=request.actor, dossier_id=dossier_id, kinds=CONSULT)
    items = evidence.evidence_of(asked.side.case.dossier).exclude(status="EXCLUDED")
    found = items.filter(pk=evidence_id).first()
    if found is None:
        raise NotFound()
    return evidence.thumb_of(found)


@requires("assist.answer")
def assist_list(request: HttpRequest) -> HttpResponse:
    """What other organs asked of mine, the newest first."""
    return _list(request, ASSIST, "assist", title="其他机关的来函")


@requires("assist.answer")
def assist(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """One request of another organ and our answer; nothing of its case."""
    return _show(request, dossier_id, ASSIST, "assist")


@requires("assist.answer")
def assist_step(request: HttpRequest, dossier_id: int, step_id: str) -> HttpResponse:
    """Accept, decline or answer it."""
    return _step(request, dossier_id, step_id, ASSIST, "assist")


def _list(request: HttpRequest, kinds: tuple[str, ...], name: str, *, title: str) -> HttpResponse:
    rows = keyset(
        asked_of(request.actor, kinds), order=("-side_id",), after=request.GET.get("after"),
        size=SIZE,
    )  # fmt: skip
    page = AskedListPage(title=title, table=asked_table(rows.items, name), rows=rows)
    return render_page(request, "cases/asked_list.html", page)


def _show(request: HttpRequest, dossier_id: int, kinds: tuple[str, ...], name: str) -> HttpResponse:
    matter, on = _matter(request, dossier_id, kinds), today()
    offers = [
        each
        for each in procedures.offers(matter, actor=request.actor, on=on)
        if each.step.id in matter.hooks.answers
    ]
    procedure, whole = procedures.procedure_of(matter.run), name == "consult"
    veil = Veil(matter.case) if whole else None
    shown = matter.hooks.panel(matter, request.actor, on) if matter.hooks.shows_panel else []
    page = AskedPage(
        title=procedure.title, heading=matter.case.item_name, number=matter.side.dossier.number,
        back_href=reverse(f"{name}_list"), state=procedure.states[matter.side.state].title,
        clocks=faces.clocks(matter.side.dossier, on=on)[:1],
        steps=faces.step_faces(
            offers, address=_at(name, dossier_id), override=_at(name, dossier_id)
        ),
        more=faces.other_steps(offers, address=_at(name, dossier_id), done={}),
        asked=[*asked_facts(matter, veil), *shown], facts=masked_facts(matter, veil) if veil else [],
        evidence=evidence_for(matter, veil) if veil else [], law=faces.law_beside(offers),
    )  # fmt: skip
    return render_page(request, "cases/asked.html", page)


def _step(
    request: HttpRequest, dossier_id: int, step_id: str, kinds: tuple[str, ...], name: str
) -> HttpResponse:
    matter = _matter(request, dossier_id, kinds)
    if step_id not in matter.hooks.answers:
        raise NotFound("没有这个步骤。", next_step="请回到列表查看。")
    step, read = step_unread(matter, step_id=step_id, actor=request.actor, on=today())
    if request.method != "POST" and (
        why := not_yours_now(matter, step=step, actor=request.actor)
    ):  # fmt: skip
        messages.warning(request, why)
        return redirect(name, dossier_id=dossier_id)
    extra = matter.hooks.more_fields(matter, step, today())
    form = filled_form(request, step=step, known=dict, extra=extra)
    if form.is_bound and form.is_valid():
        with problems_onto(form):
            given = form.cleaned_data
            take_side_step(
                matter, step_id=step.id, actor=request.actor, values=form.answers(), at=now(),
                idempotency_key=f"asked/{given['key']}", reason=given["reason"],
                extra={field: given.get(field) for field, _ in extra},
            )  # fmt: skip
            messages.success(request, f"已办：{step.title}。")
            return redirect(name, dossier_id=dossier_id)
    reading = read()
    page = StepPage(
        title=step.title, note=step.note, heading=matter.case.item_name,
        back_href=reverse(name, args=[dossier_id]), findings=tuple(faces.findings_of(reading)),
        law=faces.step_law(step), closed=bool(reading.blocks) and not form.is_bound,
        known=asked_facts(matter, Veil(matter.case) if name == "consult" else None),
    )  # fmt: skip
    return step_shown(request, page, form=form, reading=reading)


def _matter(request: HttpRequest, dossier_id: int, kinds: tuple[str, ...]) -> SideMatter:
    asked: Asked = access_asked(actor=request.actor, dossier_id=dossier_id, kinds=kinds)
    return SideMatter(side_by_number(case=asked.side.case, number=asked.side.number))


def _at(name: str, dossier_id: int) -> Callable[[Step], Any]:
    return lambda step: reverse(f"{name}_step", args=[dossier_id, step.id])
