"""The numbers of the demo's items are those of the law, where its text is at hand to compare."""

import gzip
import json
import re

from tests.shared_data import shared_data
from zhiheng.elements.demo.material import read
from zhiheng.kernel.money import parse_yuan

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")}
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}


def yuan_of(text: str) -> set[int]:
    """Every amount of money in a text, in yuan."""
    found = {int(n) * (10_000 if w else 1) for n, w in re.findall(r"(\d+)\s*(万)?元", text)}
    for words in re.findall(r"(?<!\d)([一二三四五六七八九十百千万]+)元", text):
        total = section = digit = 0
        for char in words:
            if char in DIGITS:
                digit = DIGITS[char]
            elif char == "万":
                total, section, digit = (section + digit) * 10_000, 0, 0
            else:
                section, digit = section + (digit or 1) * UNITS[char], 0
        found.add(total + section + digit)
    return found


def texts() -> dict[tuple[str, str], str]:
    """Article texts by law title and article number; the newest version wins."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for name in ("regulations-2025", "national-2026"):
        path = shared_data(f"laws/{name}.jsonl.gz")
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                key = (row["law"], str(row["article"]))
                stamp = row.get("version_date") or ""
                if row.get("status") != "历史版本" and stamp >= found.get(key, ("", ""))[0]:
                    found[key] = (stamp, row["text"])
    return {key: text for key, (_, text) in found.items()}


def test_every_amount_of_an_item_stands_in_its_article():
    titles = {code: title for code, title, *_ in read("laws.yaml")}
    articles, wrong = texts(), []
    for item in read("items.yaml"):
        law, article, *_ = item["penalty"]
        amounts = yuan_of(articles[titles[law], article])
        said = [*item["fine"], *(n for *_, low, high in item.get("more", []) for n in (low, high))]
        wrong += [f"{item['code']} {n} 元" for n in said if n and n not in amounts]
    assert not wrong, wrong


def test_amounts_are_read_as_laws_write_them():
    assert yuan_of("处五千元以上五万元以下的罚款；并处10万元以下、500元") == {
        5000,
        50000,
        100000,
        500,
    }
    assert yuan_of("一百二十万元") == {1_200_000}
    assert parse_yuan("5,000") == 500_000
