"""Two texts beside each other: which articles differ, and where an old one may have gone.

Likeness is the share of common pairs of neighbouring characters (Dice): a hint for a person, who
decides; never a finding of law.
"""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from zhiheng.laws import api as laws

_WORDS = re.compile(r"[\u4e00-\u9fff0-9A-Za-z]")
MOST = 3
"""Candidates listed per article."""


@dataclass(frozen=True)
class Differences:
    """Numbers of the articles that differ; `moved`: old number, new number, likeness 0..1."""

    added: list[str]
    removed: list[str]
    changed: list[str]
    moved: list[tuple[str, str, float]]


def differences(*, old: laws.LawVersion, new: laws.LawVersion) -> Differences:
    """What an amendment added, removed, changed and moved."""
    found = Differences([], [], [], [])
    for one in laws.compare(old, new):
        if one.old is None and one.new is not None:
            found.added.append(one.new.number)
        elif one.old is not None and one.new is None:
            found.removed.append(one.old.number)
        elif one.old is not None and one.new is not None and one.renumbered:
            found.moved.append((one.old.number, one.new.number, round(one.likeness, 3)))
        elif one.old is not None and one.kind != "SAME":
            found.changed.append(one.old.number)
    return found


def articles_of(version: laws.LawVersion) -> dict[str, laws.ArticleWords]:
    """All articles of a version by number, with their words; one query."""
    return {one.node.number: one for one in laws.articles_of(version)}


def pairs_of(text: str) -> Counter[str]:
    """Pairs of neighbouring characters, signs left out."""
    plain = "".join(_WORDS.findall(text))
    return Counter(plain[i : i + 2] for i in range(len(plain) - 1))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """How much two texts share, 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def candidates(
    *,
    old: dict[str, laws.ArticleWords],
    new: dict[str, laws.ArticleWords],
    wanted: Collection[str],
    least: float,
) -> dict[str, list[tuple[laws.ArticleWords, float]]]:
    """For each wanted old article the new ones most like it, the best first."""
    pairs = {number: pairs_of(one.words) for number, one in new.items()}
    found: dict[str, list[tuple[laws.ArticleWords, float]]] = {}
    for number in wanted:
        if number not in old:
            continue
        mine = pairs_of(old[number].words)
        scored = [(new[n], likeness(mine, theirs)) for n, theirs in pairs.items()]
        near = sorted((s for s in scored if s[1] >= least), key=lambda s: -s[1])
        found[number] = near[:MOST]
    return found
