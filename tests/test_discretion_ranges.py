"""The ranges of the discretion tables stand in the law's own words, article by article."""

import gzip
import json
from functools import lru_cache

import pytest

from tests.shared_data import shared_data
from zhiheng.rulebook import api as rulebook

FILES = ("national-2026.jsonl.gz", "regulations-2025.jsonl.gz")
# Sums and multiples as each text writes them; the article is the one that the range cites.
WRITTEN = {
    "discretion.catering-fume": [("fine", "五千元以上五万元以下")],
    "discretion.site-dust": [("fine", "一万元以上十万元以下")],
    "discretion.shopfront": [("fine", "一百元以上一千元以下")],
    "discretion.food-purchase": [("fine", "五千元以上五万元以下")],
    "discretion.vehicle-upkeep": [("fine", "1000元以上5000元以下")],
    "discretion.poor-pesticide": [
        ("sum", "2000元以上2万元以下"), ("multiple", "货值金额2倍以上5倍以下"),
    ],
    "discretion.unregistered": [
        ("refused", "1万元以上10万元以下"), ("grave", "10万元以上50万元以下"),
    ],
}  # fmt: skip
DIGITS = {"一": 1, "二": 2, "五": 5, "十": 10}
UNITS = {"万": 10_000, "千": 1000, "百": 100, "倍": 1, "元": 1}


def amount(text: str) -> int:
    """五千元 → 5000, 2万元 → 20000, 10万元 → 100000, 5倍 → 5."""
    text = text.removesuffix("元").removesuffix("倍").removeprefix("货值金额")
    number, unit = (text[:-1], UNITS[text[-1]]) if text[-1] in UNITS else (text, 1)
    return (int(number) if number.isdigit() else DIGITS[number]) * unit


@lru_cache(maxsize=1)
def corpus() -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for name in FILES:
        with gzip.open(shared_data(f"laws/{name}"), "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                law = row["law"].removeprefix("中华人民共和国")
                found.setdefault((law, str(row["article"])), []).append(row["text"])
    return found


@pytest.mark.parametrize("table_id", sorted(WRITTEN))
def test_the_range_of_every_table_is_the_one_of_its_article(table_id):
    book = rulebook.load()
    table = book.tables[table_id]
    texts = corpus()
    written = dict(WRITTEN[table_id])
    assert set(written) == {one.id for one in table.ranges}
    for one in table.ranges:
        cited = one.basis[0]
        law = book.statutes[cited.statute].title.removeprefix("中华人民共和国")
        words = written[one.id]
        assert any(words in text for text in texts[law, cited.article]), (law, cited.article)
        low, high = (amount(part) for part in words.removesuffix("以下").split("以上"))
        assert (one.low, one.high) == (low * 100, high * 100)
