"""The questions of a table as a form, each with the evidence it rests on; and the decision."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from zhiheng.cases.discretion.confirming import LONGEST, WHAT
from zhiheng.evidence import api as evidence
from zhiheng.procedures.forms import Asked
from zhiheng.rulebook import api as rulebook
from zhiheng.web.fields import YuanField
from zhiheng.web.forms import form_for_facts
from zhiheng.web.widgets import MoneyInput

NONE = "-"
PROOF = "ev_"
TITLES = {rulebook.LIGHTER: "应当从轻、减轻的情形", rulebook.HEAVIER: "从重的情形"}
DECISION = ("decided_tier", "decided_fine", "decided_reason", "differs_reason")


@dataclass(frozen=True)
class Question:
    """A question with the evidence beside it, and where its first answer came from."""

    answer: forms.BoundField
    proof: forms.BoundField | None
    source: str = ""


class DiscretionForm(forms.Form):
    """Answers may stay open while one tries; `keep` asks for all of them."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    table: rulebook.Table
    names: tuple[str, ...]
    sources: Mapping[str, str]
    use_required_attribute = False

    def __init__(self, *args: Any, **more: Any) -> None:
        """Every question is shown as one that wants an answer."""
        super().__init__(*args, **more)
        self._want(wanted=True)

    def full_clean(self) -> None:
        """While one tries, what is open is the reading's to ask for, not the form's."""
        self._want(wanted=False)
        super().full_clean()
        self._want(wanted=True)

    def _want(self, *, wanted: bool) -> None:
        for name in (*self.names, *DECISION[:3]):
            self.fields[name].required = wanted

    def answers(self) -> dict[str, Any]:
        """The answers by input; grounds that were gone through and not found are an empty list."""
        found: dict[str, Any] = {}
        for name in self.names:
            value = self.cleaned_data.get(name)
            if name in TITLES:
                value = [one for one in value if one != NONE] if value else None
            elif value == "":
                value = None
            found[name] = value
        return found

    def proofs(self) -> dict[str, list[str]]:
        """Ids of evidence by input."""
        return {
            name: self.cleaned_data[PROOF + name]
            for name in self.names
            if self.cleaned_data.get(PROOF + name)
        }

    def own_questions(self) -> Iterator[Question]:
        """The questions of the item's own table."""
        return self._questions(common=False)

    def common_questions(self) -> Iterator[Question]:
        """The questions of the general law, for every table."""
        return self._questions(common=True)

    def _questions(self, *, common: bool) -> Iterator[Question]:
        for name in self.names:
            if (name in self.table.common or name in TITLES) is common:
                proof = self[PROOF + name] if PROOF + name in self.fields else None
                yield Question(self[name], proof, self.sources.get(name, ""))

    def decision(self) -> Iterator[forms.BoundField]:
        """The fields of the human's decision."""
        return (self[name] for name in DECISION)


def discretion_form(
    *,
    table: rulebook.Table,
    known: Mapping[str, tuple[Any, str]],
    kept: Mapping[str, Any],
    items: Sequence[evidence.EvidenceItem],
    data: Mapping[str, Any] | None = None,
) -> DiscretionForm:
    """The form of a table: what was answered before stands in it, else what the record knows."""
    before, proofs = kept.get("inputs", {}), kept.get("evidence", {})
    initial = {name: before.get(name, known.get(name, (None, ""))[0]) for name in table.asked}
    facts = [
        Asked(id=name, title=fact.title, type=fact.type, choices=fact.choices, help=fact.help,
              required=False, initial=initial[name])
        for name in table.asked if (fact := table.inputs[name])
    ]  # fmt: skip
    base = form_for_facts(facts, name="DiscretionForm", base=DiscretionForm)
    grounds = dict(_grounds(table, before))
    names = (*table.asked, *grounds)
    proof_fields = {PROOF + n: _proof(items, proofs.get(n, [])) for n in names} if items else {}
    made = type("DiscretionForm", (base,), {
        **grounds, **proof_fields, **_decision(kept), "table": table, "names": names,
        "sources": {n: s for n, (_, s) in known.items() if n not in before},
    })  # fmt: skip
    form: DiscretionForm = made(data, initial={"key": uuid.uuid4().hex})
    return form


def _grounds(table: rulebook.Table, before: Mapping[str, Any]) -> Iterator[tuple[str, forms.Field]]:
    for name, rows in ((rulebook.LIGHTER, table.lighter), (rulebook.HEAVIER, table.heavier)):
        chosen = [(row.id, row.title) for row in rows if row.when is None]
        if chosen:
            kept = before.get(name)
            yield name, forms.MultipleChoiceField(
                label=TITLES[name], required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(NONE, "逐项核对过，都没有"), *chosen],
                initial=None if kept is None else kept or [NONE],
                help_text="只能从公布的清单里选。",
                error_messages={"invalid_choice": "这一项不在公布的清单里，请从列出的里面选。"},
            )  # fmt: skip


def _proof(items: Sequence[evidence.EvidenceItem], chosen: Sequence[str]) -> forms.Field:
    return forms.MultipleChoiceField(
        label="依据哪件证据", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(str(item.pk), str(item)) for item in items], initial=list(chosen),
        error_messages={"invalid_choice": "这件证据不在本案里，请从列出的里面选。"},
    )  # fmt: skip


def _decision(kept: Mapping[str, Any]) -> dict[str, forms.Field]:
    return {
        "decided_tier": forms.ChoiceField(
            label="您决定的档次", required=False, widget=forms.RadioSelect,
            choices=list(rulebook.TIER_TITLES.items()), initial=kept.get("tier")),
        "decided_fine": YuanField(
            label="您决定的罚款数额", required=False, widget=MoneyInput(), initial=kept.get("fine"),
            help_text="不予处罚的填 0。"),
        "decided_reason": forms.CharField(
            label="裁量理由", required=False, max_length=5_000, initial=kept.get("reason"),
            widget=forms.Textarea(attrs={"rows": 5}),
            help_text="平台的说理可以照用、改写；以您写的为准。"),
        "differs_reason": forms.CharField(
            label="与建议不同的理由", required=False, max_length=2_000, initial=kept.get("differs"),
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="档次或者数额与建议不同的，写明为什么。"),
    }  # fmt: skip


class SameActForm(forms.Form):
    """Whether a hit is about the same act, and why."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    hit = forms.ChoiceField(
        label="哪一件", widget=forms.RadioSelect, error_messages={"required": "请选一件。"}
    )
    what = forms.ChoiceField(
        label="您的判断", widget=forms.RadioSelect,
        choices=[*WHAT.items(), ("BACK", "收回先前的确认")],
        error_messages={"required": "请选择您的判断。"},
    )  # fmt: skip
    reason = forms.CharField(
        label="理由", max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="当事人、行为、时间、地点哪里相同，哪里不同。",
        error_messages={"required": "请写明理由，理由会记入全过程记录。"},
    )  # fmt: skip


class FirstQueryForm(forms.Form):
    """How far back to look for earlier penalties."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    months = forms.IntegerField(
        label="回溯期（月）", min_value=1, max_value=LONGEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text="照清单写的期间；清单没有本事项的，不能适用初次违法不予处罚。",
        error_messages={
            "required": "请填写回溯期。", "invalid": "请填整数，例如 24。",
            "min_value": f"请填 1 至 {LONGEST} 个月。", "max_value": f"请填 1 至 {LONGEST} 个月。",
        },
    )  # fmt: skip
