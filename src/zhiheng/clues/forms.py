"""Forms of a clue: registering, and what a step needs beside its facts."""

import uuid
from typing import Any

from django import forms

from zhiheng.clues.models import Clue, Source
from zhiheng.elements import api as elements
from zhiheng.people import api as people
from zhiheng.rulebook import api as rulebook
from zhiheng.web.fields import DayField
from zhiheng.web.widgets import ClosedSelect, DayInput

FROM_COURTS = {"data-when": f"source={Source.JUDICIAL}"}
JUDICIAL_FACTS = ("judicial_organ", "judicial_kind", "judicial_no", "judicial_on", "judicial_fined")
PAPERS_NEEDED = {
    "judicial_organ": "请写明是哪个司法机关移送的。", "judicial_kind": "请选择移送的情形。",
    "judicial_no": "请写明文书文号。", "judicial_on": "请填写文书上的日期。",
}  # fmt: skip


def judicial_kinds() -> list[tuple[str, str]]:
    """The ways in which a matter comes from the courts, as the rulebook names them."""
    known = rulebook.current().all_facts["judicial_kind"].choices
    return [("", "请选择"), *((code, word) for code, word in known.items() if code != "NONE")]


class RegisterForm(forms.Form):
    """A report taken at the desk or on the telephone: few fields, the rest can follow."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    source = forms.ChoiceField(
        label="怎么知道的", choices=Source.choices, initial=Source.PHONE, widget=forms.RadioSelect
    )
    description = forms.CharField(
        label="反映什么问题", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="照原话记：什么人、做了什么、有什么影响。",
        error_messages={"required": "请写明反映的是什么问题，至少一句话。"},
    )  # fmt: skip
    place = forms.CharField(
        label="在哪里", max_length=200, help_text="路名门牌，或店名加附近的标志。",
        error_messages={"required": "请写明地点，例如“清波路 18 号旺味小炒店门口”。"},
    )  # fmt: skip
    happened = forms.CharField(
        label="什么时候", max_length=100, required=False, help_text="例如：每天傍晚五点到八点。"
    )
    target = forms.CharField(
        label="被反映的单位或个人",
        max_length=100,
        required=False,
        help_text="知道就写，不知道可以空着。",
    )
    judicial_organ = forms.CharField(
        label="移送的司法机关", max_length=100, required=False,
        help_text="公安机关、检察院或者法院的全称。", widget=forms.TextInput(FROM_COURTS))  # fmt: skip
    judicial_kind = forms.ChoiceField(
        label="移送的情形", required=False, choices=judicial_kinds, widget=forms.Select(FROM_COURTS)
    )
    judicial_no = forms.CharField(
        label="文书文号", max_length=100, required=False,
        help_text="移送函、不起诉决定书、检察意见书、判决书的文号。",
        widget=forms.TextInput(FROM_COURTS))  # fmt: skip
    judicial_on = DayField(label="文书日期", required=False, widget=DayInput(FROM_COURTS))
    judicial_fined = forms.BooleanField(
        label="法院已对这个行为判处罚金", required=False, widget=forms.CheckboxInput(FROM_COURTS)
    )
    informant_name = forms.CharField(
        label="反映人姓名",
        max_length=60,
        required=False,
        help_text="可以不留。只有登记岗位能看到。",
    )
    informant_phone = forms.CharField(label="联系电话", max_length=20, required=False)
    wants_reply = forms.BooleanField(label="处理后需要回复反映人", required=False)

    def clean(self) -> dict[str, Any]:
        """A reply needs a number to call."""
        data = super().clean() or {}
        if data.get("source") == Source.JUDICIAL:
            for name, said in PAPERS_NEEDED.items():
                if not data.get(name):
                    self.add_error(name, said)
        if data.get("wants_reply") and not data.get("informant_phone"):
            self.add_error("informant_phone", "要回复反映人，请留下电话；不需要回复就取消勾选。")
        return data

    def papers(self) -> dict[str, Any]:
        """What the letter of a court, procurator or the police says; nothing for other sources."""
        told = {name: self.cleaned_data.pop(name, None) for name in JUDICIAL_FACTS}
        if self.cleaned_data["source"] != Source.JUDICIAL:
            return {}
        return told | {"judicial_on": told["judicial_on"].isoformat()}

    @staticmethod
    def fresh() -> "RegisterForm":
        """An empty form with its own key."""
        return RegisterForm(initial={"key": uuid.uuid4().hex, "source": Source.PHONE})


NEW = "NEW"
SUBJECT_KINDS = (("ORG", "单位"), ("SOLE", "个体工商户"), ("CITIZEN", "个人"))


def match_fields(*, clue: Clue, on: Any, query: str = "") -> list[tuple[str, forms.Field]]:
    """What matching needs: the item, the party, who checks.

    Items and parties are suggested, the likeliest first; only a party of exactly the name that
    was reported stands chosen already.
    """
    text = query or f"{clue.description} {clue.target}"
    found = elements.find_items(text=text, on=on, limit=8, kind="PENALTY")
    if clue.item and clue.item not in found:
        found.insert(0, clue.item)
    officers, closed = elements.officer_choices(
        accounts=people.accounts_with_role("officer", clue.agency_code, on), on=on
    )
    handlers = ClosedSelect()
    handlers.closed = closed
    parties = elements.find_subjects(clue.target or clue.place, clue.region_code, on, limit=8)
    if clue.subject and clue.subject not in parties:
        parties.insert(0, clue.subject)
    named = clue.subject or next((s for s in parties if s.name == clue.target), None)
    new_only = {"data-when": f"subject={NEW}"}
    return [
        ("item", forms.ChoiceField(
            label="执法事项", choices=[(i.code, f"{i.name}（{i.code}）") for i in found],
            widget=forms.RadioSelect, initial=clue.item.code if clue.item else None,
            help_text="按反映的内容推荐，最像的在前；请人来选。没有合适的，在上面换个词再找。",
            error_messages={"required": "请选择一个执法事项；没有合适的，先在上面换个词再找。"},
        )),
        ("subject", forms.ChoiceField(
            label="当事人", widget=forms.RadioSelect,
            choices=[*[(str(s.pk), f"{s.name}　{s.address}") for s in parties],
                     (NEW, "都不是，新登记一个" if parties else "新登记一个")],
            initial=str(named.pk) if named else None if parties else NEW,
            help_text="名称相近的都列在这里，请核对地址再选。" if parties else "",
            error_messages={"required": "请选择当事人；名单里没有的，选“新登记一个”。"},
        )),
        ("subject_kind", forms.ChoiceField(
            label="新登记：类别", choices=SUBJECT_KINDS, required=False, initial="SOLE",
            widget=forms.Select(new_only))),
        ("subject_name", forms.CharField(
            label="新登记：名称或姓名", required=False, max_length=100, initial=clue.target,
            widget=forms.TextInput(new_only))),
        ("subject_code", forms.CharField(
            label="新登记：统一社会信用代码或身份证号", required=False, max_length=18,
            help_text="可以等核查时再补。", widget=forms.TextInput(new_only))),
        ("handler", forms.ChoiceField(
            label="派给谁核查",
            choices=[("", "请选择"), *officers], widget=handlers,
            error_messages={"required": "请选择一名执法人员。"})),
    ]  # fmt: skip
