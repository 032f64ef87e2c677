from datetime import date

import pytest

from tests import cast
from tests.journeys.papers import made


@pytest.mark.law("apl-2021:57")
def test_a_complex_case_is_discussed_and_discussed_again_after_a_late_defence(walk_from):
    walk = walk_from(stage="collected")
    walk.go_to(date(2026, 3, 9))
    walk.does("conclude", complex_case="true")
    walk.does("countersign", "review", "issue_notice", "serve_notice")
    walk.go_to(date(2026, 3, 17))
    page = walk.look(cast.AGENCY_HEAD)
    card = page.cards["作出处罚决定"]
    assert card.status == "blocked"
    assert "第五十七条第二款" in card.text
    assert "集体讨论" in [*page.further, *page.cards]
    walk.does("discuss")
    walk.does("record_defence", "answer_defence")
    assert any("集体讨论" in line for line in walk.cannot("decide").errors), "又有申辩，须重新讨论"
    walk.does("discuss", "decide")
    papers = [one for one in made(walk) if one.code == "F-38"]
    assert len(papers) == 2
    decision = next(one for one in made(walk) if one.code == "F-39")
    assert "集体讨论" in decision.facts["review"]
