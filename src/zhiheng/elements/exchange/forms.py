"""Forms of import and export."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from zhiheng.elements.exchange.columns import Column, columns_of
from zhiheng.elements.models import ImportBatch
from zhiheng.elements.registers import get_register
from zhiheng.web.fields import DayField

LEAVE = "-"
"""A column that is not brought in."""


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label="文件", widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=".xlsx 或 .csv，不超过 50 兆字节、20 万行。",
        error_messages={"required": "请选择要上传的文件。", "empty": "文件是空的，请重新选择。"},
    )  # fmt: skip


class ColumnsForm(forms.Form):
    """For each column of the file the field it goes to; and the day for rows that name none."""

    valid_from = DayField(
        label="从哪天起", help_text="表里没有“生效日”，或者留空的行，从这一天起变更或生效。",
        error_messages={"required": "请填写从哪天起。"},
    )  # fmt: skip

    def __init__(
        self, *args: Any, batch: ImportBatch, samples: Sequence[str] = (), **more: Any
    ) -> None:
        more.setdefault("initial", {"valid_from": batch.valid_from.isoformat()})
        super().__init__(*args, **more)
        self.count = len(batch.header)
        columns = columns_of(get_register(slug=batch.register).model)
        choices = [(LEAVE, "不导入这一列"), *((one.name, _label(one)) for one in columns)]
        for at, title in enumerate(batch.header):
            self.fields[f"c{at}"] = forms.ChoiceField(
                label=title or f"（第 {at + 1} 列，没有表头）", choices=choices,
                initial=batch.mapping[at] or LEAVE,
                help_text=f"表里填的：{samples[at]}" if at < len(samples) and samples[at] else "",
            )  # fmt: skip

    def mapping(self) -> list[str]:
        """The chosen field of each column."""
        chosen = [self.cleaned_data[f"c{at}"] for at in range(self.count)]
        return ["" if name == LEAVE else name for name in chosen]

    def day(self) -> date:
        """The chosen day."""
        chosen: date = self.cleaned_data["valid_from"]
        return chosen


def _label(column: Column) -> str:
    return f"{column.title}（必填）" if column.required else column.title


class ExportForm(forms.Form):
    """What to take away, and in which form."""

    q = forms.CharField(label="查找词", required=False, max_length=200)
    on = DayField(label="看哪一天", error_messages={"required": "请填写看哪一天。"})
    form = forms.ChoiceField(
        label="格式", widget=forms.RadioSelect,
        choices=[("xlsx", "Excel 工作簿（.xlsx）"), ("csv", "CSV（UTF-8）")],
        error_messages={"required": "请选择格式。"},
    )  # fmt: skip
