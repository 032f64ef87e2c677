"""A benchmark with a gap, an overlap, or outside law and superior is not published (G-048)."""

import itertools
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import cast
from zhiheng.elements import services
from zhiheng.elements.benchmarks import tier_problem
from zhiheng.elements.models import Benchmark
from zhiheng.kernel.errors import Invalid

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)


def tiers(*bounds):
    names = (("LIGHT", "从轻"), ("NORMAL", "一般"), ("HEAVY", "从重"))
    return [
        {"tier": code, "title": title, "min_cents": low, "max_cents": high}
        for (code, title), (low, high) in zip(names, bounds, strict=False)
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (tiers((0, 300), (300, 700), (700, 1000)), ""),
        (tiers((0, 300), (301, 700), (701, 1000)), ""),
        (tiers((0, 30000), (30100, 70000), (70100, 100000)), ""),
        (tiers((0, 300), (302, 700), (701, 1000)), "之间有缺口"),
        (tiers((0, 300), (299, 700), (701, 1000)), "重叠"),
        (tiers((0, 300), (700, 301)), "下限高于上限"),
        (tiers((0, None)), "须是数额"),
        (tiers((0, 1)) * 2, "不能重复"),
    ],
)
def test_a_gap_or_an_overlap_is_told(rows, said):
    assert (said in tier_problem(rows)) if said else tier_problem(rows) == ""


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=4, max_size=4, unique=True).map(sorted))
def test_tiers_cut_at_any_sums_are_whole_and_one_cut_out_is_a_gap(cuts):
    rows = tiers(*itertools.pairwise(cuts))
    assert tier_problem(rows) == ""
    step = rows[2]["min_cents"] - rows[0]["max_cents"]
    if step not in (0, 1, 100):
        assert "缺口" in tier_problem([rows[0], rows[2]])


@pytest.mark.django_db
class TestPublished:
    @pytest.fixture
    def row(self):
        cast.county()
        return Benchmark.objects.active(date(2026, 11, 20)).get(item__code="QH-CG-018")

    def store(self, row, **changes):
        services.amend(row=row, changes=changes, valid_from=date(2026, 12, 1), at=AT)

    def test_the_tiers_cover_the_range_of_the_law(self, row):
        short = [dict(tier) for tier in row.tiers]
        short[-1]["max_cents"] -= 100
        with pytest.raises(Invalid, match="各档合起来应是法定幅度"):
            self.store(row, tiers=short)

    def test_a_lower_benchmark_stays_inside_the_superiors_tiers(self, row):
        wide = Benchmark.objects.get(pk=row.pk)
        wide.pk, wide.uid, wide._state.adding = None, "00000000-0000-0000-0000-0000000000ab", True
        wide.code, wide.title, wide.region_code = "S-1", "省级基准", "330000"
        wide.save()
        self.store(row, title="照省级基准重新公布")
        narrow = Benchmark.objects.known().get(title="照省级基准重新公布")
        moved = [dict(tier) for tier in narrow.tiers]
        moved[0]["max_cents"] += 100
        moved[1]["min_cents"] += 100
        with pytest.raises(Invalid, match="超出上级基准“省级基准”"):
            services.amend(row=narrow, changes={"tiers": moved}, valid_from=date(2027, 1, 1), at=AT)
