"""Forms of cases: what a step needs beside its facts, and what the platform fills in itself."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from zhiheng.cases.discretion import keeping
from zhiheng.cases.models import Case
from zhiheng.elements import api as elements
from zhiheng.evidence import api as evidence
from zhiheng.people import api as people
from zhiheng.web.widgets import ClosedChecks, ClosedSelect, PhotoInput

Extra = list[tuple[str, forms.Field]]

# A camera first, but pictures taken before and papers as well.
ANY_FILE = {"accept": "image/*,video/*,audio/*,application/pdf", "capture": False}

# What is known flows forward: the fact asked for ← the fact that answers it.
CARRIED = {"fine_notified": "fine_proposed", "fine_decided": "fine_notified"}

# Questions that only follow from another answer: asked once that answer is given.
SHOWN_WHEN = {
    "confirmed_channel": "confirmed_electronic=true",
    "daily_fine_days": "daily_fine=true", "deviation_approved": "deviation_reason", "illegal_gains_handled": "illegal_gains",
    "discussion_differs": "discussion_follows=false",
    "guardian_present": "interviewee_minor=true", "translation_signed": "foreign_language=true",
    "no_fault_evaluated": "no_fault_claimed=true", "publication_reason": "publication_conclusion",
    "spot_collection_ground": "payment_channel=ON_SPOT", "spot_receipt_no": "payment_channel=ON_SPOT",
    "data_why_not": "data_original=false", "av_copy_reason": "av_carrier=COPY",
    "recheck_persons": "recheck_basis=SITE", "disposal_treasury_no": "disposal_proceeds",
    "deferral_asked_schedule": "deferral_kind=INSTALMENTS",
}  # fmt: skip

# Answers that have a step of their own: cash is not entered among what came by the bank.
ELSEWHERE = {("record_payment", "payment_channel"): "ON_SPOT"}

# What a party is told before it agrees to fast handling.
SIMPLIFIED = (
    "简化：取证以您的承认和一件以上关键证据为主，由办案机构负责人一次审核。"
    "不简化：两名执法人员办理，亮证，书面告知，陈述申辩，不因申辩加重，书面决定，救济途径。"
    "决定以前随时可以不同意，转回普通程序。"
)

# Headings of long forms, by the first field under each.
HEADINGS = {
    "conclude": {
        "facts_found": "事实", "tier_code": "裁量", "illegal_gains": "逐项核对",
        "hearing_class": "接下来要走的程序", "crime_checked": "是否移送公安机关",
    },
    "close": {"closing_ground": "结案", "publication_reviewed": "公示"},
}  # fmt: skip

# What registers tell that answers are filled from: without them the registers can rest.
SOURCES = {
    "hearing_told": ("hearing_threshold", "hearing_item_always"),
    "hearing_class": ("hearing_item_always",), "closing_ground": ("execution_end",),
    "facts_found": ("item_on_the_spot",),
}  # fmt: skip


def filled_from(asks: Iterable[str]) -> frozenset[str]:
    """The facts that `prefill` needs for these answers."""
    return frozenset(asks) | {source for name in asks for source in SOURCES.get(name, ())}


def prefill(*, case: Case, facts: dict[str, Any], on: date) -> dict[str, Any]:
    """Answers that the platform knows: from earlier steps, the register, today."""
    subject = elements.open_subject(elements.latest_subject(case.subject))
    person = subject.legal_representative or subject.name
    receiver = facts.get("confirmed_receiver") or person
    address = facts.get("confirmed_address") or subject.service_address or subject.address
    known = {
        "site_place": case.place, "photo_place": case.place,
        "interviewee": person, "id_shown_to": person,
        "service_receiver": receiver, "service_place": address,
        "served_on": on, "paid_on": on, "rechecked_on": on, "monitor_told_on": on, "appraisal_told_on": on, "defended_on": on, "hearing_requested_on": on,
        "hearing_told": (facts.get("fine_proposed") or 0) >= (facts.get("hearing_threshold") or 1)
        or bool(facts.get("hearing_class") or facts.get("hearing_item_always")),
        "hearing_class": bool(facts.get("hearing_item_always")),
        "defence_points_answered": facts.get("defence_points"),
        "late_addition_stated": True,
        "paid_cents": max((facts.get("fine_decided") or 0) - _paid(case), 0) or None,
        "closing_ground": _closing_ground(facts),
        "archive_keeper": case.lead.name,
        "confirmed_receiver": receiver, "confirmed_address": address,
        "cash_handed_on": on, "cash_banked_on": on, "fast_consent_signer": person,
        "fast_simplified": SIMPLIFIED,
    }  # fmt: skip
    if facts.get("item_on_the_spot") and not facts.get("facts_found"):
        known["facts_found"] = facts_on_the_spot(case)
    kept = {n: v for n, v in facts.items() if v not in (None, "", 0, False) and n not in ONCE}
    carried = {to: facts.get(source) for to, source in CARRIED.items() if facts.get(source)}
    return {**kept, **known, **carried, **keeping.prefill(case.dossier.run.facts)}


def _closing_ground(facts: dict[str, Any]) -> str:
    if facts.get("decision_kind") == "NO_PENALTY":
        return "NO_PENALTY"
    by_end = {"ENDED": "EXECUTION_ENDED", "COURT_ACCEPTED": "COURT_ACCEPTED"}
    return by_end.get(facts.get("execution_end", ""), "PERFORMED")


def facts_on_the_spot(case: Case) -> str:
    """What was seen, as the report may begin; the officer puts it right."""
    act = case.item.act_description or case.item.name
    return f"{case.party_name}在{case.place}{act}。"


def _paid(case: Case) -> int:
    return int(case.dossier.run.facts.get("_paid_total", 0))


# Asked anew each time: what was said on the last occasion must not slip into the next.
ONCE = frozenset({
    "return_reason", "site_findings", "site_persons", "interview_text", "photo_note",
    "verification_note", "service_mode", "recall_reason", "amendment_note", "receipt_no",
    "plan_legend", "plan_title", "summon_on", "summon_time", "written_content", "written_job",
    "written_phone", "written_role", "wanted_list", "data_process", "data_medium", "data_why_not",
    "data_witnesses", "data_recording", "av_from", "av_words", "av_copy_reason",
    "recheck_findings", "recheck_comment", "recheck_result", "on_spot_request", "bank_slip_no",
})  # fmt: skip


def evidence_fields() -> list[tuple[str, forms.Field]]:
    """An upload beside the facts of the step: file, title, what it proves, kind, source."""
    return [
        ("file", forms.FileField(
            label="照片或文件", widget=PhotoInput(ANY_FILE),
            help_text="手机上直接拍；上传时就算出摘要，之后改动看得出来。",
            error_messages={"required": "请拍照或选择一个文件。", "empty": "这个文件是空的，请重新选择。"},
        )),
        ("evidence_title", forms.CharField(
            label="证据名称", max_length=120, help_text="例如：后厨排烟管道照片。",
            error_messages={"required": "请给这件证据起个名字。"})),
        ("proves", forms.CharField(
            label="证明什么", max_length=500, help_text="例如：油烟没有经过净化，直接排向居民窗下。",
            error_messages={"required": "请写明这件证据要证明什么。"})),
        ("evidence_kind", forms.ChoiceField(
            label="证据种类", choices=evidence.EvidenceItem.Kind.choices,
            initial="AUDIOVISUAL")),
        ("evidence_source", forms.CharField(
            label="来源", max_length=200, initial="执法人员现场拍摄",
            help_text="谁提供的，或者从哪里取得。")),
    ]  # fmt: skip


def proof_fields() -> list[tuple[str, forms.Field]]:
    """The proof of a service: always welcome, required by post, internet and announcement."""
    return [
        ("proof", forms.FileField(
            label="送达凭证", required=False, widget=PhotoInput(ANY_FILE),
            help_text="回证照片、邮寄回执、发送截图、公告截图；邮寄、电子、公告送达必须上传。",
            error_messages={"empty": "这个文件是空的，请重新选择。"})),
    ]  # fmt: skip


def verify_fields(case: Case) -> list[tuple[str, forms.Field]]:
    """Which pieces of evidence are being verified."""
    items = [e for e in evidence.evidence_of(case.dossier) if e.status == "COLLECTED"]
    return [
        ("evidence_ids", forms.MultipleChoiceField(
            label="核实哪些证据", choices=[(str(e.pk), str(e)) for e in items],
            widget=forms.CheckboxSelectMultiple, initial=[str(e.pk) for e in items],
            help_text="" if items else "没有待核实的证据；先拍照取证或上传。",
            error_messages={"required": "请至少勾选一件证据。"})),
    ]  # fmt: skip


def procedure_field(item: elements.Item | None, *, region_code: str, on: date) -> Extra:
    """Which procedure: asked where the item may be punished on the spot, or handled fast."""
    choices = [("penalty.ordinary", "普通程序")]
    if item is not None and item.on_the_spot:
        choices.append(("penalty.summary", "当场处罚"))
    if item is not None and elements.is_on_fast_list(
        item_code=item.code, region_code=region_code, on=on
    ):
        choices.append(("penalty.fast", "快速办理（当事人书面同意）"))
    if len(choices) == 1:
        return []
    return [
        ("procedure", forms.ChoiceField(
            label="走哪个程序", widget=forms.RadioSelect, initial="penalty.ordinary", choices=choices,
            help_text="拿不准的走普通程序；当场处罚、快速办理的，随时可以转回普通程序。")),
    ]  # fmt: skip


def propose_fields(*, agency_code: str, lead_id: int, on: date) -> list[tuple[str, forms.Field]]:
    """Who handles the case beside the lead: the officers of the agency to choose from."""
    officers = people.accounts_with_role("officer", agency_code, on)
    others = [one for one in officers if one.pk != lead_id]
    choices, closed = elements.officer_choices(accounts=others, on=on)
    widget = ClosedChecks()
    widget.closed = closed
    return [
        ("co_handlers", forms.MultipleChoiceField(
            label="协办人员", choices=choices, widget=widget,
            help_text="执法不得少于两人；您是主办。",
            error_messages={"required": "请至少选择一名协办人员。"})),
    ]  # fmt: skip


class HandlersForm(forms.Form):
    """Handing over or adding a handler."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    what = forms.ChoiceField(
        label="做什么", choices=(("co", "增加协办人员"), ("lead", "移交主办")), widget=forms.RadioSelect,
        initial="co",
    )  # fmt: skip
    to = forms.ChoiceField(label="给谁", widget=ClosedSelect)
    reason = forms.CharField(
        label="原因", max_length=300, error_messages={"required": "请写明调整的原因。"}
    )

    def __init__(self, *args: Any, case: Case, on: date, **more: Any) -> None:
        """Offer the officers of the agency."""
        super().__init__(*args, **more)
        officers = people.accounts_with_role("officer", case.agency_code, on)
        chosen = self.fields["to"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101
        chosen.choices, closed = elements.officer_choices(accounts=officers, on=on)
        chosen.widget.closed = closed  # type: ignore[attr-defined]
        self.fields["key"].initial = uuid.uuid4().hex


class ReviewerForm(forms.Form):
    """Naming who reviews, or handing the review on."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    to = forms.ChoiceField(label="由谁审核", widget=ClosedSelect)
    reason = forms.CharField(
        label="原因", max_length=300, required=False, help_text="第一次指定可以不写；移交必须写。"
    )

    def __init__(
        self, *args: Any, rows: list[tuple[people.Account, str, str]], **more: Any
    ) -> None:
        """Offer the reviewers of the organ; who may not review this case stands there closed."""
        super().__init__(*args, **more)
        chosen = self.fields["to"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101
        chosen.choices = [
            (str(one.pk), f"{one.name}（{what}{'，' + why if why else ''}）")
            for one, what, why in rows
        ]
        chosen.widget.closed = frozenset(  # type: ignore[attr-defined]
            str(one.pk) for one, _, why in rows if why
        )
        self.fields["key"].initial = uuid.uuid4().hex
