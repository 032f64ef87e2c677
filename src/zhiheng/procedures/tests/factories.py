"""A plain matter: a dossier on its way through a procedure, with nothing else attached."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from zhiheng.ledger import api as ledger
from zhiheng.people.api import Actor, Role
from zhiheng.procedures import api as procedures
from zhiheng.rulebook import api as rulebook
from zhiheng.rulebook.api import Step

MONDAY = date(2026, 3, 2)
_keys = count(1)


def actor(role: str, *, name: str = "", account_id: int = 0) -> Actor:
    """Somebody with one role."""
    return Actor(
        account_id=account_id or 100 + list(Role).index(Role(role)),
        name=name or Role(role).label,
        username=role,
        roles=frozenset({role}),
        region_code="339901",
        agency_code="QH-ZF",
    )


def at(day: date, minutes: int = 0) -> datetime:
    """Nine in the morning of a day, and some minutes."""
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC) + timedelta(minutes=minutes)


def key() -> str:
    """A key of its own, as each form shown has."""
    return f"form/{next(_keys)}"


class PlainMatter:
    """What the engine asks for, answered in the plainest way; remembers what was taken."""

    kind = "plain"
    of_anyone: Mapping[str, Any] = {}
    read_by_papers: frozenset[str] = frozenset()

    def __init__(self, run: procedures.Run, record: Mapping[str, Any] | None = None) -> None:
        self.run, self.record = run, dict(record or {})
        self.taken: list[procedures.Taken] = []
        self.fails_with: Exception | None = None
        self.lead: int | None = None

    def record_facts(
        self, *, actor: Actor, on: date, names: frozenset[str] | None = None
    ) -> dict[str, Any]:
        return dict(self.record)

    def derived(
        self, *, step: Step, values: Mapping[str, Any], on: date, actor: Actor
    ) -> dict[str, Any]:
        if step.id == "record_payment":
            return {"paid_in_full": values.get("paid_cents", 0) >= self.run.facts["fine_decided"]}
        if step.id == "serve_notice":
            first = self.run.facts.get("fine_first_notified") or self.run.facts["fine_notified"]
            return {"fine_first_notified": first}
        if step.id == "arrange_hearing":
            return {"hearing_days_notice": 7}
        if step.id == "decide":
            return {"benchmark_stated": True, "record_cited": True}
        return {}

    def outside(self, actor: Actor) -> str:
        return "" if actor.agency_code == self.run.dossier.agency_code else "这件事不在您的范围内。"

    def why_not(self, *, actor: Actor, step: Step) -> str:
        if actor.roles & set(step.by):
            return ""
        return "这一步由{}办理。".format("、".join(Role(role).label for role in step.by))

    def assignee(self, *, role: str) -> int | None:
        return self.lead if role == "officer" else None

    def consequences(self, taken: procedures.Taken) -> None:
        self.taken.append(taken)
        if taken.step.id in ("review", "amend_report"):
            self.record["report_changed_after_review"] = taken.step.id == "amend_report"
        if self.fails_with:
            raise self.fails_with


def matter(
    procedure_id: str = "penalty.ordinary",
    *,
    number: str = "案〔2026〕1号",
    domain: str = "urban",
    day: date = MONDAY,
    record: Mapping[str, Any] | None = None,
) -> PlainMatter:
    """A matter at the beginning of its procedure."""
    procedure = rulebook.current().procedure(procedure_id)
    dossier = ledger.open_dossier(
        kind="CASE",
        number=number,
        region_code="339901",
        agency_code="QH-ZF",
        title="面馆油烟",
        procedure_id=procedure.id,
        procedure_version=procedure.version,
        state=procedure.initial,
        at=at(day),
        actor=None,
    )
    run = procedures.start_run(dossier=dossier, domain=domain, facts={}, at=at(day))
    made = PlainMatter(run, record)
    procedures.refresh_tasks(made, at=at(day))
    return made


def take(
    made: PlainMatter, step_id: str, *, on: date = MONDAY, **more: Any
) -> procedures.Performed:
    """Take a step by whoever may, with the usual answers, some of them changed."""
    step = procedures.procedure_of(made.run).steps[step_id]
    own = {name: more.pop(name) for name in list(more) if name in OWN}
    values = {name: usual(name, on) for name in step.asks} | more
    given = {
        "actor": actor(step.by[0]), "values": values, "at": at(on), "idempotency_key": key(),
        "reason": "已核对，情况属实。",
    } | own  # fmt: skip
    return procedures.take_step(made, step_id=step_id, **given)


OWN = ("actor", "values", "at", "idempotency_key", "reason", "evidence_digests")
ANSWERS = {
    "tier_code": "LIGHT", "fine_proposed": 800000, "fine_notified": 800000, "fine_decided": 800000,
    "paid_cents": 800000, "mitigation_ground": "REMEDIED", "mitigation_checked": True,
    "crime_checked": True, "lighter_law_compared": True, "hearing_told": True,
    "late_addition_stated": True, "hearing_waived": True, "defence_points": 1,
    "defence_points_answered": 1, "educated": True, "publication_reviewed": True,
    "publication_conclusion": "PUBLISH", "receipt_issued": True, "correction_done": True,
    "hearing_outcome": "HELD", "initial_evidence": True, "in_jurisdiction": True,
    "within_limitation": True, "suspend_ground": "OTHER_CASE", "transfer_package_complete": True,
}  # fmt: skip


def usual(name: str, on: date) -> Any:
    """A sensible answer to a fact."""
    fact = rulebook.current().all_facts[name]
    if name in ANSWERS:
        return ANSWERS[name]
    if fact.type == "date":
        return on
    if fact.type == "text":
        return f"{fact.title}的说明"
    if fact.type == "enum" and fact.initial == "NONE":
        return next((code for code in fact.choices if code != "NONE"), "NONE")
    return fact.initial


def notified(made: PlainMatter, *, on: date = MONDAY) -> PlainMatter:
    """From the beginning to a served notice, all on one day."""
    for step_id in ("file", "show_id", "order_correction", "conclude", "countersign", "review"):
        take(made, step_id, on=on)
    take(made, "issue_notice", on=on)
    take(made, "serve_notice", on=on)
    return made
