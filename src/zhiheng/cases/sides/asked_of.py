"""Putting a question to somebody of a register: the choice on the form, and whom it was put to."""

from collections.abc import Iterable

from django import forms

from zhiheng.cases.models import Asked
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.procedures.api import Taken
from zhiheng.web.widgets import ClosedSelect


def choice(
    rows: Iterable[tuple[str, str, str]], *, label: str, who: str, help_text: str
) -> forms.Field:
    """Whom to ask, instead of a line to type on.

    Args:
        rows: value, label, and why the one cannot be asked (empty if one can).
        label: of the field.
        who: 专家, 律师.
        help_text: beside the field.
    """
    rows = list(rows)
    widget = ClosedSelect()
    widget.closed = frozenset(value for value, _, why in rows if why)
    labels = [(value, text + (f"（{why}）" if why else "")) for value, text, why in rows]
    return forms.ChoiceField(
        label=label, choices=[("", "请选择"), *labels], widget=widget, help_text=help_text,
        error_messages={"required": f"请选择{who}。", "invalid_choice": f"请从列出的{who}里选。"},
    )  # fmt: skip


def keep_asked(matter: SideMatter, taken: Taken) -> None:
    """Keep whom the question was put to."""
    if taken.step.id == "ask":
        matter.asked = Asked.objects.create(
            side=matter.side, account_id=matter.run.facts["_asked_account"], asked_at=taken.at
        )
