"""Shape and language of what is typed about people; what is allowed is decided in services."""

from datetime import date
from typing import Any, cast

from django import forms

from zhiheng.people.models import Account
from zhiheng.people.roles import Role
from zhiheng.web.fields import DayField


class AccountForm(forms.Form):
    """A new account."""

    username = forms.SlugField(
        label="登录名",
        max_length=64,
        help_text="用姓名拼音，小写字母和数字，开通后不能改。",
        error_messages={"invalid": "登录名只能用字母、数字、下划线和短横线。"},
    )
    name = forms.CharField(label="姓名", max_length=64)
    agency_code = forms.CharField(label="所属主体代码", max_length=32, help_text="如 QH-ZF。")
    unit = forms.CharField(label="内设机构", max_length=64, required=False)
    certificate_no = forms.CharField(
        label="执法证号", max_length=32, required=False, help_text="没有执法证的不填。"
    )


class GrantForm(forms.Form):
    """A role for a time."""

    role = forms.ChoiceField(label="角色", choices=Role.choices)
    agency_code = forms.CharField(
        label="主体代码", max_length=32, help_text="角色用在哪个主体；全区域的角色也填本单位。"
    )
    valid_from = DayField(label="从哪天起")
    valid_until = DayField(
        label="到哪天止（当天不含）", required=False, help_text="不填就一直有效，直到收回。"
    )

    @classmethod
    def fresh(cls, *, account: Account, on: date) -> "GrantForm":
        """For this account, from today."""
        return cls(initial={"agency_code": account.agency_code, "valid_from": on})


class ActingForm(forms.Form):
    """Who acts in one of my roles, and until when."""

    role = forms.ChoiceField(label="哪个角色")
    deputy = forms.ChoiceField(label="请谁代行", help_text="只能是本单位在用的账号。")
    valid_from = DayField(label="从哪天起")
    valid_until = DayField(label="到哪天止（当天不含）", help_text="到期自己停，最长一百八十天。")
    reason = forms.CharField(label="事由", max_length=200, help_text="如：外出培训、请假。")

    def __init__(
        self, *args: Any, roles: list[str], deputies: list[Account], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("role", [(role, Role(role).label) for role in roles])
        people = [(one.username, f"{one.name}（{one.unit or one.username}）") for one in deputies]
        self._offer("deputy", people)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Set what a field lets choose from."""
        cast(forms.ChoiceField, self.fields[name]).choices = choices


class SecuritySearch(forms.Form):
    """What to look for in the security log."""

    kind = forms.CharField(required=False)
    username = forms.CharField(label="登录名", required=False, max_length=64)
