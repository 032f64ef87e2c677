"""Earlier fines: percentiles only where there are enough, and an outlier by them alone."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhiheng.cases.discretion.pictures import words_of
from zhiheng.cases.discretion.spread import Spread, is_outlier, spread_of


def test_few_cases_are_listed_and_give_no_percentile():
    found = spread_of([300, 100, 200], tier="LIGHT", enough=20)
    assert (found.count, found.least, found.most, found.p5, found.p95) == (3, 100, 300, None, None)
    assert not found.outlier(10**9)
    assert "不足 20 件，只列出每一件，不算百分位" in words_of(found)
    assert "还没有" in words_of(spread_of([], tier="LIGHT", enough=20))


def test_of_a_hundred_cases_the_fifth_and_the_ninety_fifth_are_the_bounds():
    found = spread_of(range(100, 10_100, 100), tier="LIGHT", enough=20)
    assert (found.p5, found.median, found.p95) == (500, 5000, 9500)
    assert [found.outlier(c) for c in (499, 500, 9500, 9501)] == [True, False, False, True]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.integers(1, 10**8), min_size=20, max_size=40))
def test_percentiles_are_fines_that_were_imposed_and_in_order(sums):
    found = spread_of(sums, tier="LIGHT", enough=20)
    assert {found.p5, found.median, found.p95} <= set(sums)
    assert found.least <= found.p5 <= found.median <= found.p95 <= found.most


def test_the_report_keeps_the_figures_and_they_judge_the_sum():
    kept = {"_similar": spread_of(range(100, 10_100, 100), tier="LIGHT", enough=20).kept()}
    assert is_outlier({**kept, "fine_proposed": 9600})
    assert not is_outlier({**kept, "fine_proposed": 9600, "fine_notified": 9500})
    assert not is_outlier({"fine_proposed": 9600})
    assert Spread(**kept["_similar"]).sums == ()
