"""How people name an element when they link to it: by its code, or by what stands for one."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from zhiheng.elements.models import BasisNode, ElementRecord, Grant, Officer
from zhiheng.elements.models.header import UNPUBLISHED
from zhiheng.laws import api as laws
from zhiheng.people.api import Account

HINTS: dict[type[models.Model], str] = {
    BasisNode: "写《法名》第几条第几款第几项；登记簿里有的会提示。",
    Grant: "写“事项编码@主体代码”，例如 QH-CG-001@QH-ZF。",
    Officer: "写执法证号。",
    Account: "写登录名。",
}
_NAMES = ("name", "title", "matter")


def key_of(row: Any) -> str:
    """What a person would type to name this row."""
    if isinstance(row, BasisNode):
        return _key_of_node(row)
    if isinstance(row, Grant):
        return f"{row.item.code}@{row.body.code}"
    if isinstance(row, Officer):
        return row.certificate_no
    return row.username if isinstance(row, Account) else row.code


def _key_of_node(node: BasisNode) -> str:
    """The provision as it is cited; by code and digits where those words do not lead back to it."""
    place = (node.article, node.paragraph, node.item)
    read = [(one.article, one.paragraph, one.item) for one in laws.recognise(str(node))]
    if read == [place]:
        return str(node)
    return f"{node.basis.code} {'.'.join(filter(None, place))}"


def label(row: Any) -> str:
    """Key and name, for a list to choose from."""
    key, text = key_of(row), str(row)
    return text if key in text else f"{key}　{text}"


def rows_for(model: Any, on: date) -> models.QuerySet[Any]:
    """What may be linked to: published and not ended on a day; accounts in use."""
    if model is Account:
        return Account.objects.filter(is_active=True).order_by("username")
    related = {BasisNode: ("basis",), Grant: ("item", "body")}.get(model, ())
    rows = model.objects.known().exclude(status__in=UNPUBLISHED)
    open_ = Q(valid_until=None) | Q(valid_until__gt=on)
    return rows.filter(open_).select_related(*related).order_by("id")


def find(model: Any, text: str, on: date) -> list[Any]:
    """Rows that a typed key names: by key, else by exact name; elements once each."""
    plain = text.split("　")[0].strip()
    rows = rows_for(model, on)
    found = list(rows.filter(_by_key(model, plain))[:20])
    if not found and model is not Account:
        for name in _NAMES:
            if any(f.name == name for f in model._meta.fields):
                found += list(rows.filter(**{name: text.strip()})[:20])
    return _newest(found, on)


def _by_key(model: Any, plain: str) -> Q:
    if model is BasisNode:
        if cited := next((one for one in laws.recognise(plain) if one.article), None):
            short = laws.plain_title(cited.title)
            return Q(
                basis__title__in={cited.title, short, f"{laws.PREFIX}{short}"},
                article=cited.article, paragraph=cited.paragraph, item=cited.item,
            )  # fmt: skip
        code, _, place = plain.partition(" ")
        article, paragraph, item = ([*place.strip().split("."), "", "", ""])[:3]
        return Q(basis__code=code, article=article, paragraph=paragraph, item=item)
    if model is Grant:
        item_code, _, body_code = plain.partition("@")
        return Q(item__code__iexact=item_code, body__code__iexact=body_code)
    if model is Officer:
        return Q(certificate_no=plain)
    return Q(username=plain) if model is Account else Q(code__iexact=plain)


def _newest(found: Iterable[Any], on: date) -> list[Any]:
    """Of each element the stretch that holds on the day, else the latest one."""
    best: dict[Any, Any] = {}
    for row in found:
        if not isinstance(row, ElementRecord):
            best[row.pk] = row
            continue
        earlier = best.get(row.uid)
        holds = row.valid_from <= on and row.ends_after(on)
        if earlier is None or holds:
            best[row.uid] = row
    return list(best.values())
