"""What must hold of whatever runs beside a case, whichever way it went."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from zhiheng.cases.days import HAPPENED
from zhiheng.cases.models import Case, Side
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.kernel.clock import local_date
from zhiheng.ledger import api as ledger
from zhiheng.ledger import canonical
from zhiheng.people import api as people
from zhiheng.procedures import api as procedures
from zhiheng.rulebook import api as rulebook
from zhiheng.rulebook.expressions import as_cel


def is_sound(
    matter: SideMatter, procedure: rulebook.Procedure, *, steps: Sequence[str], day: date
) -> None:
    """A side proceeding that stands after these steps, on this day."""
    side, dossier = matter.side, matter.dossier
    state = procedure.states.get(dossier.state)
    assert state is not None, f"{procedure.id} 没有 {dossier.state} 这个状态"
    assert side.state == dossier.state, "附属程序表和卷宗说法不一"
    assert bool(side.closed_on) == bool(dossier.closed_at) == state.final
    acts = list(ledger.acts_of(dossier))
    assert [act.seq for act in acts] == list(range(1, dossier.last_seq + 1)), "记录断号"
    kinds = [act.kind for act in acts if act.kind.startswith("side.")]
    assert kinds == [f"side.{step}" for step in steps], "记录丢了或者重了"
    assert [act.to_state for act in acts if act.to_state][-1] == dossier.state
    waiting = [task.step_id for task in ledger.open_tasks_of(dossier.pk)]
    assert bool(waiting) != state.final, f"{procedure.id} {dossier.state} 的待办不对：{waiting}"
    clocks_are_sound(dossier, procedure, day=day, over=state.final)
    keeps_its_invariants(matter, procedure, day=day)


def clocks_are_sound(
    dossier: ledger.Dossier, procedure: rulebook.Procedure, *, day: date, over: bool
) -> None:
    """Each open period is one of the procedure's, has begun, and has an end or waits for it."""
    started = {rule for step in procedure.steps.values() for rule in step.starts}
    for clock in ledger.deadlines_of(dossier, running=True):
        assert not over, f"{procedure.id} 了结了，“{clock.title}”还在走"
        assert clock.rule_id in started
        assert clock.started_on <= day, f"“{clock.title}”从没有到的一天起算"
        assert clock.due_on or clock.provisional, f"“{clock.title}”没有到期日"


def keeps_its_invariants(matter: SideMatter, procedure: rulebook.Procedure, *, day: date) -> None:
    """All that the rulebook says must be true in this state."""
    lead = people.actor_of(matter.case.lead, day)
    known = procedures.facts_today(matter, actor=lead, on=day)
    facts = {name: as_cel(value) for name, value in known.items()}
    for found in procedure.invariants:
        if not found.at or matter.dossier.state in found.at:
            assert found.must.evaluate(facts), f"{procedure.id} {found.id} {found.title}"


def runs_from_its_day(
    side: Side, step: rulebook.Step, *, values: Mapping[str, Any], at: datetime
) -> None:
    """A period runs from the day the step names, not from the day it was typed in."""
    named = [values[name] for name in HAPPENED if isinstance(values.get(name), date)]
    for rule_id in step.starts:  # one moment may see several steps: the latest is this one's
        clock = ledger.get_deadline(side.dossier, rule_id)
        if clock is not None and clock.created_at == at and not clock.started_at:
            assert clock.started_on in (named or [local_date(at)]), f"{step.id} {clock.title}"


def all_is_told(case: Case, *, at: datetime) -> None:
    """The case and all that runs beside it: in order, sealed, each act once in the log."""
    ledger.sequence_all(at=at)
    entered = Counter(ledger.LogEntry.objects.filter(part=0).values_list("act_id", flat=True))
    for dossier in ledger.family_of(case.dossier):
        acts = list(ledger.acts_of(dossier))
        assert [act.seq for act in acts] == list(range(1, dossier.last_seq + 1)), "记录断号"
        for act in acts:
            seal = canonical.seal(
                number=dossier.number, seq=act.seq, recorded_at=act.recorded_at,
                content=canonical.content_digest(canonical.content_of(act)),
            )  # fmt: skip
            assert seal == bytes(act.digest), f"{dossier.number} 第 {act.seq} 条封不上"
            assert entered[act.pk] == 1, f"{act.title} 在日志里有 {entered[act.pk]} 次"
    places = list(ledger.LogEntry.objects.order_by("index").values_list("index", flat=True))
    assert places == list(range(len(places))), "日志断号"
    assert ledger.head().size == len(places)
