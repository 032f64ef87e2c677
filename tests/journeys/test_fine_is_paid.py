"""The party pays by the code on the slip; the case moves without anybody typing."""

from datetime import date

from django.test import Client
from django.urls import reverse

from tests import cast
from tests.journeys.paying import Party, finance, order_of
from zhiheng.payments.models import Refund


def test_paid_in_full_by_code_and_the_case_goes_on(walk_from):
    walk = walk_from(stage="served")
    party = Party(walk)
    party.page.says("还应缴 8,000.00 元")
    assert "面馆" not in party.page.words, "公开页不写当事人"
    party.pays().says("电子票据")
    assert walk.fine_facts()["paid_in_full"] is True
    assert walk.acts()[-1] == "case.record_payment"
    assert order_of(walk).state == "PAID"
    walk.look().says("系统")
    walk.does("confirm_performance")
    assert walk.state == "PERFORMED"


def test_without_the_second_factor_nothing_is_shown(walk_from):
    walk = walk_from(stage="served")
    order = order_of(walk)
    url = reverse("pay", args=[order.code])
    stranger = Client()
    assert "8,000.00" not in stranger.get(url).content.decode()
    for _ in range(5):
        assert stranger.post(url, {"last_four": "0000"}).status_code == 422
    order.refresh_from_db()
    assert order.shut_until is not None, "连错五次停一刻钟"
    missing = stranger.post(reverse("pay", args=["260300000000000000"]), {"last_four": "0000"})
    assert missing.status_code == 422, "没有的码与输错一样回答"


def test_the_last_four_open_the_page(walk_from):
    walk = walk_from(stage="served")
    from zhiheng.elements import api as elements

    subject = elements.open_subject(elements.latest_subject(walk.case.subject))
    number = subject.uscc or subject.citizen_id
    client = Client()
    url = reverse("pay", args=[order_of(walk).code])
    page = client.post(url, {"last_four": number[-4:]}, follow=True)
    assert "8,000.00" in page.content.decode()


def test_paid_late_the_addition_comes_with_it(walk_from):
    walk = walk_from(stage="served")
    assert order_of(walk).due_on == date(2026, 4, 7), "第十五日是四月七日"
    walk.go_to(date(2026, 4, 17))
    Party(walk).page.says("加处罚款").says("2,400.00")
    party = Party(walk)
    party.pays("8000")
    assert walk.fine_facts()["paid_in_full"] is False, "还欠加处"
    walk.cannot("confirm_performance")
    walk.go_to(date(2026, 4, 20))
    Party(walk).page.says("还应缴 2,400.00 元")
    Party(walk).pays()
    assert order_of(walk).state == "PAID"
    walk.does("confirm_performance")


def test_the_same_payment_sent_twice_is_one(walk_from):
    walk = walk_from(stage="served")
    party = Party(walk)
    party.pays()
    party.again().says("电子票据")
    assert order_of(walk).payments.count() == 1
    assert walk.acts().count("case.record_payment") == 1


def test_a_sum_that_is_no_longer_owed_is_not_taken(walk_from):
    walk = walk_from(stage="served")
    first, second = Party(walk), Party(walk)
    first.pays("5000")
    page = second.pays("8000")
    assert page.status == 422
    page.says("应缴的数额已经变了")
    assert order_of(walk).paid_cents == 500000


def test_two_payments_at_once_are_not_collected_twice(walk_from):
    from zhiheng.kernel.clock import now, today
    from zhiheng.payments import api as payments

    walk = walk_from(stage="served")
    order, gate = order_of(walk), payments.gateway()
    for number in ("B1", "B2"):
        body, signature = gate.charge(
            order_code=order.code, cents=800000, channel="BANK", account=order.account,
            bank_no=number, at=now(), on=today(),
        )  # fmt: skip
        response = Client().post(
            reverse("pay_callback"), body, content_type="application/json",
            headers={"X-Signature": signature},
        )  # fmt: skip
        assert response.json()["ok"] is True
    fresh = order_of(walk)
    assert fresh.paid_cents == 800000
    back = Refund.objects.get(order=fresh)
    assert (back.cents, back.reason) == (800000, "TOO_MUCH")
    finance(walk, "differs").says(walk.case.number)
    url = reverse("payment_refund", args=[fresh.code])
    typed = {"refund": back.pk, "voucher_no": "退001", "paid_back_on": "2026-03-23"}
    assert walk.as_(cast.OFFICER).post(url, {**typed, "voucher_no": ""}).status_code == 422
    assert "退001" in walk.as_(cast.OFFICER).post(url, typed, follow=True).content.decode()
    finance(walk, "differs").says("没有这样的缴款单")
