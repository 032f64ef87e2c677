"""Several periods of one element in one file: sorted by their days and chained."""

from datetime import date

import pytest

from zhiheng.elements.exchange import applying, comparing
from zhiheng.elements.exchange.tests.conftest import applied, checked, counts, said, workbook
from zhiheng.elements.models import Item

HEAD = ["事项编码", "名称", "执法领域", "权力类型", "区划代码", "生效日", "失效日"]
pytestmark = pytest.mark.usefixtures("county")


def book(*periods: tuple[str, str, str], code: str = "K-1") -> bytes:
    rows = [[code, name, "消防", "行政检查", "339901", *days] for name, *days in periods]
    return workbook(HEAD, *rows, title="执法事项")


def stretches(code: str = "K-1") -> list[tuple[str, str, str]]:
    known = Item.objects.known().filter(code=code).order_by("valid_from")
    return [
        (one.name, str(one.valid_from), str(one.valid_until or "")) for one in known
    ]  # fmt: skip


@pytest.mark.parametrize("chunk", [2_000, 1])
def test_periods_of_a_new_element_follow_one_another_in_whatever_order(monkeypatch, chunk):
    monkeypatch.setattr(comparing, "CHUNK", chunk)
    monkeypatch.setattr(applying, "CHUNK", chunk)
    batch = applied("items", book(
        ("第三期", "2027-06-01", ""), ("第一期", "2027-01-01", ""), ("第二期", "2027-03-01", "2027-05-01"),
    ))  # fmt: skip
    assert (batch.state, counts(batch)) == ("APPLIED", (3, 0, 0, 0))
    assert stretches() == [
        ("第一期", "2027-01-01", "2027-03-01"), ("第二期", "2027-03-01", "2027-05-01"),
        ("第三期", "2027-06-01", ""),
    ]  # fmt: skip
    assert Item.objects.filter(code="K-1").values("uid").distinct().count() == 1


def test_overlaps_and_equal_days_are_refused_row_by_row():
    batch = checked("items", book(
        ("甲", "2027-01-01", "2027-04-01"), ("乙", "2027-03-01", ""), ("丙", "2027-05-01", ""),
        ("丁", "2027-05-01", ""),
    ))  # fmt: skip
    words = said(batch)
    assert counts(batch) == (1, 0, 0, 3)
    assert "与第 2 行的期间重叠：那一行到 2027-04-01 才失效，这一行从 2027-03-01 就生效" in words
    assert "与第 5 行重复" in words
    assert "与第 4 行重复" in words


@pytest.mark.parametrize("chunk", [2_000, 1])
def test_periods_change_a_known_element_one_after_the_other(monkeypatch, chunk):
    applied("items", book(("原来", "2026-01-01", "")))
    uid = Item.objects.known().get(code="K-1").uid
    monkeypatch.setattr(comparing, "CHUNK", chunk)
    monkeypatch.setattr(applying, "CHUNK", chunk)
    batch = applied("items", book(
        ("后来", "2027-03-01", ""), ("暂时", "2027-01-01", "2027-02-01"),
    ))  # fmt: skip
    assert counts(batch) == (0, 2, 0, 0)
    assert stretches() == [
        ("原来", "2026-01-01", "2027-01-01"), ("暂时", "2027-01-01", "2027-02-01"),
        ("后来", "2027-03-01", ""),
    ]  # fmt: skip
    assert set(Item.objects.known().filter(code="K-1").values_list("uid", flat=True)) == {uid}


def test_a_period_that_says_what_was_ends_the_one_before_it():
    applied("items", book(("原来", "2026-01-01", "")))
    batch = applied("items", book(("暂时", "2027-01-01", ""), ("原来", "2027-03-01", "")))
    assert counts(batch) == (0, 1, 1, 0)
    assert stretches() == [
        ("原来", "2026-01-01", "2027-01-01"), ("暂时", "2027-01-01", "2027-03-01"),
        ("原来", "2027-03-01", ""),
    ]  # fmt: skip


def test_a_later_period_goes_on_after_the_known_end_as_the_same_element():
    applied("items", book(("原来", "2026-01-01", "2027-01-01")))
    uid = Item.objects.known().get(code="K-1").uid
    batch = applied("items", book(("改名", "2026-06-01", "2027-01-01"), ("续上", "2027-02-01", "")))
    assert counts(batch) == (1, 1, 0, 0)
    assert stretches()[1:] == [
        ("改名", "2026-06-01", "2027-01-01"), ("续上", "2027-02-01", ""),
    ]  # fmt: skip
    assert set(Item.objects.known().filter(code="K-1").values_list("uid", flat=True)) == {uid}


def test_the_same_file_again_changes_nothing():
    content = book(("第一期", "2027-01-01", "2027-03-01"), ("第二期", "2027-03-01", ""))
    applied("items", content)
    assert counts(checked("items", content)) == (0, 0, 2, 0)
    assert Item.objects.active(date(2027, 3, 1)).get(code="K-1").name == "第二期"
