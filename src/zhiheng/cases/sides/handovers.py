"""移送其他机关 (行政处罚法 22, 25): to which organ, by which standard, with what evidence.

The other organ sees the letter, the facts and the evidence; receiving makes a clue of it there.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from zhiheng.cases import handing
from zhiheng.cases.goods.fields import ChosenField
from zhiheng.cases.models import Side
from zhiheng.cases.sides.kinds import SideKind, enter
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.cases.sides.organs import chosen, organ_field, put_to
from zhiheng.elements import api as elements
from zhiheng.evidence import api as evidence
from zhiheng.kernel.errors import Conflict, Invalid
from zhiheng.people.api import Actor
from zhiheng.procedures.api import Taken
from zhiheng.rulebook.api import Step

TOLD = frozenset({"handover_organ", "handover_standard", "handover_scope", "handover_ground",
                  "handover_reason", "handover_facts", "handover_goods", "handover_receipt",
                  "handover_return_ground", "handover_return_reason", "handover_withdraw_reason"})  # fmt: skip


def standards(matter: SideMatter, on: date) -> dict[str, elements.TransferStandard]:
    """The standards by which this organ hands matters on, those of the item first, by their names.

    The item of a standard is what the receiver deals with, not what the case here is about.
    """
    found = elements.transfer_standards(from_code=matter.case.agency_code, on=on)
    found.sort(key=lambda one: one.item.uid != matter.case.item.uid)
    return {f"{one.title}（{one.code}，移送{_receiver(one)}）": one for one in found}


def _receiver(standard: elements.TransferStandard) -> str:
    return standard.to_body.name if standard.to_body else standard.to_organ


def fields(matter: SideMatter, step: Step, on: date) -> list[tuple[str, forms.Field]]:
    """Choices from registers and from the evidence of the case instead of lines to type on."""
    if step.id != "propose":
        return []
    known = [(name, name) for name in standards(matter, on)]
    pieces = [(str(one.pk), str(one)) for one in handing.pieces_of(matter.case)]
    return [
        ("handover_organ", organ_field(matter, on, label="移送给哪个机关")),
        ("handover_standard", forms.ChoiceField(
            label="依据的移送标准", required=False, choices=[("", "没有对应的标准"), *known],
            help_text="" if known else "本机关没有公布移送标准，请写明理由。")),
        ("handover_evidence", ChosenField(
            label="移送哪些证据", required=False, choices=pieces, initial=[pk for pk, _ in pieces],
            widget=forms.CheckboxSelectMultiple,
            help_text="对方收到的就是原件的同一份文件，连同摘要、收集人和时间，不用重新收集。"
            if pieces else "案卷里还没有证据。")),
    ]  # fmt: skip


def derived(
    matter: SideMatter, step: Step, values: Mapping[str, Any], on: date, actor: Actor
) -> Mapping[str, Any]:
    """Whose code was chosen; whether they may do the item; whether they sent it back before."""
    if step.id != "propose":
        return {}
    case = matter.case
    body = chosen(matter, str(values.get("handover_organ")), on, fact="handover_organ")
    standard = standards(matter, on).get(str(values.get("handover_standard")))
    if standard and standard.to_body and standard.to_body.uid != body.uid:
        said = f"按这个标准应当移送{standard.to_body.name}。"
        raise Invalid("机关和标准对不上。", fields={"handover_organ": said})
    others = Side.objects.filter(case=case, procedure_id=handing.ORGAN).exclude(pk=matter.side.pk)
    if values.get("handover_scope") == "WHOLE" and any(map(_is_under_way, others)):
        raise Conflict("全案已经在移送，或者对方已经接收。", next_step="请到那一件里办。")
    item = standard.item if standard else case.item
    may = elements.may_body_do_item(body.code, item.code, body.region_code, on)
    sent_back = others.filter(state="RETURNED", dossier__run__facts___asked_agency=body.code)
    return {
        "handover_competent": may.ok, "handover_returned_before": sent_back.exists(),
        "_asked_agency": body.code, "_item": standard.item.code if standard else "",
        "_standard": _told(standard) if standard else "",
    }  # fmt: skip


def _told(standard: elements.TransferStandard) -> str:
    """A standard in a sentence: when, with what evidence, within which time, by which paper."""
    return (
        f"{'、'.join(standard.trigger_facts)}的移送；附{'、'.join(standard.minimum_evidence) or '证据'}。"
        f"{standard.send_within}移送，{standard.receipt_within}答复。{standard.doc_title}{standard.doc_no}"
    )


def _is_under_way(side: Side) -> bool:
    whole = side.dossier.run.facts.get("handover_scope") == "WHOLE"
    return whole and side.state in ("PROPOSED", "SENT", "RECEIVED")


def after(matter: SideMatter, taken: Taken) -> None:
    """Signed, it goes to the organ's head; received, it is a clue of theirs, evidence and all."""
    run = matter.run
    if taken.step.id == "send":
        put_to(matter, agency_code=run.facts["_asked_agency"], on=taken.on, at=taken.at)
    if taken.step.id == "receive" and matter.asked:
        clue = handing.clue_of(
            matter.case, agency_code=matter.asked.agency_code, paper_of=matter.dossier,
            facts=run.facts["handover_facts"], reason=run.facts["handover_reason"], item=_item(matter, taken.on), items=pieces(matter), actor=taken.actor, at=taken.at,
        )  # fmt: skip
        run.facts["_clue"] = clue.number
        run.save(update_fields=["facts"])


def _item(matter: SideMatter, on: date) -> elements.Item | None:
    """What the receiver deals with: the standard's item, the case's where all of it goes."""
    facts = matter.run.facts
    if facts.get("_item"):
        return elements.get_item(facts["_item"], on)
    return matter.case.item if facts["handover_scope"] == "WHOLE" else None


def pieces(matter: SideMatter) -> list[evidence.EvidenceItem]:
    """The evidence that goes along."""
    wanted = str(matter.run.facts.get("handover_evidence") or "").split(",")
    return [one for one in handing.pieces_of(matter.case) if str(one.pk) in wanted]


def panel(matter: SideMatter, actor: Actor, on: date) -> list[tuple[str, Any]]:
    """Whom it is about, what the standard asks for, what goes along, each with its digest."""
    case = matter.case
    rows: list[tuple[str, Any]] = [("当事人", case.party_name), ("地点", case.place)]
    rows += [("移送标准的要求", told)] if (told := matter.run.facts.get("_standard")) else []
    rows += [
        (f"移送的证据 {number}", f"{one}，{'、'.join(str(c.get('name', '')) for c in one.collectors)}"
         f" {one.collected_at:%Y-%m-%d} 收集，摘要 {one.file_sha256[:16]}…")
        for number, one in enumerate(pieces(matter), start=1)
    ]  # fmt: skip
    if number := matter.run.facts.get("_clue"):
        rows.append(("接收机关的线索", number))
    return rows


enter(SideKind(
    procedure=handing.ORGAN, more_fields=fields, derived=derived, after=after,
    place="assist", told=TOLD, answers=frozenset({"receive", "give_back"}), panel=panel,
    shows_panel=True, hidden=frozenset({"handover_evidence"}),
))  # fmt: skip
