"""Recording: numbers, keys, seals, states, jobs."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from zhiheng.kernel.errors import Conflict, Invalid, NotFound
from zhiheng.ledger import api as ledger
from zhiheng.ledger import canonical
from zhiheng.ledger.tests.factories import LI, NOON, Somebody, a_dossier, an_act


def sealed_again(act: ledger.Act) -> bytes:
    fresh = ledger.Act.objects.select_related("dossier").get(pk=act.pk)
    return canonical.seal(
        number=fresh.dossier.number,
        seq=fresh.seq,
        recorded_at=fresh.recorded_at,
        content=canonical.content_digest(canonical.content_of(fresh)),
    )


@pytest.mark.django_db
def test_an_act_takes_the_next_number_and_moves_the_dossier():
    dossier = a_dossier()
    first = an_act(dossier, to_state="FILED")
    second = an_act(dossier, kind="case.note")
    assert (first.seq, second.seq) == (2, 3)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.last_seq) == ("FILED", 3)
    assert [act.kind for act in ledger.Act.objects.filter(dossier=dossier).order_by("seq")] == [
        "dossier.open",
        "case.file",
        "case.note",
    ]


@pytest.mark.django_db
def test_the_seal_can_be_made_again_from_the_row():
    act = an_act(
        a_dossier(),
        facts={
            "罚款": 800000,
            "比例": 0.1,
            "整": 2.0,
            "小": 1e-7,
            "空": None,
            "列": [1, {"b": 1, "a": "𠮷"}],
        },
        payload={"on": NOON.date(), "at": NOON},
        evidence_digests=["AB" * 32],
        lon=120.123456789,
        lat=30.0,
        place="青衡县城东街道",
        device_at=NOON - timedelta(seconds=3, microseconds=1),
        idempotency_key="k-1",
    )
    assert sealed_again(act) == act.digest


@pytest.mark.django_db
def test_a_repeated_key_gives_back_the_earlier_act():
    dossier = a_dossier()
    first = an_act(dossier, idempotency_key="phone-1", to_state="FILED")
    again = an_act(dossier, idempotency_key="phone-1", to_state="FILED")
    assert again.pk == first.pk
    assert again.replayed
    assert not first.replayed
    assert ledger.Act.objects.filter(dossier=dossier, kind="case.file").count() == 1


@pytest.mark.django_db
def test_a_key_used_for_something_else_is_a_conflict():
    an_act(a_dossier(), idempotency_key="phone-1")
    other = a_dossier()
    with pytest.raises(Conflict), transaction.atomic():
        an_act(other, idempotency_key="phone-1")


@pytest.mark.django_db
def test_who_saw_an_old_page_is_told():
    dossier = a_dossier()
    seen = dossier.last_seq
    an_act(dossier)
    with pytest.raises(Conflict, match="刷新"), transaction.atomic():
        an_act(dossier, expected_seq=seen)
    assert an_act(dossier, expected_seq=2).seq == 3


@pytest.mark.django_db
def test_acts_of_a_deputy_name_the_principal():
    deputy = Somebody(
        roles=frozenset({"unit_head", "agency_head"}), acting_for={"agency_head": "赵局长"}
    )
    act = an_act(a_dossier(), actor=deputy, role="agency_head")
    assert (act.actor_role, act.acting_for) == ("agency_head", "赵局长")
    assert an_act(a_dossier(), actor=None).actor_name == "系统"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"facts": {"x": float("nan")}},
        {"facts": {"x": 2**53}},
        {"facts": {"x": "a\x00"}},
        {"facts": {"x": "\ud800"}},
        {"facts": {1: "x"}},
        {"facts": {"x": object()}},
        {"occurred_at": datetime(2026, 11, 18)},
        {"title": ""},
        {"title": "长" * 201},
        {"evidence_digests": ["nope"]},
    ],
)
def test_what_cannot_be_written_down_is_refused_with_a_sentence(wrong):
    dossier = a_dossier()
    with pytest.raises(Invalid) as told:
        an_act(dossier, **wrong)
    assert told.value.message.endswith("。")


@pytest.mark.django_db
def test_no_such_dossier():
    ghost = ledger.Dossier(pk=10**12, number="x", agency_code="a", region_code="r")
    with pytest.raises(NotFound), transaction.atomic():
        an_act(ghost)


@pytest.mark.django_db
def test_many_acts_in_one_round_trip_keep_their_order(django_assert_num_queries):
    one, two = a_dossier(), a_dossier()
    drafts = [
        ledger.Draft(
            dossier=dossier,
            kind="case.note",
            title=f"第{i}条",
            actor=LI,
            occurred_at=NOON,
            facts={"i": i},
            evidence_digests=["cd" * 32],
            idempotency_key=f"bulk-{i}",
        )
        for i, dossier in enumerate([two, one, two, one, one])
    ]
    with django_assert_num_queries(1):
        acts = ledger.record_acts(drafts)
    assert [act.title for act in acts] == [draft.title for draft in drafts]
    assert [act.seq for act in acts] == [2, 2, 3, 3, 4]
    assert all(sealed_again(act) == act.digest for act in acts)
    assert all(act.replayed for act in ledger.record_acts(drafts))


@pytest.mark.django_db
def test_subscribers_jobs_stand_in_the_same_transaction():
    ledger.subscribe("case.*", "supervision.look")
    try:
        dossier = a_dossier()
        act = an_act(dossier)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT task_name, args FROM procrastinate_jobs WHERE task_name = 'supervision.look'"
            )
            assert cursor.fetchall() == [("supervision.look", f'{{"act_id": {act.pk}}}')]
        mark = transaction.savepoint()
        an_act(dossier)
        transaction.savepoint_rollback(mark)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM procrastinate_jobs")
            assert cursor.fetchone() == (1,)
    finally:
        ledger.unsubscribe("case.*", "supervision.look")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_act SET title = 'x'",
        "DELETE FROM ledger_act",
        "SET LOCAL session_replication_role = replica; DELETE FROM ledger_act",
        "UPDATE ledger_loghead SET size = 0",
        "DELETE FROM ledger_logentry",
        "DELETE FROM ledger_logtile",
    ],
)
def test_the_database_itself_refuses_change_and_removal(statement):
    an_act(a_dossier())
    with pytest.raises(IntegrityError, match="只增不改"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["act", "logentry", "loghead", "logtile"])
def test_the_database_itself_refuses_to_empty_the_tables(table):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE ledger_{table} ENABLE ALWAYS TRIGGER {table}_not_emptied")
        with pytest.raises(IntegrityError, match="只增不改"), transaction.atomic():
            cursor.execute(f"TRUNCATE ledger_{table} CASCADE")


def together(*tasks):
    """Run at the same moment, each on a connection of its own; returns results and errors."""
    gate, results = threading.Barrier(len(tasks)), [None] * len(tasks)

    def run(place, task):
        try:
            gate.wait()
            results[place] = task()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_the_same_key_at_the_same_moment_makes_one_act():
    dossier = a_dossier()
    acts = together(*[lambda: an_act(dossier, idempotency_key="twice")] * 6)
    assert len({act.pk for act in acts}) == 1
    assert sorted(act.replayed for act in acts) == [False] + [True] * 5


@pytest.mark.django_db(transaction=True)
def test_one_key_on_two_dossiers_at_the_same_moment_stands_once():
    one, two = a_dossier(), a_dossier()
    told = together(
        lambda: an_act(one, idempotency_key="twice"), lambda: an_act(two, idempotency_key="twice")
    )
    assert sorted(type(each).__name__ for each in told) == ["Act", "Conflict"]


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_on_one_dossier_both_stand_in_order():
    dossier = a_dossier()
    wang = Somebody(account_id=8, name="王审核")
    acts = together(
        *[
            lambda who=who: an_act(ledger.Dossier.objects.get(pk=dossier.pk), actor=who)
            for who in (LI, wang) * 4
        ]
    )
    assert sorted(act.seq for act in acts) == list(range(2, 10))
    in_order = sorted(acts, key=lambda act: act.seq)
    assert [act.recorded_at for act in in_order] == sorted(act.recorded_at for act in acts)
    assert [act.pk for act in in_order] == sorted(act.pk for act in acts)
