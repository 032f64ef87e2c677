"""What is asked to decide a candidate; each of the three ways has its own form."""

from django import forms

from zhiheng.elements.models import Item, ItemCandidate
from zhiheng.people.api import Actor


class ReadForm(forms.Form):
    """Which law to read for penalty clauses; empty means all that are in force."""

    law = forms.CharField(
        label="读哪部法律", max_length=120, required=False,
        help_text="写全名，可以不带“中华人民共和国”；不填就读法条库里全部现行法律。",
    )  # fmt: skip


class AcceptForm(forms.Form):
    """Name, code and line of the item that the candidate becomes."""

    name = forms.CharField(
        label="事项名称", max_length=200, help_text="用自己的话起个短名，不抄法条。",
        error_messages={"required": "请给事项起个名字。"},
    )  # fmt: skip
    code = forms.CharField(
        label="事项编码", max_length=32, help_text="本地事项清单里的编码，不能与已有的重复。",
        error_messages={"required": "请写事项编码。"},
    )  # fmt: skip
    domain = forms.ChoiceField(label="执法领域", choices=Item.Domain.choices)
    valid_from = forms.DateField(
        label="从哪天起", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "请写从哪天起列入事项。", "invalid": "请按年月日填写。"},
    )  # fmt: skip

    @staticmethod
    def fresh(candidate: ItemCandidate, on: object) -> "AcceptForm":
        """Filled with what was suggested."""
        return AcceptForm(
            initial={"name": candidate.title, "domain": candidate.domain, "valid_from": on}
        )

    def values(self, actor: Actor) -> dict[str, object]:
        """What the service takes."""
        return self.cleaned_data | {"region_code": actor.region_code}


class MergeForm(forms.Form):
    """The item that the candidate belongs to."""

    item_code = forms.CharField(
        label="已有事项的编码", max_length=32,
        error_messages={"required": "请写已有事项的编码。"},
    )  # fmt: skip
    merge_reason = forms.CharField(label="说明", max_length=300, required=False)


class DismissForm(forms.Form):
    """Why it is not taken."""

    reason = forms.CharField(
        label="为什么不收", max_length=300, help_text="例如：由国务院部门处罚，不属于县级。",
        error_messages={"required": "请写明为什么不收，一句话就行。"},
    )  # fmt: skip
