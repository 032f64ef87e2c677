"""The picture of the law's range: its tiers side by side, this case's sum where it stands."""

from types import SimpleNamespace

import pytest

from tests import cast
from zhiheng.cases.discretion import scale
from zhiheng.elements.models import Item

ON = cast.ON
TIERS = [{"title": "从轻", "min_cents": 10000, "max_cents": 37000},
         {"title": "一般", "min_cents": 37000, "max_cents": 73000},
         {"title": "从重", "min_cents": 73000, "max_cents": 100000}]  # fmt: skip


@pytest.fixture
def case(monkeypatch):
    item = Item(fine_min_cents=10000, fine_max_cents=100000)
    monkeypatch.setattr(
        scale.elements, "benchmark_for", lambda *_: SimpleNamespace(tiers=TIERS), raising=True
    )
    return SimpleNamespace(item=item)


def test_the_tiers_fill_the_line_and_the_sum_stands_within_its_tier(case):
    drawn = scale.scale_of(case, on=ON, cents=30000)
    assert [t.title for t in drawn.tiers] == ["从轻", "一般", "从重"]
    assert drawn.tiers[0].x == scale.LEFT
    last = drawn.tiers[-1]
    assert last.x + last.width == scale.RIGHT
    for left, right in zip(drawn.tiers, drawn.tiers[1:], strict=False):
        assert left.x + left.width == right.x
    assert drawn.tiers[0].x < drawn.here.x < drawn.tiers[1].x
    assert [b.label for b in drawn.bounds] == ["100", "370", "730", "1,000"]
    assert drawn.says == (
        "法定幅度 100 至 1,000 元：从轻 100 至 370 元，一般 370 至 730 元，从重 730 至 1,000 元；本案 300 元。"
    )


def test_without_a_sum_there_is_no_mark_and_without_a_range_no_picture(case):
    assert scale.scale_of(case, on=ON, cents=None).here is None
    case.item.fine_max_cents = None
    assert scale.scale_of(case, on=ON, cents=None) is None
