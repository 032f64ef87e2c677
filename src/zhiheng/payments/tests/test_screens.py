"""The finance side's screens: what they show, what they cost, who sees which orders."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import cast
from zhiheng.ledger import api as ledger
from zhiheng.payments.models import PaymentOrder
from zhiheng.payments.services.money import receive
from zhiheng.payments.tests.factories import AT, money, order

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(client):
    cast.county()
    cast.sign_in(client, cast.OFFICER)
    return client


def mine(number):
    found = order(number=number)
    body = cast.actor(cast.OFFICER)
    PaymentOrder.objects.filter(pk=found.pk).update(
        agency_code=body.agency_code, region_code=body.region_code
    )
    return found


def cost_of(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_a_longer_list_asks_no_more_often(county):
    for number in ("1", "2"):
        receive(order=mine(number), money=money(number, 900000), at=AT)
    few = cost_of(county, reverse("payment_list"))
    for number in "3456789":
        receive(order=mine(number), money=money(number, 100000), at=AT)
    assert cost_of(county, reverse("payment_list")) == few <= 14


@pytest.mark.parametrize("show", ["", "late", "differs", "cash"])
def test_each_filter_opens(county, show):
    mine("1")
    assert county.get(reverse("payment_list"), {"show": show}).status_code == 200


def test_an_order_of_another_organ_is_not_found(county):
    found = order(number="别处")
    PaymentOrder.objects.filter(pk=found.pk).update(agency_code="QH-SC")
    assert county.get(reverse("payment_order", args=[found.code])).status_code == 404


def test_an_order_shows_what_is_owed_and_what_came(county):
    found = mine("1")
    receive(order=found, money=money("流水一", 300000), at=AT)
    page = county.get(reverse("payment_order", args=[found.code])).content.decode()
    for words in ("8,000.00 元", "流水一", "没有记入", "62220001"):
        assert words in page


def test_a_refund_needs_its_voucher_and_keeps_what_was_typed(county):
    found = mine("1")
    receive(order=found, money=money("1", 900000), at=AT)
    url = reverse("payment_refund", args=[found.code])
    typed = {"refund": found.refunds.get().pk, "paid_back_on": "2099-01-01", "voucher_no": "退9"}
    answer = county.post(url, typed)
    assert answer.status_code == 422
    assert "退9" in answer.content.decode()
    assert county.post(url, {**typed, "refund": 0, "paid_back_on": "2026-04-01"}).status_code == 404


def test_cash_that_no_case_knows_of_is_told_on_the_order(county):
    found = mine("1")
    row, _ = receive(order=found, money=money("1", 800000, channel="ON_SPOT"), at=AT)
    url = reverse("payment_cash", args=[found.code])
    typed = {"payment": row.pk, "on": "2026-04-01"}
    assert county.post(url, {**typed, "what": "banked"}).status_code == 422
    for what, words in (("handed", "已交机关"), ("banked", "已缴银行")):
        page = county.post(url, {**typed, "what": what}, follow=True)
        assert words in page.content.decode()
    assert ledger.get_deadline(found.dossier, "payment.cash-to-bank").ended_at is not None
    assert (
        "没有这样的缴款单" in county.get(reverse("payment_list"), {"show": "cash"}).content.decode()
    )
