from datetime import date

import pytest
from django.urls import reverse

from tests import cast

LI, ZHAO = cast.OFFICER, cast.AGENCY_HEAD


def _without_order(walk_from):
    """A case at its decision in which nobody ordered the party to put things right."""
    walk = walk_from(stage="filed")
    walk.go_to(date(2026, 3, 4))
    walk.does("show_id", "record_site", "record_interview", "add_photo", "verify_evidence")
    walk.go_to(date(2026, 3, 9))
    walk.does("conclude", "countersign", "review", "issue_notice", "serve_notice", "waive_defence")
    return walk


@pytest.mark.law("apl-2021:28")
def test_the_head_lets_a_warning_pass_with_reasons_on_the_record(walk_from):
    walk = _without_order(walk_from)
    card = walk.look(ZHAO).cards["作出处罚决定"]
    assert card.status == "warned"
    assert "第二十八条" in card.text
    page = walk.cannot("decide")
    assert any("还没有责令改正" in line for line in page.errors)
    url = reverse("case_let_pass", args=[walk.case.code, "decide"])
    page = walk.fills(ZHAO, url, {"guard": "G-049", "reason": ""})
    assert page.status == 422
    walk.fills(ZHAO, url, {"guard": "G-049", "reason": "设施已拆除，无可改正。"}).says("已放行")
    walk.does("decide").says("已决定待送达")
    walk.look(tab="acts").says("放行提醒")
    decided = walk.case.dossier.acts.get(kind="case.decide")
    assert decided.payload["passed"] == [{"guard": "G-049", "reason": "设施已拆除，无可改正。"}]


def test_an_officer_cannot_let_a_warning_pass(walk_from):
    walk = _without_order(walk_from)
    url = reverse("case_let_pass", args=[walk.case.code, "decide"])
    page = walk.fills(LI, url, {"guard": "G-049", "reason": "无可改正。"})
    assert page.status in (403, 422)
    assert "case.let_pass" not in walk.acts()


def test_a_warning_without_a_head_asks_the_officer_for_reasons(walk_from):
    walk = walk_from(stage="collected")
    page = walk.cannot("conclude", mitigation_checked="false", mitigation_ground="NONE")
    assert any("逐项核对" in line for line in page.errors)
    assert page.asked["reason"].tag == "textarea", "理由栏出现了"
    walk.does(
        "conclude", mitigation_checked="false", mitigation_ground="NONE", reason="当事人下落不明。"
    )
    act = walk.case.dossier.acts.get(kind="case.conclude")
    assert act.payload["passed"] == [{"guard": "G-045", "reason": "当事人下落不明。"}]
