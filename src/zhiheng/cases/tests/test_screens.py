"""The screens of cases and to-dos: within reach, in Chinese, and steady under odd addresses."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests import cast
from zhiheng.cases.tests.factories import collected, matter_of, proposed

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 3, 3, 2, tzinfo=UTC)


@pytest.fixture
def player():
    with time_machine.travel(TUESDAY, tick=False):
        yield proposed()


def get(username, name, *args, **query):
    client = cast.sign_in(Client(), username)
    return client.get(reverse(name, args=args), query)


def test_the_agency_sees_its_case_and_another_agency_does_not(player):
    code = player.case.code
    assert get("lizhifa", "case", code).status_code == 200
    for name, more in (("case", ()), ("case_step", ("file",)), ("case_handlers", ())):
        answer = get("linshichang", name, code, *more)
        assert answer.status_code == 404
        assert "没有找到这个案件，或不在您的范围内" in answer.content.decode()


def test_a_step_that_does_not_exist_is_not_found(player):
    answer = get("zhaojuzhang", "case_step", player.case.code, "abolish")
    assert answer.status_code == 404
    assert "没有这个步骤" in answer.content.decode()


@pytest.mark.parametrize("tab", ["documents", "evidence", "party", "facts", "acts", "<script>"])
def test_every_tab_opens_and_a_strange_one_opens_the_first(player, tab):
    answer = get("lizhifa", "case", player.case.code, tab=tab)
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().replace('<script src="', "")


@pytest.mark.parametrize(
    "query",
    [
        {"q": "面馆"}, {"q": "面"}, {"q": "%"}, {"q": "'; drop table"}, {"q": "x" * 5000},
        {"state": "NOWHERE"}, {"after": "garbage"}, {"mine": "1"}, {"q": "\x00"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["search", "case_list", "todo", "clue_list"])
def test_odd_questions_get_a_page(player, name, query):
    assert get("lizhifa", name, **query).status_code == 200


def test_a_case_is_found_by_any_two_characters_by_its_own_agency_alone(player):
    found = matter_of(player).case
    for piece in (found.party_name[2:6], "000001", "清波"):
        assert found.number in get("lizhifa", "search", q=piece).content.decode()
    assert found.number not in get("linshichang", "search", q="清波").content.decode()
    assert found.number not in get("lizhifa", "search", q="没有的字").content.decode()


def test_a_form_without_its_key_is_sent_back_with_what_was_typed(player):
    client = cast.sign_in(Client(), "zhaojuzhang")
    url = reverse("case_step", args=[player.case.code, "file"])
    answer = client.post(url, {"filing_opinion": "同意立案，由李执法主办。"})
    assert answer.status_code == 422
    assert "同意立案，由李执法主办。" in answer.content.decode()


def test_a_key_of_another_case_does_not_pass_for_a_step_of_this_one(player):
    client = cast.sign_in(Client(), "zhaojuzhang")
    other = proposed(prefix="other")
    for one in (other, player):
        url = reverse("case_step", args=[one.case.code, "file"])
        answer = client.post(url, {"key": "same", "filing_opinion": "同意立案。"})
    assert answer.status_code == 422
    assert matter_of(player).case.state == "PROPOSED"


def test_what_was_reported_is_shown_as_text(player):
    client = cast.sign_in(Client(), "fengjiexian")
    typed = {
        "key": "k1", "source": "PHONE", "place": "<img src=x onerror=alert(1)>",
        "description": "<script>alert(1)</script>油烟",
    }  # fmt: skip
    answer = client.post(reverse("clue_register"), typed, follow=True)
    page = answer.content.decode()
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_who_has_nothing_to_do_is_told_so(player):
    assert "没有等您办的事" in get("zhengtingzheng", "todo").content.decode()


def test_a_person_outside_casework_is_refused_in_chinese(player):
    for name in ("shenxitong", "chuyaosu"):
        answer = get(name, "case", player.case.code)
        assert answer.status_code in (403, 404)
        assert "您" in answer.content.decode()


def test_the_supervisor_reads_the_case_and_takes_no_step():
    with time_machine.travel(TUESDAY, tick=False):
        player = collected()
        page = get("qianducha", "case", player.case.code)
        assert page.status_code in (200, 404)
        answer = cast.sign_in(Client(), "qianducha").post(
            reverse("case_step", args=[player.case.code, "conclude"]), {"key": "k"}
        )
        assert answer.status_code in (403, 404)
