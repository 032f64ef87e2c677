"""The phases of a case on the spot as screens: what each asks, and which steps its tap takes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse

from zhiheng.cases.matters import CaseMatter
from zhiheng.cases.services.collect import keep_proof
from zhiheng.cases.services.spot import Step
from zhiheng.cases.spot import forms, reading
from zhiheng.elements import api as elements
from zhiheng.evidence import api as evidence
from zhiheng.kernel import money
from zhiheng.payments import api as payments
from zhiheng.people.api import Actor
from zhiheng.procedures import api as procedures
from zhiheng.procedures import pages as faces
from zhiheng.procedures.views import step_of

Given = Mapping[str, Any]
ORDINARY = (
    "to_ordinary", "recheck_correction", "assess_leniency", "educate", "decide_no_penalty",
)  # fmt: skip


@dataclass(frozen=True)
class Phase:
    """One screen.

    Attributes:
        name: sent back with the form, so that what was sent twice is known.
        form: makes the form from what was posted.
        steps: the steps that the tap takes.
        told: text to read out, or what is known.
        findings: what stands against the phase's step already.
        ways: other steps that lead away from here.
        order: what is to be paid, as label and text.
    """

    name: str
    title: str
    form: Callable[[Any, Any], forms.SpotForm]
    steps: Callable[[Given], list[Step]]
    told: str = ""
    findings: tuple[Any, ...] = ()
    ways: tuple[str, ...] = ()
    law: str = ""
    code_svg: str = ""
    order: list[tuple[str, Any]] = field(default_factory=list)


def phase_of(matter: CaseMatter, *, actor: Actor, on: date) -> Phase:
    """The screen that the case stands at for this person today."""
    maker = {"FOUND": _evidence, "TOLD": _statement, "DECIDED": _hand_over, "SERVED": _payment}
    facts = procedures.facts_today(matter, actor=actor, on=on)
    return maker.get(matter.run.dossier.state, _done)(matter, facts, actor, on)


def _against(matter: CaseMatter, step_id: str, actor: Actor, on: date) -> tuple[Any, ...]:
    """What blocks a step, told before anybody types."""
    _, found = step_of(matter, step_id=step_id, actor=actor, on=on)
    return tuple(faces.findings_of(found))


def _evidence(matter: CaseMatter, facts: Given, actor: Actor, on: date) -> Phase:
    case = matter.case
    items = [e for e in evidence.evidence_of(case.dossier) if e.status != "EXCLUDED"]
    amounts = reading.amounts(case, facts=dict(facts), on=on)
    shown = facts["id_shown"]

    def form(data: Any, files: Any) -> forms.SpotForm:
        known = forms.started(case) | {"amount": str(amounts[0]) if amounts else None}
        made = forms.EvidenceForm(data, files, **known)
        return made.fit(
            case, amounts=amounts, warning=facts["warning_allowed"], has_photo=bool(items)
        )

    return Phase(
        name="evidence", title="取证、告知", form=form, ways=ORDINARY, law="tell",
        steps=lambda given: _tell(case, given, shown=shown, waiting=[e.pk for e in items]),
        findings=_against(matter, "show_id", actor, on) if not shown else (),
    )  # fmt: skip


def show_id(party_name: str) -> Step:
    """Showing one's certificate and telling the rights."""
    return Step("show_id", {"id_shown_to": party_name})


def _tell(case: Any, given: Given, *, shown: bool, waiting: list[int]) -> list[Step]:
    steps = [] if shown else [show_id(case.party_name)]
    if photo := given.get("photo"):
        upload = {
            "file": photo, "evidence_title": f"现场照片{len(waiting) + 1}", "evidence_kind": "AUDIOVISUAL",
            "evidence_source": "执法人员现场拍摄", "proves": given["facts_found"][:200],
        }  # fmt: skip
        steps.append(
            Step("add_photo", {"photo_place": case.place, "photo_note": "当场拍摄。"}, upload)
        )
    verified = {"verification_note": "当场拍摄，与现场一致，能够证明所写的事实。"}
    told = {
        "facts_found": given["facts_found"], "fine_notified": given["fine_notified"],
        "refusal_recorded": bool(given.get("refusal_recorded")),
        "crime_suspected": given["crime_suspected"],
    }  # fmt: skip
    return [*steps, Step("verify_evidence", verified, all_evidence=True), Step("tell", told)]


def _statement(matter: CaseMatter, facts: Given, actor: Actor, on: date) -> Phase:
    fine = facts["fine_notified"]

    def form(data: Any, files: Any) -> forms.SpotForm:
        return forms.StatementForm(
            data, files, fine_decided=fine, payment_channel="ELECTRONIC",
            correction_content=facts["correction_content"] or "立即改正。",
        )  # fmt: skip

    disputed = facts["statement_said"] == "DISPUTES"
    return Phase(
        name="statement", title="听取意见、作出决定", form=form, steps=_decide, law="decide",
        told=reading.read_out(matter.case, facts=dict(facts)), ways=ORDINARY,
        findings=_against(matter, "decide", actor, on) if disputed or facts["crime_suspected"] else (),
    )  # fmt: skip


def _decide(given: Given) -> list[Step]:
    said = {
        "statement_said": given["said"], "statement_text": given["statement_text"],
        "statement_check": given["statement_check"],
    }  # fmt: skip
    heard = Step("hear", said)
    if given["said"] == "DISPUTES":
        return [heard]
    decided = {
        "fine_decided": given["fine_decided"], "correction_content": given["correction_content"],
        "payment_channel": given["payment_channel"],
        "spot_collection_ground": given["spot_collection_ground"] or "NONE",
        "spot_receipt_no": given["spot_receipt_no"],
    }  # fmt: skip
    return [heard, Step("decide", decided)]


def _hand_over(matter: CaseMatter, facts: Given, actor: Actor, on: date) -> Phase:
    subject = elements.open_subject(elements.latest_subject(matter.case.subject))
    person = subject.legal_representative or subject.name
    own = subject.kind in ("CITIZEN", "SOLE")

    def steps(given: Given) -> list[Step]:
        proofs = keep_proof(given.get("signature"))
        answers = {
            "delivery_signed": "REFUSED" if given["refused"] else "SIGNED",
            "service_receiver": given["service_receiver"], "service_place": matter.case.place,
            "service_relation": "SELF" if own else "REPRESENTATIVE",
            "service_note": given["service_note"],
        }  # fmt: skip
        handed = Step("serve_decision", answers, extra={"proofs": proofs}, digests=proofs)
        report = (
            [Step("report", {"filing_note": ""})] if facts["decision_kind"] == "PENALTY" else []
        )
        return [handed, *report]

    return Phase(
        name="hand_over", title="交付决定书", law="serve_decision", steps=steps,
        form=lambda data, files: forms.HandOverForm(data, files, service_receiver=person[:64]),
    )  # fmt: skip


def _payment(matter: CaseMatter, facts: Given, actor: Actor, on: date) -> Phase:
    fine = facts["fine_decided"] if facts["decision_kind"] == "PENALTY" else 0
    if fine and not facts["paid_in_full"]:
        return (
            _cash(fine, facts, on) if facts["payment_channel"] == "ON_SPOT" else _code(matter, fine)
        )
    note = "罚款已缴清，当场改正。" if fine else "已当场教育、责令改正，没有罚款。"
    return Phase(
        name="finish", title="办结", law="confirm_performance", ways=() if fine else ("educate",),
        form=lambda data, files: forms.DoneForm(data, files),
        steps=lambda given: [Step("confirm_performance", {"performance_note": note})],
    )  # fmt: skip


def _cash(fine: int, facts: Given, on: date) -> Phase:
    def steps(given: Given) -> list[Step]:
        cash = {"paid_cents": fine, "paid_on": on, "receipt_no": given["receipt_no"],
                "receipt_issued": given["receipt_issued"]}  # fmt: skip
        performed = {"performance_note": "罚款已当场收缴，票据已交当事人。"}
        return [Step("collect_cash", cash), Step("confirm_performance", performed)]

    return Phase(
        name="cash", title="当场收缴", steps=steps, law="collect_cash",
        order=[("收现金", f"{money.yuan(fine)} 元")],
        form=lambda data, files: forms.CashForm(data, files, receipt_no=facts["spot_receipt_no"]),
    )  # fmt: skip


def _code(matter: CaseMatter, fine: int) -> Phase:
    """The order to pay; the money comes later, so nothing is left to tap."""
    order = payments.fine_order_of(matter.case.pk)
    rows: list[tuple[str, Any]] = [("应缴", f"{money.yuan(fine)} 元")]
    if order:
        rows += [
            ("缴款码", order.code),
            ("缴到", f"{order.bank}　{order.account}"),
            ("最迟", order.due_on),
        ]
    return Phase(
        name="pay", title="缴款", law="record_payment", ways=("record_payment",),
        form=lambda data, files: forms.DoneForm(data, files), steps=lambda given: [],
        code_svg=pay_code(order.code) if order else "", order=rows,
    )  # fmt: skip


def pay_code(code: str) -> str:
    """What the party scans to pay, as SVG: the public page of its order.

    Never the micro kind, which phones do not read.
    """
    address = settings.SITE_URL.rstrip("/") + reverse("pay", args=[code])
    made = segno.make(address, error="m", micro=False)
    return str(made.svg_inline(scale=6, border=4, omitsize=True))


def _done(matter: CaseMatter, facts: Given, actor: Actor, on: date) -> Phase:
    return Phase(
        name="done", title="现场办完了", form=lambda data, files: forms.DoneForm(data, files),
        steps=lambda given: [],
    )  # fmt: skip
