"""After each step: make the papers that the rulebook names for it, and serve what it serves."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from zhiheng.cases.papers import deciding, hearing, investigating, spot
from zhiheng.cases.papers.common import Material
from zhiheng.documents import api as documents
from zhiheng.evidence import api as evidence
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import Conflict
from zhiheng.rulebook import api as rulebook

if TYPE_CHECKING:
    from zhiheng.cases.matters import CaseMatter
    from zhiheng.cases.sides.matters import SideMatter
    from zhiheng.procedures.api import Taken

Writer = Callable[[Material], dict[str, Any] | list[dict[str, Any]]]
WRITERS: dict[str, Writer] = {
    "F-03": investigating.filing, "F-08": spot.decision, "F-09": investigating.site_record,
    "F-12": investigating.interview, "F-15": investigating.extraction,
    "F-26": investigating.correction, "F-30": investigating.report, "F-42": investigating.address,
    "F-31": hearing.review, "F-32": hearing.notice, "F-33": hearing.defence, "F-34": hearing.answer,
    "F-35": hearing.hearing_notice, "F-36": hearing.hearing_record,
    "F-37": hearing.hearing_report, "F-38": deciding.discussion, "F-39": deciding.decision,
    "F-40": deciding.no_penalty, "F-45": deciding.payment, "F-54": deciding.closing,
}  # fmt: skip
SERVED = {"serve_notice": ("F-32",), "serve_decision": ("F-39", "F-40", "F-08")}
FAILED = "fail_service"


def write(code: str, writer: Writer) -> None:
    """Say who writes a paper; each module of papers enters its own once.

    Raises:
        ValueError: somebody else writes it already.
    """
    if WRITERS.setdefault(code, writer) is not writer:
        raise ValueError(f"{code} has a writer already")


SHANGHAI = ZoneInfo("Asia/Shanghai")


def make(matter: "CaseMatter | SideMatter", taken: "Taken") -> None:
    """Make the step's papers; their files follow as jobs of the same transaction."""
    material = Material(matter, taken)
    if taken.step.id == FAILED:
        serve(material)
    for code in taken.step.produces:
        if code == "F-43":
            serve(material)
        elif code == "F-55":
            documents.archive(
                dossier=matter.dossier, facts=deciding.file_cover(material), at=taken.at,
                actor=taken.actor, act=taken.act, exhibits=evidence.exhibits_of(matter.dossier),
            )  # fmt: skip
        elif _is_due(code, material):
            written = WRITERS[code](material)
            for facts in written if isinstance(written, list) else [written] if written else []:
                documents.prepare_document(
                    dossier=matter.dossier, code=code, facts=facts, at=taken.at,
                    actor=taken.actor, act=taken.act, by_agency=facts.get("by_agency", ""),
                )  # fmt: skip


def _is_due(code: str, material: Material) -> bool:
    """A hearing that did not take place has no record; nothing is owed where nothing is fined."""
    if code == "F-45":
        facts, on_spot = material.facts, material.facts.get("payment_channel") == "ON_SPOT"
        serving = material.taken.step.id == "serve_decision"
        return bool(facts["fine_decided"]) and not (serving and on_spot)
    return code not in ("F-36", "F-37") or material.facts["hearing_outcome"] == "HELD"


def serve(material: Material) -> None:
    """Record how the notice or the decision was served, or that it could not be.

    The receipt F-43 follows from a service that succeeded.

    Raises:
        Conflict: there is nothing to serve.
        Invalid: a condition of this way of service is not met.
    """
    taken, run = material.taken, material.matter.run
    matter = material.matter
    codes = matter.served_by(step_id=taken.step.id, state=taken.before)
    found = next((d for code in codes if (d := material.latest(code))), None)
    if found is None:
        raise Conflict("没有可以送达的文书。", next_step="请先签发文书。")
    if "delivery_signed" in taken.step.asks:
        how = spot.handed_over(material)
    else:
        how = _failed(material) if taken.step.id == FAILED else _delivery(material)
    documents.record_service(document=found, how=how, actor=taken.actor, at=taken.at, act=taken.act)
    if taken.step.id != FAILED:
        day = material.facts["served_on"] if "served_on" in taken.step.asks else material.on
        run.facts[f"_{taken.step.id.removeprefix('serve_')}_served_on"] = day.isoformat()
        run.save(update_fields=["facts"])


def issued_on(matter: "CaseMatter | SideMatter", *, step_id: str, state: str) -> date | None:
    """The day the paper was issued that a step serves, or fails to serve."""
    codes = matter.served_by(step_id=step_id, state=state)
    found = next(
        (d for c in codes if (d := documents.latest_document(dossier=matter.dossier, code=c))), None
    )
    return local_date(found.issued_at) if found and found.issued_at else None


def _failed(material: Material) -> documents.Delivery:
    facts = material.facts
    return documents.Delivery(
        mode=str(facts["service_mode"]), receiver=material.subject.name,
        place=facts["service_place"], sent_at=nine(facts["failed_on"], material.at),
        officers=material.officers, failure=facts["service_failure"],
        proofs=material.taken.extra.get("proofs", ()),
    )  # fmt: skip


def nine(day: date, at: datetime) -> datetime:
    """A day known without its hour, as an instant that has passed."""
    return min(datetime.combine(day, time(9), SHANGHAI), at)


def _delivery(material: Material) -> documents.Delivery:
    facts = material.facts
    mode, note = str(facts["service_mode"]), facts["service_note"]
    relations = rulebook.current().all_facts["service_relation"].choices
    left, public = mode == "LEFT", mode == "ANNOUNCEMENT"
    published = date.fromisoformat(material.matter.run.facts["_published_on"]) if public else None
    day = published or facts["served_on"]
    signed = not left and not public
    return documents.Delivery(
        mode=mode, receiver=material.subject.name, place=facts["service_place"],
        sent_at=nine(day, material.at), served_on=None if public else day,
        officers=material.officers, signed_by=facts["service_receiver"] if signed else "",
        relation=relations[str(facts["service_relation"])] if signed else "",
        present=mode == "ON_THE_SPOT", refusal=note if left else "",
        witnesses=[{"name": facts["service_receiver"], "unit": ""}] if left else (),
        difficulty=note if mode in ("POST", "ENTRUSTED") else "", published_on=published,
        published_at=note if public else "", note=note,
        proofs=material.taken.extra.get("proofs", ()),
    )  # fmt: skip
