"""What each screen of a case on the spot asks; whatever the platform knows already stands there."""

from datetime import date
from typing import Any

from django import forms

from zhiheng.cases.forms import facts_on_the_spot
from zhiheng.cases.models import Case
from zhiheng.elements import api as elements
from zhiheng.kernel import money
from zhiheng.people import api as people
from zhiheng.people.api import Actor
from zhiheng.procedures.forms import StepForm
from zhiheng.rulebook import api as rulebook
from zhiheng.web.fields import YuanField
from zhiheng.web.widgets import ClosedSelect, PhotoInput

KINDS = (("CITIZEN", "个人"), ("SOLE", "个体户"), ("ORG", "单位"))
LONG = 2_000


class SpotForm(forms.Form):
    """Every screen carries its own key, so that a second tap is the same acts."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.CharField(
        label="仍要办理的理由", required=False, max_length=2000, widget=forms.HiddenInput
    )

    def __init__(self, data: Any = None, files: Any = None, **initial: Any) -> None:
        """Bound when something was posted; else with what is known."""
        super().__init__(data, files, initial={"key": StepForm.new_key(), **initial})
        if (data or {}).get("reason"):
            self.fields["reason"].widget = forms.Textarea(attrs={"rows": 3})


def _area(
    label: str, help_text: str = "", rows: int = 3, required: bool = False
) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=LONG,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class StartForm(SpotForm):
    """What happened, who it is, where, and with whom I am here."""

    item = forms.ChoiceField(
        label="什么行为", widget=forms.RadioSelect, error_messages={"required": "请选一项。"}
    )
    party = forms.CharField(
        label="当事人", max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="店名、姓名、信用代码都行；也可以扫营业执照上的码。",
        error_messages={"required": "请写当事人，或者扫一下码。"},
    )  # fmt: skip
    subject = forms.CharField(required=False, widget=forms.HiddenInput)
    party_kind = forms.ChoiceField(
        label="登记为", choices=KINDS, required=False, widget=forms.RadioSelect
    )
    party_code = forms.CharField(
        label="身份证号码或者信用代码", required=False, max_length=40,
        help_text="有就填，登记簿据此认人。",
    )  # fmt: skip
    party_address = forms.CharField(label="住址或者地址", required=False, max_length=200)
    place = forms.CharField(
        label="在哪里", required=False, max_length=200, help_text="不填的，按当事人登记的地址。"
    )
    co_handler = forms.ChoiceField(
        label="和谁一起", widget=ClosedSelect, help_text="当场处罚也要两个人；您是主办。",
        error_messages={"required": "请选一起执法的人。"},
    )  # fmt: skip

    def offer(self, *, items: list[elements.Item], actor: Actor, on: date) -> "StartForm":
        """Put in what may be chosen: the items shown, and the officers of the agency."""
        item, partner = self.fields["item"], self.fields["co_handler"]
        assert isinstance(item, forms.ChoiceField)  # noqa: S101
        assert isinstance(partner, forms.ChoiceField)  # noqa: S101
        item.choices = [(each.code, each.name) for each in items]
        officers = people.accounts_with_role("officer", actor.agency_code, on)
        others = [one for one in officers if one.pk != actor.account_id]
        choices, partner.widget.closed = elements.officer_choices(accounts=others, on=on)  # type: ignore[attr-defined]
        partner.choices = [("", "请选择"), *choices]
        return self


class EvidenceForm(SpotForm):
    """The picture, what happened, and what the officers mean to impose."""

    photo = forms.FileField(
        label="拍照取证", widget=PhotoInput(),
        error_messages={"required": "请先拍一张。", "empty": "这张照片是空的，请重新拍。"},
    )  # fmt: skip
    facts_found = _area("违法事实", "按看到的改准。", required=True)
    amount = forms.ChoiceField(label="拟作的处罚", widget=forms.RadioSelect)
    other_amount = YuanField(label="别的数额", required=False)
    refusal_recorded = forms.BooleanField(
        label="已责令改正而拒不改正", required=False,
        help_text="这一事项拒不改正才罚；何时责令、当事人怎么说，写进违法事实。",
    )  # fmt: skip
    crime_suspected = forms.BooleanField(label="可能涉嫌犯罪", required=False)

    def fit(
        self, case: Case, *, amounts: list[int], warning: bool, has_photo: bool
    ) -> "EvidenceForm":
        """Fit it to the case: the amounts that are lawful here, whether there is a picture."""
        amount = self.fields["amount"]
        assert isinstance(amount, forms.ChoiceField)  # noqa: S101
        amount.choices = [
            *([("0", "警告")] if warning else []),
            *((str(cents), f"罚款 {money.yuan(cents)} 元") for cents in amounts),
            ("other", "别的数额"),
        ]
        if not case.item.refusal_required:
            del self.fields["refusal_recorded"]
        self.fields["photo"].required = not has_photo
        self.fields["other_amount"].widget.attrs["data-when"] = "amount=other"
        return self

    def clean(self) -> dict[str, Any]:
        """The amount in cents, from a button or typed."""
        given = super().clean() or {}
        chosen = given.get("amount")
        if chosen == "other" and given.get("other_amount") is None:
            self.add_error("other_amount", "请填数额。")
        elif chosen:
            given["fine_notified"] = given["other_amount"] if chosen == "other" else int(chosen)
        return given


class StatementForm(SpotForm):
    """What the party says, and the decision that follows."""

    said = forms.ChoiceField(label="当事人怎么说", required=False, widget=forms.RadioSelect)
    statement_text = _area("原话", "没有意见的不用写。", rows=2)
    statement_check = _area("复核意见", "提出意见的，写采纳没有、为什么。", rows=2)
    fine_decided = YuanField(label="决定罚款", help_text="只能和告知的一样，或者更少；0 为警告。")
    correction_content = _area("改正要求", rows=2, required=True)
    payment_channel = forms.ChoiceField(
        label="怎么缴", choices=(("ELECTRONIC", "扫码缴"), ("BANK", "到银行缴"), ("ON_SPOT", "当场收现金")),
        widget=forms.RadioSelect,
    )  # fmt: skip
    spot_collection_ground = forms.ChoiceField(
        label="当场收缴的理由", required=False, widget=forms.RadioSelect
    )
    spot_receipt_no = forms.CharField(label="专用票据号", required=False, max_length=60)

    def __init__(self, *args: Any, **more: Any) -> None:
        """Offer the answers of the rulebook."""
        super().__init__(*args, **more)
        facts = rulebook.current().all_facts
        for name, fact in (("said", "statement_said"), ("spot_collection_ground",) * 2):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = [(k, v) for k, v in facts[fact].choices.items() if k != "NONE"]
        for name in ("spot_collection_ground", "spot_receipt_no"):
            self.fields[name].widget.attrs["data-when"] = "payment_channel=ON_SPOT"

    def clean(self) -> dict[str, Any]:
        """One press says “no objection”; cash needs its receipt."""
        given = super().clean() or {}
        if "quick" in self.data:
            given["said"] = "NO_OBJECTION"
        if not given.get("said"):
            self.add_error("said", "请选当事人怎么说；没有意见的，点上面的“没有意见”。")
        if given.get("payment_channel") == "ON_SPOT" and not given.get("spot_receipt_no"):
            self.add_error("spot_receipt_no", "当场收现金，要填财政部门统一制发的专用票据号。")
        return given


class HandOverForm(SpotForm):
    """The signature under the decision, or that it was refused."""

    signature = forms.FileField(
        label="签过字的决定书", required=False, widget=PhotoInput(),
        help_text="在框里签的不用拍。",
    )  # fmt: skip
    service_receiver = forms.CharField(label="签收人", max_length=64)
    service_note = _area("拒签的情况", "拒签的写明：看过决定书后怎么说、谁在场。", rows=2)

    def clean(self) -> dict[str, Any]:
        """A signature, or a note of the refusal (行政处罚法 52)."""
        given = super().clean() or {}
        given["refused"] = "refused" in self.data
        if given["refused"] and not given.get("service_note"):
            self.add_error(
                "service_note", "请写明拒绝签收的情况，例如：看过决定书后拒绝签字，全程录像。"
            )
        if not given["refused"] and not given.get("signature"):
            self.add_error(
                "signature",
                "还没有签名。请在框里签，或者拍下签过字的决定书；不肯签的点“拒签并注明”。",
            )
        return given


class CashForm(SpotForm):
    """Cash was taken, and the receipt given."""

    receipt_no = forms.CharField(
        label="专用票据号", max_length=60, error_messages={"required": "没有票据，当事人可以不缴。"}
    )
    receipt_issued = forms.BooleanField(
        label="票据已交给当事人", error_messages={"required": "请先把票据交给当事人。"}
    )


class DoneForm(SpotForm):
    """Nothing is asked: one press."""


def started(case: Case) -> dict[str, Any]:
    """What stands on the evidence screen before anything is typed."""
    return {"facts_found": facts_on_the_spot(case)}
