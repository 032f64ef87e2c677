"""Opening a case once, by enough people; changing hands; and only one's own agency."""

import threading

import pytest
from django.db import connection

from tests import cast
from zhiheng.cases.models import Case, Handler
from zhiheng.cases.policies import is_case_code
from zhiheng.cases.services.handlers import add_co_handler, hand_over
from zhiheng.cases.services.propose import propose_from_clue
from zhiheng.cases.tests.factories import checked, collected, matter_of, proposed
from zhiheng.clues import api as clues
from zhiheng.kernel.errors import Invalid, NotAllowed
from zhiheng.ledger import api as ledger
from zhiheng.procedures import api as procedures

LI, ZHOU, MAO = cast.OFFICER, cast.SECOND_OFFICER, "maopaiqian"


def propose(player, clue, *, co=(ZHOU,), key="form/1"):
    return propose_from_clue(
        clue=clue, values={"proposal_note": "建议立案。"}, actor=player.actor("officer"),
        co_handlers=[cast.account(name).pk for name in co], at=player.now(), idempotency_key=key,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_case_has_a_number_a_code_two_handlers_and_the_grant_of_that_day():
    player, clue = checked()
    case = propose(player, clue)
    assert case.number == "青综执罚立〔2026〕000001号"
    assert is_case_code(case.code)
    assert case.grant_id
    parts = set(case.handlers.values_list("account__username", "part"))
    assert parts == {(LI, "LEAD"), (ZHOU, "CO")}
    clue.refresh_from_db()
    assert clue.state == "FILED"
    assert case.dossier.parent_id == clue.pk


@pytest.mark.django_db
def test_one_officer_alone_cannot_propose_and_no_number_is_taken():
    player, clue = checked()
    with pytest.raises(Invalid, match="还不能提请立案") as caught:
        propose(player, clue, co=())
    assert "执法不得少于两人" in caught.value.fields["co_handlers"]
    assert propose(player, clue, key="form/2").number.endswith("000001号")


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "word"), [("INSPECTION", "行政检查"), ("COERCION", "行政强制")])
def test_an_item_of_inspection_or_coercion_opens_no_penalty_case(kind, word):
    player, clue = checked()
    clue.item.kind = kind
    with pytest.raises(Invalid, match=word) as caught:
        propose(player, clue)
    assert "改选" in caught.value.next_step
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_the_same_clue_is_filed_once():
    player, clue = checked()
    assert propose(player, clue).pk == propose(player, clue, key="form/2").pk


@pytest.mark.django_db(transaction=True)
def test_a_double_click_opens_one_case():
    player, clue = checked()
    at, actor, gate, codes = player.now(), player.actor("officer"), threading.Barrier(3), []
    co = [cast.account(ZHOU).pk]

    def click():
        gate.wait()
        try:
            mine = clues.Clue.objects.select_related("dossier__run", "item", "subject").get(
                pk=clue.pk
            )
            case = propose_from_clue(
                clue=mine, values={"proposal_note": "建议立案。"}, actor=actor, co_handlers=co, at=at,
                idempotency_key="form/1",
            )  # fmt: skip
            codes.append(case.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(codes) == 3
    assert len(set(codes)) == 1
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_the_head_of_another_agency_can_neither_file_nor_let_a_warning_pass():
    player = proposed()
    stranger = cast.actor("gaojuzhang", player.day)
    with pytest.raises(NotAllowed, match="不在您的办理范围"):
        procedures.take_step(
            matter_of(player), step_id="file", actor=stranger, values={"filing_opinion": "同意"},
            at=player.now(), idempotency_key="k",
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        procedures.let_pass(
            matter_of(player), guard_id="G-131", step_id="file", actor=stranger, reason="同意",
            at=player.now(), idempotency_key="k2",
        )  # fmt: skip


@pytest.mark.django_db
def test_an_officer_who_does_not_handle_the_case_is_refused():
    player = proposed()
    player.step("file")
    with pytest.raises(NotAllowed, match="本案办案人员（主办李执法）"):
        procedures.take_step(
            matter_of(player), step_id="show_id", actor=cast.actor(MAO, player.day),
            values={"id_shown_to": "经营者"}, at=player.now(), idempotency_key="k",
        )  # fmt: skip


def change(player, what=hand_over, *, by=LI, to=MAO, reason="调离。", key="h/1"):
    name = "to_id" if what is hand_over else "account_id"
    return what(
        case=matter_of(player).case, reason=reason, actor=cast.actor(by, player.day),
        at=player.now(), idempotency_key=key, **{name: cast.account(to).pk},
    )  # fmt: skip


@pytest.mark.django_db
def test_a_handover_leaves_one_lead_the_former_beside_and_the_to_dos_with_the_new():
    player = proposed()
    player.step("file")
    change(player)
    now = Handler.objects.filter(case=player.case, until=None)
    assert set(now.values_list("account__username", "part")) == {
        (MAO, "LEAD"), (LI, "CO"), (ZHOU, "CO"),
    }  # fmt: skip
    assert {t.assignee.username for t in ledger.open_tasks_of(player.case.pk)} == {MAO}
    assert change(player).pk == change(player).pk, "同一张表再交一次"
    change(player, by=MAO, to=LI, key="h/2")
    assert now.get(part="LEAD").account.username == LI


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"by": ZHOU}, NotAllowed), ({"reason": " "}, Invalid), ({"to": LI}, Invalid),
        ({"to": "linshichang"}, Invalid), ({"to": "fengjiexian"}, Invalid),
    ],
)  # fmt: skip
def test_a_handover_that_may_not_be_is_refused(wrong, refusal):
    player = proposed()
    with pytest.raises(refusal):
        change(player, **wrong)
    assert matter_of(player).case.lead.username == LI


@pytest.mark.django_db
def test_the_unit_head_of_another_agency_changes_nothing():
    player = proposed()
    with pytest.raises(NotAllowed):
        change(player, by="shaosuozhang")


@pytest.mark.django_db
def test_a_closed_case_changes_hands_no_more():
    player = collected()
    player.step("withdraw")
    with pytest.raises(NotAllowed):
        change(player, add_co_handler)
