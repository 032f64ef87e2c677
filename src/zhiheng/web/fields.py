"""Form fields that read what people really type, and answer in sentences that say what to do."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from zhiheng.kernel.errors import Invalid
from zhiheng.kernel.money import parse_yuan
from zhiheng.web.widgets import DayInput, LinesInput, MoneyInput

YES, NO = "true", "false"
_WIDE = str.maketrans("０１２３４５６７８９．，－／：　", "0123456789.,-/: ")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


class YuanField(forms.Field):
    """Yuan typed by a person → integer cents."""

    widget = MoneyInput

    def to_python(self, value: Any) -> int | None:
        """Cents, or a sentence."""
        if value in self.empty_values:
            return None
        try:
            return parse_yuan(str(value))
        except Invalid as wrong:
            raise ValidationError(f"{wrong.message}{wrong.next_step}", code="invalid") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare money, not spelling."""
        try:
            return initial != self.to_python(data)
        except ValidationError:
            return True


class DayField(forms.DateField):
    """2026-11-21, 2026/11/21, 20261121 or 2026年11月21日."""

    widget = DayInput
    default_error_messages = {
        "invalid": "日期请写成 2026-11-21 这样。",
        "impossible": "没有这一天，请核对月份和日子。",
    }

    def to_python(self, value: Any) -> date | None:
        """A date, or a sentence."""
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        text = str(value).translate(_WIDE).strip()
        if re.fullmatch(r"\d{8}", text):
            text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
        match = _DAY.fullmatch(text)
        if not match:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return date(*map(int, match.groups()))
        except ValueError:
            raise ValidationError(self.error_messages["impossible"], code="impossible") from None


class WholeField(forms.IntegerField):
    """A whole number, full-width digits and thousands separators allowed."""

    default_error_messages = {"invalid": "请写整数，例如 3。"}

    def to_python(self, value: Any) -> int | None:
        """An int, or a sentence."""
        if isinstance(value, str):
            value = value.translate(_WIDE).replace(",", "").strip()
        return super().to_python(value)


class YesNoField(forms.TypedChoiceField):
    """A fact that is so or not so; silence is not an answer when it is required."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", [(YES, "是"), (NO, "否")])
        kwargs.update(coerce=lambda value: value == YES, empty_value=None)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """True and False as the values of the two buttons."""
        return {True: YES, False: NO}.get(value, value) if isinstance(value, bool) else value


class LinesField(forms.CharField):
    """One entry a line → list of texts."""

    widget = LinesInput

    def to_python(self, value: Any) -> Any:
        """The non-empty lines, trimmed."""
        if isinstance(value, list | tuple):
            return [str(v) for v in value]
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def validate(self, value: Any) -> None:
        """Required means at least one line."""
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Length is checked line by line by whoever uses it."""
