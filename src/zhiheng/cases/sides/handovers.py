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
    """The standards by which this organ hands on matters of the item, by how they are called."""
    found = elements.transfer_standards(
        item=matter.case.item, from_code=matter.case.agency_code, on=on
    )
    return {f"{one.title}（{one.code}）": one for one in found}


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
            help_text="" if known else "这个事项没有公布移送标准，请写明理由。")),
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
    _refuse_other(matter, values, body, on)
    others = Side.objects.filter(case=case, procedure_id=handing.ORGAN).exclude(pk=matter.side.pk)
    if values.get("handover_scope") == "WHOLE" and any(map(_is_under_way, others)):
        raise Conflict("全案已经在移送，或者对方已经接收。", next_step="请到那一件里办。")
    may = elements.may_body_do_item(body.code, case.item.code, body.region_code, on)
    sent_back = others.filter(state="RETURNED", dossier__run__facts___asked_agency=body.code)
    return {
        "handover_competent": may.ok, "handover_returned_before": sent_back.exists(),
        "_asked_agency": body.code,
    }  # fmt: skip


def _refuse_other(
    matter: SideMatter, values: Mapping[str, Any], body: elements.Body, on: date
) -> None:
    """A standard names who receives; nobody else is handed the matter by it."""
    standard = standards(matter, on).get(str(values.get("handover_standard")))
    if standard and standard.to_body and standard.to_body.uid != body.uid:
        said = f"按这个标准应当移送{standard.to_body.name}。"
        raise Invalid("机关和标准对不上。", fields={"handover_organ": said})


def _is_under_way(side: Side) -> bool:
    whole = side.dossier.run.facts.get("handover_scope") == "WHOLE"
    return whole and side.state in ("PROPOSED", "SENT", "RECEIVED")


def before(matter: SideMatter, taken: Taken) -> None:
    """Keep which evidence goes along."""
    if taken.step.id == "propose":
        picked = str(taken.extra.get("handover_evidence") or "")
        matter.run.facts["_evidence"] = [int(pk) for pk in picked.split(",") if pk]
        matter.run.save(update_fields=["facts"])


def after(matter: SideMatter, taken: Taken) -> None:
    """Signed, it goes to the organ's head; received, it is a clue of theirs, evidence and all."""
    run = matter.run
    if taken.step.id == "send":
        put_to(matter, agency_code=run.facts["_asked_agency"], on=taken.on, at=taken.at)
    if taken.step.id == "receive" and matter.asked:
        clue = handing.clue_of(
            matter.case, agency_code=matter.asked.agency_code, paper_of=matter.dossier,
            facts=run.facts["handover_facts"], reason=run.facts["handover_reason"], whole=run.facts["handover_scope"] == "WHOLE",
            items=pieces(matter), actor=taken.actor, at=taken.at,
        )  # fmt: skip
        run.facts["_clue"] = clue.number
        run.save(update_fields=["facts"])


def pieces(matter: SideMatter) -> list[evidence.EvidenceItem]:
    """The evidence that goes along."""
    wanted = set(matter.run.facts.get("_evidence", ()))
    return [one for one in handing.pieces_of(matter.case) if one.pk in wanted]


def panel(matter: SideMatter, actor: Actor, on: date) -> list[tuple[str, Any]]:
    """The standards that fit, before it begins; then what goes along, each with its digest."""
    if matter.side.pk is None:
        return [
            (one.title, f"{'、'.join(one.trigger_facts)}。{one.send_within}移送，{one.receipt_within}答复。")
            for one in standards(matter, on).values()
        ]  # fmt: skip
    rows = [
        (f"移送的证据 {number}", f"{one}，{'、'.join(str(c.get('name', '')) for c in one.collectors)}"
         f" {one.collected_at:%Y-%m-%d} 收集，摘要 {one.file_sha256[:16]}…")
        for number, one in enumerate(pieces(matter), start=1)
    ]  # fmt: skip
    if number := matter.run.facts.get("_clue"):
        rows.append(("接收机关的线索", number))
    return rows


enter(SideKind(
    procedure=handing.ORGAN, more_fields=fields, derived=derived, before=before, after=after,
    place="assist", told=TOLD, answers=frozenset({"receive", "give_back"}), panel=panel,
    shows_panel=True,
))  # fmt: skip
