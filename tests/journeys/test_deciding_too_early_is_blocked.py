from datetime import date

import pytest

from tests import cast


@pytest.mark.law("apl-2021:44", "apl-2021:45", "apl-2021:64")
def test_nobody_decides_before_the_party_had_its_time(walk_from):
    walk = walk_from(stage="notified")
    card = walk.look(cast.AGENCY_HEAD).cards["作出处罚决定"]
    assert card.status == "blocked"
    for part in ("第四十五条第一款", "期限还没有过", "陈述申辩期已过 = 否", "当事人放弃陈述申辩"):
        assert part in card.text, card.text
    walk.go_to(date(2026, 3, 19))
    page = walk.cannot("decide")
    assert any("第四十五条" in line and "期限还没有过" in line for line in page.errors)
    walk.go_to(date(2026, 3, 20))
    assert walk.look(cast.AGENCY_HEAD).cards["作出处罚决定"].status == "offered"
    walk.does("decide").says("已决定待送达")


def test_a_waiver_of_defence_alone_leaves_the_hearing_open(walk_from):
    walk = walk_from(stage="notified")
    walk.does("waive_defence", hearing_waived="false")
    page = walk.cannot("decide")
    assert any("申请听证" in line for line in page.errors)
