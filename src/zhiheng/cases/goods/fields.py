"""Fields of steps that deal with things: the list, what is taken over, which are meant."""

from collections.abc import Iterable
from typing import Any

from django import forms

from zhiheng.cases.goods.rows import RowsField
from zhiheng.cases.models import Case, Good
from zhiheng.evidence import api as evidence

Fields = list[tuple[str, forms.Field]]


class ChosenField(forms.MultipleChoiceField):
    """Checkboxes whose answer is one text fact: numbers with commas between."""

    def clean(self, value: Any) -> Any:
        """The numbers of the chosen, in order."""
        return ",".join(sorted(super().clean(value), key=int))


def list_field(case: Case) -> tuple[str, forms.Field]:
    """The list of things, with the pictures of the case to choose from."""
    photos = [(str(e.pk), e.title) for e in evidence.evidence_of(case.dossier) if e.is_image]
    field = RowsField(
        photos=photos, label="物品清单", required=False,
        help_text="一件一行，名称、数量、单位要写；写不下就再加几行，空行不算。",
    )  # fmt: skip
    return "goods_list", field


def over_field(goods: Iterable[Good]) -> Fields:
    """What lies registered and is to go on under this measure; no field where nothing does."""
    choices = [(str(good.pk), f"{good}（{good.place}）") for good in goods]
    field = ChosenField(
        label="接着办的登记保存物品", choices=choices, required=False,
        initial=[code for code, _ in choices], widget=forms.CheckboxSelectMultiple,
        help_text="已经登记保存的，勾选就转过来，不用再填一遍。",
    )  # fmt: skip
    hidden = forms.CharField(required=False, widget=forms.HiddenInput)
    return [("goods_taken_over", field if choices else hidden)]


def chosen_field(goods: Iterable[Good], *, all_at_first: bool = False) -> Fields:
    """Which of the things held are meant."""
    choices = [(str(good.pk), f"{good}（{good.place or '没有写地点'}）") for good in goods]
    field = ChosenField(
        label="哪些物品", choices=choices, widget=forms.CheckboxSelectMultiple,
        initial=[code for code, _ in choices] if all_at_first else [],
        help_text="" if choices else "现在没有在保管的物品。",
        error_messages={"required": "请至少勾选一件。"},
    )  # fmt: skip
    return [("goods_chosen", field)]
