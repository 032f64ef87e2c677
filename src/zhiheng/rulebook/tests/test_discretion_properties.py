"""Whatever is answered: sums stay where the law and the tier put them, and never fall as x grows."""

import itertools
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiheng.rulebook.api import Bounds, Scale, assess, load, scale_of
from zhiheng.rulebook.discretion_checks import broken_bounds, gaps, idle_tiers
from zhiheng.rulebook.discretion_model import Range, Tier
from zhiheng.rulebook.discretion_scale import around, legal, point, rounded, tier_bounds
from zhiheng.rulebook.expressions import compile_expression

BOOK = load()
ON = date(2026, 11, 26)
ALWAYS = compile_expression("true")
GRADED = [table for table in BOOK.tables.values() if table.factors]
money = st.integers(0, 10**9)
units = st.sampled_from([1, 100, 10_000])


def scales():
    shares = st.tuples(st.integers(1, 50), st.integers(50, 99))
    return st.builds(
        lambda both, only, end, unit: Scale(
            both[0], both[1], only[0], only[1], end, end, 0, unit, 10, 5
        ),
        shares, shares, st.sampled_from(["LOWER", "MIDDLE"]), units,
    )  # fmt: skip


def answers(table):
    """Any answers of the types that the inputs have."""
    kinds = {"bool": st.booleans(), "int": st.integers(0, 2000), "cents": st.integers(0, 10**8)}
    found = {
        name: st.sampled_from(list(fact.choices)) if fact.choices else kinds[fact.type]
        for name, fact in table.inputs.items()
    }
    for name, rows in (("lighter_found", table.lighter), ("heavier_found", table.heavier)):
        listed = [row.id for row in rows if row.when is None]
        found[name] = st.lists(st.sampled_from(listed), unique=True, max_size=2)
    return st.fixed_dictionaries(found)


@pytest.mark.parametrize("table", BOOK.tables.values(), ids=lambda t: t.id)
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_answers_give_a_sum_inside_tier_and_law_or_a_reason_for_none(table, data):
    found = assess(table, data.draw(answers(table)), scale=scale_of(
        book=BOOK, domain=table.domain, on=ON))  # fmt: skip
    if found.outcome == "tier":
        for inner, outer in ((found.proposed, found.bounds), (found.bounds, found.legally)):
            assert not inner.empty
            assert inner.within(outer) == inner
        assert found.point is None or found.proposed.holds(found.point)
    else:
        assert found.proposed is None
        assert found.reasons or found.error or found.questions
    assert all(found.sentences())


@pytest.mark.parametrize("table", BOOK.tables.values(), ids=lambda t: t.id)
def test_no_published_table_has_a_gap_an_overlap_or_an_idle_row(table):
    assert not [*gaps(table), *idle_tiers(table), *broken_bounds(table)]
    assert sum(one.weight for one in table.factors) in (0, 100)


@settings(max_examples=300, deadline=None)
@given(money, money, st.integers(0, 10_000), st.integers(0, 10_000), scales())
def test_a_sum_never_falls_when_what_is_weighed_grows(low, span, one, other, scale):
    legally = Bounds(low, low + span)
    tier = Bounds(low + span // 4, low + span // 2)
    less, more = sorted((one, other))
    sums = [point(legally=legally, tier=tier, weighed=x, scale=scale) for x in (less, more)]
    assert sums == sorted(sums)
    for cents in sums:
        assert tier.holds(cents)
        wide = around(cents=cents, legally=legally, tier=tier, scale=scale)
        assert wide.within(tier) == wide


@pytest.mark.parametrize("table", GRADED, ids=lambda t: t.id)
def test_each_factor_alone_moves_the_sum_up_and_never_down(table):
    for factor in table.factors:
        sums = []
        for score in sorted(level.score for level in factor.levels):
            weighed = factor.weight * score
            legally = legal(one=table.ranges[0], scale=scale_of(
                book=BOOK, domain=table.domain, on=ON))  # fmt: skip
            sums.append(point(legally=legally, tier=legally, weighed=weighed, scale=scale_of(
                book=BOOK, domain=table.domain, on=ON)))  # fmt: skip
        assert sums == sorted(sums)
        assert sums[0] < sums[-1]


@settings(max_examples=300, deadline=None)
@given(st.none() | money, money, scales())
def test_the_shares_leave_no_sum_to_nobody_and_none_to_two(low, span, scale):
    one = Range("fine", "cents", low, (low or 0) + span)
    found = [
        tier_bounds(tier=Tier(code, ALWAYS, None, None, "", code, "fine", shared=True), one=one,
                    scale=scale)
        for code in ("LIGHT", "NORMAL", "HEAVY")
    ]  # fmt: skip
    full = [each for each in found if not each.empty]
    whole = legal(one=one, scale=scale)
    assert full[0].low == whole.low
    assert full[-1].high == whole.high
    for before, after in itertools.pairwise(full):
        assert after.low == before.high + 1


@settings(max_examples=300, deadline=None)
@given(st.integers(100, 10**9))
def test_the_multiples_of_any_base_leave_no_sum_to_nobody_and_none_to_two(base):
    table = BOOK.tables["discretion.poor-pesticide"]
    one = next(each for each in table.ranges if each.unit == "times")
    scale = scale_of(book=BOOK, domain="agri", on=ON)
    rows = [t for t in table.tiers if t.range == one.id]
    found = sorted((b.low, b.high) for t in rows for b in [
        tier_bounds(tier=t, one=one, scale=scale, base=base)])  # fmt: skip
    whole = legal(one=one, scale=scale, base=base)
    assert (found[0][0], found[-1][1]) == (whole.low, whole.high)
    assert [after[0] - before[1] for before, after in itertools.pairwise(found)] == [1, 1]


@given(money, money, units)
def test_rounding_stays_inside(low, span, unit):
    bounds = Bounds(low, low + span)
    found = rounded(bounds=bounds, unit=unit)
    assert found.within(bounds) == found
    assert not found.empty


def test_a_row_that_leaves_its_range_or_a_sum_to_nobody_is_told():
    table = BOOK.tables["discretion.shopfront"]
    heavy, light, normal = table.tiers
    for rows, said in (
        ((replace(heavy, fine_max=100001), light, normal), "最高的一档到 100001 止"),
        ((heavy, replace(light, fine_max=36000), normal), "之间有缺口"),
        ((heavy, replace(light, fine_max=40000), normal), "重叠"),
        ((heavy, replace(light, fine_min=9000), normal), "最低的一档从 9000 起"),
    ):
        assert said in "".join(broken_bounds(replace(table, tiers=rows)))
