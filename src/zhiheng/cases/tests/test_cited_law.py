"""The law that a dossier, a step and a clue name leads to its text, on the right day."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests import cast
from zhiheng.cases.tests.factories import checked, collected, matter_of
from zhiheng.laws.tests.invented import law, store

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 3, 4, 2, tzinfo=UTC)
LINK = 'class="cited" href="/laws/go/?'


def page_of(username, name, *args, **query):
    answer = cast.sign_in(Client(), username).get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def corpus():
    store(
        law("行政处罚法", [("第五十七条", "决定。")]), law("灯笼管理条例", [("第一条", "挂灯。")])
    )


@pytest.fixture
def player():
    with time_machine.travel(WEDNESDAY, tick=False):
        yield collected()


def test_what_stands_in_the_way_and_the_law_beside_lead_to_the_articles(player, corpus):
    page = page_of("lizhifa", "case", player.case.code)
    beside = page[page.index("此刻的法") :]
    assert LINK in beside[: beside.index("</section>")]
    step = page_of("lizhifa", "case_step", player.case.code, "conclude")
    assert LINK in step[step.index("这一步的法") :]


def test_without_the_corpus_the_articles_are_plain_words(player):
    page = page_of("lizhifa", "case", player.case.code)
    assert "《行政处罚法》第" in page
    assert LINK not in page


def test_the_law_in_the_facts_of_a_case_is_read_on_the_day_of_the_act(player, corpus):
    run = matter_of(player).run
    run.facts["facts_found"] = "<b>违反</b>《灯笼管理条例》第一条"
    run.save()
    page = page_of("lizhifa", "case", player.case.code, tab="facts")
    act_on = matter_of(player).case.act_on
    assert act_on.isoformat() == "2026-03-02"
    assert f"{LINK}law=" in page
    assert f"article=1&amp;on={act_on}" in page
    assert "<b>违反" not in page


def test_what_was_reported_links_the_law_it_names(corpus):
    with time_machine.travel(WEDNESDAY, tick=False):
        _, clue = checked()
        clue.description = "违反《灯笼管理条例》第一条<img src=x>"
        clue.save()
        page = page_of("lizhifa", "clue", clue.number)
    assert "on=2026-03-02" in page
    assert "<img src=x" not in page
