"""两段文字像不像，哪里不同。Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

TOKEN = re.compile(r"[0-9A-Za-z]+|[零〇一二三四五六七八九十百千万亿]+|.", re.DOTALL)
ENOUGH = 0.5
"""From this likeness on, two articles may be the same one rewritten."""
TINY = 0.2
"""With the same number and at least this likeness, an article counts as changed, not replaced."""


@dataclass(frozen=True)
class Mark:
    """A stretch of words: `kind` "same", "gone" (old only) or "new"."""

    kind: str
    text: str


@dataclass(frozen=True)
class Pair:
    """Positions in the old and the new list that belong together; None where there is no partner."""

    old: int | None
    new: int | None
    likeness: float


def grams(text: str) -> Counter[str]:
    """Pairs of neighbouring signs, with how often each occurs."""
    plain = re.sub(r"\s+", "", text)
    return Counter(plain[at : at + 2] for at in range(max(1, len(plain) - 1)))


def likeness(old: str, new: str) -> float:
    """How much two texts share, 0 to 1 (Dice over pairs of signs); order of words does not count."""
    return 1.0 if old == new else shared(grams(old), grams(new))


def shared(old: Counter[str], new: Counter[str]) -> float:
    """Dice over two counts of pairs: twice what both have, by what they have together."""
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 1.0


def marks(old: str, new: str) -> list[Mark]:
    """What went and what came, number by number and sign by sign, in reading order."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found: list[Mark] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found.append(Mark("same", "".join(before[a:b])))
            continue
        if b > a:
            found.append(Mark("gone", "".join(before[a:b])))
        if d > c:
            found.append(Mark("new", "".join(after[c:d])))
    return found


def align(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> list[Pair]:
    """Pair (number, words) of two texts: the same words first, then the likest, best pairs first."""
    pairs: dict[int, Pair] = {}
    taken: set[int] = set()
    _same_words(old, new, pairs, taken)
    for score, same_number, a, b in _candidates(old, new, pairs, taken):
        if a in pairs or b in taken:
            continue
        if score >= (TINY if same_number else ENOUGH):
            pairs[a] = Pair(a, b, round(score, 3))
            taken.add(b)
    return _in_order(len(old), len(new), pairs, taken)


def _same_words(
    old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]],
    pairs: dict[int, Pair], taken: set[int],
) -> None:  # fmt: skip
    by_words: dict[str, list[int]] = defaultdict(list)
    for b, (_, words) in enumerate(new):
        by_words[words].append(b)
    for a, (number, words) in enumerate(old):
        free = [b for b in by_words.get(words, ()) if b not in taken]
        if free:
            b = next((one for one in free if new[one][0] == number), free[0])
            pairs[a] = Pair(a, b, 1.0)
            taken.add(b)


def _candidates(
    old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]],
    pairs: dict[int, Pair], taken: set[int],
) -> list[tuple[float, bool, int, int]]:  # fmt: skip
    """Pairs worth looking at, the best first; only texts that share rarer pairs of signs are compared."""
    rest = {b: grams(new[b][1]) for b in range(len(new)) if b not in taken}
    holders: dict[str, list[int]] = defaultdict(list)
    for b, signs in rest.items():
        for gram in signs:
            holders[gram].append(b)
    common = max(8, len(rest) // 4)
    found = []
    for a, (number, words) in enumerate(old):
        if a in pairs:
            continue
        mine = grams(words)
        met: Counter[int] = Counter()
        for gram in mine:
            if len(holders.get(gram, ())) <= common:
                met.update(holders.get(gram, ()))
        near = {b for b, _ in met.most_common(12)}
        near |= {b for b in rest if new[b][0] == number}
        for b in near:
            score, same = shared(mine, rest[b]), new[b][0] == number
            found.append((score, same, a, b))
    return sorted(found, key=lambda one: (one[0] + (0.05 if one[1] else 0), -one[2]), reverse=True)


def _in_order(
    count_old: int, count_new: int, pairs: dict[int, Pair], taken: set[int]
) -> list[Pair]:
    """All pairs in the new text's order, each removed article after its old neighbour."""
    result: list[Pair] = []
    by_new = {pair.new: pair for pair in pairs.values()}
    removed_after: dict[int | None, list[Pair]] = defaultdict(list)
    last: int | None = None
    for a in range(count_old):
        if a in pairs:
            last = pairs[a].new
        else:
            removed_after[last].append(Pair(a, None, 0.0))
    result += removed_after[None]
    for b in range(count_new):
        result.append(by_new.get(b, Pair(None, b, 0.0)))
        result += removed_after.get(b, [])
    return result
