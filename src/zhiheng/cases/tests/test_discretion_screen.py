"""The screen of discretion: questions, reading, earlier cases, the human's word; nothing decides."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests import cast
from zhiheng.cases.discretion import keeping
from zhiheng.cases.discretion.tables import table_of
from zhiheng.cases.tests.factories import collected, matter_of
from zhiheng.elements import api as elements
from zhiheng.ledger import api as ledger

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 9, 15, 2, tzinfo=UTC)
ANSWERS = {
    "duty_breached": "true", "over_standard": "true", "exceed_percent": "80", "repeated": "false",
    "complaints_proven": "0", "facts_established": "true", "party_age_group": "ADULT",
    "party_capacity": "FULL", "limitation_ok": "true", "no_fault_proven": "false",
    "minor": "false", "corrected_in_time": "true", "harm": "LIGHT", "first_time": "false",
    "first_listed": "false", "lighter_found": "-", "heavier_found": "-",
}  # fmt: skip
DECISION = {"decided_tier": "LIGHT", "decided_fine": "12,000", "decided_reason": "超标一倍以内。",
            "differs_reason": ""}  # fmt: skip


@pytest.fixture
def player():
    with time_machine.travel(DAY, tick=False):
        yield collected(DAY.date())


@pytest.fixture
def screen(player):
    client = cast.sign_in(Client(), "lizhifa")
    url = reverse("case_discretion", args=[player.case.code])

    def show(do="", **given):
        if not do:
            return client.get(url)
        return client.post(url, {"do": do, "key": "k1", **ANSWERS, **DECISION, **given})

    return show


def test_what_is_not_known_is_asked_and_what_is_known_stands_there_with_its_source(screen):
    page = screen().content.decode()
    assert "不由机器决定" in page
    assert "没有回答的不会按“否”算" in page
    assert "先填的来自执法对象登记" in page
    assert "待核：" in page


def test_the_screen_asks_the_database_a_bounded_number_of_questions(
    screen, django_assert_max_num_queries
):
    screen()
    with django_assert_max_num_queries(30):
        screen("try")


def test_trying_answers_keeps_nothing_and_shows_every_reason(screen, player):
    answer = screen("try")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "从轻　建议" in page
    for word in (
        "超标程度",
        "权重 40%",
        "《生态环境法典》第一千一百三十二条第一款",
        "还没有同一事项",
    ):
        assert word in page
    assert "_discretion" not in matter_of(player).run.facts


def test_an_answer_taken_away_is_a_question_again(screen):
    assert "<li>危害后果</li>" in screen("try", harm="").content.decode()


def test_what_was_kept_is_an_act_fills_the_report_and_can_be_replayed(screen, player):
    assert screen("keep").status_code == 302
    matter = matter_of(player)
    kept = matter.run.facts["_discretion"]
    act = next(a for a in ledger.acts_of(matter.case.dossier) if a.kind == "case.discretion")
    assert act.payload["digest"] == kept["digest"]
    assert (kept["tier"], kept["fine"], kept["code"]) == ("LIGHT", 1200000, "LIGHT")
    assert keeping.replay(matter) == "same"
    client = cast.sign_in(Client(), "lizhifa")
    page = client.get(reverse("case_step", args=[player.case.code, "conclude"])).content.decode()
    assert "超标一倍以内。" in page
    assert "12,000" in page
    supervisor = cast.sign_in(Client(), "qianducha")
    seen = supervisor.get(reverse("case_discretion", args=[player.case.code])).content.decode()
    assert "重新演算，结果一致" in seen
    assert kept["digest"][:16] in seen


def test_a_kept_result_that_was_changed_afterwards_does_not_replay(screen, player):
    screen("keep")
    matter = matter_of(player)
    matter.run.facts["_discretion"]["inputs"]["exceed_percent"] = 30
    assert keeping.replay(matter) == "differs"
    matter.run.facts["_discretion"]["digest_table"] = "another"
    assert keeping.replay(matter) == "moved"


def test_the_same_form_sent_twice_is_one_act(screen, player):
    screen("keep")
    screen("keep")
    acts = ledger.acts_of(matter_of(player).case.dossier)
    assert sum(act.kind == "case.discretion" for act in acts) == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"decided_fine": "20,000"}, "平台建议 10,625.00 至 15,125.00 元。您的决定与它不同"),
        ({"decided_tier": "NORMAL", "decided_fine": "20,000"}, "平台建议“从轻”"),
        ({"decided_fine": "60,000", "differs_reason": "情况特殊"}, "超出法定幅度"),
        ({"decided_tier": "MITIGATED", "decided_fine": "3,000"}, "没有登记减轻的情形"),
        ({"decided_tier": "NONE"}, "不予处罚的，罚款填 0"),
        ({"decided_tier": ""}, "请选择您决定的档次"),
        ({"decided_reason": ""}, "请写明理由"),
        ({"harm": ""}, "请先回答“危害后果”"),
        ({"heavier_found": "made_up"}, "这一项不在公布的清单里"),
        ({"minor": "true", "harm": "NONE"}, "现在不能罚款"),
        ({"over_standard": "false"}, "现在不能罚款"),
    ],
)
def test_what_cannot_be_kept_is_sent_back_with_what_was_typed(screen, player, given, said):
    answer = screen("keep", **given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert {**DECISION, **given}["decided_reason"] in page
    assert "_discretion" not in matter_of(player).run.facts


def test_a_decision_that_differs_is_kept_with_its_reason(screen, player):
    assert screen("keep", decided_fine="18,000", differs_reason="影响持续两个月").status_code == 302
    assert matter_of(player).run.facts["_discretion"]["differs"] == "影响持续两个月"


def test_evidence_is_tied_to_the_answer_and_named_beside_the_reason(screen, player):
    from zhiheng.evidence import api as evidence

    item = evidence.evidence_of(player.case.dossier)[0]
    page = screen("try", ev_exceed_percent=str(item.pk)).content.decode()
    assert f"依据：{item}" in page
    assert screen("keep", ev_exceed_percent=str(item.pk)).status_code == 302
    assert matter_of(player).run.facts["_discretion"]["evidence"] == {
        "exceed_percent": [str(item.pk)]
    }
    assert screen("try", ev_exceed_percent="999999").status_code == 422


def test_a_report_that_departs_from_the_assessment_says_why(screen, player):
    screen("keep")
    client = cast.sign_in(Client(), "lizhifa")
    url = reverse("case_step", args=[player.case.code, "conclude"])
    page = client.post(url, {"key": "c1", "tier_code": "LIGHT", "fine_proposed": "19,000",
                             **CONCLUDE}).content.decode()  # fmt: skip
    assert "与裁量测算时的决定不同" in page
    done = client.post(url, {"key": "c2", "tier_code": "LIGHT", "fine_proposed": "12,000",
                             **CONCLUDE})  # fmt: skip
    assert done.status_code == 302
    assert matter_of(player).run.facts["_similar"]["count"] == 0
    assert "测算结果只供查看" in screen().content.decode()
    assert screen("keep", key="k9").status_code == 422


CONCLUDE = {
    "facts_found": "油烟未经净化外排。", "discretion_reason": "从轻。", "mitigation_checked": "true",
    "mitigation_ground": "NONE", "deviation_reason": "", "deviation_approved": "false",
    "illegal_gains": "0", "illegal_gains_handled": "false", "no_fault_claimed": "false",
    "no_fault_evaluated": "false", "lighter_law_compared": "true", "mitigation_proof": "NONE", "daily_fine": "false",
    "hearing_class": "false", "review_due": "true", "complex_case": "false",
    "crime_checked": "true", "crime_suspected": "false",
}  # fmt: skip


def test_an_item_without_a_table_is_judged_by_the_shares_or_by_its_benchmark():
    with time_machine.travel(datetime(2026, 3, 3, 2, tzinfo=UTC), tick=False):
        early = collected()  # before the table of the code is in force
        client = cast.sign_in(Client(), "lizhifa")
        page = client.get(reverse("case_discretion", args=[early.case.code])).content.decode()
        assert "属于哪一档" in page
        assert "本事项没有公布的基准，只分从轻、一般" in page
    case = matter_of(early).case
    case.item = elements.get_item("QH-CG-031", DAY.date())
    table = table_of(case, on=DAY.date())
    published = elements.benchmark_for(case.item, DAY.date())
    assert table.title == published.title
    assert [(t.code, t.fine_min, t.fine_max) for t in table.tiers] == [
        (t["tier"], t["min_cents"], t["max_cents"]) for t in published.tiers
    ]


def test_another_agency_does_not_see_it_and_a_reviewer_cannot_keep_it(player):
    url = reverse("case_discretion", args=[player.case.code])
    assert cast.sign_in(Client(), "linshichang").get(url).status_code == 404
    reviewer = cast.sign_in(Client(), "wangshenhe")
    answer = reviewer.post(url, {"do": "keep", "key": "k", **ANSWERS, **DECISION})
    assert answer.status_code == 422
    assert "_discretion" not in matter_of(player).run.facts
