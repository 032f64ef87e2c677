"""Forms of the law corpus: what is compared, on which days."""

from typing import Any

from django import forms

from zhiheng.laws.citations import Citation, recognise
from zhiheng.web.fields import DayField
from zhiheng.web.widgets import DayInput

HINT = "写成“《某某法》第几条第几款第几项”。"


class CitationField(forms.CharField):
    """A citation as one writes it; becomes a `Citation`."""

    def clean(self, value: Any) -> Citation | None:
        text = super().clean(value)
        if not text:
            return None
        found = [
            one for one in recognise(text if "《" in text else _bracketed(text)) if one.article
        ]
        if not found:
            raise forms.ValidationError(f"没有认出是哪一条。{HINT}")
        return found[0]


class LighterForm(forms.Form):
    """Which place was broken, when, and when it is decided; the successor only where law moved."""

    cited = CitationField(
        label="违反或适用的条款", max_length=200, help_text=HINT,
        error_messages={"required": f"请写明是哪一条。{HINT}"},
    )  # fmt: skip
    acted_on = DayField(
        label="行为发生日", widget=DayInput(), error_messages={"required": "请填写行为发生的日子。"}
    )
    decided_on = DayField(
        label="决定日", widget=DayInput(), error_messages={"required": "请填写作出决定的日子。"}
    )
    successor = CitationField(
        label="新法的对应条款", max_length=200, required=False,
        help_text="旧法被别的法取代时由您选定；空着就比同一条。",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        acted, decided = data.get("acted_on"), data.get("decided_on")
        if acted and decided and decided < acted:
            self.add_error("decided_on", "决定日早于行为发生日，请核对。")
        return data


def _bracketed(text: str) -> str:
    """某某法第三条 with the brackets put in."""
    title, mark, place = text.partition("第")
    return f"《{title.strip()}》{mark}{place}"
