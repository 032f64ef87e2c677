"""Evidence with conditions of its own: electronic monitoring, appraisals.

Which record came from which device on which day stands in the case's own facts; whether the device
was fit that day is asked of the register afresh. Law: 行政处罚法 (2021) 第四十一条.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from zhiheng.cases.models import Case
from zhiheng.elements import api as elements
from zhiheng.evidence import api as evidence
from zhiheng.kernel.errors import Invalid
from zhiheng.rulebook.api import Step

if TYPE_CHECKING:
    from zhiheng.cases.matters import CaseMatter
    from zhiheng.procedures.api import Taken

Items = Iterable[evidence.EvidenceItem]
RECORDS = ("AUDIOVISUAL", "ELECTRONIC")


def facts_of(*, kept: Mapping[str, Any], items: Items) -> dict[str, Any]:
    """What G-019, G-020 and G-029 read; `items` are those not excluded."""
    items = list(items)
    return {
        "appraisal_count": sum(each.kind == "EXPERT" for each in items),
        **_monitoring(kept.get("_monitor") or [], items),
    }


def _monitoring(
    records: list[dict[str, Any]], items: list[evidence.EvidenceItem]
) -> dict[str, Any]:
    """Records whose evidence has been excluded count no more."""
    left = [each for each in records if each["evidence"] in {item.pk for item in items}]
    if records and not left:
        return {"monitor_used": False, "monitor_devices_unfit": 0, "monitor_sole": False}
    looked = {(each["device"], each["on"]) for each in left}
    unfit = {
        code for code, day in looked if elements.device_gaps(code=code, on=date.fromisoformat(day))
    }
    from_devices = {each["evidence"] for each in left}
    proving = [e for e in items if e.status == "VERIFIED" and e.kind != "PARTY_STATEMENT"]
    sole = bool(left) and all(each.pk in from_devices for each in proving)
    return {"monitor_devices_unfit": len(unfit), "monitor_sole": sole}


def fields(case: Case, step: Step, on: date) -> list[tuple[str, forms.Field]]:
    """Which device, and which piece of evidence is its record."""
    devices = elements.devices_of(body_code=case.agency_code, item_code=case.item.code, on=on)
    choices = [(each.code, f"{each.name}（{each.location}）") for each in devices]
    items = [e for e in evidence.evidence_of(case.dossier)
             if e.kind in RECORDS and e.status != "EXCLUDED"]  # fmt: skip
    return [
        ("monitor_device", forms.ChoiceField(
            label="哪台设备", choices=choices, widget=forms.RadioSelect,
            help_text="" if choices else "台账里没有用于本事项的设备，请先在要素中心登记。",
            error_messages={"required": "请选择设备。"})),
        ("monitor_evidence", forms.ChoiceField(
            label="哪件证据是它的记录", choices=[(str(e.pk), e.title) for e in items],
            widget=forms.RadioSelect,
            help_text="" if items else "还没有视听资料、电子数据，请先拍照取证或上传。",
            error_messages={"required": "请选择证据。"})),
    ]  # fmt: skip


def derived(step: Step, values: Mapping[str, Any], on: date) -> dict[str, Any] | None:
    """What follows from these steps' answers; None for any other step."""
    if step.id == "tell_appraisal":
        name = str(values.get("appraisal_body") or "")
        return {"appraisal_qualified": elements.laboratory_stands(name=name, on=on)}
    return None


def after(matter: "CaseMatter", taken: "Taken") -> None:
    """Keep which evidence is the record of which device.

    Raises:
        Invalid: no device or no evidence was chosen.
    """
    if taken.step.id != "admit_monitoring":
        return
    device, item = taken.extra.get("monitor_device"), taken.extra.get("monitor_evidence")
    if not device or not item:
        raise Invalid("没有选设备或者证据。", next_step="请选择设备和它的记录。")
    record = {
        "device": device, "evidence": int(item), "on": taken.values["monitor_captured_on"].isoformat(),
    }  # fmt: skip
    kept = [e for e in matter.run.facts.get("_monitor", []) if e["evidence"] != record["evidence"]]
    matter.run.facts["_monitor"] = [*kept, record]
    matter.run.save(update_fields=["facts"])
