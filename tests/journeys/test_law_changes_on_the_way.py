"""The law and the benchmark change while a case is under way (行政处罚法 34, 37)."""

from datetime import UTC, date, datetime

import pytest

from tests import cast
from tests.journeys.driver import HIGH_FINE
from zhiheng.elements import services
from zhiheng.elements.models import Benchmark


def notified(walk, *, concluded: date, **report: str):
    """From the report to the notice that has been served; the report is written on a given day."""
    walk.opened()
    walk.does("file", "show_id", "record_site", "record_interview", "add_photo", "add_photo")
    walk.does("verify_evidence", "order_correction", "confirm_address")
    walk.go_to(concluded)
    walk.does("conclude", **report)
    walk.does("countersign", "review", "issue_notice", "serve_notice", "waive_defence")
    return walk


@pytest.mark.law("apl-2021:37")
def test_a_law_repealed_on_the_way_has_to_be_compared_first(walk_from):
    walk = walk_from(date(2026, 8, 12))
    notified(walk, concluded=date(2026, 8, 13), lighter_law_compared="false")
    assert "第一百一十八条" in str(walk.case.item.penalty_basis)
    assert walk.look(cast.AGENCY_HEAD).cards["作出处罚决定"].status == "offered"
    walk.go_to(date(2026, 8, 17))  # two days into the environmental code
    card = walk.look(cast.AGENCY_HEAD).cards["作出处罚决定"]
    assert card.status == "blocked"
    assert "第三十七条" in card.text
    assert "行为后依据已修改或者废止 = 是" in card.text


@pytest.mark.law("apl-2021:37")
def test_once_old_and_new_law_are_compared_the_head_decides(walk_from):
    walk = walk_from(date(2026, 8, 12))
    notified(walk, concluded=date(2026, 8, 13), lighter_law_compared="true")
    walk.go_to(date(2026, 8, 17))
    walk.does("decide").says("已决定待送达")


@pytest.mark.law("apl-2021:34")
def test_a_benchmark_that_was_replaced_on_the_way_is_not_used(walk_from):
    walk = notified(walk_from(date(2026, 8, 19)), concluded=date(2026, 8, 20))
    old = Benchmark.objects.active(walk.day).get(item__code=HIGH_FINE)
    last = len(old.tiers) - 1
    tiers = [
        tier
        | {
            "min_cents": tier["min_cents"] + (100 if number else 0),
            "max_cents": tier["max_cents"] + (100 if number < last else 0),
        }
        for number, tier in enumerate(old.tiers)
    ]
    services.amend(
        row=old, changes={"tiers": tiers, "doc_no": "青综执〔2026〕30号"},
        valid_from=date(2026, 8, 24), at=datetime(2026, 8, 20, 8, tzinfo=UTC),
    )  # fmt: skip
    walk.go_to(date(2026, 8, 21))
    assert walk.look(cast.AGENCY_HEAD).cards["作出处罚决定"].status == "offered"
    walk.go_to(date(2026, 8, 24))
    page = walk.cannot("decide")
    assert any("裁量基准" in line and "已被替代" in line for line in page.errors), page.errors
