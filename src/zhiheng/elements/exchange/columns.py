"""The columns of a register, found out from its model: a new register needs nothing here."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models

from zhiheng.elements.models import ElementRecord, Grant, Item, Officer, Status, Subject
from zhiheng.elements.models.penalties import PENALTY_KINDS

Kind = Literal[
    "uid", "text", "int", "float", "bool", "date", "money", "choice", "list", "json", "link",
    "account", "sealed",
]  # fmt: skip
_LEFT_OUT = {
    "id", "known_from", "known_until", "version", "approved_by", "source_sys", "source_id",
}  # fmt: skip
_LAST = ("status", "valid_from", "valid_until", "region_code", "owner", "approve_doc", "uid")
# What the words of a list may be: the model cannot say so itself.
_WORDS: dict[str, Sequence[tuple[str, str]]] = {
    "domains": Item.Domain.choices,
    "cert_category": Item.Domain.choices,
    "penalty_kinds": PENALTY_KINDS,
}
_OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "code": ("编码", "代码", "编号", "事项代码", "主体编码"),
    "name": ("姓名", "全称", "主体名称", "事项名称", "单位名称", "企业名称", "当事人"),
    "title": ("名称", "标题", "全称"),
    "uscc": ("信用代码", "社会信用代码", "统一代码"),
    "citizen_id": ("身份证号", "身份证号码", "身份证", "公民身份证号码"),
    "phone": ("电话", "手机", "手机号", "联系方式"),
    "address": ("住址", "住所", "经营地址", "注册地址"),
    "certificate_no": ("证号", "证件号", "执法证编号", "执法证号码"),
    "body": ("单位", "所属单位", "执法主体", "主体代码"),
    "item": ("事项编码", "执法事项"),
    "valid_from": ("生效日期", "开始日期", "有效期起", "起始日"),
    "valid_until": ("失效日期", "结束日期", "终止日"),
    "region_code": ("行政区划", "区划", "行政区划代码", "地区代码"),
    "legal_representative": ("法定代表人", "负责人", "经营者"),
    "owner": ("责任人登录名", "维护人"),
    "uid": ("标识", "UUID"),
}
# Personal fields beside those that are sealed, and how each is masked.
_PERSONAL: dict[tuple[str, str], str] = {
    ("Subject", "legal_representative"): "name",
    ("Subject", "name"): "citizen name",
    ("Subject", "address"): "citizen address",
}
_NATURAL: dict[type[models.Model], tuple[str, ...]] = {
    Grant: ("item", "body", "region_code", "mode"),
    Subject: ("uscc", "citizen_id", "name", "region_code", "address"),
    Officer: ("certificate_no",),
}


@dataclass(frozen=True)
class Column:
    """One column of a register's sheet.

    `name` is the model's field; `masked` says how the field is hidden ("" for not personal);
    `clearable`: an empty cell makes the field empty, else it leaves what was there.
    """

    name: str
    title: str
    kind: Kind
    required: bool = False
    clearable: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    other_names: tuple[str, ...] = ()
    target: Any = None
    limit: int = 0
    masked: str = ""
    attname: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All titles by which the column may be found."""
        return (self.title, *self.other_names)


@cache
def columns_of(model: type[ElementRecord]) -> tuple[Column, ...]:
    """The columns of a register in the order of its sheet."""
    names = {field.name for field in model._meta.concrete_fields}
    found = [
        _column(model, field)
        for field in model._meta.concrete_fields
        if field.name not in _LEFT_OUT and not _is_digest(field.name, names) and _is_ours(field)
    ]
    found.sort(key=lambda one: _LAST.index(one.name) if one.name in _LAST else -1)
    return tuple(found)


def _is_digest(name: str, names: set[str]) -> bool:
    """A match value is made from its field, never typed."""
    return name.endswith("_hash") and name.removesuffix("_hash") in names


def _is_ours(field: Any) -> bool:
    """Links to the law corpus are made there; links to elements and to people are ours."""
    target = field.related_model
    return target is None or _is_account(target) or issubclass(target, ElementRecord)


def _is_account(target: Any) -> bool:
    return bool(target._meta.label == "people.Account")


def _column(model: type[ElementRecord], field: Any) -> Column:
    title = str(field.verbose_name)
    sealed, cents = title.endswith("（加密）"), title.endswith("（分）")
    title = title.removesuffix("（加密）")
    kind = "sealed" if sealed else "money" if cents else _kind(field)
    choices: Sequence[tuple[Any, str]] = field.choices or _WORDS.get(field.name, ())
    if field.name == "status":
        choices = [one for one in Status.choices if one[0] not in ("DRAFT", "IN_REVIEW")]
    has_default = field.has_default() and field.default not in (list, dict)
    optional = field.blank or field.null or has_default or field.name in ("valid_from", "uid")
    return Column(
        name=field.name,
        title=f"{title.removesuffix('（分）')}（元）" if cents else title,
        kind=kind,
        required=not optional,
        clearable=bool(field.blank or field.null),
        choices=tuple((str(code), str(label)) for code, label in choices),
        other_names=_OTHER_NAMES.get(field.name, ()),
        target=field.related_model,
        limit=field.max_length or 0,
        masked=_PERSONAL.get((model.__name__, field.name), field.name if sealed else ""),
        attname=field.attname,
    )


def _kind(field: Any) -> Kind:
    if field.name == "uid":
        return "uid"
    if field.related_model is not None:
        return "account" if _is_account(field.related_model) else "link"
    if isinstance(field, models.JSONField):
        return "list" if field.default is list else "json"
    if field.choices:
        return "choice"
    table: tuple[tuple[type, Kind], ...] = (
        (models.BooleanField, "bool"),
        (models.DateField, "date"),
        (models.FloatField, "float"),
        (models.DecimalField, "float"),
        (models.IntegerField, "int"),
    )
    return next((kind for cls, kind in table if isinstance(field, cls)), "text")


@cache
def identity_of(model: type[ElementRecord]) -> tuple[str, ...]:
    """The fields that tell one element of a register from another.

    The code that the database keeps unique in time; else what is named above; else everything
    that has to be filled in.
    """
    if model in _NATURAL:
        return _NATURAL[model]
    for one in model._meta.constraints:
        if isinstance(one, ExclusionConstraint):
            key = str(one.expressions[0][0])
            if key != "uid":
                return (key,)
    needed = [c for c in columns_of(model) if c.required and c.kind in ("text", "link", "choice")]
    return tuple(one.name for one in needed if 0 <= one.limit <= 200)


def link_key(model: type[ElementRecord]) -> str:
    """The one field by which others name an element of this kind; "" where only its uid does."""
    keys = identity_of(model)
    return keys[0] if len(keys) == 1 else "uscc" if model is Subject else ""


def label_key(model: type[ElementRecord]) -> str:
    """The field that holds the element's name."""
    names = {field.name for field in model._meta.concrete_fields}
    return next((one for one in ("name", "title") if one in names), "")
