"""What screens of any matter show: the way, the clocks, the steps, the law, the acts."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from zhiheng.kernel import deadlines
from zhiheng.kernel.clock import local_date
from zhiheng.ledger import api as ledger
from zhiheng.people.api import Actor, Role
from zhiheng.procedures.listing import shown_in
from zhiheng.procedures.matters import Matter
from zhiheng.procedures.policies import Offer, awaited, cures_of
from zhiheng.procedures.selectors import procedure_of
from zhiheng.rulebook import api as rulebook
from zhiheng.rulebook.api import Basis, Procedure, Step, StepReading
from zhiheng.web.faces import (
    ActFace,
    ClockFace,
    CountedDay,
    Digest,
    Finding,
    Link,
    ListedFace,
    StepFace,
    Tone,
    WayPoint,
    clock_face,
)

Address = Callable[[Step], str]
MOST_LAW = 5

# Why a period stands still, in words, by the names that the rulebook's parameters exclude.
STANDSTILLS = {
    "hearing": "听证", "testing": "检测、检验、鉴定", "announcement": "公告", "suspension": "中止",
    "refund-order": "责令退还多付价款",
}  # fmt: skip


def way(procedure: Procedure, *, state: str, reached: dict[str, date]) -> list[WayPoint]:
    """The stages of the procedure with the day each was reached."""
    now = procedure.states[state]
    position = procedure.stages.index(now.stage)
    points = []
    for number, stage in enumerate(procedure.stages):
        phase = (
            "done" if number < position or now.final else "now" if number == position else "todo"
        )
        if now.final and number > position:
            phase = "skip"
        if phase == "done" and stage not in reached and number:
            phase = "skip"
        points.append(WayPoint(stage, phase, reached.get(stage)))
    return points


def reached(procedure: Procedure, acts: Iterable[ledger.Act]) -> dict[str, date]:
    """When each stage was last entered, from the acts."""
    days: dict[str, date] = {}
    for act in acts:
        state = procedure.states.get(act.to_state)
        if state is not None:
            days[state.stage] = local_date(act.occurred_at)
    return days


def clocks(dossier: ledger.Dossier, *, on: date) -> list[ClockFace]:
    """Every clock that runs, the nearest end first; a right that has ended is no delay."""
    faces = []
    known = rulebook.current().parameters
    for deadline in ledger.deadlines_of(dossier, running=True):
        right = deadline.rule_id in known and known[deadline.rule_id].whose == "right"
        if right and deadline.due_on and deadline.due_on < on:
            continue
        due = deadlines.recompute(_named(deadline.computed), calendar=ledger.current_calendar())
        days = tuple(
            CountedDay(each.date, each.counted, each.why)
            for each in (due.days if due.rule.unit == "WD" else ())
        )
        excluded = tuple(
            f"{STANDSTILLS.get(s.reason_code, '')} {s.from_on:%m-%d} "
            + (f"至 {s.until_on:%m-%d}" if s.until_on else "起")
            for s in deadline.suspensions.all()
        )
        faces.append(
            clock_face(
                label=deadline.title, due=deadline.due_on, on=on, excludes=excluded,
                basis=deadline.basis, provisional=deadline.provisional, days=days,
                note=deadline.computed.get("note", "") if deadline.provisional else "",
            )
        )  # fmt: skip
    return faces


def _named(stored: Mapping[str, Any]) -> dict[str, Any]:
    """A stored count with the reasons of its standstills in words."""
    stops = [
        {**stop, "label": stop["label"] or STANDSTILLS.get(stop["reason"], "")}
        for stop in stored["suspensions"]
    ]
    return {**stored, "suspensions": stops}


def step_faces(offers: Sequence[Offer], *, address: Address, override: Address) -> list[StepFace]:
    """What to do next: my next step, what stands in its way, what waits for others."""
    main = [o for o in offers if o.step.primary]
    mine = [o for o in awaited(offers, pressing=True) if o.mine and not o.is_blocked]
    blocked = [o for o in main if o.is_blocked]
    others = [o for o in main if not o.mine and not o.is_blocked]
    open_to_me = {o.step.id for o in offers if o.mine}
    return [
        _face(
            offer, address=lambda step: address(step) if step.id in open_to_me else "",
            override=override, primary=number == 0 and offer.mine,
        )
        for number, offer in enumerate((*mine, *blocked, *others))
    ]  # fmt: skip


def other_steps(
    offers: Sequence[Offer], *, address: Address, done: Mapping[str, int]
) -> list[Link]:
    """What else I may do here, each with how often it has been done; a warning is named."""
    first = {o.step.id for o in awaited(offers, pressing=True)}
    return [
        Link(
            o.step.title + ("（有提醒）" if o.reading.warnings else ""), address(o.step),
            on=bool(done.get(o.step.id)), count=done.get(o.step.id), key=o.step.id,
        )
        for o in offers
        if o.mine and not o.is_blocked and not o.step.primary and o.step.id not in first
    ]  # fmt: skip


def times_done(acts: Iterable[ledger.Act]) -> dict[str, int]:
    """How often each step has been taken in this dossier."""
    return dict(Counter(act.kind.partition(".")[2] for act in acts))


def _face(offer: Offer, *, address: Address, override: Address, primary: bool) -> StepFace:
    step, reading = offer.step, offer.reading
    status = {"OFFERED": "offered", "WARNED": "warned", "BLOCKED": "blocked"}[reading.status]
    return StepFace(
        title=step.title, status=status, summary=step.note,
        href=address(step) if offer.mine and status != "blocked" else "",
        action="退回" if step.returns_to else "去办", primary=primary,
        findings=tuple(findings_of(reading, cures=offer.cures, address=address)),
        override_href=override(step) if any(f.override for f in reading.warnings) else "",
        who="" if offer.mine else f"等{_roles(step)}办理",
    )  # fmt: skip


def findings_of(
    reading: StepReading, *, cures: Sequence[Step] = (), address: Address | None = None
) -> list[Finding]:
    """Why a step is closed or doubtful: the sentence, the article, the facts, where to mend it."""
    by_id = {step.id: step for step in cures}
    shown = [(f, "block") for f in reading.blocks] + [(f, "warn") for f in reading.warnings]
    shown += [(f, "list") for f in reading.listed if not f.error]
    found = []
    for finding, mode in shown:
        steps = dict.fromkeys(fix.step for fix in finding.fixed_by if fix.step in by_id)
        links = [_mend(by_id[each], address(by_id[each])) for each in steps if address]
        used = "，".join(f"{fact.title} = {fact.text}" for fact in finding.facts_used.values())
        basis = finding.article + ("" if finding.verified else "（待核）")
        found.append(Finding(finding.says, basis, used, tuple(links), mode=mode))
    return found


def findings_with_cures(
    matter: Matter, reading: StepReading, *, actor: Actor, address: Address
) -> list[Finding]:
    """The same for one step of a matter, with the steps that settle what blocks it."""
    cures = cures_of(
        procedure=procedure_of(matter.run), state=matter.run.dossier.state, reading=reading
    )
    mine = {step.id for step in cures if not matter.why_not(actor=actor, step=step)}
    return findings_of(
        reading, cures=cures, address=lambda step: address(step) if step.id in mine else ""
    )


def _mend(step: Step, href: str) -> Link:
    """Where to mend it, or who does."""
    return Link(f"去办：{step.title}" if href else f"等{_roles(step)}办理：{step.title}", href)


def _roles(step: Step) -> str:
    return "、".join(Role(role).label for role in step.by)


def law_beside(offers: Sequence[Offer]) -> list[Digest]:
    """Three to five digests that matter now: of the primary steps first."""
    near = sorted(offers, key=lambda o: (not o.step.primary, not o.mine))
    return _told_once(basis for offer in near for basis in offer.step.law)[:MOST_LAW]


def step_law(step: Step) -> list[Digest]:
    """The law of one step."""
    return _told_once(step.law or step.basis)


def _told_once(bases: Iterable[Basis]) -> list[Digest]:
    """Paragraphs that share a digest are told once."""
    told: dict[str, Basis] = {}
    for basis in bases:
        told.setdefault(basis.digest, basis)
    return [Digest(basis.text, basis.digest) for basis in told.values()]


def act_faces(acts: Iterable[ledger.Act]) -> list[ActFace]:
    """Acts as a line of who did what when."""
    return [
        ActFace(
            title=act.title, who=act.actor_name + (f"（代{act.acting_for}）" if act.acting_for else ""),
            when=act.occurred_at, note=_note(act), digest=act.digest.hex(),
            href=reverse("log_proof", args=[act.digest.hex()]),
        )
        for act in acts
    ]  # fmt: skip


def _note(act: ledger.Act) -> str:
    said = act.payload.get("reason", "") or ""
    return STANDSTILLS.get(said, said) if act.kind.startswith("deadline.") else said


LISTED_TONES: dict[str, Tone] = {"PENDING": "warn", "CONFIRMED": "stop", "DISMISSED": "plain"}


def listed_faces(dossiers: Iterable[int], *, actor: Actor) -> list[ListedFace]:
    """What was listed for supervisors in some dossiers, for those whom it concerns."""
    may_explain = "　点开可以写情况说明"
    return [
        ListedFace(
            clue.sentence,
            f"{clue.act.title}　{clue.acted_on:%Y-%m-%d}"
            + (may_explain if clue.waits_for(actor.account_id) else ""),
            reverse("supervision_clue", args=[clue.pk]), clue.get_state_display(),
            LISTED_TONES[clue.state],
        )
        for clue in shown_in(dossiers, actor=actor)
    ]  # fmt: skip


def procedure_title(procedure_id: str) -> str:
    """A procedure in words."""
    return rulebook.current().procedure(procedure_id).title


def state_title(procedure_id: str, version: int, state: str) -> str:
    """A state in words."""
    found = rulebook.current().procedure(procedure_id, version).states.get(state)
    return found.title if found else state
