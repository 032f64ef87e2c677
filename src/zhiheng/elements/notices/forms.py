"""Forms of a notice: its head, its actions by the hundred, and reasons."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from zhiheng.elements.models import AdjustmentAction, Body, Grant, Item
from zhiheng.elements.notices.drafting import Terms, check_terms
from zhiheng.kernel import codes
from zhiheng.kernel.errors import Invalid, ZhihengError
from zhiheng.web.fields import DayField

MOST_BODIES = 600


def tell(form: forms.Form, wrong: ZhihengError) -> None:
    """Put a refusal onto the form, which keeps everything typed."""
    fields = getattr(wrong, "fields", {}) or {}
    known = {name: says for name, says in fields.items() if name in form.fields}
    if not known:
        form.add_error(None, str(wrong))
    for name, says in known.items():
        form.add_error(name, says)


class HeadForm(forms.Form):
    """The head of a notice."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    notice_no = forms.CharField(
        label="通告文号", max_length=80, help_text="例如：青政通〔2026〕9号。",
        error_messages={"required": "请填写通告文号。"},
    )  # fmt: skip
    title = forms.CharField(
        label="标题", max_length=200, error_messages={"required": "请填写通告标题。"}
    )
    issuer = forms.CharField(
        label="发布机关", max_length=120, error_messages={"required": "请填写发布机关。"}
    )
    level_approval = forms.CharField(
        label="上级批准文件", max_length=120, required=False,
        help_text="赋权乡镇街道、扩大综合执法事项的，写省政府批准文件的文号。",
    )  # fmt: skip
    issued_on = DayField(label="发文日期", required=False)
    publish_url = forms.URLField(
        label="公布网址", max_length=300, required=False, assume_scheme="https",
        error_messages={"invalid": "网址不完整，请从 https:// 写起。"},
    )  # fmt: skip
    effective_on = DayField(
        label="生效日", help_text="当天零点起按新的执行，到日子自己生效。",
        error_messages={"required": "请填写生效日。"},
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today

    def clean_effective_on(self) -> date:
        """A notice works for the future alone."""
        day: date = self.cleaned_data["effective_on"]
        if day <= self.today:
            raise forms.ValidationError("生效日要在今天以后：已经过去的日子不能再改。")
        return day

    @staticmethod
    def fresh(*, today: date) -> "HeadForm":
        """An empty form with a key of its own, so that a double click is one notice."""
        return HeadForm(initial={"key": uuid.uuid4().hex}, today=today)


class FilterForm(forms.Form):
    """Which items to choose from."""

    domain = forms.ChoiceField(
        label="领域", required=False, choices=[("", "全部"), *Item.Domain.choices]
    )
    law = forms.CharField(label="依据", required=False, max_length=80)
    holder = forms.ChoiceField(label="现由谁办", required=False)
    text = forms.CharField(label="编码或名称", required=False, max_length=80)

    def __init__(self, *args: Any, bodies: Iterable[Body], **more: Any) -> None:
        super().__init__(*args, **more)
        pairs = [(body.code, body.short_name or body.name) for body in bodies]
        self.fields["holder"].choices = [("", "不限"), *pairs]  # type: ignore[attr-defined]


class ActionsForm(forms.Form):
    """What is done with the items chosen: all of them on the same terms."""

    kind = forms.ChoiceField(
        label="怎样调整", choices=AdjustmentAction.Kind.choices, initial="MOVE_IN"
    )
    from_body = forms.ChoiceField(label="从哪个主体", required=False)
    to_body = forms.ChoiceField(label="到哪个主体", required=False)
    regions = forms.CharField(
        label="只在这些地区", required=False, max_length=200,
        help_text="区划代码，用空格隔开。空着：乡镇街道按本辖区，其余按全部范围。",
    )  # fmt: skip
    mode = forms.ChoiceField(
        label="取得方式", required=False, choices=[("", "自动"), *Grant.Mode.choices],
        help_text="自动：乡镇街道为赋权，其余为相对集中行使。",
    )  # fmt: skip
    transition = forms.ChoiceField(
        label="在办案件由谁办完", choices=AdjustmentAction.Transition.choices, initial="FILER",
        help_text="通告没有写明的，由立案机关办结（待核）。",
    )  # fmt: skip
    remaining_body = forms.ChoiceField(label="日常监管仍由谁负责", required=False)
    training_due = DayField(label="培训最迟到", required=False)
    handover_docs = forms.CharField(label="移交材料", required=False, max_length=300)
    codes = forms.CharField(
        label="粘贴编码", required=False, max_length=800_000, strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="一行一个。改名写“编码 新名称”，改依据写“编码 依据代码 条 款 项”。",
    )  # fmt: skip

    def __init__(self, *args: Any, bodies: Iterable[Body], **more: Any) -> None:
        super().__init__(*args, **more)
        self.bodies = {body.code: body for body in bodies}
        pairs = [(code, f"{body.name}（{code}）") for code, body in self.bodies.items()]
        for name in ("from_body", "to_body", "remaining_body"):
            self.fields[name].choices = [("", "无"), *pairs]  # type: ignore[attr-defined]

    def clean_regions(self) -> tuple[str, ...]:
        """Region codes that check."""
        found = tuple(self.cleaned_data["regions"].replace("，", " ").replace("、", " ").split())
        wrong = [one for one in found if not codes.is_region_code(one)]
        if wrong:
            raise forms.ValidationError(f"区划代码有误：{'、'.join(wrong)}。应为6、9或12位数字。")
        return found

    def clean(self) -> dict[str, Any]:
        """Terms that the kind can do with."""
        data = super().clean() or {}
        if not self.errors:
            try:
                check_terms(terms=self.terms())
            except Invalid as wrong:
                tell(self, wrong)
        return data

    def terms(self) -> Terms:
        """What was said, as the service takes it."""
        data = self.cleaned_data
        body = {name: self.bodies.get(data.get(name, "")) for name in
                ("from_body", "to_body", "remaining_body")}  # fmt: skip
        return Terms(
            kind=data["kind"], regions=data["regions"], mode=data["mode"],
            transition=data["transition"], training_due=data["training_due"],
            handover_docs=data["handover_docs"], **body,
        )  # fmt: skip


class MayForm(forms.Form):
    """May this body do this item here on this day."""

    body = forms.CharField(
        label="主体", max_length=64, error_messages={"required": "请写主体的代码或名称。"},
        widget=forms.TextInput(attrs={"list": "bodies", "autocomplete": "off"}),
    )  # fmt: skip
    item = forms.CharField(
        label="事项", max_length=200, help_text="编码，或名称里的字。",
        error_messages={"required": "请写事项的编码或名称。"},
    )  # fmt: skip
    place = forms.ChoiceField(label="地点", required=False)
    on = DayField(label="哪一天")
