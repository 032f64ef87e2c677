"""Papers of registration, seizure and disposal: F-21, F-22, F-23, F-24, F-25.

What stands in two forms on one number (审批表 and 决定书) follows from the step that makes it.
"""

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from zhiheng.cases.goods import selectors as goods
from zhiheng.cases.goods.rows import rows_of
from zhiheng.cases.papers import making
from zhiheng.cases.papers.common import Material, lines, period
from zhiheng.cases.papers.deciding import remedy
from zhiheng.documents import api as documents
from zhiheng.kernel import money
from zhiheng.ledger import api as ledger

if TYPE_CHECKING:
    from zhiheng.cases.sides.matters import SideMatter

NONE = "—"
TOLD = (
    "实施时已出示执法证件，当场告知采取措施的理由、依据以及依法享有的权利、救济途径，"
    "听取了当事人的陈述和申辩，并制作现场笔录。"
)
OUTCOMES = {"COLLECT": "COPY", "TEST": "TEST", "SEIZE": "COERCE", "TRANSFER": "CONFISCATE",
            "RELEASE": "RELEASE"}  # fmt: skip
GROUNDS = {"NOT_NEEDED": "OTHER", "NOT_APPROVED": "OTHER"}


def registration(m: Material) -> dict[str, Any]:
    """F-21 先行登记保存证据审批表 or 通知书 (行政处罚法 56)."""
    facts, approval = m.facts, m.taken.step.id.startswith("approve")
    place, keeper = facts["registration_place"], facts["registration_keeper"]
    shared = {
        **m.base(), "party": {"name": m.subject.name}, "facts_found": _suspected(m),
        "preserve_reason": facts["registration_reason"], "keep_manner": "MOVE",
        "keep_place": place or "实施时写明", "keeper": keeper or "实施时写明", "officers": m.officers,
        "urgent": at_once(m),
    }  # fmt: skip
    if approval:
        return {
            **shared, "variant": "APPROVAL", "goods": _told(facts["registration_items"], m),
            "approvals": _approvals(m, "apply", facts["registration_opinion"]),
        }  # fmt: skip
    return {
        **shared, "variant": "NOTICE", "goods": things(m), "started_at": m.at.isoformat(),
        "decide_by": period("registration.disposal", material=m),
        "contact_person": contact(m),
    }  # fmt: skip


def disposal(m: Material) -> dict[str, Any]:
    """F-22 先行登记保存证据处理决定书 (行政处罚法 56)."""
    facts, clock = m.facts, ledger.get_deadline(m.matter.dossier, "registration.disposal")
    released = m.taken.step.id in ("lapse", "refuse_after")
    reason = {
        "lapse": "七个工作日内没有作出处理决定，先行登记保存自动解除。",
        "refuse_after": f"负责人没有补批。{facts['registration_opinion']}",
    }.get(m.taken.step.id) or facts["registration_disposal_reason"]
    outcome = "RELEASE" if released else OUTCOMES[str(facts["registration_disposal"])]
    started = clock.started_on if clock else m.on
    return {
        **m.base(), "party": {"name": m.subject.name}, "goods": things(m),
        "preservation": {
            "number": number_of(m, "F-21"), "started_on": started.isoformat(),
            "ended_on": day(clock.due_on if clock else None, m.on),
        },
        "outcome": outcome, "outcome_reason": reason,
        "outcome_basis": ["《中华人民共和国行政处罚法》第五十六条"],
        "returned_to": "请到保存地点领取，领取时在清单上签字。" if outcome in ("COPY", "RELEASE") else "",
        "contact_person": contact(m),
    }  # fmt: skip


def seizure(m: Material) -> dict[str, Any]:
    """F-23 查封（扣押）审批表 or 决定书: five statutory fields (行政强制法 18, 24)."""
    facts, approval = m.facts, m.taken.step.id.startswith("approve")
    clock = ledger.get_deadline(m.matter.dossier, "seizure.period")
    started, ends = (clock.started_on, clock.due_on) if clock else (m.on, None)
    if not approval:
        started, ends = m.on, _first_end(m)
    measure = {
        "kind": _kind(m), "reason": facts["seizure_reason"], "basis": lines(facts["seizure_basis"]),
        "necessity": "经办人认为，不采取强制手段不能达到目的。",
        "days": period("seizure.period", material=m), "place": m.case.place or facts["seizure_place"],
        "keep_place": kept(m), "started_on": started.isoformat(), "ends_on": day(ends, m.on),
    }  # fmt: skip
    shared = {
        **m.base(), "party": m.party(), "officers": m.officers, "facts_found": _suspected(m),
        "measure": measure, "urgent": at_once(m),
    }  # fmt: skip
    if approval:
        listed = things(m) if facts["seizure_done"] else _told(facts["seizure_object"], m)
        return {
            **shared, "variant": "APPROVAL", "goods": listed,
            "urgent_done_at": _done_at(m, "implement_urgent") if at_once(m) else "",
            "approvals": _approvals(m, "request", facts["seizure_opinion"]),
        }  # fmt: skip
    said = facts["seizure_statement"]
    return {
        **shared, "variant": "DECISION", "goods": things(m),
        "defence": f"{TOLD}当事人说：{said}" if said else TOLD, "remedy": remedy(m, "coercion"),
    }  # fmt: skip


def period_paper(m: Material) -> dict[str, Any]:
    """F-24 延长查封（扣押）期限决定书 (行政强制法 25)."""
    facts, clock = m.facts, ledger.get_deadline(m.matter.dossier, "seizure.extension")
    return {
        **m.base(), "variant": "EXTENSION", "party": {"name": m.subject.name}, "measure": measure(m),
        "extension_reason": facts["seizure_extension_reason"],
        "extension_days": period("seizure.extension", material=m),
        "extended_until": day(clock.due_on if clock else None, m.on),
        "approved_by": m.taken.actor.name, "contact_person": contact(m),
        "remedy": remedy(m, "coercion"),
    }  # fmt: skip


def lifting(m: Material) -> dict[str, Any]:
    """F-25 解除查封（扣押）决定书 with what is given back (行政强制法 28)."""
    facts, ground = m.facts, str(m.facts["lift_ground"])
    sold = [g.proceeds_cents for g in goods.of_side(beside(m).side) if g.state == "AUCTIONED"]
    return {
        **m.base(), "party": {"name": m.subject.name}, "measure": measure(m), "goods": things(m),
        "release_ground": GROUNDS.get(ground, ground), "release_reason": facts["lift_reason"],
        "released_on": m.on.isoformat(), "returned": "请持身份证件到保管地点领取，领取时在清单上签字。",
        "proceeds": sum(cents or 0 for cents in sold) or None, "contact_person": contact(m),
    }  # fmt: skip


def at_once(m: Material) -> bool:
    """Whether the measure is taken before it is approved."""
    return m.taken.step.id in ("implement_urgent", "register_at_once", "approve_after")


def beside(m: Material) -> "SideMatter":
    """The side proceeding that these papers belong to; none of them is made elsewhere."""
    return cast("SideMatter", m.matter)


def things(m: Material) -> list[dict[str, str]]:
    """The list: what the step enters, else what the side holds."""
    if "goods_list" not in m.taken.step.asks:
        held = goods.held_by(beside(m).side)
        return [row_of(good) for good in held] or [_empty("没有在保管的物品")]
    over = goods.chosen_of(
        goods.registered_in(m.case), str(m.taken.values.get("goods_taken_over") or "")
    )
    listed = [
        {
            "name": row["name"], "spec": row["spec"] or NONE, "quantity": f"{row['quantity']}{row['unit']}",
            "state": _value(row["value_cents"]), "note": _seal(row["seal_no"]),
        }
        for row in rows_of(str(m.taken.values.get("goods_list") or ""))
    ]  # fmt: skip
    return [row_of(good) for good in over] + listed


def row_of(good: Any) -> dict[str, str]:
    """A thing as a line of a list."""
    return {
        "name": good.name, "spec": good.spec or NONE, "quantity": good.amount.replace(" ", ""),
        "state": _value(good.value_cents), "note": _seal(good.seal_no),
    }  # fmt: skip


def measure(m: Material) -> dict[str, str]:
    """Which seizure a later paper speaks of."""
    clock = ledger.get_deadline(m.matter.dossier, "seizure.period")
    started, ends = (clock.started_on, clock.due_on) if clock else (m.on, None)
    return {
        "kind": _kind(m), "number": number_of(m, "F-23"), "started_on": started.isoformat(),
        "ends_on": day(ends, m.on),
    }  # fmt: skip


def number_of(m: Material, code: str) -> str:
    """The number of the newest paper of a kind that has one."""
    papers = documents.documents_of(m.matter.dossier)
    found = [each.number for each in papers if each.code == code and each.number]
    return found[-1] if found else "（未编号）"


def contact(m: Material) -> str:
    """Whom the party may ask."""
    return "、".join(officer["name"] for officer in m.officers)


def _kind(m: Material) -> str:
    return "SEAL" if m.facts["seizure_kind"] == "SEAL" else "SEIZE"


def kept(m: Material) -> str:
    """Where the things are, and with whom."""
    place, keeper = m.facts["seizure_place"], m.facts["seizure_keeper"]
    return "，".join(filter(None, (place, keeper))) or "实施时写明"


def _suspected(m: Material) -> str:
    return beside(m).main.run.facts.get("site_findings") or f"涉嫌{m.case.item_name}。"


def _told(text: str, m: Material) -> list[dict[str, str]]:
    return [
        {"name": line, "spec": NONE, "quantity": "见现场清单", "state": NONE, "note": ""}
        for line in lines(text)
    ]


def _empty(words: str) -> dict[str, str]:
    return {"name": words, "spec": NONE, "quantity": NONE, "state": NONE, "note": ""}


def _value(cents: int | None) -> str:
    return NONE if cents is None else f"价值{money.yuan(cents)}元"


def _seal(number: str) -> str:
    return f"封条{number}" if number else ""


def day(known: date | None, otherwise: date) -> str:
    """A day for a paper; another where it is not known."""
    return (known or otherwise).isoformat()


def _first_end(m: Material) -> date | None:
    clock = ledger.get_deadline(m.matter.dossier, "seizure.period")
    return clock.due_on if clock else None


def _approvals(m: Material, step_id: str, opinion: str) -> list[dict[str, str]]:
    asked = next((a for a in ledger.acts_of(m.matter.dossier) if a.kind == f"side.{step_id}"), None)
    lead = m.officers[0]
    first = {
        "step": "承办人", "opinion": "申请采取上列措施。",
        "name": asked.actor_name if asked else lead["name"],
        "certificate_no": lead["certificate_no"],
        "at": (asked.occurred_at if asked else m.at).isoformat(),
    }  # fmt: skip
    return [first, m.approval("行政机关负责人", opinion)]


def _done_at(m: Material, step_id: str) -> str:
    done = [a for a in ledger.acts_of(m.matter.dossier) if a.kind == f"side.{step_id}"]
    return (done[-1].occurred_at if done else m.at).isoformat()


WRITTEN = {"F-21": registration, "F-22": disposal, "F-23": seizure, "F-25": lifting}
for _code, _writer in WRITTEN.items():
    making.write(_code, _writer)
