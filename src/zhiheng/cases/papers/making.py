"""After each step: make the papers that the rulebook names for it, and serve what it serves."""

from collections.abc import Callable
from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from zhiheng.cases.papers import deciding, hearing, investigating
from zhiheng.cases.papers.common import Material
from zhiheng.documents import api as documents
from zhiheng.evidence import api as evidence
from zhiheng.kernel.errors import Conflict
from zhiheng.rulebook import api as rulebook

if TYPE_CHECKING:
    from zhiheng.cases.matters import CaseMatter
    from zhiheng.procedures.api import Taken

Writer = Callable[[Material], dict[str, Any]]
WRITERS: dict[str, Writer] = {
    "F-03": investigating.filing, "F-09": investigating.site_record,
    "F-12": investigating.interview, "F-15": investigating.extraction,
    "F-26": investigating.correction, "F-30": investigating.report, "F-42": investigating.address,
    "F-31": hearing.review, "F-32": hearing.notice, "F-33": hearing.defence, "F-34": hearing.answer,
    "F-35": hearing.hearing_notice, "F-36": hearing.hearing_record,
    "F-37": hearing.hearing_report, "F-38": deciding.discussion, "F-39": deciding.decision,
    "F-40": deciding.no_penalty, "F-45": deciding.payment, "F-54": deciding.closing,
}  # fmt: skip
SERVED = {"serve_notice": ("F-32",), "serve_decision": ("F-39", "F-40")}
SHANGHAI = ZoneInfo("Asia/Shanghai")


def make(matter: "CaseMatter", taken: "Taken") -> None:
    """Make the step's papers; their files follow as jobs of the same transaction."""
    material = Material(matter, taken)
    for code in taken.step.produces:
        if code == "F-43":
            serve(material)
        elif code == "F-55":
            documents.archive(
                dossier=matter.case.dossier, facts=deciding.file_cover(material), at=taken.at,
                actor=taken.actor, act=taken.act, exhibits=evidence.exhibits_of(matter.case.dossier),
            )  # fmt: skip
        elif _is_due(code, material):
            documents.prepare_document(
                dossier=matter.case.dossier, code=code, facts=WRITERS[code](material), at=taken.at,
                actor=taken.actor, act=taken.act,
            )  # fmt: skip


def _is_due(code: str, material: Material) -> bool:
    """A hearing that did not take place has no record and no report."""
    return code not in ("F-36", "F-37") or material.facts["hearing_outcome"] == "HELD"


def serve(material: Material) -> None:
    """Record how the notice or the decision was served; the receipt F-43 follows.

    Raises:
        Conflict: there is nothing to serve.
        Invalid: a condition of this way of service is not met.
    """
    taken, facts = material.taken, material.facts
    found = next((d for c in SERVED[taken.step.id] if (d := material.latest(c))), None)
    if found is None:
        raise Conflict("没有可以送达的文书。", next_step="请先签发文书。")
    documents.record_service(
        document=found, how=_delivery(material), actor=taken.actor, at=taken.at, act=taken.act
    )
    run = material.matter.run
    kind = "_notice_served_on" if taken.step.id == "serve_notice" else "_decision_served_on"
    run.facts[kind] = facts["served_on"].isoformat()
    run.save(update_fields=["facts"])


def _delivery(material: Material) -> documents.Delivery:
    facts = material.facts
    mode, note = str(facts["service_mode"]), facts["service_note"]
    relation = (
        rulebook.current().all_facts["service_relation"].choices[str(facts["service_relation"])]
    )
    left, public = mode == "LEFT", mode == "ANNOUNCEMENT"
    day = facts["served_on"]
    sent = min(datetime.combine(day, time(9), SHANGHAI), material.at)
    return documents.Delivery(
        mode=mode, receiver=material.subject.name, place=facts["service_place"], sent_at=sent,
        served_on=None if public else day, officers=material.officers,
        signed_by="" if left or public else facts["service_receiver"],
        relation="" if left or public else relation, present=mode == "ON_THE_SPOT",
        refusal=note if left else "", witnesses=[{"name": facts["service_receiver"], "unit": ""}]
        if left else (), difficulty=note if mode in ("POST", "ENTRUSTED") else "",
        published_on=day if public else None, published_at=note if public else "", note=note,
    )  # fmt: skip
