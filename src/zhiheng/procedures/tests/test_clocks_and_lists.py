"""Clocks begin on the day of service; to-dos reach the right list and vanish from it."""

from datetime import UTC, date, datetime

import pytest

from zhiheng.ledger import api as ledger
from zhiheng.procedures import api as procedures
from zhiheng.procedures import clocks
from zhiheng.procedures.tests.factories import MONDAY, actor, at, matter, notified, take

pytestmark = pytest.mark.django_db


def waiting(made):
    return {(task.step_id, task.role) for task in ledger.open_tasks_of(made.run.pk)}


def clock(made, rule_id):
    return ledger.get_deadline(made.run.dossier, rule_id)


@pytest.mark.law("apl-2021:60")
def test_ninety_days_run_from_the_day_of_filing():
    made = matter()
    take(made, "file", on=MONDAY)
    assert clock(made, "penalty.decision").due_on == date(2026, 5, 31)


@pytest.mark.parametrize(("utc_hour", "started"), [(15, MONDAY), (16, date(2026, 3, 3))])
def test_the_day_is_the_day_in_shanghai(utc_hour, started):
    made = matter()
    take(made, "file", at=datetime(2026, 3, 2, utc_hour, 30, tzinfo=UTC))
    assert clock(made, "penalty.decision").started_on == started


@pytest.mark.law("apl-2021:85")
def test_the_window_runs_from_the_day_of_service_not_from_the_day_it_is_typed_in():
    made = matter()
    for step_id in ("file", "show_id", "order_correction", "conclude", "countersign", "review"):
        take(made, step_id, on=date(2026, 4, 27))
    take(made, "issue_notice", on=date(2026, 4, 27))
    take(made, "serve_notice", on=date(2026, 5, 6), served_on=date(2026, 4, 29))
    window = clock(made, "penalty.defence-window")
    assert window.started_on == date(2026, 4, 29)
    assert window.due_on == date(2026, 5, 9), "劳动节放假不计，5 月 9 日调休上班计入"


def test_the_clock_stands_still_while_the_matter_is_suspended():
    made = matter()
    take(made, "file", on=MONDAY)
    take(made, "suspend", on=date(2026, 3, 10))
    assert clock(made, "penalty.decision").state == "SUSPENDED"
    take(made, "resume", on=date(2026, 3, 19))
    assert clock(made, "penalty.decision").due_on == date(2026, 6, 10)


def test_hours_run_from_the_moment_of_the_step():
    made = matter()
    take(made, "file")
    clocks.start(made.run, rule_id="transfer.hand-over", on=MONDAY, at=at(MONDAY))
    window = clock(made, "transfer.hand-over")
    assert window.started_at == at(MONDAY)
    assert window.due_at == at(date(2026, 3, 3), 60), "开始的那个小时不计"


def test_a_decision_ends_the_clocks_that_led_to_it():
    made = notified(matter())
    take(made, "waive_defence")
    take(made, "decide")
    running = {each.rule_id for each in ledger.deadlines_of(made.run.dossier, running=True)}
    assert running == {"service.decision", "publication.decision"}


def test_a_domain_without_a_period_starts_no_clock():
    made = matter(domain="nowhere")
    take(made, "file")
    assert clock(made, "penalty.decision") is not None, "行政处罚法的九十日对谁都算"


def test_the_next_step_waits_on_the_list_of_its_role():
    made = matter()
    assert waiting(made) == {("file", "agency_head")}
    take(made, "file")
    assert waiting(made) == {("show_id", "officer")}
    take(made, "show_id")
    assert waiting(made) == {("conclude", "officer")}
    take(made, "conclude")
    assert waiting(made) == {("countersign", "unit_head")}
    take(made, "countersign")
    assert waiting(made) == {("review", "legal_reviewer")}


def test_who_opens_the_way_is_told_even_two_steps_ahead():
    made = notified(matter())
    take(made, "request_hearing")
    assert ("arrange_hearing", "hearing_host") in waiting(made)
    take(made, "arrange_hearing")
    assert ("arrange_hearing", "hearing_host") not in waiting(made)
    assert ("hold_hearing", "hearing_host") in waiting(made)
    take(made, "hold_hearing")
    assert ("review_again", "legal_reviewer") in waiting(made)


def test_an_officers_step_stands_on_the_leads_list_alone():
    made = matter()
    take(made, "file")
    (task,) = ledger.open_tasks_of(made.run.pk)
    assert task.assignee_id is None
    assert task.role == "officer"


def test_a_return_reaches_the_officer_with_the_reason_and_vanishes_when_put_right():
    made = matter()
    for step_id in ("file", "show_id", "conclude"):
        take(made, step_id)
    take(
        made,
        "return_report",
        actor=actor("unit_head", name="吴队长"),
        return_reason="照片没有位置。",
    )
    (task,) = ledger.open_tasks_of(made.run.pk)
    assert (task.step_id, task.role) == ("conclude", "officer")
    assert task.reason == "吴队长退回：照片没有位置。"
    take(made, "conclude")
    (task,) = ledger.open_tasks_of(made.run.pk)
    assert (task.step_id, task.reason) == ("countersign", "")


def test_nothing_is_left_on_any_list_when_only_time_is_awaited_but_the_heads():
    made = notified(matter())
    assert ("waive_defence", "officer") in waiting(made)


def test_a_to_do_carries_the_nearest_end_of_the_agencys_own_clocks():
    made = matter()
    take(made, "file", on=MONDAY)
    (task,) = ledger.open_tasks_of(made.run.pk)
    assert task.due_on == date(2026, 5, 31)
    made = notified(matter(number="案〔2026〕2号"))
    assert {task.due_on for task in ledger.open_tasks_of(made.run.pk)} == {date(2026, 5, 31)}


def test_the_reading_of_a_person_says_whose_turn_it_is():
    made = matter()
    offers = procedures.offers(made, actor=actor("officer"), on=MONDAY)
    filing = next(offer for offer in offers if offer.step.id == "file")
    assert not filing.mine
    assert filing.who == "这一步由行政机关负责人办理。"
