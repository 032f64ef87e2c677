"""Money comes in once, to the treasury's account, and what is too much goes back."""

import json
import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from zhiheng.kernel.errors import Conflict, Invalid, NotAllowed
from zhiheng.payments import api as payments
from zhiheng.payments import gateway as port
from zhiheng.payments.models import Payment, Refund
from zhiheng.payments.tests.factories import AT, ON, money, order

pytestmark = pytest.mark.django_db


def take(found, told):
    return payments.receive(order=found, money=told, at=AT)


def left(found, on=ON):
    return payments.owed(payments.fine_order_of(found.dossier_id), on=on).left


def test_parts_add_up_and_the_order_is_paid():
    found = order()
    take(found, money("1", 300000))
    assert left(found) == 500000
    take(found, money("2", 500000))
    fresh = payments.fine_order_of(found.dossier_id)
    assert (fresh.state, fresh.paid_cents, fresh.settled_on) == ("PAID", 800000, ON)
    assert not payments.sum_is_wrong(fresh)


def test_the_same_number_twice_is_one_receipt():
    found = order()
    first, new = take(found, money("1", 800000))
    again, renewed = take(found, money("1", 800000))
    assert (new, renewed, first.pk) == (True, False, again.pk)
    with pytest.raises(Conflict):
        take(found, money("1", 700000))
    with pytest.raises(Conflict):
        take(order(number="乙"), money("1", 800000))


def test_money_elsewhere_than_the_treasury_is_refused():
    with pytest.raises(Invalid, match="国库账号"):
        take(order(), money("1", 800000, account="私人账户"))
    assert not Payment.objects.exists()


def test_too_much_is_a_line_of_its_own():
    found = order()
    payment, _ = take(found, money("1", 900000))
    assert payment.applied_cents == 800000
    assert Refund.objects.get().cents == 100000
    assert payments.fine_order_of(found.dossier_id).paid_cents == 800000


def test_the_addition_stops_on_the_day_the_fine_was_paid():
    found = order()
    take(found, money("1", 800000, on=date(2026, 4, 17)))
    assert left(found, on=date(2026, 12, 1)) == 240000
    assert payments.fine_order_of(found.dossier_id).state == "OPEN"


def test_no_addition_in_the_time_of_a_remedy():
    found = order()
    payments.keep_pauses(order=found, spans={"remedy": (date(2026, 4, 10), None)})
    assert left(found, on=date(2026, 6, 1)) == 800000 + 2 * 24000
    payments.keep_pauses(order=found, spans={"remedy": (date(2026, 4, 10), date(2026, 5, 31))})
    assert left(found, on=date(2026, 6, 1)) == 800000 + 3 * 24000


def test_no_addition_that_the_decision_does_not_state():
    found = order()
    payments.PaymentOrder.objects.update(addition_stated=False)
    assert left(found, on=date(2026, 12, 1)) == 800000


def test_no_addition_before_the_granted_day_is_over():
    found = order()
    payments.reschedule(
        order=found, until=date(2026, 6, 30), parts=[payments.Part(date(2026, 6, 30), 800000)]
    )
    assert left(found, on=date(2026, 6, 30)) == 800000
    assert left(found, on=date(2026, 7, 1)) == 824000


def test_an_addition_that_had_grown_is_not_lost_by_a_deferral():
    found = order()
    grown = payments.gross_addition(payments.fine_order_of(found.dossier_id), on=date(2026, 4, 9))
    parts = [payments.Part(date(2026, 6, 30), 800000 + grown)]
    payments.reschedule(order=found, until=date(2026, 6, 30), parts=parts, carried=grown)
    assert left(found, on=date(2026, 6, 30)) == 848000
    fresh = payments.fine_order_of(found.dossier_id)
    assert not payments.has_missed(fresh, on=date(2026, 6, 30))
    assert payments.has_missed(fresh, on=date(2026, 7, 1))


def test_what_was_paid_before_a_schedule_does_not_pay_its_instalments():
    found = order()
    take(found, money("1", 300000))
    parts = [payments.Part(date(2026, 5, 31), 200000), payments.Part(date(2026, 6, 30), 300000)]
    payments.reschedule(order=found, until=date(2026, 6, 30), parts=parts)
    assert payments.has_missed(payments.fine_order_of(found.dossier_id), on=date(2026, 6, 1))
    take(found, money("2", 200000))
    assert not payments.has_missed(payments.fine_order_of(found.dossier_id), on=date(2026, 6, 1))


def test_a_revoked_decision_gives_everything_back_with_a_voucher():
    from tests import cast
    from zhiheng.payments.services import money as services

    found = order()
    take(found, money("1", 800000))
    payments.void_order(order=found, reason="REVOKED", at=AT)
    payments.void_order(order=found, reason="REVOKED", at=AT)
    refund = Refund.objects.get()
    assert refund.cents == 800000
    given = {"refund": refund, "paid_back_on": ON, "actor": cast.actor(cast.OFFICER), "at": AT}
    with pytest.raises(Invalid):
        services.give_back(voucher_no=" ", **given)
    services.give_back(voucher_no="退1", **given)
    with pytest.raises(Conflict):
        services.give_back(voucher_no="退2", **given)


def test_money_for_a_void_order_goes_back():
    found = order()
    payments.void_order(order=found, reason="REVOKED", at=AT)
    payment, _ = take(found, money("1", 100))
    assert payment.applied_cents == 0
    assert Refund.objects.get().cents == 100


def test_what_a_case_refuses_is_kept_and_tried_again(monkeypatch):
    from zhiheng.payments.services import money as services

    refuse = [True]

    def poster(payment, at):
        if refuse[0]:
            raise Conflict("案件不在可以登记缴款的状态。")

    monkeypatch.setattr(services, "_posters", [poster])
    payment, _ = take(order(), money("1", 800000))
    assert payments.post(payment, at=AT) is False
    payment.refresh_from_db()
    assert "状态" in payment.problem
    refuse[0] = False
    assert payments.post_waiting(at=AT) == (1, 0)
    assert payments.post_waiting(at=AT) == (0, 0)


def charge(found, **more):
    told = {"order_code": found.code, "cents": 800000, "channel": "BANK", "bank_no": "G1",
            "account": found.account, "at": AT, "on": ON, **more}  # fmt: skip
    return payments.gateway().charge(**told)


def test_a_callback_that_is_unsigned_old_or_strange_is_refused():
    found = order()
    body, signature = charge(found)
    with pytest.raises(NotAllowed):
        port.take_callback(body=body, signature="0" * 64, at=AT)
    with pytest.raises(NotAllowed, match="过时"):
        port.take_callback(body=body, signature=signature, at=AT + timedelta(hours=1))
    for wrong in ({"cents": 0}, {"cents": 1.5}, {"channel": "ON_SPOT"}, {"order_code": "0"},
                  {"account": "x"}):  # fmt: skip
        body, signature = charge(found, **wrong)
        with pytest.raises(Invalid):
            port.take_callback(body=body, signature=signature, at=AT)
    assert not Payment.objects.exists()


def test_a_callback_sent_again_gives_the_same_receipt():
    body, signature = charge(order())
    first, new = port.take_callback(body=body, signature=signature, at=AT)
    again, renewed = port.take_callback(body=body, signature=signature, at=AT)
    assert (new, renewed, first.receipt_no) == (True, False, again.receipt_no)


def test_the_address_of_the_callback_answers_in_words(client):
    url = reverse("pay_callback")
    assert client.get(url).status_code == 405
    assert client.post(url, b"{}", content_type="application/json").status_code == 403
    assert client.post(url, b"x" * 20000, content_type="application/json").status_code == 413
    key = payments.gateway().key()
    from zhiheng.payments.policies import sign

    for body in (b"[]", b"{}", b"\xff", json.dumps({"order": 1}).encode()):
        answer = client.post(
            url, body, content_type="application/json",
            headers={"X-Signature": sign(body, key=key)},
        )  # fmt: skip
        assert answer.status_code == 422, answer.content


@pytest.mark.django_db(transaction=True)
def test_two_at_once_collect_it_once():
    found = order()
    started = threading.Barrier(2)

    def pay(number):
        started.wait()
        try:
            take(found, money(number, 800000))
        finally:
            connection.close()

    threads = [threading.Thread(target=pay, args=(n,)) for n in ("A", "B")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    fresh = payments.fine_order_of(found.dossier_id)
    assert fresh.paid_cents == 800000
    assert Refund.objects.get().cents == 800000


def test_the_front_door_takes_a_code(client: Client):
    assert client.get(reverse("pay_home")).status_code == 200
    assert client.get(reverse("pay_home") + "?code=12").status_code == 422
    answer = client.get(reverse("pay_home") + "?code=2604 1234 5678 9012 34")
    assert answer.url == reverse("pay", args=["260412345678901234"])
