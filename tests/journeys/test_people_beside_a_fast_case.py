"""Counsel, a countersigner and another organ beside a case handled fast; and its decision revoked."""

import pytest

from tests import cast
from tests.journeys.test_jurisdiction_is_disputed import raised


@pytest.fixture
def fast(fast_case):
    """Agreed to be handled fast, its facts established."""
    walk = fast_case
    walk.does("file", "show_id", "check_eligibility", "consent", "add_photo", "verify_evidence")
    walk.does("order_correction", "conclude")
    return walk


def test_a_countersigner_who_objects_is_answered_before_the_review(fast):
    url = fast.url() + "beside/new/cosign/"
    who = next(iter(fast.sees(cast.UNIT_HEAD, url).options("cosign_who").values()))
    beside = fast.begins("cosign", cosign_who=who)
    fast.cannot("review").says("加签的还没有答复")
    beside.does("object", by=cast.OTHER_UNIT_HEAD)
    fast.cannot("review").says("不同意见还没有处理")
    beside.does("settle")
    fast.does("review", "approve")
    assert fast.state == "REVIEWED"


def test_the_other_organ_takes_it_over(fast):
    fast.does("review", "approve", "issue_notice", "serve_notice", "waive_defence")
    dispute = raised(fast)
    fast.cannot("decide").says("管辖争议还在协商")
    dispute.does("claim", by=cast.OTHER_HEAD)
    dispute.does("concede")
    fast.cannot("decide").says("由其他机关管辖")
    fast.does("hand_on")
    assert fast.state == "HANDED_ON"
    assert fast.case.dossier.closed_at


def test_a_fast_decision_is_revoked_and_executed_no_more(fast):
    fast.does("review", "approve", "issue_notice", "serve_notice", "waive_defence")
    fast.does("decide", "serve_decision")
    beside = fast.begins("revision", revision_kind="REVOKE", rights_affected="true")
    beside.does("review", "decide")
    beside.does("serve", service_mode="DIRECT")
    beside.does("finish_revoked")
    fast.does("end_revoked")
    fast.does("close", closing_ground="EXECUTION_ENDED")
    assert fast.state == "CLOSED"
