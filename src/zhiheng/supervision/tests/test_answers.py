"""Explaining and verifying: once, by whom it concerns, on record, never changed."""

import threading
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction

from tests import cast
from zhiheng.kernel.ciphers import open_field
from zhiheng.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from zhiheng.ledger import api as ledger
from zhiheng.people import api as people
from zhiheng.supervision import selectors, services
from zhiheng.supervision.models import Explanation, Verification

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
WORDS = "系统停机三天，附停机通知。"


@pytest.fixture
def clue(db):
    cast.county()
    return cast.listed_clue()


def explains(clue, by=cast.OFFICER, text=WORDS, key="e1"):
    return services.explain(
        clue_id=clue.pk, text=text, actor=cast.actor(by), at=NOW, idempotency_key=key
    )


def verifies(clue, by=cast.SUPERVISOR, outcome="DISMISSED", note="核对了停机通知。", key="v1"):
    return services.verify(
        clue_id=clue.pk, outcome=outcome, note=note, actor=cast.actor(by), at=NOW,
        idempotency_key=key,
    )  # fmt: skip


def kinds(clue):
    acts = ledger.acts_of(clue.dossier)
    return [act.kind for act in acts if act.kind.startswith("supervision.")]


def test_the_officer_explains_and_the_supervisor_verifies_and_both_are_acts(clue):
    explanation, verification = explains(clue), verifies(clue)
    clue.refresh_from_db()
    assert clue.state == "DISMISSED"
    assert open_field(explanation.text) == WORDS
    assert WORDS not in explanation.text, "存的是密文"
    assert verification.account.username == cast.SUPERVISOR
    assert kinds(clue) == ["supervision.explain", "supervision.verify"]
    last = ledger.acts_of(clue.dossier).last()
    assert last.actor_role == "supervisor"


def test_the_record_proves_what_was_said_and_tells_colleagues_nothing_of_it(clue):
    explains(clue), verifies(clue)
    said = sha256("DISMISSED\n核对了停机通知。".encode()).hexdigest()
    for act in ledger.acts_of(clue.dossier).filter(kind__startswith="supervision."):
        assert set(act.payload) == {"clue", "sha256"}
        assert act.title in ("说明情况", "核实监督线索")
    assert act.payload == {"clue": clue.pk, "sha256": said}


def test_sent_twice_each_stands_once(clue):
    explains(clue), verifies(clue)
    assert explains(clue).pk == explains(clue).pk
    assert verifies(clue).outcome == "DISMISSED"
    assert kinds(clue) == ["supervision.explain", "supervision.verify"]


def test_who_comes_second_is_told_who_was_first_and_what_was_found(clue):
    verifies(clue)
    with pytest.raises(Conflict, match="钱督察已经核实过这条线索，结论是“不构成问题”"):
        verifies(clue, outcome="CONFIRMED", key="v2")
    assert Verification.objects.get().outcome == "DISMISSED"


def test_after_verification_nothing_more_is_explained_and_nobody_explains_twice(clue):
    explains(clue)
    with pytest.raises(Conflict, match="写过"):
        explains(clue, key="e2")
    verifies(clue)
    with pytest.raises(Conflict):
        explains(clue, key="e3")


def test_only_whose_step_it_was_explains(clue):
    with pytest.raises(NotFound):
        explains(clue, by=cast.SECOND_OFFICER)
    with pytest.raises(NotAllowed, match="办理这一步的人员"):
        explains(clue, by=cast.AGENCY_HEAD)


@pytest.mark.parametrize("by", [cast.OFFICER, cast.AGENCY_HEAD])
def test_only_a_supervisor_verifies(clue, by):
    with pytest.raises(NotAllowed, match="执法监督员"):
        verifies(clue, by=by)


def test_nobody_verifies_a_step_of_their_own(clue):
    people.grant_role(
        account=cast.account(cast.OFFICER), role="supervisor", region_code="339901",
        agency_code="", valid_from=cast.ON, valid_until=None, by=None,
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="回避"):
        verifies(clue, by=cast.OFFICER)


def test_a_head_of_another_agency_and_a_stranger_find_nothing(clue):
    for username in (cast.OTHER_HEAD, cast.SECOND_OFFICER, cast.UNIT_HEAD):
        with pytest.raises(NotFound):
            selectors.access_clue(actor=cast.actor(username), clue_id=clue.pk)
    for username in (cast.AGENCY_HEAD, cast.SUPERVISOR, cast.OFFICER):
        assert selectors.access_clue(actor=cast.actor(username), clue_id=clue.pk) == clue


@pytest.mark.parametrize(
    ("outcome", "note"), [("", "看过。"), ("GUILTY", "看过。"), ("CONFIRMED", " ")]
)
def test_without_a_conclusion_and_a_note_nothing_is_verified(clue, outcome, note):
    with pytest.raises(Invalid):
        verifies(clue, outcome=outcome, note=note)
    assert not kinds(clue)


def test_what_was_said_is_never_changed(clue):
    explains(clue), verifies(clue)
    for model in (Explanation, Verification):
        for change in (model.objects.all().delete, lambda m=model: m.objects.update(at=NOW)):
            with pytest.raises(DatabaseError, match="只能追加"), transaction.atomic():
                change()


def test_the_number_on_the_rail_is_what_waits(clue):
    supervisor = cast.actor(cast.SUPERVISOR)
    assert selectors.count_pending(supervisor) == 1
    verifies(clue)
    assert selectors.count_pending(supervisor) == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins_and_the_other_is_told():
    cast.county()
    clue, told = cast.listed_clue(), []
    gate = threading.Barrier(2)

    def run(key, outcome):
        gate.wait()
        try:
            told.append(verifies(clue, outcome=outcome, key=key).outcome)
        except Conflict as refused:
            told.append(refused.message)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=each) for each in (("a", "CONFIRMED"), ("b", "DISMISSED"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(told) == 2
    assert sum("已经核实过" in each for each in told) == 1
    assert Verification.objects.count() == 1
