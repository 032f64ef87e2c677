"""终止调查: proposed by the officer with proof, approved by the head, nothing left open."""

import pytest

from tests import cast


@pytest.fixture
def dead(walk_from):
    """An investigation against a noodle shop whose owner, we hear, has died."""
    walk = walk_from(stage="collected")
    assert walk.case.subject.kind == "SOLE"
    return walk


def test_an_investigation_ends_because_the_party_is_dead(dead):
    walk = dead
    page = walk.cannot("end_investigation")
    assert any("还没有提请" in line for line in page.errors)
    page = walk.cannot("propose_end", end_ground="ORG_ENDED")
    assert any("与登记不符" in line for line in page.errors)
    page = walk.cannot("propose_end", end_ground="LIMITATION")
    assert any("与登记不符" in line for line in page.errors)
    walk.does("propose_end", end_ground="PARTY_DEAD", end_proof="派出所死亡注销证明，卷 12 页。")
    walk.todo(cast.AGENCY_HEAD).says("批准终止调查")
    page = walk.does("end_investigation")
    page.says("已终止调查")
    assert not page.cards
    assert walk.case.dossier.closed_at
    walk.todo(cast.OFFICER).says("没有等您办的事")


def test_the_head_does_not_agree_and_the_officer_proposes_again(dead):
    walk = dead
    walk.does("propose_end", end_ground="PARTY_DEAD")
    walk.does("decline_end", return_reason="没有死亡证明，请补充。")
    walk.cannot("end_investigation")
    walk.does("propose_end", end_ground="NOT_PROVABLE")
    walk.does("end_investigation").says("已终止调查")


def test_nothing_ends_while_goods_are_held(dead):
    walk = dead
    beside = walk.begins("measure.registration")
    walk.does("propose_end", end_ground="PARTY_DEAD")
    page = walk.cannot("end_investigation")
    assert any("还没有处理决定" in line for line in page.errors)
    walk.cannot("withdraw")
    beside.does("refuse")
    walk.does("end_investigation").says("已终止调查")


def test_a_file_is_closed_on_the_ground_that_fits_the_decision(walk_from):
    walk = walk_from(stage="served")
    walk.does("record_payment", "confirm_performance")
    page = walk.cannot("close", closing_ground="NO_PENALTY")
    assert any("与决定不符" in line for line in page.errors)
    walk.does("close", closing_ground="PERFORMED").says("已结案")
