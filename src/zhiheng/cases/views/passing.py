"""Letting a warning pass, with reasons: the same screen for a case and for what runs beside it."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from zhiheng.cases.pages import StepPage
from zhiheng.kernel.clock import now, today
from zhiheng.procedures import api as procedures
from zhiheng.procedures.forms import StepForm
from zhiheng.procedures.views import problems_onto, step_of
from zhiheng.rulebook.api import Step, StepReading
from zhiheng.web.pages import render_page


class LetPassForm(forms.Form):
    """Why a warning is passed over."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    guard = forms.ChoiceField(label="放行哪条提醒", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="放行理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写明放行的理由，理由会记入全过程记录。"},
    )  # fmt: skip


def let_pass(
    request: HttpRequest,
    matter: procedures.Matter,
    *,
    step_id: str,
    page: Callable[[Step, StepReading], StepPage],
    back: str,
) -> HttpResponse:
    """Ask for the reasons and record them; `back` is where one goes on."""
    step, reading = step_of(matter, step_id=step_id, actor=request.actor, on=today())
    bound = request.method == "POST"
    form = LetPassForm(request.POST if bound else None, initial={"key": StepForm.new_key()})
    form.fields["guard"].choices = [(f.id, f.title) for f in reading.warnings if f.override]
    if bound and form.is_valid():
        with problems_onto(form):
            procedures.let_pass(
                matter, guard_id=form.cleaned_data["guard"], step_id=step.id, actor=request.actor,
                reason=form.cleaned_data["reason"], at=now(),
                idempotency_key=f"pass/{form.cleaned_data['key']}",
            )  # fmt: skip
            messages.success(request, "已放行，理由已记入全过程记录。")
            return redirect(back)
    return render_page(request, "cases/let_pass.html", page(step, reading), form=form)
