from datetime import date

from tests import cast
from tests.journeys.papers import made


def test_the_head_refuses_a_filing_with_ground_and_reasons(walk_from):
    walk = walk_from(date(2026, 3, 2)).opened()
    page = walk.cannot("refuse_filing", refusal_reason="")
    assert any("不予立案理由" in line for line in page.errors)
    page = walk.does("refuse_filing", refusal_ground="NO_JURISDICTION")
    page.says("不予立案")
    assert not page.cards
    (paper,) = [one for one in made(walk) if one.code == "F-03"]
    assert "不予立案" in str(paper.facts["approvals"])
    walk.todo(cast.OFFICER).says("没有等您办的事")
    walk.todo(cast.AGENCY_HEAD).says("没有等您办的事")
    assert walk.case.dossier.closed_at
