"""It was carried out, and then the decision fell: things and money go back."""

from datetime import date

import pytest

from tests import cast
from tests.journeys.paying import Party, order_of
from tests.journeys.test_fine_is_enforced import late
from tests.journeys.test_other_endings import ordered
from zhiheng.payments import api as payments

TIMES = {"implement_on": "2026年9月29日", "implement_from": "09:00", "implement_to": "16:00"}
ROTTEN = {"overturned_kind": "ANNULLED", "overturned_for_form": "false"}
UNDONE = {"restore_ground": "UNDONE", "cannot_restore": "false", "restore_way": "RESTORE"}


def executed(walk):
    """It was carried out and is finished."""
    beside = ordered(walk)
    beside.does("carry_out", **TIMES)
    walk.go_to(date(2026, 9, 29))
    beside.does("finish").says("执行完毕")


def contested(walk):
    """The reconsideration organ hears the party after all."""
    remedy = walk.begins("remedy.reconsideration")
    remedy.does("reply")
    return remedy


def given_back(walk, order):
    """Finance pays every refund of the order back."""
    for row in order.refunds.filter(paid_back_on=None):
        url = f"/payments/{order.code}/"
        sent = {"refund": row.pk, "voucher_no": f"退{row.pk}", "paid_back_on": walk.day.isoformat()}
        assert walk.as_(cast.OFFICER).post(f"{url}refund/", sent).status_code == 302


@pytest.mark.law("acl-2011:41")
def test_what_was_executed_is_restored_and_the_money_goes_back_before_the_case_closes(walk_from):
    walk = late(walk_from)
    executed(walk)
    Party(walk).pays()
    order = order_of(walk)
    remedy = contested(walk)
    remedy.does("overturn", **ROTTEN)
    beside = walk.goes_on("execution.restoring")
    walk.todo(cast.OFFICER).says("核对执行情况，提出怎样回转")
    form = walk.sees(cast.OFFICER, beside.url("assess"))
    assert "2026-09-29 清除。" in form.fields["executed_what"][0], "执行过什么，平台知道"
    beside.cannot("not_due").says("应当恢复、退还或者赔偿")
    beside.cannot("assess", **{**UNDONE, "restore_way": "COMPENSATE"}).says("先恢复原状")
    page = beside.cannot("assess", **{**UNDONE, "cannot_restore": "true"}, cannot_restore_why="")
    page.says("请写明为什么不能")
    beside.does("assess", **UNDONE)
    beside.cannot("decide", restore_until="2026年9月1日")
    beside.does("decide", restore_until="2026年10月30日").says("待办理")
    beside.cannot("finish", compensation="0").says("还没有退给当事人")
    remedy.does("comply", redo="NONE", refund_done="true")
    beside.cannot("finish", compensation="0").says("还没有退给当事人")
    beside.look().says("还没有退的钱")
    walk.does("end_revoked", performance_note="复议撤销，不再执行。")
    walk.cannot("close", closing_ground="EXECUTION_ENDED").says("执行回转还没有办完")
    given_back(walk, order)
    beside.does("finish", compensation="0").says("已恢复、退还或者赔偿")
    walk.does("close", closing_ground="EXECUTION_ENDED").says("已结案")
    closing = next(each for each in walk.papers() if each.code == "F-54")
    assert closing.facts["remedy_state"] == "复议、诉讼已经了结。"


@pytest.mark.law("acl-2011:40")
def test_what_was_annulled_before_is_not_carried_out(walk_from):
    walk = late(walk_from)
    beside = ordered(walk)
    contested(walk).does("overturn", **ROTTEN)
    assert not walk.case.sides.filter(procedure_id="execution.restoring").exists()
    beside.cannot("carry_out", **TIMES).says("已经被撤销，不能再执行")
    beside.does("end", ending_ground="REVOKED").says("依法终结执行")
    walk.begins_not("execution.restoring", **UNDONE).says("本案没有自行强制执行")


@pytest.mark.law("acl-2011:41")
def test_what_was_changed_may_still_be_owed_as_it_was_executed(walk_from):
    walk = late(walk_from)
    executed(walk)
    contested(walk).does("overturn", overturned_kind="CHANGED", overturned_for_form="false")
    beside = walk.goes_on("execution.restoring")
    beside.does("not_due").says("不必回转")


@pytest.mark.law("acl-2011:41")
def test_what_turns_out_wrong_after_it_was_finished_is_paid_for_where_it_cannot_be_restored(
    walk_from,
):
    walk = late(walk_from)
    executed(walk)
    gone = {
        "cannot_restore": "true",
        "cannot_restore_why": "已经清运。",
        "restore_way": "COMPENSATE",
    }
    page = walk.begins_not("execution.restoring", **gone, restore_ground="UNDONE")
    page.says("登记里没有撤销、变更")
    beside = walk.begins("execution.restoring", **gone, restore_ground="WRONG")
    beside.does("decide", restore_until="2026年10月30日")
    beside.cannot("finish", compensation="0").says("还没有填赔偿数额")
    beside.does("finish", compensation="5,000.00", compensation_note="按评估价，凭证 12。")


@pytest.mark.law("acl-2011:41", "acl-2011:51")
def test_nobody_pays_for_a_performance_that_nobody_owed(walk_from):
    walk = late(walk_from)
    beside = walk.begins(
        "execution.substitute", substitute_harm="POLLUTION", substitute_immediate="true",
        substitute_budget="5,000.00",
    )  # fmt: skip
    beside.does("decide_at_once")
    beside.does("carry_out", supervisor_present="true", substitute_signed="true")
    beside.does("bill", substitute_cost="4,500.00")
    beside.cannot("release").says("决定没有被撤销")
    order = payments.orders_of(beside.side.dossier_id).get()
    Party(walk, order).pays("1000")
    contested(walk).does("overturn", **ROTTEN)
    walk.todo(cast.AGENCY_HEAD).says("决定被撤销，费用不再收")
    beside.does("release").says("费用不再收")
    order.refresh_from_db()
    assert order.state == "VOID"
    assert payments.refunds_open([beside.side.pk]) == 100000
    assert walk.goes_on("execution.restoring").state == "DRAFT", "清掉的还要看能不能恢复"
