"""Registering a clue: once, complete, numbered without gaps, the informant kept apart."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests import cast
from zhiheng.clues.api import Clue, Report, access_clue_by_number, register_clue
from zhiheng.clues.models import Informant
from zhiheng.kernel.errors import Invalid, NotFound
from zhiheng.ledger import api as ledger

AT = datetime(2026, 3, 2, 1, 5, tzinfo=UTC)


def report(**changes):
    told = {
        "source": "PHONE", "received_at": AT, "place": "清波路18号后巷",
        "description": "楼下饭店油烟直往家里窜", "target": "面馆", "informant_name": "热心群众",
        "informant_phone": "13900000000",
    }  # fmt: skip
    return Report(**(told | changes))


def register(key="form/1", **changes):
    return register_clue(
        report=report(**changes), actor=cast.actor("fengjiexian"), at=AT, idempotency_key=key
    )


@pytest.mark.django_db
def test_a_report_becomes_a_numbered_clue_on_the_clerks_list():
    clue = register()
    assert clue.number == "QX339901-2026-000001"
    assert register("form/2").number == "QX339901-2026-000002"
    (task,) = {t.role for t in ledger.open_tasks_of(clue.pk)} - {"dispatcher"}
    assert task == "intake_clerk"


@pytest.mark.django_db
def test_a_report_sent_twice_is_one_clue():
    assert register().pk == register().pk
    assert Clue.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "field"), [({"place": " "}, "place"), ({"description": "油烟"}, "description")]
)
def test_an_incomplete_report_takes_no_number(wrong, field):
    with pytest.raises(Invalid) as caught:
        register(**wrong)
    assert field in caught.value.fields
    assert register().number.endswith("000001")


@pytest.mark.django_db
def test_the_informant_is_sealed_and_kept_out_of_the_record():
    clue = register()
    kept = Informant.objects.get(clue=clue)
    assert "热心群众" not in kept.name_sealed
    assert "13900000000" not in kept.phone_sealed
    told = str([(a.facts, a.payload, a.title) for a in ledger.acts_of(clue.dossier)])
    assert "热心群众" not in told
    assert "13900000000" not in told


@pytest.mark.django_db
def test_nobody_is_kept_where_nobody_left_a_name():
    clue = register(informant_name="", informant_phone="")
    assert not Informant.objects.filter(clue=clue).exists()


@pytest.mark.django_db
def test_another_agency_does_not_find_the_clue():
    clue = register()
    assert access_clue_by_number(actor=cast.actor("lizhifa"), number=clue.number) == clue
    with pytest.raises(NotFound):
        access_clue_by_number(actor=cast.actor("linshichang"), number=clue.number)


@pytest.mark.django_db
@pytest.mark.parametrize("description", ["", "油烟"])
def test_the_form_keeps_what_was_typed_and_says_what_is_missing(description):
    client = cast.sign_in(Client(), "fengjiexian")
    typed = {"key": "k", "source": "QR", "description": description, "place": "清波路18号"}
    answer = client.post(reverse("clue_register"), typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请写明反映的是什么问题" in page
    assert "清波路18号" in page


@pytest.mark.django_db
def test_a_reply_needs_a_number_to_call():
    client = cast.sign_in(Client(), "fengjiexian")
    typed = {
        "key": "k", "source": "PHONE", "description": "油烟扰民", "place": "清波路", "wants_reply": "on",
    }  # fmt: skip
    answer = client.post(reverse("clue_register"), typed)
    assert answer.status_code == 422
    assert "要回复反映人，请留下电话" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_double_click_registers_once_and_wastes_no_number():
    cast.load()
    actor, gate, numbers = cast.actor("fengjiexian"), threading.Barrier(3), []

    def click():
        gate.wait()
        try:
            clue = register_clue(report=report(), actor=actor, at=AT, idempotency_key="form/1")
            numbers.append(clue.number)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert numbers == ["QX339901-2026-000001"] * 3
    assert register("form/2").number == "QX339901-2026-000002"
