"""Papers of enforcement: F-46 to F-49 (行政处罚法 72; 行政强制法 35–55)."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from zhiheng.cases.papers import making
from zhiheng.cases.papers.common import Material, lines
from zhiheng.cases.papers.deciding import remedy
from zhiheng.documents import api as documents
from zhiheng.kernel import money
from zhiheng.ledger import api as ledger
from zhiheng.payments import api as payments
from zhiheng.procedures import api as procedures
from zhiheng.rulebook import api as rulebook

SHANGHAI = ZoneInfo("Asia/Shanghai")
PURPOSES = {
    "execution.own": "OWN",
    "execution.court": "COURT",
    "execution.substitute": "SUBSTITUTE",
}
PAUSES = {"HARDSHIP": "UNABLE", "THIRD_PARTY": "THIRD_PARTY", "HARM": "HARM", "OTHER": "OTHER"}
ENDS = {"DEATH": "DIED", "ORG_GONE": "ENDED", "OBJECT_GONE": "LOST", "REVOKED": "REVOKED",
        "OTHER": "OTHER"}  # fmt: skip


def case_facts(m: Material) -> dict[str, Any]:
    """What the case has established; a side knows its own facts alone."""
    run = m.case.dossier.run
    return {**procedures.kept_facts(run), **{k: v for k, v in run.facts.items() if k[0] == "_"}}


def order_of(m: Material) -> payments.PaymentOrder | None:
    """The order of the case's fine."""
    return payments.fine_order_of(m.case.pk)


def contact(m: Material) -> str:
    """Whom the party may ask."""
    return "、".join(each["name"] for each in m.officers)


def pay_to(m: Material) -> dict[str, str]:
    """Where the money goes."""
    order = order_of(m)
    return {
        "bank": order.bank if order else m.body.bank_name,
        "account": f"{order.account}（缴款码{order.code}）" if order else m.body.bank_account,
    }


def _decided(m: Material) -> dict[str, str]:
    """What is enforced: the decision, or the one made on the spot."""
    if number := m.number_of("F-39"):
        return {"decision_title": "行政处罚决定书", "decision_number": number}
    return {"decision_title": "当场行政处罚决定书", "decision_number": m.number_of("F-08")}


def _decision(m: Material) -> dict[str, Any]:
    """The decision that is enforced, its service, and the duty: on every paper of enforcement."""
    told = case_facts(m)
    duty = f"缴纳罚款人民币{money.in_words(told['fine_decided'])}"
    if m.matter.run.procedure_id == "execution.substitute":
        duty = m.facts["substitute_duty"]
    elif m.facts.get("execution_object") in ("DEMOLITION", "OTHER"):
        duty = m.facts["urge_duty"]
    return {
        **m.base(), "party": m.party(), **_decided(m),
        "decided_on": (m.case.decided_on or m.on).isoformat(),
        "served_on": told.get("_decision_served_on") or _handed_on(m).isoformat(),
        "obligation": str(duty).rstrip("。"), "contact_person": contact(m),
    }  # fmt: skip


def _handed_on(m: Material) -> date:
    """The day on which a decision on the spot was handed over: the party's period began."""
    clock = ledger.get_deadline(m.case.dossier, "remedy.reconsideration")
    return clock.started_on if clock else m.on


def _remedy(m: Material) -> dict[str, Any]:
    return remedy(m, "execution")


def _urged(m: Material) -> dict[str, Any]:
    """How the party was urged and what it said."""
    own = m.matter.run.facts
    said = own.get("urge_defence_text")
    answer = own.get("urge_defence_answer", "")
    told = f"当事人提出意见：{said}。复核意见：{answer}" if said else "当事人没有提出陈述、申辩。"
    papers = documents.documents_of(m.matter.dossier).filter(code="F-46", facts__variant="URGE")
    urge = papers.order_by("-pk").first()
    return {
        "urge_number": (urge.number or "") if urge else "",
        "urge_served_on": own.get("_urge_served_on", m.on.isoformat()), "urge_result": told,
    }  # fmt: skip


def urging(m: Material) -> dict[str, Any]:
    """F-46 催告书, and the decision on the addition."""
    return _addition(m) if m.taken.step.id == "add" else _urge(m)


def _urge(m: Material) -> dict[str, Any]:
    order, facts = order_of(m), m.facts
    paper = {
        **_decision(m), "variant": "URGE", "purpose": PURPOSES[m.matter.run.procedure_id],
        "period": f"{_zh(facts['urge_until'])}以前", "urge_text": facts["urge_duty"],
    }  # fmt: skip
    if order is None or m.matter.run.procedure_id == "execution.substitute":
        return paper
    now = payments.owed(order, on=m.on)
    return {
        **paper, "amount": now.left, "payment": pay_to(m),
        "amount_detail": f"罚款{money.yuan(order.principal)}元，加处罚款{money.yuan(now.addition)}元，"
        f"已缴{money.yuan(now.paid)}元",
    }  # fmt: skip


def _addition(m: Material) -> dict[str, Any]:
    order = order_of(m)
    assert order is not None  # noqa: S101 - the step has looked
    spans = [f"{each.since}至{each.until or '今'}" for each in order.pauses.all()]
    return {
        **_decision(m), "variant": "DECISION", "fine": order.fine_cents,
        "unpaid": max(0, order.fine_cents - order.paid_cents), "due_on": order.due_on.isoformat(),
        "addition_from": date.fromordinal(order.due_on.toordinal() + 1).isoformat(),
        "addition_until": m.on.isoformat(), "late_addition": m.facts["late_addition"],
        "addition_standard": f"每日按罚款数额的百分之{order.rate_percent}加处，"
        "加处罚款的数额不超出罚款的数额",
        "not_counted": "、".join(spans), "remedy": _remedy(m),
    }  # fmt: skip


def ordering(m: Material) -> dict[str, Any]:
    """F-47 强制执行决定书, 代履行决定书."""
    other = m.matter.run.procedure_id == "execution.substitute"
    return _substitute(m) if other else _coercion(m)


def _at(day: date) -> str:
    return datetime.combine(day, time(9), SHANGHAI).isoformat()


def _basis(m: Material) -> list[str]:
    return [each.text for each in m.taken.step.law]


def _coercion(m: Material) -> dict[str, Any]:
    facts = m.facts
    hiding, power = bool(facts.get("hiding_assets")), [str(facts.get("power_basis") or "")]
    manner, house = facts["execution_way"], facts.get("auction_house")
    return {
        **_decision(m), **_urged(m), "variant": "COERCION",
        "immediate": hiding,
        "immediate_reason": "有证据证明当事人转移、隐匿财物。" if hiding else "",
        "execution": {
            "reason": facts["execution_reason"],
            "basis": [*filter(None, power), *_basis(m)],
            "manner": f"{manner}（委托{house}拍卖）" if house else manner, "at": _at(facts["execution_planned"]),
        },
        "remedy": _remedy(m),
    }  # fmt: skip


def _substitute(m: Material) -> dict[str, Any]:
    facts, at_once = m.facts, m.taken.step.id == "decide_at_once"
    harm = rulebook.current().all_facts["substitute_harm"].choices[str(facts["substitute_harm"])]
    known = {} if at_once else _urged(m)
    return {
        **_decision(m), **known, "variant": "SUBSTITUTE", "immediate": at_once,
        "immediate_reason": facts["substitute_plan"] if at_once else "",
        "execution": {
            "reason": f"当事人没有履行，后果已经或者将{harm}。", "basis": _basis(m),
            "manner": facts["substitute_plan"], "at": _at(facts["execution_planned"]),
            "object": facts["substitute_duty"], "budget": facts["substitute_budget"],
            "budget_detail": facts["substitute_budget_note"],
            "performer": facts["substitute_performer"], "supervisor": contact(m),
        },
        "remedy": _remedy(m),
    }  # fmt: skip


def application(m: Material) -> dict[str, Any]:
    """F-48 强制执行申请书, signed by the head (行政强制法 55)."""
    from zhiheng.cases.sides.exhausted import remedies_of

    facts, told, order = m.facts, case_facts(m), order_of(m)
    remedies = remedies_of(m.case)
    paper = {
        **_decision(m), **_urged(m), "court": facts["court_name"],
        "request": facts["court_application"], "facts_found": told["facts_found"],
        "penalty_basis": m.norms()["penalty_basis"],
        "remedies_state": remedies.said,
        "remedies_over_on": (remedies.end or m.on).isoformat(),
        "object_state": facts["court_object"], "head_name": m.taken.actor.name,
        "attachments": ["行政处罚决定书及送达回证", "作出决定的事实、理由和依据材料",
                        "催告书、送达回证和当事人意见记录", "申请执行标的情况材料"],
    }  # fmt: skip
    paper["organ"] = {**paper["organ"], "representative": f"{m.taken.actor.name}（负责人）"}
    if order is not None:
        paper["amount"] = payments.owed(order, on=m.on).left
    return paper


def terms(m: Material) -> dict[str, Any]:
    """F-49 执行协议, 中止、恢复、终结执行通知."""
    writer = {"approve": _agreement, "pause": _pause, "resume": _resume, "breach": _breach}
    return {**_decision(m), **writer.get(m.taken.step.id, _end)(m)}


def _agreement(m: Material) -> dict[str, Any]:
    facts = m.facts
    stages = [{"due_on": day, "duty": f"缴纳{money.yuan(cents)}元"}
              for day, cents in m.matter.run.facts["_parts"]]  # fmt: skip
    waived = facts["addition_waived"]
    return {
        "variant": "AGREEMENT", "agreed_at": f"{_zh(m.on)}，{m.body.name}", "stages": stages,
        "remedial_measures": facts["remedy_measures"],
        "reduction": f"减免加处罚款{money.yuan(waived)}元" if waived else "",
        "no_harm": "；".join(lines(facts["agreement_text"])) + "。本协议不损害公共利益和他人合法权益",
    }  # fmt: skip


def _pause(m: Material) -> dict[str, Any]:
    return {
        "variant": "SUSPEND", "suspend_execution_ground": PAUSES[str(m.facts["pause_ground"])],
        "execution_reason": m.facts["pause_reason"], "effective_on": m.on.isoformat(),
    }  # fmt: skip


def _resume(m: Material) -> dict[str, Any]:
    return {
        "variant": "RESUME", "resume_ground": "ENDED", "execution_reason": m.facts["resume_note"],
        "effective_on": m.on.isoformat(),
    }  # fmt: skip


def _breach(m: Material) -> dict[str, Any]:
    return {
        "variant": "RESUME", "resume_ground": "BREACH", "execution_reason": m.facts["breach_note"],
        "effective_on": m.on.isoformat(),
    }  # fmt: skip


def _end(m: Material) -> dict[str, Any]:
    return {
        "variant": "TERMINATE",
        "end_execution_ground": ENDS.get(str(m.facts["ending_ground"]), "OTHER"),
        "execution_reason": m.facts["execution_note"], "effective_on": m.on.isoformat(),
    }  # fmt: skip


def _zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


for _code, _writer in (("F-46", urging), ("F-47", ordering),
                       ("F-48", application), ("F-49", terms)):  # fmt: skip
    making.write(_code, _writer)
