"""Taking a step: one transaction from the guards to the to-dos."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from zhiheng.kernel.ciphers import seal_field
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import Conflict, Invalid, NotAllowed
from zhiheng.ledger import api as ledger
from zhiheng.people.api import Actor
from zhiheng.procedures import becoming, clocks, listing, selectors
from zhiheng.procedures.matters import Matter, Taken
from zhiheng.procedures.models import Run
from zhiheng.procedures.policies import NOBODY, day_of, gap, roles_of, stored
from zhiheng.rulebook import api as rulebook
from zhiheng.rulebook.api import Step, StepReading


class StepBlocked(NotAllowed):
    """A guard forbids the step; `reading` says which, by which article, for which facts."""

    def __init__(self, reading: StepReading) -> None:
        """Say the first guard's sentence; the screen shows the rest."""
        super().__init__(reading.blocks[0].says, next_step="请先补齐缺少的事实，再办理本步骤。")
        self.reading = reading


class StepWarned(NotAllowed):
    """The step would pass only with reasons on the record; `reading` says why."""

    def __init__(self, reading: StepReading, message: str) -> None:
        """Say what is needed to go on."""
        super().__init__(message, next_step="确需办理的，请写明理由；理由会记入全过程记录。")
        self.reading = reading


@dataclass(frozen=True)
class Performed:
    """What came of it: the act, and the reading that allowed it (None when replayed)."""

    act: ledger.Act
    reading: StepReading | None


def start_run(
    *, dossier: ledger.Dossier, domain: str, facts: Mapping[str, Any], at: datetime
) -> Run:
    """Put a dossier on its way through the procedure and version it was opened under."""
    return Run.objects.create(
        dossier=dossier,
        procedure_id=dossier.procedure_id,
        procedure_version=dossier.procedure_version,
        domain=domain,
        facts={name: stored(value) for name, value in facts.items()},
        updated_at=at,
    )


@transaction.atomic
def take_step(
    matter: Matter,
    *,
    step_id: str,
    actor: Actor,
    values: Mapping[str, Any],
    at: datetime,
    idempotency_key: str,
    reason: str = "",
    place: str = "",
    device_at: datetime | None = None,
    evidence_digests: tuple[str, ...] = (),
    extra: Mapping[str, Any] | None = None,
) -> Performed:
    """Take one step, or refuse it with the guard, the article and the facts.

    The same key again gives the earlier act back and changes nothing. Guards are read afresh
    under lock, so that two people at once cannot both pass.

    Args:
        matter: the clue or case.
        step_id: a step of its procedure.
        actor: who takes it.
        values: the facts the step asks for, typed (cents, dates, booleans, text).
        at: now.
        idempotency_key: one per form shown.
        reason: why a warning is passed over.
        place: where it was done.
        device_at: the device's own time.
        evidence_digests: digests of files the step rests on.
        extra: passed on to the matter's consequences.

    Raises:
        StepBlocked: a guard forbids it.
        StepWarned: a guard warns and no sufficient reason was given.
        Conflict: the matter has moved on meanwhile.
        NotAllowed: it is not this person's step.
    """
    run = Run.objects.select_for_update().select_related("dossier").get(pk=matter.run.pk)
    dossier = ledger.lock_dossier(run.pk)
    run.dossier, matter.run = dossier, run
    if earlier := ledger.find_act_by_key(idempotency_key):
        _refuse_borrowed(earlier, run)
        earlier.replayed = True
        return Performed(earlier, None)
    step, on = step_now(matter, step_id), local_date(at)
    if who := matter.why_not(actor=actor, step=step):
        raise NotAllowed(who, next_step="请交由有权的人员办理。")
    values = _only_asked(step, values)
    derived = matter.derived(step=step, values=values, on=on, actor=actor)
    values |= {name: derived[name] for name in derived if name in (*step.asks, *step.chooses)}
    names = selectors.facts_read(matter, step) | matter.read_by_papers
    facts = selectors.facts_today(matter, actor=actor, on=on, names=names)
    _refuse_impossible(step, values)
    after = rulebook.facts_after(rulebook.current(), step, facts, values)
    reading = selectors.read_step(matter, step=step, facts=facts, given=values, on=on)
    passed = _pass(run, reading, actor=actor, reason=reason)
    before = dossier.state
    goes_on = becoming.goes_on(run, step.target(before))
    act = ledger.record_act(
        dossier=dossier, kind=f"{matter.kind}.{step.id}", title=step.title, actor=actor,
        role=_role(actor, step), occurred_at=at, rule_id=f"{run.procedure_id}/{step.id}",
        rule_version=run.procedure_version, facts=_plain_facts(run, after, step),
        payload=_told(reading, passed),
        evidence_digests=evidence_digests, place=place, device_at=device_at,
        idempotency_key=idempotency_key,
        to_state=goes_on.state if goes_on else step.target(before),
    )  # fmt: skip
    if goes_on:
        becoming.switch(run, procedure=rulebook.current().procedure(goes_on.procedure))
    _keep(run, step=step, after=after, derived=derived, at=at)
    day = day_of(values={**derived, **values}, on=on)
    clocks.turn(run, step=step, on=day, actor=actor, at=at)
    taken = Taken(
        step=step, act=act, values=values, facts=after, before=before, after=dossier.state,
        actor=actor, at=at, on=on, extra=extra or {},
    )  # fmt: skip
    listing.keep(run, act=act, reading=reading, happened_on=day)
    matter.consequences(taken)
    refresh_tasks(matter, at=at, returned=_returned(taken))
    return Performed(act, reading)


def _refuse_borrowed(earlier: ledger.Act, run: Run) -> None:
    if earlier.dossier_id != run.pk:
        raise Conflict("这张表单已经用在另一件事上。", next_step="请重新打开本步骤再填。")


def step_now(matter: Matter, step_id: str) -> Step:
    """The step, if the matter stands where it can be taken.

    Raises:
        Invalid: no such step.
        Conflict: the matter stands elsewhere; says who took it there.
    """
    procedure, dossier = selectors.procedure_of(matter.run), matter.run.dossier
    step = procedure.steps.get(step_id)
    if step is None:
        raise Invalid("没有这个步骤。", next_step="请回到卷宗页，从“下一步”里选择。")
    if dossier.state not in step.from_:
        last = dossier.acts.order_by("-seq").first()
        told = f"{last.actor_name}刚刚办理了“{last.title}”，" if last else ""
        state = procedure.states[dossier.state].title
        raise Conflict(
            f"{told}本事项现在是“{state}”，不能再办理“{step.title}”。",
            next_step="请回到卷宗页查看最新进展。",
        )
    return step


def _only_asked(step: Step, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the step asks for and nothing else: nobody sets a fact that is not theirs to set."""
    return {name: values[name] for name in step.asks if name in values}


def _refuse_impossible(step: Step, values: Mapping[str, Any]) -> None:
    """Refuse what was left open and what the fact cannot be, field by field."""
    book = rulebook.current()
    errors = rulebook.given_errors(book, step, values)
    for name in step.asks:
        if wrong := gap(book.all_facts[name], values.get(name)):
            errors.setdefault(name, wrong)
    if errors:
        raise Invalid("有些内容填得不对。", next_step="请改正标红的内容。", fields=errors)


def _role(actor: Actor, step: Step) -> str:
    return next((role for role in step.by if role in actor.roles), "")


def _pass(run: Run, reading: StepReading, *, actor: Actor, reason: str) -> list[dict[str, str]]:
    """Let warnings pass that may pass, with reasons; refuse the rest."""
    if reading.blocks:
        raise StepBlocked(reading)
    passed = []
    for finding in reading.warnings:
        given = run.overrides.get(finding.id, {}).get("reason") or reason.strip()
        if finding.override and finding.override not in actor.roles:
            given = run.overrides.get(finding.id, {}).get("reason", "")
            if not given:
                raise StepWarned(reading, f"“{finding.title}”须由行政机关负责人写明理由放行。")
        if not given:
            raise StepWarned(reading, finding.says)
        passed.append({"guard": finding.id, "reason": given})
    return passed


def _told(reading: StepReading, passed: list[dict[str, str]]) -> dict[str, Any]:
    """Which guards were looked at, which were passed over, which list the step."""
    told = {"guards": [f.id for f in reading.findings], "passed": passed}
    return told | ({"listed": [f.id for f in reading.listed]} if reading.listed else {})


def _plain_facts(run: Run, after: Mapping[str, Any], step: Step) -> dict[str, Any]:
    """The facts the step fixed, for the record: no free text, which may hold personal data."""
    declared = rulebook.current().facts(selectors.procedure_of(run))
    names = [*step.asks, *step.sets]
    return {n: stored(after[n]) for n in names if declared[n].type != "text"}


def _keep(
    run: Run, *, step: Step, after: Mapping[str, Any], derived: Mapping[str, Any], at: datetime
) -> None:
    """Keep what the step established; what it clears goes back to its beginning."""
    for name in step.clears:
        run.facts.pop(name, None)
    declared = rulebook.current().all_facts
    for name in (*step.asks, *step.sets):
        value = stored(after[name])
        run.facts[name] = seal_field(value) if declared[name].personal and value else value
    run.facts |= {name: stored(value) for name, value in derived.items()}
    # A warning let pass for a step is let pass once: the next time it is judged anew.
    run.overrides = {k: v for k, v in run.overrides.items() if v.get("step") != step.id}
    run.updated_at = at
    run.save(update_fields=["facts", "overrides", "updated_at"])


def _returned(taken: Taken) -> str:
    if not taken.step.returns_to:
        return ""
    texts = [str(v) for n, v in taken.values.items() if n.endswith("reason") and v]
    return f"{taken.actor.name}退回：{'；'.join(texts)}"


def refresh_tasks(matter: Matter, *, at: datetime, returned: str = "") -> None:
    """Make the to-do lists say who is expected to do what next, whoever looks."""
    dossier = matter.run.dossier
    found = selectors.offers(matter, actor=NOBODY, on=local_date(at))
    wanted = roles_of(found)
    keep = {(offer.step.id, role) for role, offers in wanted.items() for offer in offers}
    for task in ledger.open_tasks_of(dossier.pk):
        if (task.step_id, task.role) not in keep:
            ledger.close_tasks(dossier=dossier, at=at, step_ids=[task.step_id])
    steps = [offer.step for offers in wanted.values() for offer in offers]
    due = clocks.due_days(dossier, steps)
    for role, offers in wanted.items():
        for offer in offers:
            ledger.open_task(
                dossier=dossier, step_id=offer.step.id, title=offer.step.title, role=role, at=at,
                assignee_id=matter.assignee(role=role), due_on=due[offer.step.id],
                reason=returned,
            )  # fmt: skip


def let_pass(
    matter: Matter, *, guard_id: str, step_id: str, actor: Actor, reason: str, at: datetime,
    idempotency_key: str,
) -> ledger.Act:  # fmt: skip
    """The head lets a warning pass for this matter, with reasons, on the record.

    Raises:
        NotAllowed: the guard may not be passed over, or not by this person.
        Invalid: no reason was given.
    """
    guard = rulebook.current().guard(guard_id)
    if guard.mode != "warn" or guard.override not in actor.roles:
        raise NotAllowed(f"“{guard.title}”不能由您放行。", next_step="请由行政机关负责人办理。")
    if strange := matter.outside(actor):
        raise NotAllowed(strange, next_step="请由本机关的负责人办理。")
    if not reason.strip():
        raise Invalid("请写明放行的理由。", fields={"reason": "理由会记入全过程记录。"})
    with transaction.atomic():
        run = Run.objects.select_for_update().get(pk=matter.run.pk)
        act = ledger.record_act(
            dossier=run.dossier, kind=f"{matter.kind}.let_pass", title=f"放行提醒：{guard.title}",
            actor=actor, role=guard.override, occurred_at=at, rule_id=guard.id,
            payload={"guard": guard.id, "step": step_id, "reason": reason.strip()},
            idempotency_key=idempotency_key,
        )  # fmt: skip
        passed = {"reason": reason.strip(), "by": actor.name, "at": at.isoformat(), "step": step_id}
        run.overrides[guard.id] = passed
        run.save(update_fields=["overrides"])
    return act
