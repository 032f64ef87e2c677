"""Measures leave their papers: decisions with lists, days told, what goes back."""

from datetime import date

import pytest

from tests.journeys.papers import reader, text_of
from zhiheng.documents import api as documents
from zhiheng.kernel import clock

RETURN = {"return_signed": "SIGNED", "storage_charged": "false"}


def made(beside):
    """The papers of a side by code, each rendered to its text."""
    papers = [documents.finish(document_id=one.pk, at=clock.now()) for one in beside.papers()]
    return [(paper.code, paper.title, text_of(reader(paper))) for paper in papers]


@pytest.mark.law("acl-2011:24", "acl-2011:25", "acl-2011:28")
def test_a_seizure_leaves_its_decision_its_extension_and_its_release(walk_from):
    walk = walk_from(stage="collected")
    beside = walk.begins("measure.seizure", seizure_basis="某法第九条")
    beside.does("approve", "implement")
    walk.go_to(date(2026, 3, 30))
    beside.does("extend", "lift")
    papers = made(beside)
    assert [code for code, _, _ in papers] == ["F-23", "F-23", "F-24", "F-25"]
    decision = papers[1][2]
    for words in ("净化器滤网", "2片", "某法第九条", "行政复议", "行政诉讼", "2026年4月3日"):
        assert words in decision, words
    assert "2026年5月3日" in papers[2][2]
    assert "净化器滤网" in papers[3][2]
    numbers = [paper.number for paper in beside.papers()]
    assert numbers[1]
    assert numbers[1] in papers[3][2], "解除写明哪一份查封扣押决定"


@pytest.mark.law("apl-2021:56")
def test_a_registration_leaves_its_notice_and_its_disposal(walk_from):
    walk = walk_from(stage="collected")
    beside = walk.begins("measure.registration")
    beside.does("approve", "register")
    beside.does("dispose", registration_disposal="COLLECT")
    papers = made(beside)
    assert [code for code, _, _ in papers] == ["F-21", "F-21", "F-22"]
    assert "净化器滤网" in papers[1][2]
    assert "七日" in papers[1][2] or "七个工作日" in papers[1][2]


@pytest.mark.law("acl-2011:25")
def test_a_test_leaves_its_commission_its_days_and_its_result(walk_from):
    walk = walk_from(stage="collected")
    seizure = walk.begins("measure.seizure")
    seizure.does("approve", "implement")
    sampling = walk.begins("measure.sampling")
    sampling.does("commission")
    sampling.does("notify_testing", testing_from="2026年3月5日", testing_until="2026年3月24日")
    walk.go_to(date(2026, 3, 20))
    sampling.does("receive_result", "tell_result")
    papers = made(sampling)
    assert [code for code, _, _ in papers] == ["F-18", "F-19", "F-24", "F-20"]
    assert "2026年4月23日" in papers[2][2], "扣除检测期间后的届满日"
    assert "由本机关承担" in papers[1][2]


@pytest.mark.law("acl-2011:27", "apl-2021:74")
def test_goods_handed_over_leave_an_approval(walk_from):
    walk = walk_from(stage="collected")
    beside = walk.begins("measure.seizure", seizure_urgent="true")
    beside.does("implement_urgent", "approve_after")
    beside.does("decide_goods", goods_decision="HAND_OVER", destroy_prescribed="false")
    beside.does("carry_out", party_told_of_transfer="true", storage_charged="false")
    papers = made(beside)
    assert "因情况紧急" in papers[0][2], "还没有批准，不能写已批准"
    assert "经本机关负责人批准，决定" not in papers[0][2]
    codes = [code for code, _, _ in papers]
    assert codes == ["F-23", "F-23", "F-50", "F-50"]
    assert all(documents.render(paper).startswith(b"%PDF") for paper in beside.papers())
