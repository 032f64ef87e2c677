"""The form of a step of a case or of what runs beside it."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from zhiheng.cases.forms import ELSEWHERE, HEADINGS, SHOWN_WHEN
from zhiheng.cases.goods import rows
from zhiheng.cases.pages import StepPage
from zhiheng.procedures.forms import StepForm, step_form
from zhiheng.procedures.views import ask_reason
from zhiheng.rulebook.api import Step, StepReading
from zhiheng.web.pages import render_page


def filled_form(
    request: HttpRequest,
    *,
    step: Step,
    known: Callable[[], Mapping[str, Any]],
    extra: list[tuple[str, forms.Field]],
) -> StepForm:
    """The step's form, bound when something was posted; what is known already stands in it.

    `known` is asked only where the form opens: what was posted needs no filling in.
    Asked for more rows, the form is shown again as typed, judged by nobody yet.
    Questions that only follow from another answer are shown once that answer is given.
    """
    more = rows.MORE in request.POST
    bound = request.method == "POST" and not more
    form = step_form(
        step=step, prefill={} if bound else known(), warned=False,
        data=request.POST if bound else None, files=request.FILES if bound else None, extra=extra,
        order=step.asks if "proof" in dict(extra) else (), headings=HEADINGS.get(step.id),
    )  # fmt: skip
    if more:
        _keep_typed(form, request)
    for name, condition in SHOWN_WHEN.items():
        if name in form.fields:
            form.fields[name].widget.attrs["data-when"] = condition
    for (step_id, name), answer in ELSEWHERE.items():
        if step_id == step.id and name in form.fields:
            asked: Any = form.fields[name]
            asked.choices = [one for one in asked.choices if one[0] != answer]
    return form


def step_shown(
    request: HttpRequest, page: StepPage, *, form: StepForm, reading: StepReading
) -> HttpResponse:
    """The screen of a step: opened, or refused with what was typed.

    Where something warns, it asks for the reason to pass it over.
    """
    if reading.warnings:
        ask_reason(form)
    return render_page(request, "cases/step.html", page, form=form)


def _keep_typed(form: StepForm, request: HttpRequest) -> None:
    for name, field in form.fields.items():
        form.initial[name] = field.widget.value_from_datadict(request.POST, request.FILES, name)
        if isinstance(field.widget, rows.RowsInput):
            field.widget.ask_more()
