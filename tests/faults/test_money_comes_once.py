"""The gateway tells of money twice, or into a server that dies: received once, and the case told."""

import pytest
import requests

from tests.faults.office import Person, in_the_background, stuck
from tests.faults.test_web_is_killed import kinds
from zhiheng.cases.tests.factories import matter_of
from zhiheng.kernel import clock
from zhiheng.payments import api as payments

pytestmark = pytest.mark.faults
CALLBACK = "/pay/callback/"


@pytest.fixture
def told(office, case):
    """`told()` is the gateway's message about the whole fine, sent to the platform."""
    player = case("serve_decision")
    order = payments.fine_order_of(player.case.pk)
    body, signature = payments.gateway().charge(
        order_code=order.code, cents=800000, channel="BANK", account=order.account,
        bank_no=f"F{order.pk}", at=clock.now(), on=clock.local_date(clock.now()),
    )  # fmt: skip
    gateway = Person(office.url)

    def send():
        return gateway.posts(CALLBACK, body, **{"X-Signature": signature})

    send.player = player
    return send


def is_paid_once(player, answer):
    """One payment, one receipt, one act, and the case knows that all is paid."""
    order = payments.fine_order_of(player.case.pk)
    (payment,) = order.payments.all()
    assert answer.json()["receipt_no"] == payment.receipt_no
    assert (order.paid_cents, order.state) == (800000, "PAID")
    assert payment.posted_at is not None
    assert not order.refunds.exists()
    assert kinds(player.case.dossier).count("case.record_payment") == 1
    assert matter_of(player).run.facts["paid_in_full"] is True


def test_the_same_message_twice_at_once_is_one_payment(office, told):
    with stuck("payments_payment") as held:
        waiting = [in_the_background(told) for _ in range(2)]
        held.by(2)
    answers = [each.result(40) for each in waiting]
    assert [each.status_code for each in answers] == [200, 200]
    assert sorted(each.json()["new"] for each in answers) == [False, True]
    is_paid_once(told.player, answers[0])
    is_paid_once(told.player, told())


def test_money_that_came_while_the_server_died_is_received_when_it_is_told_again(office, told):
    with stuck("payments_payment") as held:
        lost = in_the_background(told)
        held.by()
        office.kill(office.web)
    assert isinstance(lost.exception(30), requests.ConnectionError)
    assert not payments.fine_order_of(told.player.case.pk).payments.exists()
    office.open()
    with stuck("ledger_task") as held:  # received now, but the case cannot be told
        lost = in_the_background(told)
        held.by()
        office.kill(office.web)
    assert isinstance(lost.exception(30), requests.ConnectionError)
    (payment,) = payments.fine_order_of(told.player.case.pk).payments.all()
    assert payment.posted_at is None, "钱收到了，案件还不知道"
    assert "case.record_payment" not in kinds(told.player.case.dossier)
    office.open()
    answer = told()
    assert (answer.status_code, answer.json()["new"]) == (200, False)
    is_paid_once(told.player, answer)
