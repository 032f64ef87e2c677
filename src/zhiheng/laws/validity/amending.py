"""修改决定改了哪些条：从决定的条目读出，再用改后的文字核实；核实不了的不算。"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhiheng.laws.numerals import NUMBER, article_number, to_number

PLACE = rf"第({NUMBER})条(?:之({NUMBER}))?"
QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
QUOTE = "“\""
CHAIN = re.compile(rf"(?:作为|改为|包括)((?:{PLACE}(?:[、和至]|以及)?)+)")
RANGE = re.compile(rf"{PLACE}至{PLACE}")
SHORT = 4


@dataclass(frozen=True)
class Change:
    """One entry of a decision: article numbers of the new text, words it brings in, what it deletes."""

    articles: tuple[str, ...]
    words: tuple[str, ...]
    renumbered: bool


def read_entry(lines: Sequence[str]) -> Change:
    """What one entry changes; several sub-entries are read together."""
    articles: list[str] = []
    words: list[str] = []
    renumbered = False
    for line in lines:
        if line[:1] in QUOTE:
            words.append(line.strip("“”\""))
            continue
        head, spoken = _without_quotes(line)
        words += spoken
        chain = CHAIN.search(head)
        renumbered = renumbered or chain is not None
        articles += _numbers(chain[1] if chain else head)
    return Change(tuple(dict.fromkeys(articles)), tuple(w for w in words if w), renumbered)


def changed_places(
    change: Change, texts: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """Paths in the new text that the entry changed, and articles it names that cannot be confirmed.

    Args:
        change: one entry.
        texts: path → words, for every place that carries words ("132/2": …).
    """
    paths: list[str] = []
    doubtful: list[str] = []
    for number in change.articles:
        within = {p: t for p, t in texts.items() if p == number or p.startswith(f"{number}/")}
        hit = [path for path, text in within.items() if _says(text, change.words)]
        if hit:
            paths += [number, *hit, *[_parent(path) for path in hit if path.count("/") == 2]]
        else:
            doubtful.append(number)
    return list(dict.fromkeys(paths)), doubtful


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


def _says(text: str, words: Sequence[str]) -> bool:
    """Whether a place carries words that the entry brings in, whole."""
    plain = _plain(text)
    return any(
        (len(new) >= SHORT and new in plain) or (len(plain) > SHORT and plain in new)
        for new in map(_plain, words)
    )


def _plain(text: str) -> str:
    return re.sub(r"[\s“”\"]+", "", text)


def _without_quotes(line: str) -> tuple[str, list[str]]:
    """The line without quoted words, and these; of a replacement only what replaces."""
    head = QUOTED.sub("〓", line)
    spoken = QUOTED.findall(line)
    if "修改为〓" in head and "中的〓" in head:
        spoken = spoken[1::2]
    elif "后增加〓" in head:
        spoken = spoken[-1:]
    cut = re.search(f"[{QUOTE}]", head)
    if cut is not None:
        spoken.append(head[cut.end() :].strip("“”\""))
        head = head[: cut.start()]
    return head, spoken


def _numbers(text: str) -> list[str]:
    found: list[str] = []
    for match in RANGE.finditer(text):
        first, last = to_number(match[1]), to_number(match[3])
        if first is not None and last is not None and last - first < 100:
            found += [str(one) for one in range(first, last + 1)]
    return found + [article_number(a, b) for a, b in re.findall(PLACE, text)]
