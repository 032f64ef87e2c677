"""Letters to and about other organs: F-04 管辖文书, F-07 协助调查函和复函 (行政处罚法 25, 26)."""

from typing import TYPE_CHECKING, Any, cast

from zhiheng.cases import handing
from zhiheng.cases.captures import lost_dispute
from zhiheng.cases.papers.common import Material, lines, period
from zhiheng.cases.papers.gathering import contact
from zhiheng.cases.papers.making import write
from zhiheng.elements import api as elements
from zhiheng.kernel.clock import local_date
from zhiheng.ledger import api as ledger

if TYPE_CHECKING:
    from zhiheng.cases.sides.matters import SideMatter

ON_PLATFORM = "在行政执法平台上往来函件"
SILENT = "在约定的期限内没有答复"


def _beside(m: Material) -> "SideMatter":
    return cast("SideMatter", m.matter)


def _told(m: Material) -> str:
    """The case in a few words, as far as it is known."""
    main = m.case.dossier.run.facts
    return main.get("facts_found") or main.get("site_findings") or f"涉嫌{m.case.item_name}。"


def organ_of(body: elements.Body) -> dict[str, str]:
    """An organ as a paper names it."""
    return {
        "name": body.name, "short": body.doc_prefix or body.short_name, "address": body.address,
        "phone": body.phone,
    }  # fmt: skip


def jurisdiction(m: Material) -> list[dict[str, Any]]:
    """F-04: the record of the talks when they are over, the request where they failed."""
    if m.taken.step.id == "hand_on":
        return _handed_on(m)
    facts, agreed = m.facts, m.taken.step.id in ("yield", "concede")
    other = _named(facts["dispute_organ"])
    about = {
        **m.base(), "party": {"name": m.subject.name}, "facts_found": _told(m), "other_organ": other,
        "dispute": facts["dispute_text"], "own_view": facts["dispute_view"],
        "contact_person": contact(m),
    }  # fmt: skip
    talks = about | {
        "variant": "TALKS", "talked_at": m.at.isoformat(), "place": ON_PLATFORM,
        "attendees": _attendees(m, other), "agreed": agreed, "agreement": _agreement(m, other),
        "other_view": facts["dispute_yield"] or facts["dispute_claim"] or SILENT,
    }  # fmt: skip
    if agreed:
        return [talks]
    return [talks, about | {
        "variant": "REQUEST", "to_organ": facts["dispute_superior"], "talks_on": m.on.isoformat(),
        "request": f"请指定“{m.case.item_name}”一案的管辖机关；在指定以前，由本机关依法保全证据。",
        "attachments": ["管辖协商记录", "立案审批表"],
    }]  # fmt: skip


def _named(organ: str) -> str:
    """The name without the code that stands behind it in the choice."""
    return organ.partition("（")[0]


def _attendees(m: Material, other: str) -> list[str]:
    """Who spoke for each organ, as the acts tell."""
    who = {each.kind: each.actor_name for each in ledger.acts_of(m.matter.dossier)}
    theirs = who.get("side.yield") or who.get("side.claim")
    ours = f"{who['side.raise']}（{m.body.name}）"
    return [ours, f"{theirs}（{other}）"] if theirs else [ours]


def _agreement(m: Material, other: str) -> str:
    facts = m.facts
    if m.taken.step.id == "yield":
        return f"由{m.body.name}管辖。{facts['dispute_yield']}"
    if m.taken.step.id == "concede":
        return f"由{other}管辖，案件移交。{facts['dispute_concede']}"
    return f"没有达成一致，报请{facts['dispute_superior']}指定。{facts['dispute_report']}"


def _handed_on(m: Material) -> list[dict[str, Any]]:
    """F-04 移送管辖函: the case goes to whom the talks, or the superior, gave it."""
    lost = lost_dispute(m.case)
    if lost is None:
        return []
    kept = lost.dossier.run.facts
    reason = "经协商，本案由你机关管辖。"
    if kept.get("designation_no"):
        reason = f"共同的上一级机关已指定本案由你机关管辖（{kept['designation_no']}）。"
    listed = ["案件移送函（附证据清单）"] if handing.letter_is_due(m.case) else []
    return [{
        **m.base(), "variant": "TRANSFER", "party": {"name": m.subject.name}, "facts_found": _told(m),
        "other_organ": m.facts["handed_to"], "transfer_reason": reason,
        "attachments": [*lines(m.facts["handed_list"]), *listed],
        "contact_person": contact(m),
    }]  # fmt: skip


def _points(text: str) -> list[str]:
    """One point a line; the paper puts its own stops."""
    return [line.rstrip("。；;") for line in lines(text)]


def assistance(m: Material) -> dict[str, Any]:
    """F-07 协助调查函, or the answer of the organ that was asked, on its own paper."""
    return _request(m) if m.taken.step.id == "send" else _reply(m)


def _request(m: Material) -> dict[str, Any]:
    facts = m.facts
    clock = ledger.get_deadline(m.matter.dossier, "assist.reply")
    due = clock.due_on if clock else None
    return {
        **m.base(), "variant": "REQUEST", "party": {"name": m.subject.name},
        "to_organ": _named(facts["assist_organ"]), "background": facts["assist_basis"],
        "requests": _points(facts["assist_matter"]), "reply_period": period("assist.reply", material=m),
        "reply_due_on": due.isoformat() if due else "",
        "contact_person": contact(m),
    }  # fmt: skip


def _reply(m: Material) -> dict[str, Any]:
    """The organ that was asked writes: its name, its number, its seal."""
    asked = _beside(m).asked
    assert asked is not None  # noqa: S101 - nobody else could have answered
    declined = m.taken.step.id == "decline"
    return {
        **m.base(), "variant": "REPLY", "by_agency": asked.agency_code,
        "organ": organ_of(elements.get_body(asked.agency_code, m.on)), "to_organ": m.body.name,
        "letter_number": m.number_of("F-07", variant="REQUEST"),
        "received_on": local_date(asked.asked_at).isoformat(),
        "answers": ["不能协助"] if declined else _points(m.facts["assist_reply"]),
        "refused_reason": m.facts["assist_decline_reason"] if declined else "",
        "contact_person": m.taken.actor.name,
    }  # fmt: skip


write("F-04", jurisdiction)
write("F-07", assistance)
