"""Forms of merging and parting."""

from django import forms


class MergeForm(forms.Form):
    """Why the two are one."""

    reason = forms.CharField(
        label="合并理由", max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text="例如：经核对营业执照，是同一家店。",
        error_messages={"required": "请写明凭什么认定是同一个对象。"},
    )  # fmt: skip


class UndoForm(forms.Form):
    """Why they are not."""

    reason = forms.CharField(
        label="撤销理由", max_length=500, widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "请写明为什么要分开。"},
    )  # fmt: skip
