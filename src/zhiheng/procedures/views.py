"""What the step screens of every matter share."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache

from django import forms

from zhiheng.kernel.errors import Invalid, NotFound, ZhihengError
from zhiheng.people.api import Actor
from zhiheng.procedures import selectors, services
from zhiheng.procedures.matters import Matter
from zhiheng.rulebook.api import Step, StepReading


def step_of(matter: Matter, *, step_id: str, actor: Actor, on: date) -> tuple[Step, StepReading]:
    """A step of the matter's procedure and how it stands before anything is typed.

    Raises:
        NotFound: no such step.
    """
    step, read = step_unread(matter, step_id=step_id, actor=actor, on=on)
    return step, read()


def step_unread(
    matter: Matter, *, step_id: str, actor: Actor, on: date
) -> tuple[Step, Callable[[], StepReading]]:
    """As `step_of`, but how it stands is read when somebody asks, and once.

    What was posted is judged under lock anyway; only what is refused is shown again.

    Raises:
        NotFound: no such step.
    """
    step = selectors.procedure_of(matter.run).steps.get(step_id)
    if step is None:
        raise NotFound("没有这个步骤。", next_step="请回到卷宗页，从“下一步”里选择。")

    run = matter.run

    @cache
    def read() -> StepReading:
        matter.run = run  # as it was: a step that was refused may have got half way in memory
        names = selectors.facts_read(matter, step)
        facts = selectors.facts_today(matter, actor=actor, on=on, names=names)
        return selectors.read_step(matter, step=step, facts=facts, on=on)

    return step, read


def not_yours_now(matter: Matter, *, step: Step, actor: Actor) -> str:
    """Why the form of a step is not opened for this person: one sentence, or nothing.

    The matter has moved on (somebody was faster, or one went back in the browser), or the step
    is somebody else's: then the matter's own page says more than an empty form.
    """
    try:
        services.step_now(matter, step.id)
    except ZhihengError as moved_on:
        return moved_on.message
    return matter.why_not(actor=actor, step=step)


@contextmanager
def problems_onto(form: forms.Form) -> Iterator[None]:
    """Put what the step refuses onto the form, which keeps everything typed."""
    try:
        yield
    except Invalid as wrong:
        _tell(form, wrong)
        for name, sentence in wrong.fields.items():
            form.add_error(name if name in form.fields else None, sentence)
    except ZhihengError as wrong:
        reading = getattr(wrong, "reading", None)
        found = (*reading.blocks, *reading.warnings) if reading else ()
        told = wrong.message in {finding.says for finding in found}
        for finding in found:
            form.add_error(None, f"{finding.title}：{finding.says}（{finding.article}）")
        form.add_error(None, wrong.next_step if told else f"{wrong.message}{wrong.next_step}")
        if reading is not None and reading.warnings and not reading.blocks:
            ask_reason(form)


def ask_reason(form: forms.Form) -> None:
    """Show the field for the reason why a warning is passed over."""
    form.fields["reason"].widget = forms.Textarea(attrs={"rows": 3})


def _tell(form: forms.Form, wrong: ZhihengError) -> None:
    form.add_error(None, f"{wrong.message}{wrong.next_step}")
