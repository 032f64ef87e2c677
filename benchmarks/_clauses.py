"""Texts of the labelled clauses, what each reader says of them, and the score of it."""

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml

from zhiheng.laws.clauses import Amount, Finding, find, places

ROOT = Path(__file__).resolve().parents[1]
LABELS = ROOT / "src/zhiheng/laws/clauses/tests/labels.yaml"
DATA = ROOT.parent / "shared" / "data" / "laws"
FILES = ("national-2026", "regulations-2025")
SETS = ("bodies", "kinds", "fines", "responsible")
FLAGS = ("correction", "refusal", "aggravated", "transfer")
Said = dict[str, set[str]]


def labels(*, part: str) -> list[dict[str, Any]]:
    """The labels of a part: dev or held."""
    rows = yaml.safe_load(LABELS.read_text(encoding="utf-8"))
    return [row for row in rows if row["part"] == part]


def lines(name: str) -> Iterable[dict[str, Any]]:
    """The articles of a file of the shared data; leaves with a sentence where it is absent."""
    path = DATA / f"{name}.jsonl.gz"
    if not path.exists():
        sys.exit(f"法条文本不在：{path}。请把 shared/data 放在仓库旁边再运行。")
    with gzip.open(path, "rt", encoding="utf-8") as found:
        for line in found:
            yield json.loads(line)


def short(title: str) -> str:
    """A law's title as it is matched."""
    return title.removeprefix("中华人民共和国")


def texts(rows: list[dict[str, Any]]) -> dict[str, str]:
    """The words of labelled places by their digest; leaves with a sentence when one is missing."""
    wanted = {row["sha"] for row in rows}
    laws = {row["law"] for row in rows}
    found: dict[str, str] = {}
    for name in FILES:
        for row in lines(name):
            if short(row["law"]) in laws:
                for place in places(row["text"]):
                    if place.digest in wanted:
                        found[place.digest] = place.text
    if missing := wanted - set(found):
        sys.exit(f"{len(missing)} 处标注的条文在文本里找不到，例如 {sorted(missing)[0]}。")
    return found


def labelled(row: dict[str, Any]) -> Said:
    """A label as sets; a place that punishes nobody says nothing."""
    if row.get("clause") is False:
        return {name: set() for name in ("clause", *SETS, *FLAGS, "subject")}
    said = {name: set(row[name]) for name in SETS}
    said |= {name: {name} if row[name] else set() for name in FLAGS}
    return said | {"clause": {"yes"}, "subject": {row["subject"]} - {""}}


def ours(text: str) -> Said:
    """What our reader says."""
    finding = find(text)
    return said_by(finding) if finding else labelled({"clause": False})


def said_by(finding: Finding) -> Said:
    """A finding in the words of the labels."""
    fines = {(written(one), one.party) for one in finding.amounts}
    return {
        "clause": {"yes"},
        "bodies": {one.name for one in finding.bodies},
        "kinds": set(finding.codes),
        "fines": {fine for fine, party in fines if party != "RESPONSIBLE"},
        "responsible": {fine for fine, party in fines if party == "RESPONSIBLE"},
        "correction": {"correction"} if finding.correction else set(),
        "refusal": {"refusal"} if finding.refusal else set(),
        "aggravated": {"aggravated"} if finding.aggravated else set(),
        "transfer": {"transfer"} if finding.transfer else set(),
        "subject": {finding.subject.name} if finding.subject else set(),
    }


def written(amount: Amount) -> str:
    """A fine as labels write it: 1000-5000 in yuan, 1-5x in multiples, -500 for up to, 100 fixed."""
    low, high, unit = amount.low_cents, amount.high_cents, ""
    if low is None and high is None:
        low, high, unit = amount.low_hundredths, amount.high_hundredths, "x"
    elif amount.low_hundredths is not None:
        return f"{amount.low_hundredths / 100:g}x-{_plain(high)}"
    if low == high:
        return f"{_plain(low)}{unit}"
    return f"{_plain(low)}-{_plain(high)}{unit}"


def _plain(hundredths: int | None) -> str:
    return "" if hundredths is None else f"{hundredths / 100:.6f}".rstrip("0").rstrip(".")


class Score:
    """Hits, false alarms and misses by field."""

    def __init__(self) -> None:
        """Nothing counted yet."""
        self.right: Counter[str] = Counter()
        self.extra: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()

    def add(self, truth: Said, said: Said) -> None:
        """Count one place."""
        for field in truth:
            self.right[field] += len(truth[field] & said.get(field, set()))
            self.extra[field] += len(said.get(field, set()) - truth[field])
            self.missed[field] += len(truth[field] - said.get(field, set()))

    def of(self, field: str) -> tuple[float, float, float]:
        """Precision, recall and F1 of a field."""
        right = self.right[field]
        said, there = right + self.extra[field], right + self.missed[field]
        precision = right / said if said else 0.0
        recall = right / there if there else 0.0
        return precision, recall, 2 * right / (said + there) if said + there else 0.0


def score(rows: list[dict[str, Any]], reader: Callable[[dict[str, Any]], Said]) -> Score:
    """A reader's score over labelled rows."""
    total = Score()
    for row in rows:
        total.add(labelled(row), reader(row))
    return total


_FINE = re.compile(
    r"([零一二两三四五六七八九十百千万\d]+)元以上([零一二两三四五六七八九十百千万\d]+)元以下"
)
_UP_TO = re.compile(
    r"(?<!以上)(?<![\d一二三四五六七八九十百千万])([零一二两三四五六七八九十百千万\d]+)元以下"
)
_TIMES = re.compile(r"([一二两三四五六七八九十\d]+)倍以上([一二两三四五六七八九十\d]+)倍以下")
_WORDS = {
    "WARNING": "警告", "CRITICISM": "通报批评", "FINE": "罚款", "CONFISCATE_GAINS": "没收违法所得",
    "REVOKE_LICENCE": "吊销", "SUSPEND_LICENCE": "暂扣", "HALT": "停产停业|停业整顿",
    "CLOSE": "责令关闭", "DETENTION": "拘留", "DOWNGRADE": "降低资质",
}  # fmt: skip


def plain_regex(text: str) -> Said:
    """The peer: what a dozen plain expressions say."""
    from zhiheng.laws.clauses.numbers import number_of

    fines = {f"{number_of(a):g}-{number_of(b):g}x" for a, b in _TIMES.findall(text)}
    fines |= {f"{number_of(a):.0f}-{number_of(b):.0f}" for a, b in _FINE.findall(text)}
    fines |= {f"-{number_of(a):.0f}" for a in _UP_TO.findall(re.sub(_FINE, "", text))}
    kinds = {code for code, words in _WORDS.items() if re.search(words, text)}
    if re.search(r"没收(?!违法所得)", text):
        kinds.add("CONFISCATE_GOODS")
    bodies = set(
        re.findall(r"由(?:县级以上(?:地方)?人民政府)?([^，；。由]{2,20}?(?:部门|机关|机构))", text)
    )
    if not kinds:
        return labelled({"clause": False})
    flags = {
        "correction": "责令", "refusal": "拒不|逾期", "aggravated": "情节严重", "transfer": "构成犯罪",
    }  # fmt: skip
    return {
        "clause": {"yes"}, "bodies": bodies, "kinds": kinds, "fines": fines, "responsible": set(),
        **{name: {name} if re.search(words, text) else set() for name, words in flags.items()},
        "subject": set(),
    }  # fmt: skip


_GIVEN = {
    "警告": "WARNING", "通报批评": "CRITICISM", "罚款": "FINE", "没收违法所得": "CONFISCATE_GAINS",
    "没收": "CONFISCATE_GOODS", "吊销许可证": "REVOKE_LICENCE", "暂扣许可证": "SUSPEND_LICENCE",
    "降低资质等级": "DOWNGRADE", "停产/停业整顿": "HALT", "责令停产停业": "HALT",
    "责令关闭": "CLOSE", "行政拘留": "DETENTION",
}  # fmt: skip


def given(rows: list[dict[str, Any]]) -> dict[str, Said]:
    """What the rough extraction of the shared data says, by the digest of the place.

    Its 没收 comes with every 没收违法所得; alone it is read as goods.
    """
    wanted = {row["sha"]: row for row in rows if not row["item"]}
    found: dict[str, Said] = {}
    for row in lines("penalty-clauses"):
        first = row["text"].splitlines()[0]
        for digest, label in wanted.items():
            if short(row["law"]) != label["law"] or str(row["article"]) != label["article"]:
                continue
            if str(row["para"]) == label["paragraph"] and first:
                found[digest] = _given(row)
    return found


def _given(row: dict[str, Any]) -> Said:
    named = [name for name in row["kinds"] if name in _GIVEN]
    if "没收违法所得" in named and "没收" in named:
        named.remove("没收")
    ranges = {_yuan(one["min"], one["max"]) for one in row["fine_yuan"]}
    ranges |= {f"{low or ''}-{high}x" for low, high in row["fine_multiple"]}
    empty = labelled({"clause": False})
    return empty | {
        "clause": {"yes"} if named else set(),
        "kinds": {_GIVEN[name] for name in named},
        "fines": ranges,
        "bodies": {re.sub(r"^.*?人民政府(?=.{3})", "", name) for name in row["bodies"]},
    }


def _yuan(low: float, high: float) -> str:
    return f"{low:.0f}-{high:.0f}" if low else f"-{high:.0f}"
