"""Forms of a proposal: the element's own fields, then since when, why and by which document."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db import models

from zhiheng.elements import keys, values
from zhiheng.elements.models import ElementRecord, Proposal, Subject
from zhiheng.elements.proposals.fields import SealedField, field_for
from zhiheng.kernel.errors import Invalid
from zhiheng.web.fields import DayField

MINE, THEIRS = "mine", "theirs"


class Reason(forms.Form):
    """Why, by which document."""

    reason = forms.CharField(
        label="变更理由", max_length=1000, widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "请写明为什么要变更。"},
    )  # fmt: skip
    approve_doc = forms.CharField(label="批准文号", max_length=120, required=False)
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)


class Why(Reason):
    """Since when, why, by which document."""

    valid_from = DayField(label="从哪天起", error_messages={"required": "请填写从哪天起。"})
    field_order: tuple[str, ...] = ("valid_from", "reason", "approve_doc", "key")


class EndForm(Why):
    """Ending an element."""

    together = forms.BooleanField(
        label="指向它的要素一并终止", required=False, help_text="上面列出的都会在同一天终止。"
    )
    field_order = ("valid_from", "together", "reason", "approve_doc", "key")


class SuspendForm(Why):
    """Putting an element out of use."""

    valid_until = DayField(
        label="到哪天恢复",
        required=False,
        help_text="这一天起重新可用；不知道就空着，以后再办“恢复”。",
    )
    field_order = ("valid_from", "valid_until", "reason", "approve_doc", "key")


class MoveEndForm(Reason):
    """Moving or lifting an end that has been published."""

    valid_until = DayField(label="改到哪天终止", required=False)
    lift = forms.BooleanField(label="取消终止，继续有效", required=False)
    together = forms.BooleanField(
        label="当时一并终止的也一起改", required=False, help_text="上面列出的都改成同一天。"
    )
    field_order = ("valid_until", "lift", "together", "reason", "approve_doc", "key")

    def clean(self) -> dict[str, Any]:
        """A new day, or no end at all: one of the two."""
        found = super().clean() or {}
        if "valid_until" not in self.errors and bool(found.get("valid_until")) == found.get("lift"):
            self.add_error("valid_until", "请填新的终止日，或者勾选“取消终止”，二选一。")
        return found


class StepForm(forms.Form):
    """What a step asks: a reason, or a word."""

    note = forms.CharField(
        label="说明", max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )

    @staticmethod
    def asking(*, required: bool, data: Any = None) -> StepForm:
        """The form; a step that must be reasoned calls it 理由."""
        form = StepForm(data)
        form.fields["note"].required = required
        form.fields["note"].label = "理由" if required else "说明"
        form.fields["note"].error_messages["required"] = "请写明理由，起草人才知道怎么改。"
        return form


class FileForm(forms.Form):
    """A file to keep with an element or a proposal."""

    title = forms.CharField(
        label="附件名称", max_length=120, error_messages={"required": "请给附件起一个名称。"}
    )
    file = forms.FileField(
        label="文件", help_text="PDF、照片、Word 或 Excel，不超过 50 兆字节；上传后不能改动。",
        error_messages={"required": "请选择要上传的文件。", "empty": "文件是空的，请重新选择。"},
    )  # fmt: skip


class OwnerForm(forms.Form):
    """Who looks after an element."""

    owner = forms.CharField(
        label="责任人", max_length=64, required=False,
        help_text="写登录名或姓名；空着就是没有责任人。",
    )  # fmt: skip


def element_form(
    *,
    model: type[ElementRecord],
    on: date,
    base: ElementRecord | None,
    proposal: Proposal | None,
    data: Any,
    region_code: str,
    open_personal: bool,
) -> forms.Form:
    """The form of a kind: its fields filled from the base, the draft on top."""
    fields: dict[str, forms.Field] = {}
    hidden = _hidden(model, base, open_personal)
    for column in values.editable_fields(model):
        if column.name not in hidden:
            fields[column.name] = field_for(model=model, column=column, on=on, fresh=base is None)
    if base is None:
        fields["region_code"] = forms.CharField(
            label="区划代码", max_length=12, help_text="这条要素属于哪里，6、9 或 12 位数字。",
            error_messages={"required": "请填写区划代码。"},
        )  # fmt: skip
    form_class = type("ElementForm", (Why,), dict(fields))  # the metaclass empties what it gets
    form = form_class(data, initial=_initial(model, base, proposal, fields, region_code, on))
    form.order_fields([*fields, "valid_from", "reason", "approve_doc", "key"])
    return form


def changed_values(
    *, model: type[ElementRecord], base: ElementRecord | None, cleaned: Mapping[str, Any]
) -> dict[str, Any]:
    """What was typed that differs from the base, as a proposal keeps it."""
    found = {}
    for column in values.editable_fields(model):
        if column.name not in cleaned:
            continue
        value = values.encode(column, cleaned[column.name])
        sealed = column.name in model.sealed_fields
        if value is None and (sealed or not column.null):
            if sealed:
                continue
            value = "" if not isinstance(column, models.BooleanField) else False
        before = values.value_of(base, column) if base else None
        if base is None or not same_link(model, column, before, value):
            found[column.name] = value
    return found


def same_link(model: type[ElementRecord], column: Any, one: Any, other: Any) -> bool:
    """Whether two kept values say the same; two versions of one linked element do."""
    if values.same(model, column, one, other):
        return True
    linked = column.related_model if isinstance(column, models.ForeignKey) else None
    if not (linked and one and other and issubclass(linked, ElementRecord)):
        return False
    return linked.objects.filter(pk__in=(one, other)).values("uid").distinct().count() == 1


def onto(form: forms.Form, wrong: Invalid) -> None:
    """Put the sentences of a refusal to their fields; what has no field stands on top."""
    for name, sentence in wrong.fields.items():
        form.add_error(name if name in form.fields else None, sentence)
    if not wrong.fields:
        form.add_error(None, f"{wrong.message}{wrong.next_step}")


def _hidden(
    model: type[ElementRecord], base: ElementRecord | None, open_personal: bool
) -> set[str]:
    """What the editor may not see, she does not edit: a person's name and address."""
    if open_personal or not isinstance(base, Subject):
        return set()
    hidden = {"legal_representative"}
    return hidden | ({"name", "address"} if base.kind == Subject.Kind.CITIZEN else set())


def _initial(
    model: type[ElementRecord],
    base: ElementRecord | None,
    proposal: Proposal | None,
    fields: Mapping[str, forms.Field],
    region_code: str,
    on: date,
) -> dict[str, Any]:
    kept = dict(proposal.values) if proposal else {}
    initial: dict[str, Any] = {"key": uuid.uuid4().hex, "valid_from": on}
    if proposal:
        initial |= {"valid_from": proposal.valid_from, "reason": proposal.reason}
        initial |= {"approve_doc": proposal.approve_doc}
    initial["region_code"] = proposal.region_code if proposal else region_code
    for column in values.editable_fields(model):
        field = fields.get(column.name)
        if field is None or isinstance(field, SealedField):
            continue
        value = kept.get(column.name, values.value_of(base, column) if base else None)
        if value is None and base is None and column.has_default():
            value = column.get_default()
        initial[column.name] = _shown(column, value)
    return initial


def _shown(column: models.Field[Any, Any], value: Any) -> Any:
    """A kept value as its field shows it: a link by its key."""
    if isinstance(column, models.ForeignKey) and value:
        row = column.related_model._default_manager.filter(pk=value).first()  # type: ignore[union-attr]
        return keys.key_of(row) if row else ""
    return values.decode(column, value)
