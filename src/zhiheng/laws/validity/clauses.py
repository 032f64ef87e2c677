"""末条里的话：自何日起施行，同时废止哪些。"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zhiheng.laws.citations import plain_title

WHAT = r"(?:本(?:法典|法|条例|规定|办法|细则|规则|决定|解释|规程|准则|制度|章程|修正案))"
DAY = r"(\d{4})年(\d{1,2})月(\d{1,2})日"
STARTS = re.compile(rf"{WHAT}自{DAY}起(?:施行|生效|实施|执行)")
ANY_START = re.compile(rf"自{DAY}起(?:施行|生效|实施|执行)(?![的之])")
AT_ONCE = re.compile(rf"{WHAT}?自(?:公布|发布|颁布|通过|批准)之日起(?:施行|生效|实施|执行)")
ENDING = re.compile(r"(?:同时|予以|即行|自行|相应|一并|一律|均)[^。；《》]{0,4}(?:废止|失效)|[》）](?:废止|失效)")
TITLE = re.compile(r"《([^《》]{2,80}(?:《[^《》]{1,60}》[^《》]{0,60})*)》(?:[（(][^（）()]{0,40}[)）])?")
TARGETS = re.compile(r"关于修改((?:《[^《》]+》[、和及]?)+)(?:等.{1,12})?的决定")
PART_ONLY = re.compile(r"^(?:第|中|的第|中的|有关)")
USEFUL = ("施行", "废止", "失效", "生效", "实施", "执行")


@dataclass(frozen=True)
class Closing:
    """What a text says about its own beginning and about the end of others.

    `starts_on`: the day it names; `at_once`: from its publication. `repeals`: short titles that
    end altogether; `partly`: those of which it ends a part only.
    """

    starts_on: date | None = None
    at_once: bool = False
    repeals: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()


def read_closing(lines: Iterable[str]) -> Closing:
    """Read the lines of a text that speak of force and repeal."""
    lines = list(lines)
    starts = _first(STARTS, lines) or _first(ANY_START, lines)
    at_once = False
    repeals: list[str] = []
    partly: list[str] = []
    for line in lines:
        at_once = at_once or AT_ONCE.search(line) is not None
        for sentence in re.split(r"[。；]", line):
            if ENDING.search(sentence):
                _titles(sentence, repeals, partly)
    return Closing(starts, at_once, tuple(repeals), tuple(partly))


def _first(pattern: re.Pattern[str], lines: Iterable[str]) -> date | None:
    days = (_date(match) for line in lines if (match := pattern.search(line)))
    return next((day for day in days if day), None)


def targets_of(title: str) -> tuple[str, ...]:
    """Short titles of the laws that a decision amends, from its own title."""
    match = TARGETS.search(title)
    return tuple(plain_title(one) for one in re.findall(r"《([^《》]+)》", match[1])) if match else ()


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _titles(sentence: str, repeals: list[str], partly: list[str]) -> None:
    for match in TITLE.finditer(sentence):
        after = sentence[match.end() : match.end() + 3]
        (partly if PART_ONLY.match(after) else repeals).append(plain_title(match[1]))
