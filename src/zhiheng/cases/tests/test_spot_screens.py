"""The phone's screens by address: what is offered where, and to whom."""

import io
import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests import cast
from zhiheng.cases.spot import phases
from zhiheng.cases.tests.factories import proposed
from zhiheng.cases.tests.spot_factories import on_the_spot
from zhiheng.kernel import recognition

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 3, 3, 2, tzinfo=UTC)


@pytest.fixture
def officer():
    cast.county()
    with time_machine.travel(TUESDAY, tick=False):
        yield cast.sign_in(Client(), "lizhifa")


def words(answer):
    return answer.content.decode()


def test_items_are_found_by_plain_words_and_what_is_typed_stays(officer):
    page = words(
        officer.post(reverse("spot"), {"find": "烟头", "look": "1", "party": "路过甲", "key": "k"})
    )
    assert "乱扔废弃物" in page
    assert 'value="路过甲"' in page
    assert "errors" not in page.partition("<form")[2].partition("</form>")[0].split("class=")[0]


def test_parties_are_suggested_while_one_types(officer):
    page = words(officer.get(reverse("spot_party"), {"party": "五金"}))
    assert page.count('type="radio"') >= 2
    assert "都不是，新登记" in page
    assert words(officer.get(reverse("spot_party"), {"party": "\x00%"})).strip() == ""


def test_a_place_that_cannot_read_cards_does_not_offer_it(officer, monkeypatch):
    monkeypatch.setattr(recognition, "ENGINE", "no_such_engine")
    assert "data-card-to" not in words(officer.get(reverse("spot")))
    answer = officer.post(reverse("spot_card"), {"card": io.BytesIO(b"picture")})
    assert answer.status_code == 422
    assert "请直接打字" in answer.json()["says"]
    assert officer.post(reverse("spot_card")).status_code == 422


def test_a_case_of_another_procedure_opens_at_the_desk(officer):
    with time_machine.travel(TUESDAY, tick=False):
        code = proposed().case.code
    assert officer.get(reverse("spot_case", args=[code])).url == reverse("case", args=[code])


def test_the_dossier_leads_to_the_phone_for_those_who_handle_the_case(officer):
    code = on_the_spot().case.code
    assert "在手机上接着办" in words(officer.get(reverse("case", args=[code])))
    head = cast.sign_in(Client(), "wuduizhang")
    assert "在手机上接着办" not in words(head.get(reverse("case", args=[code])))


def test_the_code_to_pay_by_is_one_that_a_phone_reads():
    size = int(re.search(r'viewBox="0 0 (\d+)', phases.pay_code("3399010001261100002024"))[1])
    assert size // 6 - 8 >= 21  # modules without the rim; micro codes have 17 at most
