"""Forms of the work list."""

from datetime import date
from typing import Any

from django import forms

from zhiheng.elements.models import UpkeepItem
from zhiheng.web.fields import DayField

NO_EFFECT, CHANGED = "核对无影响", "已改到"


class AssignForm(forms.Form):
    """Give the line to somebody."""

    to = forms.ChoiceField(label="交给谁", error_messages={"required": "请选择责任人。"})

    def __init__(self, *args: Any, people: list[tuple[str, str]], **more: Any) -> None:
        """Offer the accounts of the region."""
        super().__init__(*args, **more)
        chosen = self.fields["to"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101
        chosen.choices = [("", "请选择"), *people]


class DueForm(forms.Form):
    """Set the day."""

    due_on = DayField(label="清理期限", error_messages={"required": "请选择日子。"})


class TextForm(forms.Form):
    """A reason to put aside, or a remark."""

    text = forms.CharField(
        label="说明", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写几个字说明。"},
    )  # fmt: skip


class SettleForm(forms.Form):
    """The result of looking at a line of a law change."""

    result = forms.ChoiceField(
        label="核对结果",
        widget=forms.RadioSelect,
        error_messages={"required": "请选一个核对结果。"},
    )
    text = forms.CharField(
        label="说明", max_length=240, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="选“其他”的请写明。",
    )  # fmt: skip

    def __init__(self, *args: Any, item: UpkeepItem, **more: Any) -> None:
        """Offer the candidates of the old articles, the likeliest first."""
        super().__init__(*args, **more)
        chosen = self.fields["result"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101
        chosen.choices = [("same", NO_EFFECT), *candidates(item), ("other", "其他结果，写在下面")]

    def clean(self) -> dict[str, Any]:
        """Something else needs words."""
        given = super().clean() or {}
        if given.get("result") == "other" and not given.get("text", "").strip():
            self.add_error("text", "请写明核对结果。")
        return given

    def note(self) -> str:
        """The result as a sentence for the record."""
        label = dict(self.fields["result"].choices)[self.cleaned_data["result"]]  # type: ignore[attr-defined]
        said = self.cleaned_data["text"].strip()
        if self.cleaned_data["result"] == "other":
            return said
        return f"{label}。{said}" if said else f"{label}。"


def candidates(item: UpkeepItem) -> list[tuple[str, str]]:
    """已改到第…条, one choice per suggested new article."""
    near = sorted(
        ((new, place) for place in item.places.get("articles", []) for new in place["new"]),
        key=lambda pair: -pair[0]["like"],
    )
    found: dict[str, str] = {}
    for new, place in near:
        said = f"{CHANGED}{new['label']}（与原{place['label']}相像 {new['like']}%）"
        found.setdefault(f"node-{new['node']}", said)
    return list(found.items())


def first_due(item: UpkeepItem, on: date) -> date:
    """What the day field opens with: the day that stands, or today where that has passed."""
    return max(item.due_on, on)
