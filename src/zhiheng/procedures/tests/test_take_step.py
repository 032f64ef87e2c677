"""Taking one step: once, by the right person, with nothing but what it asks, and all or nothing."""

from datetime import date

import pytest

from zhiheng.kernel.ciphers import open_field
from zhiheng.kernel.errors import Conflict, Invalid, NotAllowed, ZhihengError
from zhiheng.ledger import api as ledger
from zhiheng.procedures import api as procedures
from zhiheng.procedures.tests.factories import MONDAY, actor, at, key, matter, notified, take, usual

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed():
    return matter()


@pytest.fixture
def told():
    return notified(matter())


def traces(made):
    """Everything a step may leave behind."""
    made.run.refresh_from_db()
    dossier = ledger.find_dossier(made.run.dossier.number)
    return (
        dossier.state, made.run.facts, made.run.overrides, len(ledger.acts_of(dossier)),
        [(d.rule_id, d.state) for d in ledger.deadlines_of(dossier)],
        [(t.step_id, t.role) for t in ledger.open_tasks_of(dossier.pk)],
    )  # fmt: skip


def refused(made, wrong, step_id, **more):
    """Try a step that must be refused and must leave nothing behind; give the refusal."""
    before = traces(made)
    with pytest.raises(wrong) as caught:
        take(made, step_id, **more)
    assert traces(made) == before
    assert caught.value.message
    assert caught.value.next_step
    return caught.value


def test_a_step_moves_the_matter_and_says_by_which_rule(proposed):
    act = take(proposed, "file").act
    assert proposed.run.dossier.state == "FILED"
    assert (act.kind, act.rule_id, act.rule_version) == ("plain.file", "penalty.ordinary/file", "1")
    assert (act.actor_role, act.to_state) == ("agency_head", "FILED")
    assert "G-001" in act.payload["guards"]


def test_a_double_click_files_once(proposed):
    same = key()
    first = take(proposed, "file", idempotency_key=same)
    again = take(proposed, "file", idempotency_key=same)
    assert again.act.pk == first.act.pk
    assert again.act.replayed
    assert len(proposed.taken) == 1


def test_the_same_step_twice_is_a_conflict_that_names_who_was_first(proposed):
    take(proposed, "file", actor=actor("agency_head", name="赵局长"))
    told = refused(proposed, Conflict, "file")
    assert "赵局长刚刚办理了“批准立案”" in told.message
    assert "现在是“调查取证”" in told.message


def test_a_step_that_leaves_the_state_may_be_taken_again(proposed):
    take(proposed, "file")
    take(proposed, "show_id")
    take(proposed, "show_id")
    assert [t.step.id for t in proposed.taken].count("show_id") == 2


def test_a_step_of_another_role_is_refused_and_says_whose_it_is(proposed):
    told = refused(proposed, NotAllowed, "file", actor=actor("officer"))
    assert told.message == "这一步由行政机关负责人办理。"


def test_a_step_that_does_not_exist_is_refused(proposed):
    with pytest.raises(Invalid, match="没有这个步骤"):
        procedures.take_step(
            proposed, step_id="abolish", actor=actor("officer"), values={}, at=at(MONDAY),
            idempotency_key=key(),
        )  # fmt: skip


def test_values_that_the_step_does_not_ask_for_are_ignored(proposed):
    take(proposed, "file", review_passed=True, fine_decided=1, officers_certified=9)
    kept = procedures.kept_facts(proposed.run)
    assert kept["review_passed"] is False
    assert kept["fine_decided"] == 0
    assert "officers_certified" not in proposed.run.facts


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tier_code", "GENTLE"), ("fine_proposed", -1), ("fine_proposed", "8000"),
        ("crime_checked", "yes"), ("facts_found", 7), ("fine_proposed", True),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused_at_its_field(proposed, name, value):
    take(proposed, "file")
    take(proposed, "show_id")
    told = refused(proposed, Invalid, "conclude", **{name: value})
    assert name in told.fields


@pytest.mark.parametrize("value", [None, "", "  "])
def test_what_a_step_asks_for_must_be_answered(proposed, value):
    told = refused(proposed, Invalid, "file", filing_opinion=value)
    assert told.fields == {"filing_opinion": "请填写立案审批意见。"}


def test_a_choice_that_is_no_choice_is_refused(told):
    take(told, "request_hearing")
    take(told, "arrange_hearing")
    wrong = refused(told, Invalid, "hold_hearing", hearing_outcome="NONE")
    assert "hearing_outcome" in wrong.fields


def test_a_blocked_step_names_guard_article_and_fact(proposed):
    proposed.record["officers_certified"] = 1
    take_refused = refused(proposed, procedures.StepBlocked, "file")
    finding = next(f for f in take_refused.reading.blocks if f.id == "G-006")
    assert "第四十二条" in finding.article
    assert finding.facts_used["officers_certified"].text == "1"


def test_a_warned_step_needs_reasons_and_keeps_them(told):
    take(told, "waive_defence")
    told.run.facts["correction_ordered"] = False
    told.run.save()
    wrong = refused(told, procedures.StepWarned, "decide", reason="  ")
    assert wrong.reading.warnings[0].id == "G-049"
    act = take(told, "decide", reason="设施已拆除。").act
    assert act.payload["passed"] == [{"guard": "G-049", "reason": "设施已拆除。"}]


def test_only_the_head_lets_a_warning_pass_and_only_with_reasons(proposed):
    proposed.record["place_in_area"] = False
    given = {"guard_id": "G-013", "step_id": "file", "at": at(MONDAY), "idempotency_key": key()}
    with pytest.raises(NotAllowed):
        procedures.let_pass(proposed, actor=actor("officer"), reason="指定管辖。", **given)
    with pytest.raises(Invalid):
        procedures.let_pass(proposed, actor=actor("agency_head"), reason=" ", **given)
    act = procedures.let_pass(proposed, actor=actor("agency_head"), reason="指定管辖。", **given)
    assert act.payload["reason"] == "指定管辖。"
    take(proposed, "file", reason="")
    assert proposed.run.dossier.state == "FILED"


def test_a_blocking_guard_cannot_be_let_pass(proposed):
    with pytest.raises(NotAllowed, match="不能由您放行"):
        procedures.let_pass(
            proposed, guard_id="G-006", step_id="file", actor=actor("agency_head"), reason="人手不够",
            at=at(MONDAY), idempotency_key=key(),
        )  # fmt: skip


def test_what_fails_after_the_act_takes_the_act_back(proposed):
    proposed.fails_with = Conflict("文书不能签发。", next_step="请稍后再试。")
    refused(proposed, Conflict, "file")
    proposed.fails_with = None
    take(proposed, "file")
    assert proposed.run.dossier.state == "FILED"


def test_personal_facts_are_encrypted_at_rest_and_never_in_the_record(proposed):
    for step_id in ("file", "show_id"):
        take(proposed, step_id)
    act = take(proposed, "record_interview", interviewee_id="110105194912310024").act
    proposed.run.refresh_from_db()
    stored = proposed.run.facts["interviewee_id"]
    assert "110105194912310024" not in str(proposed.run.facts)
    assert open_field(stored) == "110105194912310024"
    assert procedures.kept_facts(proposed.run)["interviewee_id"] == "110105194912310024"
    assert "110105194912310024" not in str((act.facts, act.payload))


def test_the_record_of_a_step_holds_no_free_text(proposed):
    for step_id in ("file", "show_id", "record_site", "record_interview", "conclude"):
        act = take(proposed, step_id).act
        assert "的说明" not in str((act.facts, act.payload))
    assert act.facts["tier_code"] == "LIGHT"
    assert act.facts["fine_proposed"] == 800000


def test_evidence_that_a_step_rests_on_is_named_in_its_act(proposed):
    take(proposed, "file")
    take(proposed, "show_id")
    digest = "ab" * 32
    assert take(proposed, "add_photo", evidence_digests=(digest,)).act.evidence_digests == [digest]


def test_what_a_step_clears_is_as_at_the_beginning(told):
    take(told, "record_defence")
    take(told, "reopen", reopen_ground="FORM")
    kept = procedures.kept_facts(told.run)
    assert (kept["fine_notified"], kept["notice_served"], kept["defence_points"]) == (0, False, 0)
    assert kept["fine_first_notified"] == 800000, "首次告知的数额要记住"
    assert kept["facts_found"], "查明的事实还在"


def test_every_refusal_is_a_sentence_with_what_to_do(told):
    for step_id in (
        "decide",
        "answer_defence",
        "resume",
        "discuss",
        "hold_hearing",
        "review_again",
    ):
        with pytest.raises(ZhihengError) as caught:
            take(told, step_id)
        assert caught.value.message.endswith("。")
        assert caught.value.next_step.endswith("。")


def test_usual_answers_are_answers():
    assert usual("served_on", date(2026, 3, 2)) == date(2026, 3, 2)
    assert usual("withdraw_ground", MONDAY) != "NONE"
