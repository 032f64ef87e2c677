"""Punished on the spot: the whole way through the services, and what the registers make of it."""

from datetime import date, timedelta

import pytest

from tests import cast
from zhiheng.cases.models import Case
from zhiheng.cases.services.spot import Step, open_on_the_spot, take
from zhiheng.cases.spot.facts import bounds, tier_of
from zhiheng.cases.tests.factories import matter_of
from zhiheng.cases.tests.spot_factories import (
    DAY,
    LITTER,
    SLOPS,
    TO_SERVED,
    TO_TOLD,
    citizen,
    fast,
    on_the_spot,
    shop,
)
from zhiheng.documents import api as documents
from zhiheng.elements import api as elements
from zhiheng.ledger import api as ledger
from zhiheng.procedures import api as procedures

pytestmark = pytest.mark.django_db


def codes(player):
    return [one.code for one in documents.documents_of(matter_of(player).case.dossier)]


def test_a_citizen_is_fined_fifty_yuan_and_pays():
    player = on_the_spot()
    player.steps(*TO_SERVED)
    case = matter_of(player).case
    assert (case.dossier.state, case.fine_cents, case.decided_on) == ("SERVED", 5000, DAY)
    assert codes(player) == ["F-08", "F-43", "F-45"]
    decision = documents.latest_document(dossier=case.dossier, code="F-08")
    assert decision.facts["remedy"]["procedure"] == "summary", "先复议，后诉讼"
    assert decision.facts["fine"] == 5000
    assert documents.render(decision).startswith(b"%PDF")
    assert documents.latest_document(dossier=case.dossier, code="F-45").facts["state"] == "DUE"
    player.steps("record_payment", "confirm_performance", "close", "archive")
    assert matter_of(player).case.dossier.closed_at is not None
    assert ledger.get_deadline(case.dossier, "penalty.summary.filing").state == "MET"


def test_cash_brings_two_periods_of_two_workdays():
    player = on_the_spot()
    player.steps(*TO_TOLD, "hear")
    player.step(
        "decide",
        payment_channel="ON_SPOT",
        spot_collection_ground="SMALL",
        spot_receipt_no="3390A1",
    )
    player.steps("serve_decision", "collect_cash")
    case = matter_of(player).case
    assert "F-45" in codes(player)
    assert ledger.get_deadline(case.dossier, "payment.cash-hand-in").due_on == DAY + timedelta(
        days=2
    )
    player.steps("hand_in_cash")
    assert ledger.get_deadline(case.dossier, "payment.cash-to-bank").due_on == DAY + timedelta(
        days=2
    )
    player.steps("bank_cash", "report", "confirm_performance", "close")


@pytest.mark.parametrize(
    ("subject", "cap"), [(citizen, 20000), (shop, 20000), (lambda: shop("有限公司"), 300000)]
)
def test_the_limit_is_the_partys(subject, cap):
    cast.county()
    player = on_the_spot(subject=subject())
    facts = procedures.facts_today(matter_of(player), actor=player.actor("officer"), on=DAY)
    assert facts["summary_cap"] == cap


def test_whoever_refuses_to_sign_is_served_all_the_same_and_it_is_noted():
    player = on_the_spot()
    player.steps(*TO_TOLD, "hear", "decide")
    player.step(
        "serve_decision", delivery_signed="REFUSED", service_note="当事人看过后拒绝签字，全程录像。"
    )
    served = documents.services_of(matter_of(player).case.dossier)[0]
    assert (served.mode, served.signed_by) == ("ON_THE_SPOT", "")
    assert "拒绝签字" in str(served.detail) + served.note


def test_disputed_facts_go_on_in_the_ordinary_procedure_and_never_cost_more():
    player = on_the_spot()
    player.steps(*TO_TOLD)
    player.step("hear", statement_said="DISPUTES", statement_text="不是我扔的。")
    with pytest.raises(procedures.StepBlocked):
        player.step("decide")
    player.step("to_ordinary", to_ordinary_ground="DISPUTED")
    matter = matter_of(player)
    assert (matter.run.procedure_id, matter.run.dossier.state) == ("penalty.ordinary", "PROPOSED")
    assert matter.case.state == "PROPOSED"
    assert matter.run.facts["fine_first_notified"] == 5000
    assert len(ledger.acts_of(matter.case.dossier)) > 5, "当场的记录都在"
    player.steps("file", "show_id")


def test_the_same_key_opens_one_case_and_takes_each_step_once():
    cast.county()
    player = on_the_spot(prefix="first")
    officer, at = player.actor("officer"), player.now()
    common = {
        "item": elements.get_item(LITTER, DAY), "subject": citizen(), "place": "渡口街口",
        "actor": officer, "at": at, "idempotency_key": "same",
        "co_handlers": [cast.account("zhouzhifa").pk],
    }  # fmt: skip
    assert open_on_the_spot(**common).pk == open_on_the_spot(**common).pk
    assert Case.objects.count() == 2
    steps = [Step("show_id", {"id_shown_to": "路过甲"})]
    for _ in range(2):
        take(matter_of(player), steps, actor=officer, at=at, idempotency_key="tap")
    acts = [act.kind for act in ledger.acts_of(player.case.dossier)]
    assert acts.count("case.show_id") == 1


def test_all_the_steps_of_a_tap_are_taken_or_none():
    player = on_the_spot()
    told = {"facts_found": "乱扔烟头。", "fine_notified": 5000, "refusal_recorded": False,
            "crime_suspected": False}  # fmt: skip
    steps = [Step("show_id", {"id_shown_to": "甲"}), Step("tell", told)]
    with pytest.raises(procedures.StepBlocked):
        take(
            matter_of(player),
            steps,
            actor=player.actor("officer"),
            at=player.now(),
            idempotency_key="k",
        )
    assert not matter_of(player).run.facts.get("id_shown")


def test_items_for_the_spot_are_those_the_body_may_do_today():
    cast.county()
    found = {
        item.code for item in elements.spot_items(body_code="QH-ZF", region_code="339901", on=DAY)
    }
    assert {LITTER, SLOPS} <= found
    assert "QH-CG-001" not in found, "不能当场处罚的不列"
    assert "QH-SC-006" not in found, "别的机关的不列"


def test_amounts_have_their_tier_and_a_citizen_his_own_range():
    cast.county()
    item = elements.get_item("QH-CG-021", DAY)
    assert bounds(item, "ORG") == (50000, 300000)
    assert bounds(item, "CITIZEN") == (20000, 100000)
    assert tier_of(None, 0) == "LIGHT"
    assert tier_of(elements.benchmark_for(item, DAY), 50000) == "LIGHT"
    assert tier_of(None, 1) == "NORMAL"


def test_a_fast_case_goes_its_whole_way():
    player = fast()
    player.steps("file", "show_id", "check_eligibility", "consent", "add_photo", "verify_evidence",
                 "order_correction", "conclude", "review", "approve", "issue_notice", "serve_notice")  # fmt: skip
    player.move_to(DAY + timedelta(days=1))
    player.steps("waive_defence", "decide", "serve_decision", "record_payment", "confirm_performance",
                 "close", "archive")  # fmt: skip
    matter = matter_of(player)
    assert matter.case.state == "ARCHIVED"
    paper = documents.latest_document(dossier=matter.case.dossier, code="F-39")
    assert paper.facts["remedy"]["procedure"] == "fast_track"
    assert documents.render(paper).startswith(b"%PDF")


def test_consent_withdrawn_brings_the_case_back_to_the_ordinary_road():
    player = fast(date(2026, 3, 3))
    player.steps("file", "show_id", "check_eligibility", "consent", "add_photo", "verify_evidence")
    player.step("to_ordinary", to_ordinary_ground="CONSENT", to_ordinary_reason="当事人改变主意。")
    matter = matter_of(player)
    assert (matter.run.procedure_id, matter.case.state) == ("penalty.ordinary", "FILED")
    player.steps("record_site", "conclude")
    assert matter_of(player).case.state == "INVESTIGATED"
