"""委托书: what the organ has entrusted, signing a letter, entering that it was published."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhiheng.cases.entrusting.matters import PERMISSION, EntrustMatter
from zhiheng.cases.entrusting.services import access_entrustment, draft, entrustments, sign
from zhiheng.cases.pages import EntrustListPage, SidePage, StepPage, document_faces
from zhiheng.cases.views.filling import filled_form, step_shown
from zhiheng.documents import api as documents
from zhiheng.elements import api as elements
from zhiheng.kernel.clock import local_date, now, today
from zhiheng.ledger import api as ledger
from zhiheng.people.api import requires
from zhiheng.procedures import api as procedures
from zhiheng.procedures import pages as faces
from zhiheng.procedures.forms import StepForm
from zhiheng.procedures.views import not_yours_now, problems_onto, step_unread
from zhiheng.rulebook import api as rulebook
from zhiheng.rulebook.api import Step, StepReading
from zhiheng.web.faces import Cell, Table
from zhiheng.web.pages import render_page
from zhiheng.web.paging import keyset

SIZE = 30


@requires(PERMISSION)
def entrust_list(request: HttpRequest) -> HttpResponse:
    """The organ's entrustments, the newest first."""
    rows = keyset(
        entrustments(request.actor), order=("-id",), after=request.GET.get("after"), size=SIZE
    )
    page = EntrustListPage(table=_table(rows.items), rows=rows)
    return render_page(request, "cases/entrust_list.html", page)


def _table(dossiers: list[ledger.Dossier]) -> Table:
    rows = tuple(
        (
            Cell(
                _named(each.run.facts.get("entrust_body", "")), "strong",
                href=reverse("entrust", args=[each.pk]), note=each.number,
            ),
            Cell(faces.state_title(each.procedure_id, each.procedure_version, each.state), "tag"),
            Cell(local_date(each.opened_at), "date"),
        )
        for each in dossiers
    )  # fmt: skip
    return Table(("委托给", "状态", "签发"), rows, "委托列表")


def _named(code: str) -> str:
    return elements.get_body(code).name if code else "—"


@requires(PERMISSION)
def entrust(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """One entrustment: where it stands, what can be done, its letter."""
    matter, on = access_entrustment(actor=request.actor, dossier_id=dossier_id), today()
    offers = procedures.offers(matter, actor=request.actor, on=on)
    procedure, dossier = procedures.procedure_of(matter.run), matter.run.dossier
    acts, state = list(ledger.acts_of(dossier)), procedure.states[dossier.state]

    def href(step: Step) -> str:
        return reverse("entrust_step", args=[dossier_id, step.id])

    page = SidePage(
        title=procedure.title, number=dossier.number, heading="委托书",
        back_href=reverse("entrust_list"), state=state.title,
        way=faces.way(procedure, state=dossier.state, reached=faces.reached(procedure, acts)),
        clocks=[], steps=faces.step_faces(offers, address=href, override=href),
        more=faces.other_steps(offers, address=href, done=faces.times_done(acts)),
        law=faces.law_beside(offers), acts=faces.act_faces(reversed(acts)), act_count=len(acts),
        documents=document_faces(documents.documents_of(dossier).defer("facts")),
        panel=[], facts=_facts(matter), log_href=reverse("log"), over=state.final,
    )  # fmt: skip
    return render_page(request, "cases/side.html", page)


def _facts(matter: EntrustMatter) -> list[tuple[str, Any]]:
    known, kept = rulebook.current().all_facts, procedures.kept_facts(matter.run)
    shown = [
        (known[name].title, rulebook.display(fact=known[name], value=kept[name]))
        for name in procedures.procedure_of(matter.run).facts
        if matter.run.facts.get(name) not in (None, "", False) and name != "entrust_body"
    ]
    return [("委托给", _named(kept["entrust_body"])), *shown]


@requires(PERMISSION)
def entrust_new(request: HttpRequest) -> HttpResponse:
    """Sign a letter of entrustment; what is refused keeps what was typed."""
    matter, on = draft(actor=request.actor, at=now()), today()
    step, read = step_unread(matter, step_id="sign", actor=request.actor, on=on)
    form = _form(request, matter, step, on)
    if form.is_bound and form.is_valid():
        with problems_onto(form):
            made = sign(
                actor=request.actor, values=form.answers(), at=now(),
                idempotency_key=f"entrust/{form.cleaned_data['key']}",
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
            messages.success(request, "委托书已签发。公布以后请登记，授权才生效。")
            return redirect("entrust", dossier_id=made)
    reading = read()
    page = _page(step, reading, back=reverse("entrust_list"))
    return step_shown(request, page, form=form, reading=reading)


@requires(PERMISSION)
def entrust_step(request: HttpRequest, dossier_id: int, step_id: str) -> HttpResponse:
    """Enter that it was published, or that it is given up."""
    matter, on = access_entrustment(actor=request.actor, dossier_id=dossier_id), today()
    step, read = step_unread(matter, step_id=step_id, actor=request.actor, on=on)
    if request.method != "POST" and (
        why := not_yours_now(matter, step=step, actor=request.actor)
    ):  # fmt: skip
        messages.warning(request, why)
        return redirect("entrust", dossier_id=dossier_id)
    form = _form(request, matter, step, on)
    if form.is_bound and form.is_valid():
        with problems_onto(form):
            procedures.take_step(
                matter, step_id=step.id, actor=request.actor, values=form.answers(), at=now(),
                idempotency_key=f"entrust/{form.cleaned_data['key']}",
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
            messages.success(request, f"已办：{step.title}。")
            return redirect("entrust", dossier_id=dossier_id)
    reading = read()
    page = _page(step, reading, back=reverse("entrust", args=[dossier_id]))
    return step_shown(request, page, form=form, reading=reading)


def _form(request: HttpRequest, matter: EntrustMatter, step: Step, on: date) -> StepForm:
    known: dict[str, Any] = {
        "entrust_published_on": on, "entrust_publication": "县政府门户网站；受委托组织办公场所公告栏",
        "entrust_limits": "行政强制措施、听证和较大数额罚款的决定，由委托机关作出；不得再委托。",
    }  # fmt: skip
    extra = [("entrust_body", _body_field(matter, on))] if "entrust_body" in step.asks else []
    return filled_form(request, step=step, known=lambda: known, extra=extra)


def _body_field(matter: EntrustMatter, on: date) -> forms.Field:
    found = elements.entrusting.entrustable(body=matter.body, on=on)
    return forms.ChoiceField(
        label="委托给哪个组织", choices=[(each.code, each.name) for each in found],
        initial=found[0].code if len(found) == 1 else None,
        widget=forms.RadioSelect,
        help_text="取自执法主体登记。" if found else "登记里没有本机关可以委托的组织，请先到要素中心登记。",
        error_messages={"required": "请选择委托给哪个组织。"},
    )  # fmt: skip


def _page(step: Step, reading: StepReading, *, back: str) -> StepPage:
    return StepPage(
        title=step.title, note=step.note, heading="委托书", back_href=back,
        findings=tuple(faces.findings_of(reading)), law=faces.step_law(step), known=[],
    )  # fmt: skip
