"""A step whose papers cannot be made has not happened: no act, no number, no clock, no paper."""

from datetime import date, timedelta

import pytest

from tests import cast
from zhiheng.cases.tests.factories import collected, matter_of, proposed
from zhiheng.documents import api as documents
from zhiheng.evidence import api as evidence
from zhiheng.kernel.errors import Invalid, ZhihengError
from zhiheng.ledger import api as ledger
from zhiheng.procedures import api as procedures

pytestmark = pytest.mark.django_db
LATER = date(2026, 3, 9)


def traces(player):
    """Everything a step may leave behind."""
    matter = matter_of(player)
    dossier = matter.case.dossier
    return (
        dossier.state, matter.case.state, matter.run.facts, matter.case.fine_cents,
        [act.kind for act in ledger.acts_of(dossier)],
        [(p.code, p.number) for p in documents.documents_of(dossier)],
        [e.pk for e in evidence.evidence_of(dossier)],
        [(d.rule_id, d.state, d.due_on) for d in ledger.deadlines_of(dossier)],
        [(t.step_id, t.role, t.reason) for t in ledger.open_tasks_of(dossier.pk)],
    )  # fmt: skip


def leaves_nothing(player, step_id, wrong=ZhihengError, **changes):
    """Try a step that must fail; nothing may be left of it."""
    before = traces(player)
    with pytest.raises(wrong) as caught:
        player.step(step_id, **changes)
    assert traces(player) == before
    return caught.value


@pytest.fixture
def issued():
    player = collected()
    player.move_to(LATER)
    player.steps("conclude", "countersign", "review", "issue_notice")
    return player


def test_a_service_that_the_law_does_not_allow_leaves_nothing(issued):
    refused = leaves_nothing(issued, "serve_notice", Invalid, service_mode="POST", service_note="")
    assert "送达不能登记" in refused.message


@pytest.mark.parametrize("days", [1, -30])
def test_a_day_of_service_that_cannot_be_leaves_nothing(issued, days):
    day = LATER + timedelta(days=days)
    refused = leaves_nothing(issued, "serve_notice", Invalid, served_on=day)
    assert "served_on" in refused.fields


def test_a_blocked_decision_takes_no_number_and_makes_no_paper(issued):
    issued.step("serve_notice")
    leaves_nothing(issued, "decide", procedures.StepBlocked)
    issued.step("waive_defence")
    issued.step("decide")
    paper = next(p for p in documents.documents_of(issued.case.dossier) if p.code == "F-39")
    assert "000001" in paper.number or "〔2026〕1号" in paper.number


def test_a_file_that_came_with_a_refused_step_is_not_evidence():
    player = proposed()
    player.step("file")
    cast_out = matter_of(player).case.handlers.get(account__username=cast.SECOND_OFFICER)
    cast_out.until = player.now()
    cast_out.save()
    refused = leaves_nothing(player, "add_photo", procedures.StepBlocked)
    assert "不够法定人数" in refused.message


def test_a_hearing_at_no_hour_leaves_nothing(issued):
    issued.step("serve_notice")
    issued.step("request_hearing")
    refused = leaves_nothing(issued, "arrange_hearing", Invalid, hearing_time="上午")
    assert "hearing_time" in refused.fields


@pytest.mark.parametrize(
    "changes",
    [
        {"service_place": "路" * 300}, {"service_receiver": "签" * 100},
    ],
)  # fmt: skip
def test_what_is_too_long_is_refused_in_a_sentence(issued, changes):
    refused = leaves_nothing(issued, "serve_notice", Invalid, **changes)
    assert "最多" in f"{refused.message}{refused.fields}"


def test_a_hearing_in_a_year_not_yet_published_says_so(issued):
    issued.step("serve_notice")
    issued.step("request_hearing")
    refused = leaves_nothing(issued, "arrange_hearing", hearing_on=date(2027, 3, 1))
    assert "2027" in refused.message


def test_a_payment_is_added_up_and_must_be_whole(issued):
    issued.step("serve_notice")
    issued.step("waive_defence")
    issued.step("decide")
    issued.step("serve_decision")
    issued.step("record_payment", paid_cents=300000, receipt_no="A1")
    leaves_nothing(issued, "confirm_performance", procedures.StepBlocked)
    issued.step("record_payment", paid_cents=500000, receipt_no="A2")
    issued.step("confirm_performance")
    papers = [p for p in documents.documents_of(issued.case.dossier) if p.code == "F-45"]
    assert [p.facts["state"] for p in papers] == ["DUE", "PARTLY", "PAID"]
    assert [p.facts["paid"] for p in papers[1:]] == [300000, 800000]
    assert documents.render(papers[0]).startswith(b"%PDF")


def test_a_payment_of_nothing_or_on_an_impossible_day_is_refused(issued):
    issued.step("serve_notice")
    issued.step("waive_defence")
    issued.step("decide")
    issued.step("serve_decision")
    leaves_nothing(issued, "record_payment", Invalid, paid_cents=0)
    leaves_nothing(issued, "record_payment", Invalid, paid_on=LATER - timedelta(days=1))
    leaves_nothing(issued, "record_payment", Invalid, paid_cents=800001)
