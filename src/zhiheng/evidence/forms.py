"""Forms of evidence: uploading a file, verifying, excluding."""

import uuid

from django import forms

from zhiheng.evidence.models import EvidenceItem
from zhiheng.evidence.policies import EXCLUSIONS, EXTENSIONS

ACCEPT = ",".join(sorted(EXTENSIONS.values()))


class UploadForm(forms.Form):
    """A file and what makes it evidence: kind, time, place, source, what it proves."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    file = forms.FileField(
        label="文件", widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        help_text="照片、PDF、录音、录像、Word 或 Excel，不超过 200 兆字节；上传时固定摘要，原件不会被改动。",
        error_messages={"required": "请选择要上传的文件。", "empty": "文件是空的，请重新选择。"},
    )  # fmt: skip
    kind = forms.ChoiceField(label="证据种类", choices=EvidenceItem.Kind.choices)
    title = forms.CharField(
        label="名称", max_length=120, help_text="例如：排烟管口照片。",
        error_messages={"required": "请给证据起一个名称。"},
    )  # fmt: skip
    collected_at = forms.DateTimeField(
        label="收集时间", help_text="例如 2026-11-21 14:05。",
        error_messages={"required": "请填写收集时间。", "invalid": "时间请写成 2026-11-21 14:05 这样。"},
    )  # fmt: skip
    place = forms.CharField(
        label="收集地点", max_length=200, error_messages={"required": "请填写收集地点。"}
    )
    source = forms.CharField(
        label="来源", max_length=200, help_text="由谁提供，或者由谁用什么设备拍摄、制作。",
        error_messages={"required": "请填写来源。"},
    )  # fmt: skip
    proves = forms.CharField(
        label="证明什么", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    description = forms.CharField(
        label="说明", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    @staticmethod
    def fresh(*, at: str) -> "UploadForm":
        """An empty form with its own key, the time filled in."""
        return UploadForm(initial={"key": uuid.uuid4().hex, "collected_at": at})


class VerifyForm(forms.Form):
    """How the evidence was verified."""

    note = forms.CharField(
        label="核实情况", max_length=300, help_text="例如：与原件核对一致，与现场笔录相互印证。",
        error_messages={"required": "请写明怎样核实的。"},
    )  # fmt: skip


class ExcludeForm(forms.Form):
    """Why the evidence may not be used."""

    ground = forms.ChoiceField(
        label="排除的情形", choices=[("", "请选择"), *EXCLUSIONS.items()],
        error_messages={"required": "请选择排除的情形。"},
    )  # fmt: skip
    reason = forms.CharField(
        label="具体理由", max_length=260, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明排除的理由。"},
    )  # fmt: skip
