"""Forms of the public check."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from zhiheng.documents import policies

LIMIT = 100 * 1024 * 1024


class CodeForm(forms.Form):
    """A check code as it is printed at the foot of a document."""

    code = forms.CharField(
        label="核验码",
        max_length=40,
        help_text="文书每页左下角的 16 位字母和数字，空格可写可不写。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
        error_messages={"required": "请输入核验码。"},
    )  # fmt: skip

    def clean_code(self) -> str:
        """The tidied code."""
        code = policies.normal_check_code(text=self.cleaned_data["code"])
        if not policies.CHECK_CODE.fullmatch(code):
            raise ValidationError("核验码是 16 位字母和数字，请对照文书左下角再输一次。")
        return code


class CompareForm(forms.Form):
    """A PDF to compare with the stored one."""

    file = forms.FileField(
        label="电子文书（PDF）",
        help_text="只比对摘要，不保存您的文件。",
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={"required": "请选择要比对的文件。", "empty": "文件是空的，请重新选择。"},
    )

    def clean_file(self) -> Any:
        """Not too large."""
        upload = self.cleaned_data["file"]
        if upload.size > LIMIT:
            raise ValidationError("文件超过 100 兆字节，不是本平台的文书。")
        return upload
