"""What is typed at the public page and by the finance side."""

import re
import uuid
from typing import Any

from django import forms

LAST_FOUR = re.compile(r"[0-9]{3}[0-9A-Za-z]|[0-9A-Za-z]{4}")


class CodeForm(forms.Form):
    """The code that stands on the payment slip."""

    code = forms.CharField(
        label="缴款码", max_length=40, help_text="缴款单、决定书上的 18 位数字。",
        error_messages={"required": "请输入缴款码。"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        """Digits alone."""
        code = re.sub(r"\D", "", self.cleaned_data["code"])
        if len(code) != 18:
            raise forms.ValidationError("缴款码是 18 位数字，请对照缴款单再输一次。")
        return code


class ProofForm(forms.Form):
    """The second factor: the last four of the party's own number."""

    last_four = forms.CharField(
        label="当事人证件或信用代码的末四位", max_length=4, min_length=4,
        help_text="公民为身份证号末四位，单位为统一社会信用代码末四位。",
        error_messages={"required": "请输入末四位。", "min_length": "请输入末四位。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class PayForm(forms.Form):
    """Paying at the simulated gateway."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    channel = forms.ChoiceField(
        label="怎么缴", choices=(("ELECTRONIC", "电子支付（模拟）"), ("BANK", "代收银行（模拟）")),
        widget=forms.RadioSelect, initial="ELECTRONIC",
    )  # fmt: skip
    cents = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, **more: Any) -> None:
        """A key of its own, so that a second click is the same payment."""
        super().__init__(*args, **more)
        self.fields["key"].initial = uuid.uuid4().hex


class RefundForm(forms.Form):
    """Money was given back."""

    refund = forms.IntegerField(widget=forms.HiddenInput)
    paid_back_on = forms.DateField(label="退还日期", widget=forms.DateInput(attrs={"type": "date"}))
    voucher_no = forms.CharField(
        label="退付凭证号", max_length=60, error_messages={"required": "请填写退付凭证号。"}
    )


class CashForm(forms.Form):
    """Cash taken on the spot was handed in, or paid to the bank."""

    payment = forms.IntegerField(widget=forms.HiddenInput)
    what = forms.ChoiceField(
        label="做了什么", choices=(("handed", "已交回机关"), ("banked", "已缴付银行")),
        widget=forms.RadioSelect, initial="handed",
    )  # fmt: skip
    on = forms.DateField(label="日期", widget=forms.DateInput(attrs={"type": "date"}))
