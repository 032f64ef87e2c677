"""Fields of elements as data: which a register has, how a value is kept as JSON, how it reads.

One place for forms, differences, facts and the dictionary, so that a new field needs no other line.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models

from zhiheng.elements.models import ElementRecord
from zhiheng.kernel import ciphers, masking
from zhiheng.kernel.masking import mask_name
from zhiheng.web import words

HEADER = {f.name for f in ElementRecord._meta.get_fields() if isinstance(f, models.Field)}
KEPT_BY_PLATFORM = {"citizen_id_hash", "law_version", "law_node", "geometry"}
LAWS = {"law_version", "law_node"}
SEALED_SHOWN = "（已加密保存）"
_MASKS = {
    "citizen_id": masking.mask_citizen_id,
    "phone": masking.mask_phone,
    "contact": masking.mask_name,
    "service_address": masking.mask_address,
}


def own_fields(model: type[ElementRecord]) -> list[models.Field[Any, Any]]:
    """The fields that a kind adds to the common header, in order."""
    skip = HEADER | {"id"}
    return [f for f in model._meta.concrete_fields if f.name not in skip]


def editable_fields(model: type[ElementRecord]) -> list[models.Field[Any, Any]]:
    """The fields that a person fills in; what the platform computes is left out."""
    return [f for f in own_fields(model) if f.name not in KEPT_BY_PLATFORM]


def is_money(field: models.Field[Any, Any]) -> bool:
    """Whether the field holds cents."""
    return field.name.endswith("_cents")


def label_of(field: models.Field[Any, Any]) -> str:
    """The name on screen: money is shown in yuan, and sealed fields do not say how they lie."""
    return str(field.verbose_name).replace("（分）", "").replace("（加密）", "")


def encode(field: models.Field[Any, Any], value: Any) -> Any:
    """A value as JSON keeps it: dates as ISO, links as ids."""
    if isinstance(value, models.Model):
        return value.pk
    return value.isoformat() if isinstance(value, date) else value


def decode(field: models.Field[Any, Any], value: Any) -> Any:
    """The value again, for the column of the field (`attname`)."""
    if isinstance(field, models.DateField) and isinstance(value, str):
        return date.fromisoformat(value)
    return value


def columns(model: type[ElementRecord], values: dict[str, Any]) -> dict[str, Any]:
    """Kept values by column, as `services.amend` takes them."""
    fields = {f.name: f for f in own_fields(model)}
    return {
        fields[name].attname: decode(fields[name], value)
        for name, value in values.items()
        if name in fields
    }


def value_of(row: ElementRecord, field: models.Field[Any, Any]) -> Any:
    """What a row holds in a field, as JSON keeps it."""
    return encode(field, getattr(row, field.attname))


def same(model: type[ElementRecord], field: models.Field[Any, Any], one: Any, other: Any) -> bool:
    """Whether two kept values say the same; sealed ones are compared open, empties are alike."""
    if field.name in model.sealed_fields:
        one, other = (ciphers.open_field(v) if v else "" for v in (one, other))
    return one == other or (one in (None, "", []) and other in (None, "", []))


class Reader:
    """Writes kept values as words; names of linked elements are read once, all together."""

    def __init__(self, model: type[ElementRecord], *, open_personal: bool) -> None:
        self.model = model
        self.open_personal = open_personal
        self._names: dict[tuple[str, Any], str] = {}
        self._of_a_person = False

    def prepare(self, kept: Iterable[dict[str, Any]]) -> Reader:
        """Read the names behind the ids and codes of several rows: one query a linked table."""
        ids: dict[type[models.Model], set[Any]] = {}
        codes: dict[str, set[str]] = {}
        rows = list(kept)
        self._of_a_person |= any(row.get("kind") == "CITIZEN" for row in rows)
        for field in own_fields(self.model):
            found = [row[field.name] for row in rows if row.get(field.name) not in (None, "", [])]
            if isinstance(field, models.ForeignKey):
                ids.setdefault(field.related_model, set()).update(found)  # type: ignore[arg-type]
            elif target := self.model.code_lists.get(field.name):
                codes.setdefault(target, set()).update(*found)
        self._read(ids, codes)
        return self

    def _read(self, ids: dict[type[models.Model], set[Any]], codes: dict[str, set[str]]) -> None:
        for model, wanted in ids.items():
            if wanted:
                rows = model._default_manager.filter(pk__in=wanted)
                if model.__name__ == "BasisNode":
                    rows = rows.select_related("basis")
                self._names |= {(model.__name__, row.pk): str(row) for row in rows}
        for name, codes_wanted in codes.items():
            if codes_wanted:
                rows = apps.get_model("elements", name)._default_manager.filter(
                    code__in=codes_wanted, known_until=None
                )
                self._names |= {(name, row.code): _named(row) for row in rows.order_by("id")}

    def words(self, field: models.Field[Any, Any], value: Any) -> str:
        """A kept value as it is read on screen; personal data masked unless it may be open."""
        if value in (None, "", [], {}):
            return ""
        if field.name in self.model.sealed_fields:
            return self._sealed(field.name, value)
        if self._hidden(field.name):
            return masking.mask_address(value) if field.name == "address" else mask_name(value)
        if isinstance(field, models.ForeignKey):
            name = field.related_model.__name__  # type: ignore[union-attr]
            return self._names.get((name, value), f"编号 {value}")
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(field, models.BooleanField):
            return "是" if value else "否"
        if is_money(field):
            return words.yuan(value)
        return self._list(field.name, value) if isinstance(value, list) else words.day(value)

    def _hidden(self, name: str) -> bool:
        """A subject's representative, and a natural person's name and address (law.md H.2)."""
        if self.open_personal or self.model.__name__ != "Subject":
            return False
        person = self._of_a_person and name in ("name", "address")
        return person or name == "legal_representative"

    def _sealed(self, name: str, value: str) -> str:
        plain = ciphers.open_field(value)
        return plain if self.open_personal else _MASKS.get(name, lambda _: SEALED_SHOWN)(plain)

    def _list(self, name: str, value: list[Any]) -> str:
        if target := self.model.code_lists.get(name):
            return "\n".join(self._names.get((target, code), f"{code}（已不在）") for code in value)
        labels = dict(self.model.choice_lists.get(name, ()))
        return "\n".join(
            labels.get(one, one) if isinstance(one, str) else _line(one) for one in value
        )


def _named(row: Any) -> str:
    text = str(row)
    return text if row.code in text else f"{row.code} {text}"


def _line(one: Any) -> str:
    """An entry of a list: plain text, or a small table row with its money in yuan."""
    if not isinstance(one, dict):
        return str(one)
    parts = [_cell(key, value) for key, value in one.items() if value not in ("", None)]
    return "，".join(parts)


def _cell(key: str, value: Any) -> str:
    """One cell of a small table: money in yuan, multiples as such."""
    if key.endswith("_hundredths"):
        return f"{value / 100:g} 倍"
    return words.yuan(value) if key.endswith("_cents") else str(value)
