"""One clue: its page and its steps."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhiheng.clues import api as clues
from zhiheng.clues.forms import NEW, match_fields
from zhiheng.clues.handed import papers_of, refer_fields
from zhiheng.clues.matters import ClueMatter
from zhiheng.clues.models import Clue
from zhiheng.clues.pages import TONES, CluePage, StepPage, state_of
from zhiheng.clues.selectors import access_clue_by_number, informant_of
from zhiheng.documents import api as documents
from zhiheng.elements import api as elements
from zhiheng.kernel.clock import now, today
from zhiheng.kernel.errors import Invalid
from zhiheng.ledger import api as ledger
from zhiheng.people import api as people
from zhiheng.people.api import Actor, requires
from zhiheng.procedures import api as procedures
from zhiheng.procedures import pages as faces
from zhiheng.procedures.forms import step_form
from zhiheng.procedures.views import not_yours_now, problems_onto, step_of
from zhiheng.rulebook.api import Step
from zhiheng.web.faces import DocumentFace
from zhiheng.web.pages import render_page

ACTS_SHOWN = 8


@requires("clue.view")
def clue(request: HttpRequest, number: str) -> HttpResponse:
    """Where the clue stands and what can be done next."""
    found, on = access_clue_by_number(actor=request.actor, number=number), today()
    matter = ClueMatter(found)
    offers = procedures.offers(matter, actor=request.actor, on=on)
    procedure = procedures.procedure_of(matter.run)
    acts = list(ledger.acts_of(found.dossier))
    href = _address(found)
    page = CluePage(
        clue=found, state=state_of(found), tone=TONES.get(found.state, "plain"),
        way=faces.way(procedure, state=found.state, reached=faces.reached(procedure, acts)),
        clocks=faces.clocks(found.dossier, on=on),
        steps=faces.step_faces(offers, address=href, override=href),
        more=faces.other_steps(offers, address=href, done=faces.times_done(acts)),
        law=faces.law_beside(offers), acts=faces.act_faces(acts[: -ACTS_SHOWN - 1 : -1]),
        facts=_facts(found), documents=_papers(found, request.actor), informant=informant_of(clue=found, actor=request.actor),
        case_href=reverse("case", args=[found.case.code]) if hasattr(found, "case") else "",
        listed=faces.listed_faces([found.pk], actor=request.actor),
    )  # fmt: skip
    return render_page(request, "clues/clue.html", page)


def _papers(found: Clue, actor: Actor) -> list[DocumentFace]:
    """The papers so far, for those who may open them."""
    if not people.may(actor, "document.view"):
        return []
    return documents.document_faces(documents.documents_of(found.dossier).defer("facts"))


def _address(found: Clue):
    def address(step: Step) -> str:
        name = clues.STEP_PAGES.get(step.id)
        if name:
            return reverse(name, args=[found.number])
        return reverse("clue_step", args=[found.number, step.id])

    return address


def _facts(found: Clue) -> list[tuple[Any, ...]]:
    kept = found.dossier.run.facts
    pairs = [
        ("来源", found.get_source_display()), ("地点", found.place), ("时间", found.happened),
        ("被反映对象", found.target), ("匹配事项", found.item.name if found.item else "待匹配"),
        ("当事人", found.subject.name if found.subject else "待确定"),
        ("核查人", found.handler.name if found.handler else "待分派"),
        ("核查情况", kept.get("check_findings", "")), ("登记人", found.registered_by),
        *papers_of(found),
    ]  # fmt: skip
    return [pair for pair in pairs if pair[1]]


@requires("clue.view")
def clue_step(request: HttpRequest, number: str, step_id: str) -> HttpResponse:
    """Fill in and take one step; refused steps keep what was typed."""
    found = access_clue_by_number(actor=request.actor, number=number)
    matter = ClueMatter(found)
    step, reading = step_of(matter, step_id=step_id, actor=request.actor, on=today())
    if request.method != "POST" and (
        why := not_yours_now(matter, step=step, actor=request.actor)
    ):  # fmt: skip
        messages.warning(request, why)
        return redirect("clue", number=number)
    bound = request.method == "POST"
    extra = []
    if step.id == "match":
        extra = match_fields(clue=found, on=today(), query=request.GET.get("find", ""))
    elif step.id == "refer":
        extra = refer_fields(clue=found, on=today())
    form = step_form(
        step=step, prefill=found.dossier.run.facts, warned=bool(reading.warnings),
        data=request.POST if bound else None, extra=extra,
    )  # fmt: skip
    if bound and form.is_valid():
        with problems_onto(form):
            chosen = _chosen(found, form.cleaned_data) if step.id == "match" else {
                name: form.cleaned_data[name] for name, _ in extra
            }  # fmt: skip
            procedures.take_step(
                matter, step_id=step.id, actor=request.actor, values=form.answers(), at=now(),
                idempotency_key=f"clue/{form.cleaned_data['key']}",
                reason=form.cleaned_data["reason"], extra=chosen,
            )  # fmt: skip
            messages.success(request, f"已办：{step.title}。")
            return redirect("clue", number=number)
    page = StepPage(
        title=step.title, note=step.note, heading=found.description[:60],
        back_href=reverse("clue", args=[number]),
        findings=tuple(faces.findings_of(reading)), law=faces.step_law(step),
        may_find=step.id == "match", find=request.GET.get("find", ""),
    )  # fmt: skip
    return render_page(request, "clues/step.html", page, form=form)


def _chosen(found: Clue, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The item, the party (known or new) and the officer that the match names."""
    if answers["subject"] != NEW:
        subject = elements.get_subject(int(answers["subject"]))
    elif answers["subject_name"]:
        citizen = answers["subject_kind"] == "CITIZEN"
        code = answers["subject_code"].strip().upper()
        subject = elements.ensure_subject(
            kind=answers["subject_kind"], name=answers["subject_name"].strip(),
            region_code=found.region_code, at=now(), source_sys="clue",
            uscc="" if citizen else code, citizen_id=code if citizen else "",
            address=found.place,
        )  # fmt: skip
    else:
        raise Invalid(
            "新登记的当事人还没有名称。",
            fields={"subject_name": "请写下店名、单位名或姓名；问不到的，写看得见的招牌。"},
        )
    return {
        "item": elements.get_item(answers["item"], today()),
        "subject": subject,
        "handler_id": int(answers["handler"]),
    }
