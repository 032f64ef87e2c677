"""Deferral, urging, court, own enforcement, substitute performance, agreement beside a case.

What each step works out of what was typed, and what follows for the payment order.
Law: 行政强制法第四章、第五章; 行政处罚法第六十六、七十二、七十三条.
"""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from zhiheng.cases import owing
from zhiheng.cases.goods import services as register
from zhiheng.cases.sides import auction, holding
from zhiheng.cases.sides import execution_facts as known
from zhiheng.cases.sides.kinds import SideKind, enter
from zhiheng.elements import api as elements
from zhiheng.kernel import money
from zhiheng.kernel.calendar import YearNotPublished
from zhiheng.kernel.errors import Invalid
from zhiheng.ledger import api as ledger
from zhiheng.payments import api as payments
from zhiheng.people.api import Actor
from zhiheng.procedures import api as procedures
from zhiheng.rulebook.api import Step

if TYPE_CHECKING:
    from zhiheng.cases.sides.matters import SideMatter
    from zhiheng.procedures.api import Taken

SERVED = {"serve_urge": ("F-46",), "serve_addition": ("F-46",), "serve_order": ("F-47",),
          "serve_auction": ("F-47",)}  # fmt: skip
TO_COME = (
    "urge_until",
    "deferral_until",
    "deferral_asked_until",
    "self_removal_until",
    "execution_planned",
)


def derived(
    matter: "SideMatter", step: Step, values: Mapping[str, Any], on: date, actor: Actor
) -> Mapping[str, Any]:
    """What a step of enforcement works out; refuses days and sums that cannot be."""
    for name in TO_COME:
        day = values.get(name)
        at_once = name == "execution_planned" and day == on
        if isinstance(day, date) and day <= on and not at_once:
            raise _wrong(name, "请填今天以后的日期。")
    worker = WORKED_OUT.get((matter.run.procedure_id, step.id))
    return worker(matter, values, on) if worker else {}


def _wrong(name: str, sentence: str) -> Invalid:
    return Invalid(
        "有些内容填得不对。", next_step="请改正标红的内容。", fields={name: sentence}
    )  # fmt: skip


def _schedule(matter: "SideMatter", values: Mapping[str, Any], on: date) -> Mapping[str, Any]:
    """The instalments of a deferral: they sum to what is left."""
    kind = str(procedures.kept_facts(matter.run)["deferral_kind"])
    return {"_parts": _planned(matter, values, on, kind=kind, name="deferral")}


def _asked_for(matter: "SideMatter", values: Mapping[str, Any], on: date) -> Mapping[str, Any]:
    """The instalments that the party asks for; the head finds them in the form."""
    kind = str(values.get("deferral_kind"))
    return {"_asked_parts": _planned(matter, values, on, kind=kind, name="deferral_asked")}


def _planned(
    matter: "SideMatter", values: Mapping[str, Any], on: date, *, kind: str, name: str
) -> list:
    until, schedule = values[f"{name}_until"], f"{name}_schedule"
    total = payments.owed(known.order_of(matter), on=on).left
    text = str(values.get(schedule) or "")
    if kind == "DEFER":
        return [[until.isoformat(), total]]
    if not text.strip():
        raise _wrong(schedule, "分期缴的，请一行一期写明日期和金额。")
    return _parts(schedule, text, total=total, first=on, last=until)


def _agreed(matter: "SideMatter", values: Mapping[str, Any], on: date) -> Mapping[str, Any]:
    """The stages of an agreement: what is left, without what is waived of the addition."""
    left = payments.owed(known.order_of(matter), on=on).left
    total = max(0, left - int(values.get("addition_waived") or 0))
    text = str(values["agreement_schedule"])
    return {"_parts": _parts("agreement_schedule", text, total=total, first=on)}


def _parts(name: str, text: str, *, total: int, first: date, last: date | None = None) -> list:
    try:
        found = payments.read_schedule(text, total=total, first=first, last=last)
    except Invalid as wrong:
        raise _wrong(name, wrong.message) from wrong
    return [[part.due_on.isoformat(), part.cents] for part in found]


def _added(matter: "SideMatter", values: Mapping[str, Any], on: date) -> Mapping[str, Any]:
    return {"late_addition": payments.gross_addition(known.order_of(matter), on=on)}


def _executed(matter: "SideMatter", values: Mapping[str, Any], on: date) -> Mapping[str, Any]:
    return {"all_executed": payments.owed(known.order_of(matter), on=on).left == 0}


def _collected(matter: "SideMatter", values: Mapping[str, Any], on: date) -> Mapping[str, Any]:
    if not values.get("court_collected"):
        raise _wrong("court_collected", "请填写法院划付的金额。")
    if not str(values.get("court_receipt_no") or "").strip():
        raise _wrong("court_receipt_no", "请填写缴库凭证号。")
    return {}


def _scanned(matter: "SideMatter", values: Mapping[str, Any], on: date) -> Mapping[str, Any]:
    """Whether the words of the paper threaten with cutting utilities (行政强制法 43)."""
    text = "".join(str(value) for value in values.values() if isinstance(value, str))
    plain = "".join(text.split())
    found = any(word in plain for word in known.words("execution.utility-words", matter, on))
    return {"cuts_utilities": found}


def _arranged(matter: "SideMatter", values: Mapping[str, Any], on: date) -> Mapping[str, Any]:
    """Whether the time that was set lies in the night or on a statutory holiday."""
    day = values["implement_on"]
    if day < on:
        raise _wrong("implement_on", "安排实施的日期要是今天或者以后。")
    start, end = _hour(values, "implement_from"), _hour(values, "implement_to")
    if end <= start:
        raise _wrong("implement_to", "结束要晚于开始，且在同一天。")
    if values.get("implement_urgent") and not str(values.get("implement_urgent_reason")).strip():
        raise _wrong("implement_urgent_reason", "情况紧急的，请写明理由。")
    dusk, dawn = (_clock(each) for each in known.words("execution.night", matter, on))
    dark = start < dawn or end > dusk
    try:
        holiday = ledger.current_calendar().is_holiday(day)
    except YearNotPublished as wrong:
        raise _wrong("implement_on", "那一年的放假安排还没有公布，请另选日期。") from wrong
    return {"night_or_holiday": dark or holiday}


def _hour(values: Mapping[str, Any], name: str) -> time:
    try:
        return _clock(str(values[name]).strip().replace("：", ":"))
    except ValueError as wrong:
        raise _wrong(name, "请写成 09:30 这样的时刻。") from wrong


def _clock(text: str) -> time:
    hour, _, minute = text.partition(":")
    return time(int(hour), int(minute))


def _billed(matter: "SideMatter", values: Mapping[str, Any], on: date) -> Mapping[str, Any]:
    if not values.get("substitute_cost"):
        raise _wrong("substitute_cost", "请填写实际费用。")
    return {}


WORKED_OUT = {
    ("execution.deferral", "apply"): _asked_for,
    ("execution.deferral", "grant"): _schedule, ("execution.agreement", "propose"): _agreed,
    ("execution.court", "add"): _added, ("execution.court", "finish"): _executed,
    ("execution.court", "collect"): _collected, ("execution.own", "decide"): _scanned,
    ("execution.own", "announce"): _scanned, ("execution.own", "carry_out"): _arranged,
    ("execution.substitute", "bill"): _billed,
    ("execution.court", "decide_auction"): auction.decided,
    ("execution.court", "auction"): auction.sold,
}  # fmt: skip


def after(matter: "SideMatter", taken: "Taken") -> None:
    """What a step of enforcement does to the payment order."""
    follower = FOLLOWS.get((matter.run.procedure_id, taken.step.id))
    if follower:
        follower(matter, taken)


def _granted(matter: "SideMatter", taken: "Taken") -> None:
    order, parts = known.order_of(matter), _kept_parts(matter)
    carried = payments.gross_addition(order, on=taken.on)
    payments.reschedule(
        order=order, until=taken.values["deferral_until"], parts=parts, carried=carried
    )
    ledger.cancel_deadlines(
        dossier=matter.case.dossier, rule_ids=["payment.fine"], at=taken.at
    )  # fmt: skip


def _kept_parts(matter: "SideMatter") -> list[payments.Part]:
    return [
        payments.Part(date.fromisoformat(day), cents) for day, cents in matter.run.facts["_parts"]
    ]


def _contracted(matter: "SideMatter", taken: "Taken") -> None:
    order, parts = known.order_of(matter), _kept_parts(matter)
    waived = int(taken.facts["addition_waived"])
    carried = payments.gross_addition(order, on=taken.on)
    payments.reschedule(order=order, until=parts[-1].due_on, parts=parts, carried=carried)
    if waived:
        payments.waive(order=order, cents=waived, on=taken.on)


def _broken(matter: "SideMatter", taken: "Taken") -> None:
    payments.fall_due(order=known.order_of(matter), on=taken.on)


def _paid_by_court(matter: "SideMatter", taken: "Taken") -> None:
    cents, receipt = taken.values["court_collected"], str(taken.values["court_receipt_no"])
    known.money_came(matter, taken, cents=cents, channel="COURT", receipt_no=receipt)


def _restored(matter: "SideMatter", taken: "Taken") -> None:
    if taken.facts["execution_object"] == "MONEY":
        payments.void_order(order=known.order_of(matter), reason="WRONG", at=taken.at)


def _released(matter: "SideMatter", taken: "Taken") -> None:
    """The costs of a performance that nobody owed any more: what was paid of them goes back."""
    for order in payments.orders_of(matter.side.dossier_id):
        payments.void_order(order=order, reason="REVOKED", at=taken.at)


def _claimed(matter: "SideMatter", taken: "Taken") -> None:
    """The costs of substitute performance have an order of their own, in its dossier."""
    terms = procedures.terms_of(
        "payment.fine", on=taken.on, domain=matter.run.domain, region=matter.case.region_code
    )
    due = taken.on + timedelta(days=terms.amount if terms else 0)
    claim = owing.claim_of(
        matter.case, on=taken.on, decision="", due_on=due, kind="COST",
        other_cents=taken.values["substitute_cost"],
    )  # fmt: skip
    payments.issue_order(dossier=matter.run.dossier, claim=claim, at=taken.at, on=taken.on)


FOLLOWS = {
    ("execution.deferral", "grant"): _granted, ("execution.deferral", "lapse"): _broken,
    ("execution.agreement", "approve"): _contracted, ("execution.agreement", "breach"): _broken,
    ("execution.court", "collect"): _paid_by_court, ("execution.court", "auction"): auction.pay,
    ("execution.own", "restore"): _restored,
    ("execution.substitute", "bill"): _claimed, ("execution.substitute", "release"): _released,
}  # fmt: skip


def prefill(matter: "SideMatter", step: Step, on: date) -> Mapping[str, Any]:
    """Answers that the platform knows: what is owed, to where, which court."""
    body = elements.get_body(matter.case.agency_code, on)
    order = payments.fine_order_of(matter.case.pk)
    kept = procedures.kept_facts(matter.run)
    answers: dict[str, Any] = {
        "court_name": body.court, "served_on": on,
        "deferral_until": kept.get("deferral_asked_until"),
        "deferral_schedule": kept.get("deferral_asked_schedule"),
    }  # fmt: skip
    if order is None or "urge_duty" not in step.asks:
        return answers
    now = payments.owed(order, on=on)
    answers["urge_duty"] = (
        f"缴纳罚款{money.yuan(order.principal)}元、加处罚款{money.yuan(now.addition)}元"
        f"（加处罚款按日计算至缴清之日），缴至{order.bank}国库账户{order.account}，缴款码{order.code}。"
    )
    answers["urge_until"] = ledger.current_calendar().nth_workday_after(on, 10)
    return answers


for _procedure in ("deferral", "court", "own", "substitute", "agreement"):
    enter(SideKind(
        procedure=f"execution.{_procedure}", facts=known.facts, derived=derived, after=after,
        prefill=prefill, panel=known.panel, served=SERVED, more_fields=holding.more_fields,
        digests=register.digests_of, hidden=holding.HIDDEN,
    ))  # fmt: skip
