"""The dictionary of a register: every field with its name, meaning, type and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.db import models

from zhiheng.elements import values
from zhiheng.elements.models import ElementRecord
from zhiheng.elements.registers import Register

_FILE = Path(__file__).with_name("dictionary.yaml")
_BY_PLATFORM = {
    "uid", "source_sys", "known_from", "known_until", "version", "status", "citizen_id_hash",
}  # fmt: skip


@dataclass(frozen=True)
class FieldWords:
    """One line of the dictionary."""

    name: str
    label: str
    meaning: str
    type: str
    source: str
    required: bool


@cache
def _meanings() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return found


def dictionary(register: Register) -> list[FieldWords]:
    """Every field of a register: its own first, then the header that all elements share."""
    own = values.own_fields(register.model)
    header = [f for f in register.model._meta.concrete_fields if f.name in values.HEADER]
    return [_words(register, f) for f in own] + [_words(register, f) for f in header]


def _words(register: Register, field: models.Field[Any, Any]) -> FieldWords:
    said = _meanings()
    own = said.get(register.slug, {})
    general = said["header"] if field.name in values.HEADER else said["common"]
    return FieldWords(
        name=field.name,
        label=values.label_of(field),
        meaning=own.get(field.name) or general.get(field.name, ""),
        type=_type(register.model, field),
        source=_source(register.model, field),
        required=not (field.blank or field.null or field.has_default()),
    )


def _type(model: type[ElementRecord], field: models.Field[Any, Any]) -> str:
    if isinstance(field, models.ForeignKey):
        return f"指向{_kind(field)}"
    if target := model.code_lists.get(field.name):
        return f"{apps.get_model('elements', target)._meta.verbose_name}代码，可多个"
    if field.name in model.choice_lists:
        return "从列表选，可多个"
    if field.choices:
        return "从列表选：" + "、".join(str(label) for _, label in field.flatchoices)
    if values.is_money(field):
        return "金额（元）"
    if isinstance(field, models.CharField):
        return f"文字，最多 {field.max_length} 字"
    kinds: tuple[tuple[type[models.Field[Any, Any]], str], ...] = (
        (models.DateTimeField, "时刻"), (models.DateField, "日期"), (models.BooleanField, "是或否"),
        (models.JSONField, "多条"), (models.FloatField, "小数"), (models.IntegerField, "整数"),
        (models.UUIDField, "标识"),
    )  # fmt: skip
    return next((word for kind, word in kinds if isinstance(field, kind)), "文字")


def _source(model: type[ElementRecord], field: models.Field[Any, Any]) -> str:
    if field.name in _BY_PLATFORM:
        return "平台生成"
    if field.name in values.LAWS:
        return "法条库"
    if field.name == "approved_by":
        return "发布时记下"
    if field.name in model.sealed_fields:
        return "登记时填写，加密保存"
    if isinstance(field, models.ForeignKey):
        return f"从{_kind(field)}里选"
    if target := model.code_lists.get(field.name):
        return f"从{apps.get_model('elements', target)._meta.verbose_name}里选"
    return "登记时填写"


def _kind(field: models.ForeignKey[Any, Any]) -> str:
    return str(field.related_model._meta.verbose_name)  # type: ignore[union-attr]
