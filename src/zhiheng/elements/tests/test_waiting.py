"""Proposals stand on the to-do list of whoever has to take the next step, and of nobody else."""

import pytest
from django.urls import reverse

from tests import cast
from zhiheng.elements import waiting
from zhiheng.elements.tests.factories import (
    DRAFTER,
    PUBLISHER,
    REVIEWER,
    draft_of_boundary,
    take,
)

pytestmark = pytest.mark.usefixtures("county")
SECOND = cast.SECOND_ELEMENT_ADMIN


def titles(username: str) -> list[str]:
    return [one.title for one in waiting.find(cast.actor(username), 10)]


def test_each_step_waits_for_its_people():
    proposal = draft_of_boundary(dispute_channel="新的渠道")
    everybody = (DRAFTER, SECOND, REVIEWER, PUBLISHER)
    assert [titles(one) for one in everybody] == [[], [], [], []]
    take(proposal, "submit", DRAFTER)
    review, publish = ["审核要素变更"], ["发布要素变更"]
    assert [titles(one) for one in everybody] == [[], review, review, []]
    take(proposal, "approve", SECOND)
    assert [titles(one) for one in everybody] == [[], [], [], publish]
    take(proposal, "send_back", PUBLISHER, note="文号没有写")
    assert titles(DRAFTER) == ["修改退回的变更单"]
    assert waiting.find(cast.actor(DRAFTER), 10)[0].reason == "文号没有写"
    take(proposal, "withdraw", DRAFTER)
    assert titles(DRAFTER) == []


@pytest.mark.parametrize("kind", ["", "ELEMENT"])
def test_the_list_and_the_rail_show_it(client, kind, django_assert_max_num_queries):
    proposal = draft_of_boundary(dispute_channel="新的渠道")
    take(proposal, "submit", DRAFTER)
    reviewer = cast.sign_in(client, REVIEWER)
    with django_assert_max_num_queries(30):
        words = reviewer.get(reverse("todo"), {"kind": kind}).content.decode()
    assert "审核要素变更" in words
    assert reverse("element_proposal", args=[proposal.pk]) in words
    assert waiting.count(cast.actor(REVIEWER), 100) == 1
    assert "审核要素变更" not in reviewer.get(reverse("todo"), {"kind": "CASE"}).content.decode()


def test_an_officer_is_asked_for_nothing(django_assert_num_queries):
    officer = cast.actor(cast.OFFICER)
    with django_assert_num_queries(0):
        assert waiting.count(officer, 100) == 0
