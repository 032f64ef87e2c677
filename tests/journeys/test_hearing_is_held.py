"""The party asks for a hearing: notice in time, held, reviewed again, decided on its record."""

from datetime import UTC, date, datetime

import pytest

from tests import cast
from tests.journeys.driver import HIGH_FINE
from tests.journeys.papers import finished, made, reader, text_of
from zhiheng.elements import services
from zhiheng.elements.api import get_item

HOST, ZHAO = cast.HEARING_HOST, cast.AGENCY_HEAD


@pytest.mark.law("apl-2021:58", "apl-2021:63", "apl-2021:64", "apl-2021:65")
def test_a_hearing_is_asked_for_held_and_decided_on(walk_from):
    walk = walk_from(stage="notified")
    due = walk.clock_of("penalty.decision").due_on
    walk.go_to(date(2026, 3, 13))
    walk.does("request_hearing").says("期限中止计算")
    assert walk.clock_of("penalty.decision").state == "SUSPENDED"
    walk.todo(HOST).says("组织听证")
    _nobody_decides_meanwhile(walk)
    walk.go_to(date(2026, 3, 16))
    page = walk.cannot("arrange_hearing", hearing_on="2026-03-25")
    assert any("提前够法定的工作日" in line and "第六十四条" in line for line in page.errors)
    walk.does("arrange_hearing", hearing_on="2026-03-26")
    walk.go_to(date(2026, 3, 26))
    walk.todo(HOST).says("举行听证")
    walk.does("hold_hearing").says("期限恢复计算")
    later = walk.clock_of("penalty.decision").due_on
    assert (later - due).days == 14, "3 月 13 日至 26 日不计"
    _reviewed_again_and_decided(walk)
    _the_papers_tell_of_it(walk)


def _nobody_decides_meanwhile(walk):
    walk.go_to(date(2026, 3, 15))
    card = walk.look(ZHAO).cards["作出处罚决定"]
    assert card.status == "blocked"
    assert "第六十三条第一款" in card.text


def _reviewed_again_and_decided(walk):
    walk.go_to(date(2026, 3, 27))
    walk.todo(cast.LEGAL_REVIEWER).says("听证后法制审核")
    assert any("第五十八条" in line for line in walk.cannot("decide").errors)
    walk.does("review_again")
    walk.todo(ZHAO).says("作出处罚决定")
    walk.does("decide").says("已决定待送达")


def _the_papers_tell_of_it(walk):
    assert {"F-35", "F-36", "F-37"} <= {one.code for one in made(walk)}
    assert sum(one.code == "F-31" for one in made(walk)) == 2
    decision = next(one for one in finished(walk) if one.code == "F-39")
    assert "根据听证笔录作出" in text_of(reader(decision))


def test_a_party_that_stays_away_has_given_up_the_hearing(walk_from):
    walk = walk_from(stage="notified")
    walk.go_to(date(2026, 3, 13))
    walk.does("request_hearing", "arrange_hearing")
    walk.go_to(date(2026, 3, 27))
    walk.does(
        "hold_hearing", hearing_outcome="FORFEITED", hearing_record="当事人无正当理由没有到场。"
    )
    assert not {"F-36", "F-37"} & {one.code for one in made(walk)}
    walk.does("decide").says("已决定待送达")


def test_a_hearing_is_not_recorded_before_its_day(walk_from):
    walk = walk_from(stage="notified")
    walk.go_to(date(2026, 3, 13))
    walk.does("request_hearing", "arrange_hearing")
    walk.go_to(date(2026, 3, 20))
    page = walk.cannot("hold_hearing")
    assert any("还没有到听证日" in line for line in page.errors)
    walk.does(
        "hold_hearing", hearing_outcome="WITHDRAWN", hearing_record="当事人书面撤回听证申请。"
    )


@pytest.mark.law("apl-2021:63")
def test_an_item_that_always_is_heard_brings_the_right_to_a_hearing_into_the_case(walk_from):
    walk = walk_from(date(2026, 3, 2))
    services.amend(
        row=get_item(HIGH_FINE, walk.day), changes={"hearing_class": "ALWAYS"},
        valid_from=walk.day, at=datetime(2026, 3, 1, 8, tzinfo=UTC),
    )  # fmt: skip
    walk.opened().does("file")
    walk.go_to(date(2026, 3, 4))
    walk.does("show_id", "record_site", "add_photo", "verify_evidence")
    form = walk.sees(cast.OFFICER, walk.url("conclude"))
    assert form.fields["hearing_class"] == ["true"]
    walk.does("conclude", hearing_class="false")
    walk.does("countersign", "review")
    form = walk.sees(cast.AGENCY_HEAD, walk.url("issue_notice"))
    assert form.fields["hearing_told"] == ["true"]
    page = walk.cannot("issue_notice", hearing_told="false")
    assert any("执法事项库写明" in line for line in page.errors)
    walk.does("issue_notice", hearing_told="true")
