"""The form of a step: the facts it asks for, made from the rulebook, and one key a form shown."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms

from zhiheng.procedures.policies import is_answer
from zhiheng.rulebook import api as rulebook
from zhiheng.rulebook.api import Fact, Step
from zhiheng.web.forms import form_for_facts


@dataclass(frozen=True)
class Asked:
    """A fact as a form asks for it."""

    id: str
    title: str
    type: str
    choices: Mapping[str, str] = field(default_factory=dict)
    help: str = ""
    required: bool = True
    initial: Any = None
    multiline: bool = False


class StepForm(forms.Form):
    """Every step form carries its own key, so that a second click is the same act."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.CharField(
        label="仍要办理的理由", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="有提醒时填写；理由会记入全过程记录。",
    )  # fmt: skip

    @staticmethod
    def new_key() -> str:
        """A key for one form shown."""
        return uuid.uuid4().hex

    def sections(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings; what comes first may stand without one."""
        headings: Mapping[str, str] = getattr(self, "headings", {})
        under: list[forms.BoundField] = []
        heading = ""
        for bound in self:
            if bound.name in headings:
                if under:
                    yield heading, under
                heading, under = headings[bound.name], []
            under.append(bound)
        yield heading, under

    def answers(self) -> dict[str, Any]:
        """The facts typed in; what was left open that may be left open is its initial value."""
        own = {"key", "reason", *getattr(self, "not_facts", ())}
        return {n: v for n, v in self.cleaned_data.items() if n not in own and v is not None}


def asked(fact: Fact, prefill: Mapping[str, Any]) -> Asked:
    """How a form asks for a fact; what is known already stands in it."""
    choices = {code: label for code, label in fact.choices.items() if is_answer(fact, code)}
    initial = prefill.get(fact.id, _usual(fact))
    if fact.type == "enum" and initial not in choices:
        initial = None
    return Asked(
        id=fact.id, title=fact.title, type=fact.type,
        choices=choices, help=fact.help, required=not fact.optional,
        initial=initial if initial != "" else None, multiline=fact.multiline,
    )  # fmt: skip


def _usual(fact: Fact) -> Any:
    """What stands in a field nobody has filled: no sum of nothing, and no yes that nobody said."""
    if fact.type == "cents" and not fact.initial:
        return None
    return None if fact.type == "bool" and fact.initial is True else fact.initial


def step_form(
    *,
    step: Step,
    prefill: Mapping[str, Any],
    warned: bool,
    data: Mapping[str, Any] | None = None,
    files: Mapping[str, Any] | None = None,
    extra: Iterable[tuple[str, forms.Field]] = (),
    order: Iterable[str] = (),
    headings: Mapping[str, str] | None = None,
) -> StepForm:
    """The bound or unbound form of a step.

    Args:
        step: whose asks become fields, in order.
        prefill: what the platform knows already.
        warned: show the field for the reason.
        data: what was posted.
        files: what was uploaded.
        extra: fields that are not facts (choosing an item, a person, a file), or one that asks for
            a fact in a way of its own.
        order: names that come first, in this order; else what is extra, then what is asked.
        headings: by the first field that stands under each.
    """
    book = rulebook.current()
    facts = [asked(book.all_facts[name], prefill) for name in step.asks]
    base = form_for_facts(facts, name="StepForm", base=StepForm)
    added = dict(extra)
    beside = tuple(name for name in added if name not in step.asks)
    made = type("StepForm", (base,), {
        **added, "not_facts": beside, "headings": headings or {},
    })  # fmt: skip
    form = made(data, files, initial={"key": StepForm.new_key()})
    form.order_fields([*order, *beside, *step.asks, "reason", "key"])
    if not warned and not (data or {}).get("reason"):
        form.fields["reason"].widget = forms.HiddenInput()
    return form
