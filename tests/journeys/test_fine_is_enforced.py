"""What happens when a fine is not paid: later, in parts, by a court, by the organ itself."""

from datetime import date

import pytest

from tests import cast
from tests.journeys.paying import Party, order_of
from zhiheng.cases import tasks
from zhiheng.cases.models import Side
from zhiheng.documents import api as documents


@pytest.fixture(autouse=True)
def papers_can_be_printed(db):
    """Whatever a walk has left behind can be made into a file."""
    yield
    for side in Side.objects.select_related("dossier"):
        for paper in documents.documents_of(side.dossier):
            assert documents.render(paper).startswith(b"%PDF"), paper.code


PERMIT = {"service_mode": "DIRECT"}


def late(walk_from):
    walk = walk_from(stage="served")
    walk.go_to(date(2026, 4, 13))
    return walk


def urged(walk, kind="execution.court", **typed):
    beside = walk.begins(kind, urge_until="2026年4月27日", **typed)
    beside.does("serve_urge", **PERMIT)
    return beside


LATER = {"deferral_asked_until": "2026年6月30日"}


def test_instalments_are_granted_and_kept(walk_from):
    walk = walk_from(stage="served")
    beside = walk.begins(
        "execution.deferral", deferral_kind="INSTALMENTS", deferral_hardship="true",
        deferral_asked_until="2026年6月30日",
        deferral_asked_schedule="2026-05-31 3000.00\n2026-06-30 5000.00",
    )  # fmt: skip
    form = walk.sees(cast.AGENCY_HEAD, beside.url("grant"))
    assert form.fields["deferral_until"] == ["2026-06-30"], "当事人申请的，负责人不用再填"
    assert "5000.00" in form.fields["deferral_schedule"][0]
    walk.todo(cast.AGENCY_HEAD).says("批准延期、分期")
    wrong = beside.cannot(
        "grant", deferral_until="2026年6月30日", deferral_schedule="2026-05-31 4000.00"
    )
    assert any("合计" in line for line in wrong.errors)
    beside.does(
        "grant", deferral_until="2026年6月30日",
        deferral_schedule="2026-05-31 3000.00\n2026-06-30 5000.00",
    )  # fmt: skip
    walk.go_to(date(2026, 5, 29))
    party = Party(walk)
    party.page.says("分期")
    party.pays("3000")
    beside.cannot("lapse")
    walk.go_to(date(2026, 6, 30))
    Party(walk).page.says("还应缴 5,000.00 元")
    Party(walk).pays()
    beside.does("settle").says("已按期缴清")
    walk.does("confirm_performance")


def test_broken_instalments_fall_due_and_only_then_grow(walk_from):
    walk = walk_from(stage="served")
    beside = walk.begins("execution.deferral", deferral_hardship="true", **LATER)
    beside.does("grant", deferral_until="2026年6月30日")
    walk.go_to(date(2026, 6, 20))
    assert "加处" not in Party(walk).page.words.replace("加处的罚款", "")
    tasks.look_at_granted(at=walk.clock_now())
    assert "登记没有按期缴" not in walk.todo(cast.OFFICER).words
    walk.go_to(date(2026, 7, 3))
    tasks.look_at_granted(at=walk.clock_now())
    walk.todo(cast.OFFICER).says("登记没有按期缴")
    beside.does("lapse").says("恢复应缴")
    assert order_of(walk).due_on == date(2026, 7, 3)
    walk.go_to(date(2026, 7, 4))
    Party(walk).page.says("240.00")


def test_no_hardship_no_deferral(walk_from):
    walk = walk_from(stage="served")
    beside = walk.begins("execution.deferral", deferral_hardship="false", **LATER)
    beside.cannot("grant", deferral_until="2026年6月30日")
    beside.does("refuse").says("不批准")


def test_urged_and_paid(walk_from):
    walk = late(walk_from)
    beside = urged(walk)
    beside.cannot("serve_addition", **PERMIT)
    beside.does("add")
    beside.does("serve_addition", **PERMIT)
    assert beside.side.dossier.run.facts["late_addition"] == 144000, "六日，每日二百四十元"
    walk.go_to(date(2026, 4, 14))
    beside.cannot("settle")
    Party(walk).pays()
    beside.does("settle").says("当事人已缴清")
    walk.does("confirm_performance")


def test_not_urged_before_it_is_due(walk_from):
    walk = walk_from(stage="served")
    url = walk.url().rstrip("/") + "/beside/new/execution.court/"
    page = walk.fills(cast.OFFICER, url, {"urge_duty": "缴款"})
    assert page.status == 422


def test_urged_and_the_court_executes(walk_from):
    walk = late(walk_from)
    beside = urged(walk)
    walk.go_to(date(2026, 4, 27))
    lines = beside.cannot("apply_court").errors
    assert any("十个工作日" in line for line in lines)
    walk.go_to(date(2026, 9, 28))
    beside.does("hear_urge")
    beside.cannot("apply_court")
    beside.does("answer_urge", "apply_court")
    assert beside.clock_of("court.acceptance").due_on == date(2026, 10, 10)
    beside.does("accept", "permit")
    beside.cannot("finish")
    beside.does("collect", court_collected="16,000.00", court_receipt_no="库0001")
    assert order_of(walk).state == "PAID", "罚款和封顶的加处"
    beside.does("finish").says("执行完毕")
    walk.does("confirm_performance")


def test_the_court_refuses_and_review_is_asked_in_fifteen_days(walk_from):
    walk = late(walk_from)
    beside = urged(walk)
    walk.go_to(date(2026, 9, 28))
    beside.does("apply_court", "accept")
    beside.does("deny")
    assert beside.clock_of("court.review-request").due_on == date(2026, 10, 13)
    walk.go_to(date(2026, 10, 14))
    beside.cannot("ask_review")
    beside.does("accept_refusal").says("法院不受理或者不准予执行")
    walk.cannot("confirm_performance")


def test_execution_that_is_lawfully_ended_closes_the_case(walk_from):
    walk = late(walk_from)
    beside = urged(walk)
    beside.does("end", ending_ground="ORG_GONE").says("依法终结执行")
    walk.does("confirm_performance", performance_note="单位终止，依法终结执行。")
    walk.does("close", closing_ground="EXECUTION_ENDED")


def test_demolition_only_by_day_and_after_all_periods(walk_from):
    walk = late(walk_from)
    beside = urged(
        walk, "execution.own", power_level="LAW", power_basis="《城乡规划法》第六十五条",
        execution_object="DEMOLITION",
    )  # fmt: skip
    walk.go_to(date(2026, 4, 28))
    beside.cannot("decide", execution_way="先停水停电，再拆除。")
    beside.does("decide", execution_way="机械拆除。")
    beside.does("serve_order", **PERMIT)
    beside.does("announce", self_removal_until="2026年5月20日")
    times = {"implement_on": "2026年9月29日", "implement_from": "09:00", "implement_to": "16:00"}
    beside.cannot("carry_out", **times)
    walk.go_to(date(2026, 9, 28))
    beside.cannot("carry_out", **{**times, "implement_to": "23:30"})
    beside.cannot("carry_out", **{**times, "implement_on": "2026年10月1日"})
    beside.does("carry_out", **times)
    beside.does("finish").says("执行完毕")
    walk.cannot("confirm_performance", performance_note="已拆除。")


def test_only_a_law_gives_the_power(walk_from):
    walk = late(walk_from)
    url = walk.url().rstrip("/") + "/beside/new/execution.own/"
    page = walk.fills(
        cast.OFFICER, url,
        {"power_level": "LOCAL", "power_basis": "某条例第十条", "execution_object": "MONEY"},
    )  # fmt: skip
    assert page.status == 422
    assert any("法律" in line for line in page.errors)


def test_substitute_performance_is_billed(walk_from):
    walk = late(walk_from)
    beside = walk.begins(
        "execution.substitute", substitute_harm="POLLUTION", substitute_budget="5,000.00"
    )
    beside.does("issue_urge", urge_until="2026年4月27日")
    beside.does("serve_urge", **PERMIT)
    walk.go_to(date(2026, 4, 28))
    beside.does("decide")
    beside.does("serve_order", **PERMIT)
    beside.does("urge_again")
    done = {"supervisor_present": "true", "substitute_signed": "true"}
    beside.cannot("carry_out", **done)
    walk.go_to(date(2026, 5, 8))
    beside.does("carry_out", **done)
    beside.does("bill", substitute_cost="4,500.00")
    from zhiheng.payments import api as payments

    order = payments.orders_of(beside.side.dossier_id).get()
    beside.cannot("settle")
    party = Party(walk, order)
    party.page.says("代履行费用").says("4,500.00")
    party.pays()
    beside.does("settle").says("费用已缴清")


def test_an_agreement_is_kept(walk_from):
    walk = late(walk_from)
    urged(walk)
    terms = {"agreement_harmless": "true", "remedied": "true", "addition_waived": "1,440.00"}
    beside = walk.begins(
        "execution.agreement", agreement_schedule="2026-05-13 4000.00\n2026-06-15 4000.00", **terms
    )
    beside.does("approve")
    walk.go_to(date(2026, 5, 13))
    Party(walk).pays()
    walk.go_to(date(2026, 6, 15))
    Party(walk).pays()
    assert order_of(walk).state == "PAID"
    beside.does("settle").says("协议已履行")


def test_a_breached_agreement_resumes(walk_from):
    walk = late(walk_from)
    urged(walk)
    beside = walk.begins(
        "execution.agreement", agreement_schedule="2026-05-13 4000.00\n2026-06-15 5440.00",
        agreement_harmless="true", addition_waived="0",
    )  # fmt: skip
    beside.does("approve")
    walk.go_to(date(2026, 5, 14))
    beside.does("breach").says("恢复执行")
    assert order_of(walk).due_on == date(2026, 5, 14)
    Party(walk).page.says("1,440.00")
