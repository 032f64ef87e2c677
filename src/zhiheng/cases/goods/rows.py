"""The list of things on a form: one row a thing, kept as canonical JSON in one text fact.

Works without JavaScript: rows left empty do not count, and a button asks for more of them.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from zhiheng.kernel import money
from zhiheng.kernel.errors import Invalid

MORE = "more_rows"
FIRST, STEP, MOST = 3, 3, 200
LARGEST = Decimal("99999999999")


@dataclass(frozen=True)
class Column:
    """One column of the list."""

    name: str
    label: str
    most: int
    mode: str = "text"
    required: bool = False


COLUMNS = (
    Column("name", "名称", 100, required=True), Column("quantity", "数量", 16, "decimal", required=True),
    Column("unit", "单位", 16, required=True), Column("spec", "规格、特征", 200),
    Column("value", "价值（元）", 16, "decimal"), Column("seal_no", "封条号", 40),
)  # fmt: skip


class RowsInput(forms.Widget):
    """Inputs named `<field>-<row>-<column>`; `photos` offers pictures of the case."""

    kind = "rows"

    def __init__(self, photos: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.photos = photos

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> list[dict[str, str]]:
        """The rows that were posted, empty ones left out."""
        rows = []
        for number in range(MOST):
            if f"{name}-{number}-name" not in data:
                break
            row = {c.name: str(data.get(f"{name}-{number}-{c.name}", "")).strip() for c in COLUMNS}
            row["photo"] = str(data.get(f"{name}-{number}-photo", ""))
            if any(value for key, value in row.items() if key not in ("photo",)):
                rows.append(row)
        return rows

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> bool:
        """Whether the form was sent without the list."""
        return f"{name}-0-name" not in data

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The rows filled in, and some empty ones."""
        rows = as_rows(value)
        empty = max(FIRST - len(rows), 1) + (STEP if self._more else 0)
        shown = [*rows, *({} for _ in range(empty))][:MOST]
        lines = [
            {
                "number": at + 1, "photo": row.get("photo", ""), "photo_name": f"{name}-{at}-photo",
                "cells": [(c, f"{name}-{at}-{c.name}", row.get(c.name, "")) for c in COLUMNS],
            }
            for at, row in enumerate(shown)
        ]  # fmt: skip
        return render_to_string(
            "cases/_goods_rows.html",
            {"lines": lines, "photos": self.photos, "id": (attrs or {}).get("id", ""), "more": MORE},
        )  # fmt: skip

    _more = False

    def ask_more(self) -> None:
        """More empty rows the next time."""
        self._more = True

    def id_for_label(self, id_: str, index: str | int | None = None) -> str:
        """The first cell."""
        return f"{id_}-0-name" if id_ else id_


class RowsField(forms.Field):
    """A list of things; `cleaned` is canonical JSON text, empty for no rows."""

    def __init__(self, photos: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(widget=RowsInput(photos), **more)
        self.known = {code for code, _ in photos}

    def clean(self, value: Any) -> str:
        """The list as the step keeps it; each fault by the number of its row."""
        rows, wrong = [], []
        for number, row in enumerate(value or [], start=1):
            try:
                rows.append(clean_row(row, self.known))
            except Invalid as fault:
                wrong.append(f"第 {number} 行：{fault.message}")
        if wrong:
            raise ValidationError(wrong, code="rows")
        if self.required and not rows:
            raise ValidationError("清单还是空的，请至少填一行。", code="required")
        return as_text(rows) if rows else ""


def clean_row(row: Mapping[str, Any], photos: set[str]) -> dict[str, Any]:
    """One row in its types.

    Raises:
        Invalid: something is missing or is not what it should be.
    """
    for column in COLUMNS:
        if column.required and not row.get(column.name):
            raise Invalid(f"请填写{column.label}。")
        if len(str(row.get(column.name, ""))) > column.most:
            raise Invalid(f"{column.label}最多 {column.most} 个字。")
    value = str(row.get("value") or "")
    photo = str(row.get("photo") or "")
    return {
        "name": row["name"], "quantity": _quantity(str(row["quantity"])), "unit": row["unit"],
        "spec": row.get("spec", ""), "seal_no": row.get("seal_no", ""),
        "value_cents": money.parse_yuan(value) if value else None,
        "photos": [int(photo)] if photo in photos else [],
    }  # fmt: skip


def _quantity(text: str) -> str:
    try:
        amount = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise Invalid("数量请写数字，例如 2 或 1.5。") from None
    if not amount.is_finite() or not 0 < amount <= LARGEST:
        raise Invalid("数量要大于零，也不能大得离谱。")
    if amount != amount.quantize(Decimal("0.001")):
        raise Invalid("数量最多三位小数。")
    return f"{amount.normalize():f}"


def as_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as canonical JSON."""
    return json.dumps(list(rows), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def rows_of(text: str) -> list[dict[str, Any]]:
    """The rows that a fact holds."""
    if not text:
        return []
    found = json.loads(text)
    return [dict(row) for row in found]


def as_rows(value: Any) -> list[dict[str, str]]:
    """Rows as the form shows them, from what was posted or from the fact."""
    if isinstance(value, str):
        shown = []
        for row in rows_of(value):
            cents, photos = row.pop("value_cents", None), row.pop("photos", [])
            shown.append({
                **row, "value": "" if cents is None else money.yuan(cents),
                "photo": str(photos[0]) if photos else "",
            })  # fmt: skip
        return shown
    return list(value or [])
