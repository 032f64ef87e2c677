from dataclasses import replace

import pytest

from zhiheng.rulebook.discretion import tier_for
from zhiheng.rulebook.loader import load

FILE = "discretion/mini.yaml"


@pytest.mark.parametrize(
    ("inputs", "tier"),
    [
        ({"repeated": False, "percent": 100}, "从轻"),
        ({"repeated": False, "percent": 101}, "一般"),
        ({"repeated": True, "percent": 0}, "从重"),
    ],
)
def test_the_tier_that_fits_is_named(inputs, tier, mini):
    assert tier_for(mini.tables["discretion.mini"], inputs).tier.tier == tier


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"repeated": False}, "还不能选档：“超标百分比”还没有登记。"),
        ({"repeated": "no", "percent": 1}, "还不能选档：事实 repeated（再犯）应是true 或 false"),
    ],
)
def test_no_tier_is_named_on_missing_or_wrong_facts(inputs, said, mini):
    reading = tier_for(mini.tables["discretion.mini"], inputs)
    assert reading.tier is None
    assert reading.error.startswith(said)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("percent > 100", "percent > 101",
         "没有一档符合：再犯＝否，超标百分比＝101"),
        ("percent > 100", "percent >= 100",
         "同时符合从轻、一般：再犯＝否，超标百分比＝100"),
        ("hit: unique", "hit: first", ""),
        ("when: repeated", "when: repeated && percent > 900", "没有一档符合：再犯＝是"),
        ("fine: {min: 500000, max: 1850000}", "fine: {min: 1850000, max: 500000}",
         "档次“从轻”的下限高于上限。"),
    ],
)  # fmt: skip
def test_a_gap_or_an_overlap_stops_the_table(old, new, said, tree, edit, request):
    edit(FILE, old, new)
    if said:
        assert said in request.getfixturevalue("says")()
    else:
        assert load(tree).tables


def test_a_tier_that_is_never_taken_is_told(edit, says):
    edit(FILE, "hit: unique", "hit: first")
    edit(FILE, 'when: "!repeated && percent <= 100"', 'when: "!repeated"')
    assert "裁量表 discretion.mini 的“一般”一档从来用不上。" in says()


def test_a_gap_beside_any_number_that_a_condition_names_is_found(edit, says):
    edit(FILE, "percent > 100", "percent > 100 && (percent < 150 || percent > 150)")
    assert "没有一档符合：再犯＝否，超标百分比＝150" in says()


def test_a_table_with_more_cases_than_can_be_tried_is_refused(edit, says):
    many = ", ".join(map(str, range(200_001)))
    edit(FILE, "explore: [0, 100, 101]", f"explore: [{many}]")
    assert "请少写几个 explore" in says()


def test_what_slipped_through_the_check_is_still_no_default(mini):
    table = mini.tables["discretion.mini"]
    reading = tier_for(replace(table, tiers=table.tiers[:1]), {"repeated": False, "percent": 150})
    assert reading.tier is None
    assert "不得套用其他档次" in reading.error
