"""The six worked tables of the rulebook, judged: what comes first, what is missing, what conflicts."""

from dataclasses import replace
from datetime import date

import pytest

from zhiheng.rulebook.api import (
    Bounds,
    ItemRange,
    assess,
    generic_table,
    scale_of,
    table_for,
)

ON = date(2026, 11, 26)
PLAIN = {
    "facts_established": True, "party_age_group": "ADULT", "party_capacity": "FULL",
    "limitation_ok": True, "no_fault_proven": False, "minor": False, "corrected_in_time": False,
    "harm": "LIGHT", "first_time": False, "first_listed": False, "lighter_found": (),
    "heavier_found": (),
}  # fmt: skip
CASES = {
    "shopfront": {"uncorrected_when_due": True, "area_dm2": 200, "hours_over": 2,
                  "blocks_lane": False, "repeated": False},
    "catering-fume": {"duty_breached": True, "over_standard": True, "exceed_percent": 150,
                      "repeated": False, "complaints_proven": 0},
    "site-dust": {"measures_missing": True, "bare_m2": 500, "alert_period": False},
    "food-purchase": {"refused_to_correct": True, "batches_missing": 10, "special_food": False,
                      "diligent_buyer": False},
    "vehicle-upkeep": {"days_overdue": 90, "risky_load": False},
    "poor-pesticide": {"goods_value": 500000, "crop_damage": False, "repeated": False},
    "unregistered": {"exempt_activity": False, "refused_to_correct": True, "serious": False,
                     "months": 6, "repeated": False},
}  # fmt: skip


@pytest.fixture
def judged(real):
    def judge(name, evidence=None, **given):
        table = real.tables[f"discretion.{name}"]
        scale = scale_of(book=real, domain=table.domain, on=ON)
        return assess(
            table, {**PLAIN, **CASES[name], **given}, scale=scale, evidence=evidence or {}
        )

    return judge


@pytest.mark.parametrize(
    ("name", "given", "code", "low", "high"),
    [
        ("shopfront", {}, "LIGHT", 10000, 37000),
        ("shopfront", {"area_dm2": 201}, "NORMAL", 37001, 73000),
        ("shopfront", {"area_dm2": 1000}, "NORMAL", 37001, 73000),
        ("shopfront", {"area_dm2": 1001}, "HEAVY", 73001, 100000),
        ("shopfront", {"blocks_lane": True}, "HEAVY", 73001, 100000),
        ("catering-fume", {"exceed_percent": 100, "corrected_in_time": True}, "LIGHT", 500000,
         1850000),
        ("catering-fume", {"exceed_percent": 300}, "NORMAL", 1850001, 3650000),
        ("catering-fume", {"exceed_percent": 301}, "HEAVY", 3650001, 5000000),
        ("site-dust", {"bare_m2": 99, "corrected_in_time": True}, "LIGHT", 1000000, 3700000),
        ("site-dust", {"bare_m2": 1000}, "NORMAL", 3700001, 7300000),
        ("site-dust", {"alert_period": True}, "HEAVY", 7300001, 10000000),
        ("food-purchase", {"batches_missing": 3}, "LIGHT", 500000, 1850000),
        ("food-purchase", {"special_food": True}, "HEAVY", 3650001, 5000000),
        ("vehicle-upkeep", {"days_overdue": 60}, "LIGHT", 100000, 220000),
        ("vehicle-upkeep", {"days_overdue": 180}, "NORMAL", 220001, 380000),
        ("vehicle-upkeep", {"days_overdue": 181}, "HEAVY", 380001, 500000),
        ("poor-pesticide", {"goods_value": 300000}, "LIGHT", 200000, 740000),
        ("poor-pesticide", {"goods_value": 999999}, "NORMAL", 740001, 1460000),
        ("poor-pesticide", {"goods_value": 1000000}, "NORMAL", 2900001, 4100000),
        ("poor-pesticide", {"goods_value": 1000000, "corrected_in_time": True}, "LIGHT", 2000000,
         2900000),
        ("poor-pesticide", {"goods_value": 2000001, "repeated": True}, "HEAVY", 8200005, 10000005),
        ("unregistered", {}, "NORMAL", 3700001, 7300000),
        ("unregistered", {"serious": True, "refused_to_correct": False}, "HEAVY", 10000000,
         50000000),
    ],
)  # fmt: skip
def test_every_worked_table_finds_its_tier_at_the_limits(judged, name, given, code, low, high):
    found = judged(name, **given)
    assert (found.outcome, found.code) == ("tier", code)
    assert found.bounds == Bounds(low, high)
    assert found.bounds.holds(found.proposed.low)
    assert found.bounds.holds(found.proposed.high)


@pytest.mark.parametrize(
    ("given", "article"),
    [
        ({"facts_established": False}, "57"), ({"party_age_group": "UNDER_14"}, "30"),
        ({"party_capacity": "NONE"}, "31"), ({"limitation_ok": False}, "36"),
        ({"no_fault_proven": True}, "33"),
        ({"minor": True, "corrected_in_time": True, "harm": "NONE"}, "33"),
    ],
)  # fmt: skip
def test_what_must_not_be_punished_comes_before_every_tier(judged, given, article):
    found = judged("catering-fume", **given, exceed_percent=None, complaints_proven=None)
    assert (found.outcome, found.code, found.proposed) == ("must_not", "NONE", None)
    assert [one.article for one in found.reasons[0].basis] == [article]


@pytest.mark.parametrize("harm", ["LIGHT", "MIDDLE"])
def test_no_harm_and_little_harm_are_two_conditions(judged, harm):
    found = judged("catering-fume", minor=True, corrected_in_time=True, harm=harm)
    assert found.outcome == "tier"


def test_a_first_violation_is_offered_to_a_person_beside_the_tier(judged):
    given = {"first_time": True, "first_listed": True, "corrected_in_time": True}
    found = judged("vehicle-upkeep", **given, days_overdue=30)
    assert found.outcome == "tier"
    assert [one.title for one in found.may_not] == [
        "初次违法、逾期三十日以内并已改正", "初次违法、后果轻微并及时改正",
    ]  # fmt: skip
    assert not judged("vehicle-upkeep", **{**given, "first_listed": False}, days_overdue=30).may_not


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("food-purchase", {"refused_to_correct": False}),
        ("shopfront", {"uncorrected_when_due": False}),
        ("unregistered", {"refused_to_correct": False}),
    ],
)
def test_no_fine_can_be_proposed_while_its_precondition_is_missing(judged, name, given):
    found = judged(name, **given)
    assert found.outcome == "no_fine"
    assert (found.bounds, found.proposed, found.point) == (None, None, None)
    assert found.reasons[0].title == "罚款的前提还没有"
    assert judged(name, **dict.fromkeys(given)).outcome == "open"


def test_the_act_itself_has_to_be_made_out(judged):
    assert judged("catering-fume", over_standard=False).outcome == "no_act"
    assert judged("unregistered", exempt_activity=True).outcome == "no_act"


@pytest.mark.parametrize("name", sorted(CASES))
def test_what_nobody_answered_is_asked_and_never_assumed(judged, real, name):
    for missing in [n for n in (*PLAIN, *CASES[name]) if n != "corrected_in_time"]:
        if missing == "heavier_found" and not real.tables[f"discretion.{name}"].heavier:
            continue
        found = judged(name, **{missing: None})
        assert found.proposed is None, missing
        assert missing in {one.id for one in found.questions}, missing


def test_grounds_on_both_sides_stand_side_by_side_and_are_not_netted(judged):
    found = judged("catering-fume", repeated=True, lighter_found=["remedied"])
    assert found.outcome == "conflict"
    assert (found.proposed, found.point, found.code) == (None, None, "")
    assert [(one.code, one.bounds) for one in found.alternatives] == [
        ("LIGHT", Bounds(500000, 1850000)), ("HEAVY", Bounds(3650001, 5000000)),
    ]  # fmt: skip
    assert found.mitigated == Bounds(50000, 499999)


def test_a_heavier_ground_comes_from_the_published_list_alone(judged):
    assert judged("catering-fume", heavier_found=["emergency"]).code == "HEAVY"
    for strange in ("态度恶劣", "again_in_a_year"):  # the latter is published for markets
        refused = judged("catering-fume", heavier_found=[strange])
        assert refused.outcome == "open"
        assert "不在公布的清单里" in refused.error
    assert judged("food-purchase", heavier_found=["again_in_a_year"]).code == "HEAVY"


def test_a_duty_to_be_lighter_lowers_the_tier_and_a_mere_possibility_does_not(judged):
    assert judged("site-dust", lighter_found=["remedied"]).code == "LIGHT"
    assert judged("site-dust", party_age_group="FROM_14_TO_18").code == "LIGHT"
    partial = judged("site-dust", party_capacity="PARTIAL")
    assert (partial.code, partial.mitigated) == ("NORMAL", Bounds(100000, 999999))


def test_every_reason_names_the_evidence_of_the_answers_it_rests_on(judged):
    found = judged("catering-fume", evidence={"exceed_percent": ["7"], "harm": ["8", "9"]})
    proofs = {one.title: one.evidence for one in found.reasons}
    assert proofs["超标程度"] == ("7",)
    assert proofs["对居民的影响"] == ("8", "9")
    assert proofs["改正情况"] == ()
    assert "超标程度：二倍以内，50 分，权重 40%。" in found.sentences()


@pytest.mark.parametrize(
    ("domain", "low", "code", "bounds"),
    [
        ("market", 500000, "LIGHT", (500000, 1850000)),
        ("market", 500000, "NORMAL", (1850001, 3650000)),
        ("urban", None, "LIGHT", (0, 1500000)),
        ("urban", None, "NORMAL", (1500001, 3500000)),
        ("agri", 1000000, "LIGHT", (1000000, 2999999)),
        ("agri", 1000000, "NORMAL", (3000000, 3000000)),
        ("agri", None, "LIGHT", (0, 1500000)),
        ("agri", None, "NORMAL", (1500001, 3000000)),
    ],
)  # fmt: skip
def test_an_item_without_a_table_is_judged_by_the_shares_of_its_domain(
    real, domain, low, code, bounds
):
    table = generic_table(book=real, item=ItemRange("X-1", "某事项", domain, low, 5000000, "某条"))
    scale = scale_of(book=real, domain=domain, on=ON)
    found = assess(table, {**PLAIN, "tier_judged": code}, scale=scale)
    assert found.bounds == Bounds(*bounds)
    heavier = assess(table, {**PLAIN, "tier_judged": code, "heavier_found": ["emergency"]},
                     scale=scale)  # fmt: skip
    assert heavier.code == "HEAVY"
    assert assess(table, {**PLAIN, "tier_judged": "HEAVY"}, scale=scale).outcome == "open"


def test_a_published_benchmark_without_a_table_gives_its_own_tiers(real):
    tiers = [("LIGHT", 0, 300), ("NORMAL", 300, 700), ("HEAVY", 700, 1000)]
    item = ItemRange("X-1", "某事项", "urban", 0, 1000, tiers=tiers, refusal_required=True)
    table, scale = generic_table(book=real, item=item), scale_of(book=real, domain="urban", on=ON)
    given = {**PLAIN, "refused_to_correct": True}
    found = [
        assess(table, {**given, "tier_judged": code}, scale=scale).bounds for code, *_ in tiers
    ]
    assert found == [Bounds(0, 300), Bounds(301, 700), Bounds(701, 1000)]
    refused = assess(table, {**given, "refused_to_correct": False}, scale=scale)
    assert refused.outcome == "no_fine"


def test_an_old_table_does_not_judge_a_new_day(real):
    assert table_for(tables=real.tables, item="QH-CG-001", on=date(2026, 8, 14)) is None
    assert table_for(tables=real.tables, item="QH-CG-001", on=date(2026, 8, 15)).item == "QH-CG-001"


def test_a_sum_is_rounded_and_still_inside_its_tier(judged, real):
    table = real.tables["discretion.catering-fume"]
    scale = replace(scale_of(book=real, domain="urban", on=ON), rounding=10000)
    found = assess(table, {**PLAIN, **CASES["catering-fume"]}, scale=scale)
    assert (found.proposed.low % 10000, found.proposed.high % 10000) == (0, 0)
    assert found.bounds.holds(found.point)
