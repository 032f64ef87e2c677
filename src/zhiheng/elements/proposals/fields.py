"""A form field for each kind of column: what people type, and how a kept value is shown in it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from zhiheng.elements import keys, values
from zhiheng.elements.models import ElementRecord
from zhiheng.kernel import ciphers
from zhiheng.kernel.errors import Invalid
from zhiheng.kernel.money import parse_yuan
from zhiheng.web import words
from zhiheng.web.fields import DayField, LinesField, WholeField, YesNoField, YuanField
from zhiheng.web.widgets import LinesInput

SHOWN_IN_LIST, SUGGESTED, TICKED, OPEN = 80, 200, 30, 7
TABLES: dict[str, tuple[tuple[str, str], ...]] = {
    "tiers": (
        ("tier", "代号"), ("title", "档次"), ("min_cents", "下限元"), ("max_cents", "上限元"),
        ("when", "条件"),
    ),
    "fine_rules": (
        ("party", "对象"), ("when", "情形"), ("min_cents", "下限元"), ("max_cents", "上限元"),
        ("base", "基数"), ("min_hundredths", "下限倍"), ("max_hundredths", "上限倍"),
    ),
    "permits": (("type", "许可"), ("no", "编号"), ("from", "起"), ("to", "止")),
}  # fmt: skip


class SuggestInput(forms.TextInput):
    """A text input with suggestions that the browser itself offers."""

    def __init__(self, options: list[tuple[str, str]]) -> None:
        super().__init__({"autocomplete": "off"})
        self.options = options

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The input, and its list beside it."""
        number = f"list_{name}"
        box = super().render(name, value, {**(attrs or {}), "list": number}, renderer)
        lines = format_html_join("", '<option value="{}">{}</option>', self.options)
        return format_html('{}<datalist id="{}">{}</datalist>', box, number, lines)


class LinkField(forms.CharField):
    """A link to one element, named by its code; the cleaned value is the version's id."""

    def __init__(self, *, model: Any, on: date, **more: Any) -> None:
        rows = list(keys.rows_for(model, on)[: SUGGESTED + 1])
        options = [(keys.key_of(row), keys.label(row)) for row in rows]
        widget: forms.Widget = SuggestInput(options[:SUGGESTED] if len(rows) <= SUGGESTED else [])
        if len(rows) <= SHOWN_IN_LIST:
            once = list(dict(options).items())
            widget = forms.Select(choices=[("", "请选择"), *once])
            more["help_text"] = ""
        super().__init__(widget=widget, **more)
        self.model, self.on = model, on

    def clean(self, value: Any) -> Any:
        """The id of the version named; a sentence when nothing or too much answers to it."""
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        found = keys.find(self.model, text, self.on)
        label = self.model._meta.verbose_name
        if not found:
            raise ValidationError(f"没有“{text}”这个{label}，或者它已经终止。请核对代码。")
        if len(found) > 1:
            raise ValidationError(f"叫“{text}”的{label}不止一个，请改写代码。")
        return found[0].pk


class RowsField(LinesField):
    """A small table, one row a line, columns set apart by a bar."""

    def __init__(self, *, name: str, **more: Any) -> None:
        self.columns, self.may_lack = TABLES[name], name == "fine_rules"
        heads = " | ".join(head for _, head in self.columns)
        super().__init__(help_text=f"一行一条，用竖线隔开：{heads}", **more)

    def prepare_value(self, value: Any) -> Any:
        """Kept rows as lines."""
        if not isinstance(value, list):
            return value
        return "\n".join(self._line(row) if isinstance(row, dict) else str(row) for row in value)

    def to_python(self, value: Any) -> Any:
        """Lines as rows."""
        return [self._row(line) for line in super().to_python(value)]

    def _line(self, row: dict[str, Any]) -> str:
        return " | ".join(_typed(key, row.get(key)) for key, _ in self.columns[: self._width(row)])

    def _width(self, row: dict[str, Any]) -> int:
        """Columns up to the last one that the row has."""
        return max((n for n, (key, _) in enumerate(self.columns, 1) if key in row), default=0)

    def _row(self, line: str) -> dict[str, Any]:
        cells = [cell.strip() for cell in line.replace("｜", "|").split("|")]
        if len(cells) > len(self.columns):
            raise ValidationError(f"“{line[:20]}”的竖线多了，一行最多 {len(self.columns)} 格。")
        row: dict[str, Any] = {}
        for (key, head), cell in zip(self.columns, cells, strict=False):
            try:
                row[key] = _read(key, cell, may_lack=self.may_lack)
            except Invalid as wrong:
                raise ValidationError(f"“{line[:20]}”的{head}：{wrong}") from None
        return {key: cell for key, cell in row.items() if cell is not None or "_cents" in key}


def _typed(key: str, value: Any) -> str:
    """A kept cell as people type it."""
    if value is None or not key.endswith(("_cents", "_hundredths")):
        return str(value or "")
    return words.yuan(value).removesuffix(" 元") if key.endswith("_cents") else f"{value / 100:g}"


def _read(key: str, cell: str, *, may_lack: bool) -> Any:
    """A typed cell as it is kept; a multiple in hundredths, as money in cents."""
    if not key.endswith(("_cents", "_hundredths")):
        return cell
    return parse_yuan(cell) if cell or not may_lack else None


class CodesField(forms.MultipleChoiceField):
    """Codes to tick; one that has ended meanwhile stays ticked until somebody takes it out."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        """Codes kept earlier that are no longer offered are offered all the same."""
        offered: list[tuple[str, str]] = list(self.choices)  # type: ignore[arg-type]
        known = {code for code, _ in offered}
        gone = [one for one in value or () if one not in known]
        if gone:
            self.choices = [*offered, *((one, f"{one}（已终止）") for one in gone)]
        return value


class SealedField(forms.CharField):
    """A personal number or name: kept sealed; left empty it stays as it is."""

    def clean(self, value: Any) -> Any:
        """Sealed, or None for "as it is"."""
        plain = str(super().clean(value) or "").strip()
        return ciphers.seal_field(plain) if plain else None


def field_for(
    *, model: type[ElementRecord], column: models.Field[Any, Any], on: date, fresh: bool
) -> forms.Field:
    """The form field of a column."""
    common: dict[str, Any] = {
        "label": values.label_of(column), "required": not column.blank,
        "error_messages": {"required": f"请填写{values.label_of(column)}。"},
    }  # fmt: skip
    name = column.name
    if name in model.sealed_fields:
        note = "加密保存。" if fresh else "加密保存；不改就空着。"
        return SealedField(help_text=note, max_length=200, **common | {"required": False})
    if isinstance(column, models.ForeignKey):
        hint = keys.HINTS.get(column.related_model, "写代码。")  # type: ignore[arg-type]
        return LinkField(model=column.related_model, on=on, help_text=hint, **common)
    if isinstance(column, models.JSONField | ArrayField):
        return _list_field(model, name, on, common)
    return _plain_field(column, common)


def _list_field(
    model: type[ElementRecord], name: str, on: date, common: dict[str, Any]
) -> forms.Field:
    if name in TABLES:
        return RowsField(name=name, **common)
    if pairs := model.choice_lists.get(name):
        return forms.MultipleChoiceField(
            choices=pairs, widget=forms.CheckboxSelectMultiple, **common
        )
    note = "一行写一条。"
    if target := model.code_lists.get(name):
        kind = apps.get_model("elements", target)
        rows = list(keys.rows_for(kind, on)[: TICKED + 1])
        if len(rows) <= TICKED:
            once = {row.code: keys.label(row) for row in rows}
            return CodesField(choices=list(once.items()), **common)
        note = f"一行写一个{kind._meta.verbose_name}代码，例如 {rows[0].code}。"
    return LinesField(max_length=20_000, help_text=note, widget=LinesInput({"rows": 3}), **common)


def _plain_field(column: models.Field[Any, Any], common: dict[str, Any]) -> forms.Field:
    if isinstance(column, models.BooleanField):
        return YesNoField(**common | {"required": True})
    if column.choices:
        few = len(column.flatchoices) <= OPEN
        blank = [] if few and common["required"] else [("", "请选择")]
        widget = forms.RadioSelect if few else forms.Select
        return forms.ChoiceField(choices=[*blank, *column.flatchoices], widget=widget, **common)
    if values.is_money(column):
        return YuanField(help_text="单位：元。", **common)
    if isinstance(column, models.DateField):
        return DayField(**common)
    if isinstance(column, models.FloatField):
        return forms.FloatField(widget=forms.TextInput({"inputmode": "decimal"}), **common)
    if isinstance(column, models.IntegerField):
        return WholeField(min_value=0, widget=forms.TextInput({"inputmode": "numeric"}), **common)
    if isinstance(column, models.TextField):
        return forms.CharField(widget=forms.Textarea({"rows": 3}), max_length=20_000, **common)
    return forms.CharField(max_length=column.max_length, **common)
