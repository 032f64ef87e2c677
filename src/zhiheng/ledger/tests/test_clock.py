"""Deadlines begin, stand still, go on, are met, missed, waited for, and reminded of."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from zhiheng.kernel.calendar import default_calendar
from zhiheng.kernel.errors import Conflict, NotAllowed, NotFound
from zhiheng.ledger import api as ledger
from zhiheng.ledger.tests.factories import LI, NOON, a_dossier

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Terms:
    id: str = "penalty.decision"
    title: str = "作出处罚决定"
    amount: int = 20
    unit: str = "ND"
    roll: str = "none"
    excludes: tuple[str, ...] = ("hearing",)
    basis: str = "行政处罚法第六十条"


DECISION = Terms()
WINDOW = Terms(id="notice.defence", title="陈述申辩期", amount=5, unit="WD", excludes=())
FILED = date(2026, 11, 2)


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def running(dossier, rule=DECISION, on=FILED):
    return ledger.start_deadline(dossier=dossier, rule=rule, start_on=on, at=NOON)


@pytest.mark.law("apl-2021:60")
def test_a_period_begins_the_day_after_and_explains_itself():
    deadline = running(a_dossier())
    assert deadline.due_on == date(2026, 11, 22)
    assert deadline.state == "RUNNING"
    assert "2026年11月22日" in deadline.note


def test_begun_again_on_the_same_day_it_stays_and_on_another_it_is_replaced():
    dossier = a_dossier()
    first = running(dossier)
    assert running(dossier).pk == first.pk
    second = running(dossier, on=date(2026, 11, 5))
    first.refresh_from_db()
    assert (first.state, second.due_on) == ("CANCELLED", date(2026, 11, 25))


def test_it_stands_still_and_goes_on_and_both_are_recorded():
    dossier = a_dossier()
    running(dossier)
    other = running(dossier, rule=WINDOW)
    (stopped,) = ledger.suspend(
        dossier=dossier, reason_code="hearing", from_on=date(2026, 11, 10), actor=LI, at=NOON
    )
    assert (stopped.state, stopped.due_on) == ("SUSPENDED", None)
    (resumed,) = ledger.resume(
        dossier=dossier, reason_code="hearing", until_on=date(2026, 11, 14), actor=LI, at=NOON
    )
    assert (resumed.state, resumed.due_on) == ("RUNNING", date(2026, 11, 27))
    other.refresh_from_db()
    assert other.due_on == date(2026, 11, 9)
    kinds = [act.kind for act in ledger.acts_of(dossier)]
    assert kinds == ["dossier.open", "deadline.suspend", "deadline.resume"]


def test_only_reasons_that_the_rule_names_stop_the_clock():
    dossier = a_dossier()
    running(dossier, rule=WINDOW)
    stop = {"dossier": dossier, "from_on": date(2026, 11, 4), "actor": LI, "at": NOON}
    with pytest.raises(NotAllowed):
        ledger.suspend(reason_code="hearing", **stop)
    with pytest.raises(NotFound):
        ledger.resume(dossier=dossier, reason_code="hearing", until_on=FILED, actor=LI, at=NOON)
    running(dossier)
    ledger.suspend(reason_code="hearing", **stop)
    with pytest.raises(Conflict):
        ledger.suspend(reason_code="hearing", **stop)


@pytest.mark.parametrize(
    ("done_on", "state"), [(date(2026, 11, 22), "MET"), (date(2026, 11, 23), "MISSED")]
)
def test_met_on_the_last_day_missed_on_the_next(done_on, state):
    dossier = a_dossier()
    running(dossier)
    met = ledger.meet_deadline(dossier=dossier, rule_id=DECISION.id, at=at_noon(done_on))
    assert (met.state, met.ended_at) == (state, at_noon(done_on))
    assert ledger.meet_deadline(dossier=dossier, rule_id=DECISION.id, at=NOON) is None


def test_a_year_not_published_is_said_and_counted_again_when_it_arrives():
    dossier = a_dossier()
    deadline = running(dossier, rule=WINDOW, on=date(2026, 12, 29))
    assert (deadline.provisional, deadline.needs_year, deadline.due_on) == (True, 2027, None)
    assert "2027" in deadline.note
    notice = {
        "year": 2027,
        "off_days": [date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3)],
        "make_up": [],
        "notice": "测试用通知",
    }
    arrived = default_calendar(overrides=[notice])
    (changed,) = ledger.recompute_provisional(
        calendar=arrived, at=at_noon(date(2026, 12, 30)), year=2027
    )
    assert (changed.pk, changed.provisional, changed.due_on) == (
        deadline.pk,
        False,
        date(2027, 1, 6),
    )
    assert ledger.acts_of(dossier).last().kind == "deadline.recount"
    assert ledger.recompute_provisional(calendar=arrived, at=NOON) == []


def test_reminders_come_once_each_and_a_missed_period_is_recorded_once():
    dossier = a_dossier()
    deadline = running(dossier)
    ledger.open_task(
        dossier=dossier, step_id="decide", title="作出决定", role="agency_head", at=NOON
    )
    given = {}
    for day in (18, 19, 20, 21, 21, 22, 23, 24):
        on = date(2026, 11, day)
        given[on] = given.get(on, 0) + ledger.remind(at=at_noon(on))
    assert [given[date(2026, 11, day)] for day in range(18, 25)] == [0, 1, 0, 1, 1, 1, 0]
    kinds = list(ledger.Reminder.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["D-3", "D-1", "D0", "OVERDUE"]
    deadline.refresh_from_db()
    assert (deadline.state, deadline.ended_at) == ("MISSED", None)
    assert [a.kind for a in ledger.acts_of(dossier)] == ["dossier.open", "deadline.missed"]
    assert [d.pk for d in ledger.deadlines_of(dossier, running=True)] == [deadline.pk]
    head = type(LI)(account_id=9, name="赵局长", roles=frozenset({"agency_head"}))
    texts = [each.text for each in ledger.reminders_for(head)]
    assert len(texts) == 4
    assert all(dossier.number in text and text.endswith("。") for text in texts)
    assert ledger.mark_seen(reminder_ids=[r.pk for r in ledger.reminders_for(head)], at=NOON) == 4
    assert ledger.reminders_for(head) == []
    assert ledger.reminders_for(LI) == []


def test_hours_are_missed_to_the_minute():
    dossier = a_dossier()
    rule = Terms(id="transfer.report", title="移送审批", amount=24, unit="H", excludes=())
    deadline = ledger.start_deadline(dossier=dossier, rule=rule, start_on=NOON, at=NOON)
    assert deadline.due_at == NOON + timedelta(hours=25)  # the hour of the event is not counted
    assert not ledger.is_late(deadline=deadline, at=deadline.due_at)
    assert ledger.is_late(deadline=deadline, at=deadline.due_at + timedelta(minutes=1))
