"""One supervision clue: reading it, explaining it, verifying it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from zhiheng.kernel.clock import now, today
from zhiheng.people import api as people
from zhiheng.people.api import requires
from zhiheng.procedures.api import SupervisionClue
from zhiheng.procedures.views import problems_onto
from zhiheng.supervision import pages, services
from zhiheng.supervision.forms import ExplanationForm, VerificationForm
from zhiheng.supervision.selectors import PENDING, access_clue, is_within
from zhiheng.web.faces import Link
from zhiheng.web.pages import render_page

EITHER = ("supervision.view", "supervision.explain")


@require_safe
@requires(*EITHER)
def supervision_clue(request: HttpRequest, clue_id: int) -> HttpResponse:
    """What was found, by which rule and facts; what was said and found since."""
    return _show(request, access_clue(actor=request.actor, clue_id=clue_id))


@requires("supervision.explain")
def supervision_explain(request: HttpRequest, clue_id: int) -> HttpResponse:
    """The officer concerned explains."""

    def act(given: dict[str, Any], key: str) -> None:
        services.explain(
            clue_id=clue_id, text=given["text"], actor=request.actor, at=now(), idempotency_key=key
        )

    return _answered(request, clue_id, ExplanationForm, act, "情况说明已提交，监督员核实时会看到。")


@requires("supervision.verify")
def supervision_verify(request: HttpRequest, clue_id: int) -> HttpResponse:
    """The supervisor verifies."""

    def act(given: dict[str, Any], key: str) -> None:
        services.verify(
            clue_id=clue_id, outcome=given["outcome"], note=given["text"], actor=request.actor,
            at=now(), idempotency_key=key,
        )  # fmt: skip

    return _answered(request, clue_id, VerificationForm, act, "核实结论已记录。")


def _answered(
    request: HttpRequest, clue_id: int, form_class: type[forms.Form],
    act: Callable[[dict[str, Any], str], None], done: str,
) -> HttpResponse:  # fmt: skip
    """Take the answer, or show the form again with what was typed."""
    access_clue(actor=request.actor, clue_id=clue_id)
    if request.method != "POST":
        return redirect("supervision_clue", clue_id=clue_id)
    form = form_class(request.POST)
    if form.is_valid():
        with problems_onto(form):
            given = form.cleaned_data
            act(given, f"{request.resolver_match.url_name}/{clue_id}/{given['key']}")
            messages.success(request, done)
            return redirect("supervision_clue", clue_id=clue_id)
    return _show(request, access_clue(actor=request.actor, clue_id=clue_id), sent=form)


def _show(
    request: HttpRequest, found: SupervisionClue, *, sent: forms.Form | None = None
) -> HttpResponse:
    actor, open_ = request.actor, found.state == PENDING
    mine = found.actor_id == actor.account_id
    within = is_within(actor=actor, clue=found)
    said = pages.said(getattr(found, "explanation", None))
    may_explain = mine and open_ and said is None
    may_verify = people.may(actor, "supervision.verify") and within and open_ and not mine
    explaining = sent if isinstance(sent, ExplanationForm) else None
    verifying = sent if isinstance(sent, VerificationForm) else None
    names = pages.agency_names([found.agency_code], on=today())
    page = pages.CluePage(
        clue=found, title=found.sentence, state=found.get_state_display(),
        tone=pages.TONES[found.state], basis=pages.law_of(found),
        back=Link("监督线索", reverse("supervision_list")) if within
        else Link("回到案件", reverse("dossier", args=[found.dossier_id])),
        facts=pages.facts_of(found, agency=names[found.agency_code]), explanation=said,
        verification=pages.said(getattr(found, "verification", None)),
        explain_form=explaining or (ExplanationForm() if may_explain else None),
        verify_form=verifying or (VerificationForm() if may_verify else None),
    )  # fmt: skip
    return render_page(
        request, "supervision/clue.html", page, status=422 if sent is not None else None
    )
