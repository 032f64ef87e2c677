"""To-do lists: whose, in which order, page by page, and numbers without gaps."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from zhiheng.ledger import api as ledger
from zhiheng.ledger.tests.factories import LI, NOON, Somebody, a_dossier
from zhiheng.ledger.tests.test_record_act import together
from zhiheng.people.models import Account


def an_account() -> Account:
    return Account.objects.create(
        username="lizhifa", name="李执法", region_code="339901", agency_code="QH-ZF"
    )


def a_task(dossier, step, **changes):
    return ledger.open_task(
        **{
            "dossier": dossier,
            "step_id": step,
            "title": "办理",
            "role": "officer",
            "at": NOON,
            **changes,
        }
    )


@pytest.mark.django_db
def test_a_list_holds_what_is_mine_and_what_waits_for_my_role():
    account = an_account()
    me = Somebody(account_id=account.pk)
    dossier = a_dossier()
    mine = a_task(dossier, "a", assignee_id=account.pk, role="unit_head", due_on=date(2026, 12, 1))
    ours = a_task(dossier, "b")
    back = a_task(dossier, "c", reason="缺少询问笔录", due_on=date(2026, 11, 20))
    a_task(dossier, "d", role="agency_head")
    a_task(dossier, "e", agency_code="QH-SC")
    assert [task.pk for task in ledger.todo_of(me).items] == [back.pk, mine.pk, ours.pk]
    assert [task.pk for task in ledger.todo_of(me, returned=True).items] == [back.pk]
    assert ledger.todo_of(me, kind="CLUE").items == []
    assert ledger.count_todo(me).text == "3"
    ledger.close_tasks(dossier=dossier, step_ids=["b", "c"], at=NOON)
    assert [task.pk for task in ledger.todo_of(me).items] == [mine.pk]


@pytest.mark.django_db
def test_every_task_comes_once_in_order_whatever_the_page(django_assert_max_num_queries):
    dossier = a_dossier()
    for number in range(23):
        due = date(2026, 11, 20) + timedelta(days=number % 5) if number % 3 else None
        a_task(dossier, f"s{number}", due_on=due)
    seen, after = [], ""
    while True:
        with django_assert_max_num_queries(3):
            page = ledger.todo_of(LI, after=after, size=5)
            assert all(task.dossier.number for task in page.items)
        seen += page.items
        after = page.next_token
        if not after:
            break
    assert len({task.pk for task in seen}) == len(seen) == 23
    assert seen == sorted(seen, key=lambda task: (task.sort_on, task.pk))
    assert len(ledger.todo_of(LI, after="nonsense", size=5).items) == 5


@pytest.mark.django_db
def test_counts_stop_at_a_hundred():
    dossier = a_dossier()
    for number in range(105):
        a_task(dossier, f"s{number}")
    assert ledger.count_todo(LI).text == "99+"


@pytest.mark.django_db
def test_the_same_step_is_not_put_twice():
    dossier = a_dossier()
    first = a_task(dossier, "a")
    again = a_task(dossier, "a", due_on=date(2026, 11, 20), reason="请补正")
    assert first.pk == again.pk
    assert (again.due_on, again.reason) == (date(2026, 11, 20), "请补正")
    me = an_account()
    assert ledger.assign_task(task=again, assignee_id=me.pk).assignee_id == me.pk


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gaps_even_if_one_is_undone():
    def take():
        return ledger.next_number("青衡综执罚决字", "QH-ZF", 2026)

    def undo():
        with transaction.atomic():
            transaction.set_rollback(True)
            return take()

    together(take, undo, take, undo, take, take)
    assert take() == 5
    assert ledger.next_number("青衡综执罚决字", "QH-ZF", 2027) == 1
