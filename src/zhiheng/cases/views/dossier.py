"""The dossier of a case: where it stands, what can be done, everything in it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhiheng.cases import shelves
from zhiheng.cases.matters import REVIEWER, CaseMatter
from zhiheng.cases.models import Case, Side
from zhiheng.cases.pages import TABS, CasePage, SideFace, document_faces, evidence_faces
from zhiheng.cases.selectors import access_case_by_code, address_of_dossier
from zhiheng.cases.services.handlers import may_change_handlers
from zhiheng.cases.services.reviewers import may_name_reviewer
from zhiheng.cases.shelves import shelved
from zhiheng.cases.sides.selectors import may_begin, sides_of
from zhiheng.cases.spot.facts import SUMMARY
from zhiheng.cases.spot.reading import PHASES
from zhiheng.documents import api as documents
from zhiheng.elements import api as elements
from zhiheng.evidence import api as evidence
from zhiheng.kernel.clock import today
from zhiheng.kernel.masking import mask_address
from zhiheng.ledger import api as ledger
from zhiheng.payments import api as payments
from zhiheng.people import api as people
from zhiheng.people.api import requires
from zhiheng.procedures import api as procedures
from zhiheng.procedures import pages as faces
from zhiheng.rulebook import api as rulebook
from zhiheng.rulebook.api import Step
from zhiheng.web.faces import Link
from zhiheng.web.pages import render_page

BESIDE = 6
SHOWN_FACTS = (
    "facts_found", "tier_code", "fine_proposed", "discretion_reason", "mitigation_ground",
    "deviation_reason", "hearing_class", "review_due", "complex_case", "fine_notified",
    "defence_text", "defence_answers", "statement_said", "statement_text", "statement_check",
    "fine_decided", "decision_reason", "paid_in_full", "fast_exclusion", "admission_text",
    "to_ordinary_ground", "to_ordinary_reason",
)  # fmt: skip


@requires("case.view")
def case(request: HttpRequest, code: str) -> HttpResponse:
    """The case's own screen; `?tab=` chooses what lies open below."""
    found, on = access_case_by_code(actor=request.actor, code=code), today()
    tab = request.GET.get("tab", "documents")
    tab = tab if tab in dict(TABS) else "documents"
    matter = CaseMatter(found)
    offers = procedures.offers(matter, actor=request.actor, on=on)
    procedure = procedures.procedure_of(matter.run)
    acts = list(ledger.acts_of(found.dossier))
    papers = list(documents.documents_of(found.dossier).defer("facts"))
    items = list(evidence.evidence_of(found.dossier))
    sides = list(sides_of(found))
    href = address_of(found)
    counts = {"documents": len(papers), "evidence": len(items), "acts": len(acts)}
    page = CasePage(
        case=found, state=procedure.states[found.state].title,
        way=faces.way(procedure, state=found.state, reached=_reached(found, procedure, acts)),
        clocks=faces.clocks(found.dossier, on=on)[:2],
        steps=faces.step_faces(offers, address=href, override=_override_of(found)),
        more=shelved(
            faces.other_steps(offers, address=href, done=faces.times_done(acts)), shelves.STEPS,
            first=[*_on_the_phone(matter, request.actor), *_orders(request, found)],
        ),
        law=faces.law_beside(offers),
        acts=faces.act_faces(reversed(acts if tab == "acts" else acts[-BESIDE:])),
        act_count=len(acts), tab=tab,
        tabs=[Link(t, f"?tab={k}#parts", k == tab, counts.get(k)) for k, t in TABS],
        documents=document_faces(papers) if tab == "documents" else [],
        evidence=evidence_faces(items) if tab == "evidence" else [],
        facts=_facts(matter) if tab == "facts" else [],
        party=_party(request, matter) if tab == "party" else [],
        handlers=_handlers(matter),
        reviewer_href=reverse("case_reviewer", args=[found.code])
        if may_name_reviewer(case=found, actor=request.actor) else "",
        handlers_href=reverse("case_handlers", args=[found.code])
        if may_change_handlers(case=found, actor=request.actor)
        and not procedure.states[found.state].final else "",
        log_href=reverse("log"), tags=_tags(found, on=on), over=procedure.states[found.state].final,
        sides=_sides(found, sides), begin=shelved(_begin(request, found, sides), shelves.SIDES),
        meddling_href=reverse("interference_record", args=[found.code])
        if people.may(request.actor, "case.step") else "",
        listed=faces.listed_faces(
            [found.pk, *(each.pk for each in sides)], actor=request.actor
        ),
        weighing=[
            Link("裁量测算", reverse("case_discretion", args=[found.code])),
            Link("同一行为与初次违法", reverse("case_elsewhere", args=[found.code])),
        ],
    )  # fmt: skip
    return render_page(request, "cases/case.html", page)


@requires("case.view")
def open_dossier(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """To the screen of a dossier, for contexts that know nothing but its number in the ledger."""
    return redirect(address_of_dossier(actor=request.actor, dossier_id=dossier_id))


def _handlers(matter: CaseMatter) -> list[tuple[str, str]]:
    """Who handles the case, and who was named to review it."""
    handle = [(row.get_part_display(), row.account.name) for row in matter.handlers]
    named = matter.reviewer if matter.run.facts.get(REVIEWER) else None
    return [*handle, *([("法制审核", named.name)] if named else [])]


def _on_the_phone(matter: CaseMatter, actor: people.Actor) -> list[Link]:
    """The way to the phone's screen, for those who handle a case on the spot that is under way."""
    mine = actor.account_id in {each.account_id for each in matter.handlers}
    if matter.run.procedure_id != SUMMARY or matter.run.dossier.state not in PHASES or not mine:
        return []
    return [Link("在手机上接着办", reverse("spot_case", args=[matter.case.code]))]


def address_of(found: Case) -> Callable[[Step], str]:
    """Where a step of this case is taken."""
    return lambda step: reverse("case_step", args=[found.code, step.id])


def _sides(found: Case, sides: list[Side]) -> list[SideFace]:
    """What runs, or ran, beside the case."""
    faces_ = []
    for each in sides:
        procedure = procedures.procedure_of(each.dossier.run)
        state = procedure.states[each.state]
        faces_.append(SideFace(
            title=procedure.title, href=reverse("side", args=[found.code, each.number]),
            state=state.title, tone="plain" if state.final else "warn", when=each.opened_on,
        ))  # fmt: skip
    return faces_


def _begin(request: HttpRequest, found: Case, sides: list[Side]) -> list[Link]:
    """What may begin beside the case now, for those whose step it is."""
    case_matter = CaseMatter(found)
    return [
        Link(each.title, reverse("side_begin", args=[found.code, each.id]), key=each.id)
        for each in may_begin(found, sides)
        if each.attaches
        and not case_matter.why_not(actor=request.actor, step=each.steps[each.attaches.opens])
    ]


def _orders(request: HttpRequest, found: Case) -> list[Link]:
    """The payment order, once there is one, for who may look at it."""
    if found.decided_on is None or not people.may(request.actor, "payment.view"):
        return []
    order = payments.fine_order_of(found.pk)
    return [Link("缴款单", reverse("payment_order", args=[order.code]))] if order else []


def _override_of(found: Case) -> Callable[[Step], str]:
    return lambda step: reverse("case_let_pass", args=[found.code, step.id])


def _reached(found: Case, procedure: Any, acts: list[ledger.Act]) -> dict[str, date]:
    days = faces.reached(procedure, acts)
    return {"线索": found.proposed_on, **days}


def _facts(matter: CaseMatter) -> list[tuple[Any, ...]]:
    known, kept = rulebook.current().all_facts, procedures.kept_facts(matter.run)
    kept = matter.run.facts | kept  # what another procedure established before is still told
    return [
        (known[name].title, rulebook.display(fact=known[name], value=kept[name]))
        for name in SHOWN_FACTS
        if matter.run.facts.get(name) not in (None, "", 0)
    ]


def _party(request: HttpRequest, matter: CaseMatter) -> list[tuple[Any, ...]]:
    """What the register knows of the party; the address it confirmed in this case goes first."""
    subject = elements.latest_subject(matter.case.subject)
    card = elements.subject_card(subject, request.actor)
    told = procedures.kept_facts(matter.run)["confirmed_address"]
    if told and not people.may(request.actor, "element.personal"):
        told = mask_address(told)
    rows = [
        ("名称", card.name), ("类型", subject.get_kind_display()), ("信用代码", card.uscc),
        ("身份证号", card.citizen_id), ("负责人", card.legal_representative), ("电话", card.phone),
        ("地址", card.address), ("送达地址", told or card.service_address or "还没有确认"),
    ]  # fmt: skip
    return [row for row in rows if row[1]]


def _tags(found: Case, *, on: date) -> list[tuple[str, str]]:
    run = found.dossier.run
    version = f"{procedures.procedure_of(run).title} v{run.procedure_version}"
    tags = [(version, "info")]
    if run.facts.get("id_shown"):
        tags.append(("已亮证", "ok"))
    if run.facts.get("suspended"):
        tags.append(("已中止", "warn"))
    if found.due_on and found.due_on < on and found.decided_on is None:
        tags.append(("已过办案期限", "stop"))
    return tags
