"""The form of a step of a case or of what runs beside it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest

from zhiheng.cases.forms import HEADINGS, SHOWN_WHEN
from zhiheng.procedures.forms import StepForm, step_form
from zhiheng.rulebook.api import Step, StepReading


def filled_form(
    request: HttpRequest,
    *,
    step: Step,
    reading: StepReading,
    known: Mapping[str, Any],
    extra: list[tuple[str, forms.Field]],
) -> StepForm:
    """The step's form, bound when something was posted; what is known already stands in it.

    Questions that only follow from another answer are shown once that answer is given.
    """
    bound = request.method == "POST"
    form = step_form(
        step=step, prefill=known, warned=bool(reading.warnings),
        data=request.POST if bound else None, files=request.FILES if bound else None, extra=extra,
        order=step.asks if "proof" in dict(extra) else (), headings=HEADINGS.get(step.id),
    )  # fmt: skip
    for name, condition in SHOWN_WHEN.items():
        if name in form.fields:
            form.fields[name].widget.attrs["data-when"] = condition
    return form
