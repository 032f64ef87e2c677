"""The party goes to the reconsideration organ, or to court; what follows for the decision."""

from datetime import date

from tests import cast
from zhiheng.payments import api as payments


def test_reconsideration_upholds_the_decision(walk_from):
    walk = walk_from(stage="served")
    beside = walk.begins("remedy.reconsideration", remedy_organ="青衡县人民政府")
    assert (beside.clock_of("remedy.reply").due_on - walk.day).days >= 14, "十个工作日"
    beside.does("simple")
    assert (beside.clock_of("remedy.reply-simple").due_on - walk.day).days >= 7, "五个工作日"
    beside.does("reply")
    began = walk.day
    walk.go_to(date(2026, 4, 20))
    beside.does("uphold", upheld_kind="UPHELD").says("决定未改变")
    (pause,) = payments.fine_order_of(walk.case.pk).pauses.all()
    assert (pause.since, pause.until) == (began, date(2026, 4, 20)), "复议期间不加处"
    walk.look().says("行政复议")


def test_reconsideration_annuls_and_the_same_act_is_not_made_again(walk_from):
    walk = walk_from(stage="served")
    beside = walk.begins("remedy.reconsideration")
    beside.does("reply")
    beside.does("overturn", overturned_kind="ANNULLED", overturned_for_form="false")
    page = beside.cannot("comply", redo="SAME")
    assert any("不得以同一事实和理由" in line for line in page.errors)
    assert payments.fine_order_of(walk.case.pk) is not None
    beside.does("comply", redo="NONE").says("复议决定已履行")
    assert payments.fine_order_of(walk.case.pk) is None, "被撤销的不再缴"
    walk.todo(cast.AGENCY_HEAD).says("决定已撤销，终结执行")
    walk.does("end_revoked", performance_note="复议撤销，不再执行。").says("已履行")
    walk.does("close", closing_ground="EXECUTION_ENDED").says("已结案")


def test_nobody_contests_a_decision_before_it_is_made(walk_from):
    walk = walk_from(stage="served")
    page = walk.begins_not("remedy.reconsideration", remedy_received_on="2026年3月20日")
    page.says("处罚决定是2026年3月23日，不会早于那一天")


def test_a_suit_goes_through_two_instances(walk_from):
    walk = walk_from(stage="served")
    beside = walk.begins("remedy.litigation", remedy_organ="青衡县人民法院")
    beside.does("reply", "win_first", "appeal")
    beside.does("win").says("决定未改变")


def test_a_suit_that_is_lost_at_first_stays_on_the_list(walk_from):
    walk = walk_from(stage="served")
    beside = walk.begins("remedy.litigation", remedy_organ="青衡县人民法院")
    beside.does("reply", "lose_first")
    walk.todo(cast.OFFICER).says("登记生效裁判：改变决定")
    beside.does("lose", overturned_kind="CHANGED")
    beside.does("comply", redo="NONE").says("裁判已履行")
    assert payments.fine_order_of(walk.case.pk) is not None, "变更的照变更后的缴"


def test_suit_and_reconsideration_at_once_need_the_heads_reasons(walk_from):
    walk = walk_from(stage="served")
    walk.begins("remedy.reconsideration")
    page = walk.begins_not("remedy.litigation")
    assert any("复议期间不得起诉" in line for line in page.errors)


def test_what_is_revoked_is_not_executed(walk_from):
    walk = walk_from(stage="served")
    assert any(
        "没有被撤销" in line for line in walk.cannot("end_revoked", performance_note="—").errors
    )
    beside = walk.begins("revision", revision_kind="REVOKE", rights_affected="true")
    page = beside.cannot("decide")
    assert any("先送法制审核" in line for line in page.errors)
    beside.does("review", "decide")
    beside.does("serve", service_mode="DIRECT")
    assert payments.fine_order_of(walk.case.pk) is not None
    beside.does("finish_revoked").says("已撤销")
    assert payments.fine_order_of(walk.case.pk) is None, "撤销了的不再缴"
    walk.does("end_revoked", performance_note="决定已撤销，不再执行。").says("已履行")


def test_a_slip_of_the_pen_is_corrected_but_no_amount(walk_from):
    walk = walk_from(stage="served")
    page = walk.begins_not("revision", revision_kind="CORRECT", rights_affected="true")
    assert any("补正只用于" in line for line in page.errors)
    beside = walk.begins("revision", revision_kind="CORRECT", rights_affected="false")
    beside.does("decide")
    beside.does("serve", service_mode="DIRECT")
    beside.does("finish").says("已补正或者变更")
