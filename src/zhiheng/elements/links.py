"""Who points at whom: links by key and by lists of codes, read from the models themselves."""

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from zhiheng.elements.models import ElementRecord
from zhiheng.elements.models.header import UNPUBLISHED

MOST = 200
"""So many are named; an element at which more point is ended by a notice, not by hand."""


@dataclass(frozen=True)
class Pointer:
    """One element that points at another, and through which field."""

    model: type[ElementRecord]
    row: ElementRecord
    field: str

    @property
    def kind(self) -> str:
        """The kind of element, in Chinese."""
        return str(self.model._meta.verbose_name)

    @property
    def title(self) -> str:
        """What it is called, with its code where it has one."""
        code = getattr(self.row, "code", "")
        text = str(self.row)
        return f"{text}（{code}）" if code and code not in text else text


def kinds() -> list[type[ElementRecord]]:
    """Every kind of element there is."""
    every = apps.get_app_config("elements").get_models()
    return [model for model in every if issubclass(model, ElementRecord)]


def pointing_fields(target: type[ElementRecord]) -> Iterator[tuple[type[ElementRecord], str, Any]]:
    """Fields of all kinds that may point at a kind: by key (`fk`) or by a list of codes (`list`)."""
    for model in kinds():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is target:
                yield model, "fk", field
        for name, kind in model.code_lists.items():
            if kind == target.__name__:
                yield model, "list", model._meta.get_field(name)


def pointing_at(*, row: ElementRecord, on: date) -> list[Pointer]:
    """Published elements that still hold on a day or later and point at this one (any version)."""
    found = []
    code = getattr(row, "code", "")
    for model, how, field in pointing_fields(type(row)):
        if how == "list" and not code:
            continue
        match = (
            Q(**{f"{field.name}__uid": row.uid})
            if how == "fk"
            else Q(**{f"{field.name}__contains": [code]})
        )
        rows = (
            model.objects.known()
            .exclude(status__in=UNPUBLISHED)
            .filter(match, Q(valid_until=None) | Q(valid_until__gt=on))
            .exclude(uid=row.uid)
            .select_related(*_named_by(model))
            .order_by("id")
        )
        found += [Pointer(model, one, str(field.verbose_name)) for one in rows[: MOST + 1]]
    return _once(found)


def closure(*, row: ElementRecord, on: date) -> list[Pointer]:
    """Everything that would dangle if this ended on a day, through any number of links."""
    found: dict[uuid.UUID, Pointer] = {}
    waiting = [row]
    while waiting and len(found) <= MOST:
        for pointer in pointing_at(row=waiting.pop(), on=on):
            if pointer.row.uid not in found and pointer.row.uid != row.uid:
                found[pointer.row.uid] = pointer
                waiting.append(pointer.row)
    return list(found.values())


def dangling(
    *, row: ElementRecord, on: date, also: Collection[uuid.UUID | str] = ()
) -> list[Pointer]:
    """Those left pointing at nothing if this ends on a day together with `also`."""
    ending = {str(one) for one in also}
    return [one for one in pointing_at(row=row, on=on) if str(one.row.uid) not in ending]


def missing_codes(*, row: ElementRecord) -> dict[str, str]:
    """Codes in lists that no element has while the row holds; a sentence per field."""
    problems = {}
    for name, target in row.code_lists.items():
        wanted = getattr(row, name)
        if not isinstance(wanted, list) or not all(isinstance(one, str) for one in wanted):
            problems[name] = "请一行写一个代码。"
            continue
        if not wanted:
            continue
        rows = apps.get_model("elements", target)._default_manager.filter(
            Q(valid_until=None) | Q(valid_until__gt=row.valid_from), known_until=None,
            code__in=wanted,
        ).exclude(status__in=UNPUBLISHED)  # fmt: skip
        if row.valid_until is not None:
            rows = rows.filter(valid_from__lt=row.valid_until)
        known = set(rows.values_list("code", flat=True))
        if absent := [one for one in wanted if one not in known]:
            label = apps.get_model("elements", target)._meta.verbose_name
            some = "、".join(absent[:5])
            problems[name] = f"{label}里没有代码 {some}，或者它不在有效期内。请核对代码。"
    return problems


def _once(found: list[Pointer]) -> list[Pointer]:
    """Each element once, though it may point through two fields or in two stretches."""
    seen: dict[uuid.UUID, Pointer] = {}
    for one in found:
        seen.setdefault(one.row.uid, one)
    return list(seen.values())


def _named_by(model: type[ElementRecord]) -> list[str]:
    """Links that the name of a row is made of."""
    return {"Grant": ["item", "body"], "BasisNode": ["basis"]}.get(model.__name__, [])
