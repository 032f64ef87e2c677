"""What was registered goes on: into a seizure, to a test, or back when time is up by itself."""

from datetime import date

import pytest

from tests import cast
from tests.journeys.driver import SHANGHAI, Beside, photo
from zhiheng.cases.models import Side
from zhiheng.cases.sides.pending import known_sides, pending_facts
from zhiheng.cases.tasks import follow
from zhiheng.evidence import api as evidence
from zhiheng.ledger import api as ledger
from zhiheng.procedures.models import Run

REGISTRATION = "measure.registration"


def registered(walk):
    beside = walk.begins(REGISTRATION)
    beside.does("approve", "register")
    return beside


@pytest.mark.law("apl-2021:56")
def test_seven_workdays_without_a_disposal_and_the_platform_releases(walk_from):
    walk = walk_from(stage="collected")
    beside = registered(walk)
    walk.go_to(date(2026, 3, 14))
    for _ in range(2):
        ledger.remind(at=walk.clock_now())
        for act in list(ledger.acts_of(beside.side.dossier)):
            if act.kind.startswith("deadline."):
                follow(act.pk, at=walk.clock_now())
    assert beside.state == "LAPSED"
    lapses = [a for a in ledger.acts_of(beside.side.dossier) if a.kind == "side.lapse"]
    assert [(a.actor_id, a.actor_name) for a in lapses] == [(None, "系统")], "只解除一次，由系统"
    assert pending_facts(known_sides(walk.case))["registration_pending"] is False
    walk.todo(cast.OFFICER).says("退还并了结")
    beside.does("finish").says("已了结")
    assert [good.state for good in beside.goods()] == ["RETURNED"]


@pytest.mark.law("apl-2021:56", "acl-2011:24")
def test_registered_then_seized(walk_from):
    walk = walk_from(stage="collected")
    beside = registered(walk)
    beside.does("dispose", registration_disposal="SEIZE")
    walk.todo(cast.OFFICER).says("申请查封扣押")
    (good,) = beside.goods()
    seizure = Side.objects.get(case=walk.case, procedure_id="measure.seizure")
    assert seizure.state == "DRAFT"
    later = walk.goes_on("measure.seizure")
    later.does("request", "approve")
    later.does("implement", goods_taken_over=[str(good.pk)],
               **{f"goods_list-0-{c}": "" for c in ("name", "quantity", "unit", "value")})  # fmt: skip
    assert beside.goods() == []
    (same,) = later.goods()
    assert (same.pk, same.due_on) == (good.pk, date(2026, 4, 3))
    beside.does("finish")
    assert later.goods()[0].state == "HELD", "了结登记保存不动已经扣押的"


def test_an_emergency_is_not_for_every_domain(walk_from):
    walk = walk_from(stage="collected")
    beside = walk.begins(REGISTRATION, registration_urgent="true")
    page = beside.cannot("register_at_once")
    assert any("紧急" in line for line in page.errors)
    beside.does("approve", "register")


@pytest.mark.law("acl-2011:25")
def test_a_sample_is_tested_and_the_clocks_stand_still_meanwhile(walk_from):
    walk = walk_from(stage="collected")
    seizure = walk.begins("measure.seizure")
    seizure.does("approve", "implement")
    decision_due = walk.clock_of("penalty.decision").due_on
    sampling = walk.begins("measure.sampling")
    sampling.does("commission")
    sampling.does("notify_testing", testing_from="2026年3月5日", testing_until="2026年3月24日")
    assert seizure.clock_of("seizure.period").due_on == date(2026, 4, 23), "扣除二十天"
    assert (walk.clock_of("penalty.decision").due_on - decision_due).days == 20
    walk.go_to(date(2026, 3, 14))
    sampling.does("receive_result", test_conclusion="FAIL", report_file=photo("检测报告"))
    report = evidence.evidence_of(walk.case.dossier).latest("id")
    assert (report.kind, report.status) == ("EXPERT", "COLLECTED")
    assert seizure.clock_of("seizure.period").due_on == date(2026, 4, 13), "结果早到，只扣十天"
    assert seizure.goods()[0].due_on == date(2026, 4, 13)
    sampling.does("tell_result").says("结果已告知")
    sampling.does("object")
    walk.todo(cast.AGENCY_HEAD).says("同意复检")
    sampling.does("grant_retest")
    sampling.does("commission", "notify_testing", "receive_result", "tell_result")
    sampling.does("finish", sample_end="CONSUMED", storage_charged="false").says("已结束")
    assert [good.state for good in sampling.goods()] == ["TESTED_CONSUMED"]


def test_days_before_the_party_was_told_are_not_left_out(walk_from):
    walk = walk_from(stage="collected")
    sampling = walk.begins("measure.sampling")
    sampling.does("commission")
    sampling.cannot("notify_testing", testing_from="2026年3月1日", testing_until="2026年3月20日")
    page = sampling.cannot("receive_result")
    assert any("检测期间" in line for line in page.errors)


def test_an_unsealed_sample_is_a_warning(walk_from):
    walk = walk_from(stage="collected")
    beside = Beside(walk, "measure.sampling")
    page = beside.tries("sample", sample_sealed="false")
    assert page.status == 422
    page = beside.tries("sample", sample_sealed="false", reason="现场没有封条，已全程录像。")
    assert page.status == 200, page.errors


@pytest.mark.law("apl-2021:56")
def test_where_the_domain_knows_it_an_emergency_is_registered_at_once(walk_from):
    walk = walk_from(stage="collected")
    Run.objects.filter(pk=walk.case.pk).update(domain="market")
    beside = walk.begins(REGISTRATION, registration_urgent="true")
    beside.does("register_at_once").says("待补批")
    clock = beside.clock_of("registration.urgent-report")
    assert clock.due_at.astimezone(SHANGHAI).isoformat() == "2026-03-05T10:00:00+08:00", (
        "当时那一小时不算"
    )
    walk.go_to(date(2026, 3, 5))
    walk.wait(60)
    page = beside.cannot("approve_after")
    assert any("二十四小时" in line for line in page.errors)
    beside.does("approve_after", reason="案发地偏远，电话报告在先。").says("登记保存中")
    assert beside.goods()[0].due_on == date(2026, 3, 13), "七个工作日从登记算起"


@pytest.mark.law("apl-2021:56")
def test_what_the_head_does_not_approve_goes_back_at_once(walk_from):
    walk = walk_from(stage="collected")
    Run.objects.filter(pk=walk.case.pk).update(domain="agri")
    beside = walk.begins(REGISTRATION, registration_urgent="true")
    beside.does("register_at_once")
    beside.does("refuse_after").says("已处理")
    beside.cannot("finish", goods_end="HAND_OVER")
    beside.does("finish").says("已了结")
    assert [good.state for good in beside.goods()] == ["RETURNED"]


def test_a_case_cannot_be_closed_with_goods_held(walk_from):
    walk = walk_from(stage="collected")
    sampling = walk.begins("measure.sampling")
    walk.go_to(date(2026, 3, 9))
    walk.does("conclude")
    walk.go_to(date(2026, 3, 11))
    walk.does("countersign", "review")
    walk.go_to(date(2026, 3, 12))
    walk.does("issue_notice", "serve_notice")
    walk.go_to(date(2026, 3, 20))
    walk.does("decide", "serve_decision", "record_payment", "confirm_performance")
    page = walk.cannot("close")
    assert any("没有退还，也没有处理" in line for line in page.errors)
    sampling.does("commission", "notify_testing", "receive_result", "tell_result")
    sampling.does("finish", sample_end="CONSUMED", storage_charged="false")
    walk.does("close").says("已结案")
