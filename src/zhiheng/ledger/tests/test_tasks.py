"""What the ledger does by itself, and closing and handing over dossiers."""

from datetime import UTC, date, datetime

import psycopg
import pytest
import time_machine
from django.db import connection, transaction

from zhiheng.kernel.errors import NotFound
from zhiheng.ledger import api as ledger
from zhiheng.ledger import tasks
from zhiheng.ledger.tests.factories import LI, NOON, a_dossier, an_act
from zhiheng.ledger.tests.test_clock import DECISION


@pytest.mark.django_db(transaction=True)
def test_the_worker_sequences_reminds_and_counts_again(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    dossier = a_dossier()
    an_act(dossier)
    ledger.start_deadline(dossier=dossier, rule=DECISION, start_on=date(2026, 11, 2), at=NOON)
    with time_machine.travel(datetime(2026, 11, 23, 1, tzinfo=UTC)):
        tasks.remind(timestamp=0)
        tasks.remind(timestamp=0)
        tasks.recount(timestamp=0)
        tasks.sequence(timestamp=0)
    assert [each.kind for each in ledger.Reminder.objects.all()] == ["OVERDUE"]
    assert [act.kind for act in ledger.acts_of(dossier)][-1] == "deadline.missed"
    assert ledger.head().size == 3


@pytest.mark.django_db(transaction=True)
def test_only_other_peoples_jobs_wake_the_worker():
    """NOTIFY makes commits wait for each other; see migration 0003."""
    heard = []
    ledger.subscribe("case.note", "bench.listen")
    try:
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as listener:
            listener.execute("LISTEN procrastinate_any_queue_v1")
            with transaction.atomic():
                an_act(a_dossier(), kind="case.note")
                an_act(a_dossier(), kind="case.note")
            heard += listener.notifies(timeout=0.2)
            assert heard == []
            tasks.sequence.configure(queue="quiet").defer(timestamp=0)
            heard += listener.notifies(timeout=2, stop_after=1)
    finally:
        ledger.unsubscribe("case.note", "bench.listen")
    assert len(heard) == 1


@pytest.mark.django_db
def test_a_closed_dossier_leaves_no_work_and_no_clock():
    dossier = a_dossier()
    ledger.start_deadline(dossier=dossier, rule=DECISION, start_on=date(2026, 11, 2), at=NOON)
    ledger.open_task(dossier=dossier, step_id="a", title="办理", role="officer", at=NOON)
    ledger.close_dossier(dossier=dossier, at=NOON)
    assert ledger.todo_of(LI).items == []
    assert ledger.deadlines_of(dossier, running=True) == []
    assert ledger.get_deadline(dossier, DECISION.id) is None
    assert ledger.lock_dossier(dossier.pk).closed_at == NOON


@pytest.mark.django_db
def test_handing_over_is_on_the_record():
    dossier = a_dossier()
    ledger.hand_over(dossier=dossier, agency_code="QH-SC", reason="职责划转", actor=LI, at=NOON)
    last = ledger.latest_acts_of(dossier, limit=1)[0]
    assert (last.kind, last.payload["to"]) == ("dossier.hand_over", "QH-SC")
    assert ledger.find_dossier(dossier.number).agency_code == "QH-SC"
    with pytest.raises(NotFound):
        ledger.lock_dossier(10**12)


@pytest.mark.django_db
def test_acts_are_paged_both_ways():
    dossier = a_dossier()
    for _ in range(4):
        an_act(dossier, kind="case.note")
    assert [act.seq for act in ledger.acts_of(dossier, after_seq=2, limit=2)] == [3, 4]
    assert [act.seq for act in ledger.latest_acts_of(dossier, before_seq=4, limit=2)] == [3, 2]
    assert ledger.find_act_by_key("") is None
    keyed = an_act(dossier, idempotency_key="k")
    assert ledger.find_act_by_key("k").pk == keyed.pk
