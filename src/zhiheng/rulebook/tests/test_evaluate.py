from datetime import date

import pytest

from zhiheng.rulebook import api
from zhiheng.rulebook.api import Status

ON = date(2026, 3, 18)


@pytest.fixture
def procedure(mini):
    return mini.procedure("penalty.mini")


@pytest.fixture
def facts(mini, procedure):
    ready = {"notice_served": True, "defence_window_over": True, "fine_notified": 500000}
    return {**api.initial_facts(mini, procedure), **ready}


def read(mini, procedure, facts, step="decide", state="NOTIFIED", **more):
    return api.evaluate_step(mini, procedure, step, state, facts, ON, **more)


def test_a_step_whose_guards_hold_is_offered(mini, procedure, facts):
    reading = read(mini, procedure, facts, given={"fine_decided": 500000})
    assert reading.status is Status.OFFERED
    assert all(finding.holds for finding in reading.findings)


def test_a_blocked_step_says_guard_article_facts_and_where_to_mend(mini, procedure, facts):
    reading = read(mini, procedure, facts, given={"fine_decided": 800000})
    assert reading.status is Status.BLOCKED
    [finding] = reading.blocks
    assert (finding.id, finding.title) == ("G-065", "不得因申辩加重")
    assert finding.article == "《行政处罚法》第四十五条第二款"
    assert finding.says.startswith("拟处罚款高于告知数额。")
    assert finding.facts_used["fine_decided"].text == "8,000.00 元"
    assert finding.facts_used["fine_notified"].value == 500000
    assert [(fix.fact, fix.step) for fix in finding.fixed_by] == [
        ("fine_decided", "decide"), ("fine_notified", "notify"),
    ]  # fmt: skip


def test_while_the_form_is_empty_what_it_asks_for_is_pending(mini, procedure, facts):
    reading = read(mini, procedure, facts)
    assert reading.status is Status.OFFERED
    assert [finding.id for finding in reading.pending] == ["G-065"]


def test_a_broken_warning_leaves_the_step_to_the_head(mini, procedure, facts):
    facts["decision_overdue"] = True
    reading = read(mini, procedure, facts, given={"fine_decided": 500000})
    assert reading.status is Status.WARNED
    assert [(f.id, f.override) for f in reading.warnings] == [("G-071", "agency_head")]


@pytest.mark.parametrize("value", ["2", True, 2.0, None, [2]])
def test_a_value_of_the_wrong_type_never_passes(value, mini, procedure, facts):
    facts["officers_certified"] = value
    reading = read(mini, procedure, facts, given={"fine_decided": 500000})
    assert [finding.id for finding in reading.blocks] == ["G-006"]
    assert "判断" in reading.blocks[0].says


def test_an_unknown_fact_never_passes_and_is_named(mini, procedure, facts):
    del facts["officers_certified"]
    reading = read(mini, procedure, facts, given={"fine_decided": 500000})
    [finding] = reading.blocks
    assert finding.missing == ("officers_certified",)
    assert finding.says.startswith("还不能判断：持证承办人数还没有登记。")
    assert finding.fixed_by[0].where == "指派承办人页"


def test_a_step_is_refused_in_another_state(mini, procedure, facts):
    reading = read(mini, procedure, facts, state="FILED")
    assert reading.status is Status.BLOCKED
    assert reading.reason == "现在是“调查取证”，“作出处罚决定”要到“调查终结、已告知”才能办。"


def test_all_steps_of_a_state_are_read_in_the_order_of_the_file(mini, procedure, facts):
    readings = api.offered(mini, procedure, "PROPOSED", facts, ON)
    assert [(r.step.id, r.status.value) for r in readings] == [
        ("file", "OFFERED"), ("refuse_filing", "OFFERED"),
    ]  # fmt: skip


def test_facts_after_a_step_are_cleared_filled_in_and_set(mini, procedure, facts):
    back = api.facts_after(mini, procedure.steps["return_report"], facts, {})
    assert (back["notice_served"], back["fine_notified"], back["defence_window_over"]) == (
        False, None, False,
    )  # fmt: skip
    told = api.facts_after(mini, procedure.steps["notify"], facts, {"fine_notified": 800000})
    assert (told["notice_served"], told["fine_notified"]) == (True, 800000)
    assert told["defence_window_over"] is False, "the new window starts anew"


def test_what_a_form_may_not_hold_is_told_by_field(mini, procedure):
    step = procedure.steps["decide"]
    errors = api.given_errors(mini, step, {"fine_decided": "八千", "limitation_ok": True})
    assert set(errors) == {"fine_decided", "limitation_ok"}
    assert "整数（分）" in errors["fine_decided"]
    assert api.given_errors(mini, step, {"fine_decided": 1}) == {}


def test_dates_may_come_as_days_or_as_iso_text(mini):
    from zhiheng.rulebook.evaluate import judge
    from zhiheng.rulebook.expressions import compile_expression

    guard = type("G", (), {"when": compile_expression("seen_on > 739000")})
    for value in (date(2026, 3, 18), "2026-03-18"):
        assert judge(guard=guard, values={"seen_on": value}, known=mini.all_facts) == (True, "")
    holds, error = judge(guard=guard, values={"seen_on": "三月"}, known=mini.all_facts)
    assert not holds
    assert error


def test_a_rule_that_is_not_there_is_answered_with_the_nearest(mini):
    with pytest.raises(api.UnknownRule, match=r"没有程序 penalty\.mni。") as caught:
        mini.procedure("penalty.mni")
    assert "penalty.mini" in caught.value.next_step
    with pytest.raises(api.UnknownRule, match="在 2020-01-01 没有可用的值"):
        mini.parameter("penalty.decision", on=date(2020, 1, 1))
