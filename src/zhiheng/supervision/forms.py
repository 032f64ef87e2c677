"""What the screens of supervision ask."""

import uuid

from django import forms

from zhiheng.supervision.models import OUTCOMES

LONGEST = 2000


def _key() -> str:
    return uuid.uuid4().hex


class ExplanationForm(forms.Form):
    """How it came."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=40, initial=_key)
    text = forms.CharField(
        label="情况说明", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写清事情的经过和原因；只写一次，写后不能改。",
        error_messages={"required": "请写明情况，比如为什么晚了、做了哪些补救。"},
    )  # fmt: skip


class VerificationForm(forms.Form):
    """What was found."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=40, initial=_key)
    outcome = forms.ChoiceField(
        label="核实结论", choices=OUTCOMES,
        widget=forms.RadioSelect, error_messages={"required": "请选择核实结论。"},
    )  # fmt: skip
    text = forms.CharField(
        label="核实情况", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写清看了什么材料、怎么认定；办理人和其机关负责人看得到，写后不能改。",
        error_messages={"required": "请写明核实了什么、依据是什么。"},
    )  # fmt: skip
