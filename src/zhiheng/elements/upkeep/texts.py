"""Two texts beside each other: which articles differ, and where an old one may have gone.

Likeness is the share of common pairs of neighbouring characters (Dice): a hint for a person, who
decides; never a finding of law.
"""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from zhiheng.laws.models import LawNode, LawVersion

_WORDS = re.compile(r"[\u4e00-\u9fff0-9A-Za-z]")
MOST = 3
"""Candidates listed per article."""


@dataclass(frozen=True)
class ArticleText:
    """One article of a version: its node, its number as digits, its label and all its words."""

    node_id: int
    number: str
    label: str
    text: str


@dataclass(frozen=True)
class Differences:
    """Numbers of the articles that differ, in the order of the texts."""

    added: list[str]
    removed: list[str]
    changed: list[str]
    moved: list[tuple[str, str, float]]


def articles_of(version: LawVersion) -> dict[str, ArticleText]:
    """All articles of a version by number, with the words of everything below; one query."""
    rows = LawNode.objects.filter(
        version=version, kind__in=(LawNode.Kind.ARTICLE, LawNode.Kind.PARAGRAPH, LawNode.Kind.ITEM)
    ).order_by("position", "id")
    heads: dict[str, tuple[int, str]] = {}
    words: dict[str, list[str]] = {}
    for id, kind, path, label, text in rows.values_list("id", "kind", "path", "label", "text"):
        number = path.split("/")[0]
        if kind == LawNode.Kind.ARTICLE:
            heads[number] = (id, label)
        words.setdefault(number, []).append(text)
    return {
        number: ArticleText(id, number, label, "\n".join(filter(None, words.get(number, []))))
        for number, (id, label) in heads.items()
    }


def pairs_of(text: str) -> Counter[str]:
    """Pairs of neighbouring characters, signs left out."""
    plain = "".join(_WORDS.findall(text))
    return Counter(plain[i : i + 2] for i in range(len(plain) - 1))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """How much two texts share, 0 to 1."""
    total = sum(one.values()) + sum(other.values())
    return 2 * sum((one & other).values()) / total if total else 0.0


def candidates(
    *,
    old: dict[str, ArticleText],
    new: dict[str, ArticleText],
    wanted: Collection[str],
    least: float,
) -> dict[str, list[tuple[ArticleText, float]]]:
    """For each wanted old article the new ones most like it, the best first."""
    pairs = {number: pairs_of(one.text) for number, one in new.items()}
    found: dict[str, list[tuple[ArticleText, float]]] = {}
    for number in wanted:
        if number not in old:
            continue
        mine = pairs_of(old[number].text)
        scored = [(new[n], likeness(mine, theirs)) for n, theirs in pairs.items()]
        near = sorted((s for s in scored if s[1] >= least), key=lambda s: -s[1])
        found[number] = near[:MOST]
    return found


def differences(
    *, old: dict[str, ArticleText], new: dict[str, ArticleText], least: float
) -> Differences:
    """What an amendment added, removed, changed and moved.

    An article counts as moved when another number carries words at least `least` alike and its
    own number does not.
    """
    same = {n for n in old if n in new and pairs_of(old[n].text) == pairs_of(new[n].text)}
    left = [n for n in old if n not in same]
    free = {n: pairs_of(new[n].text) for n in new if n not in same}
    moved, taken = [], set()
    for number in left:
        mine = pairs_of(old[number].text)
        own = likeness(mine, free[number]) if number in free else 0.0
        if own >= least:
            continue
        best = max(free, key=lambda n: likeness(mine, free[n]), default="")
        score = likeness(mine, free[best]) if best else 0.0
        if best and score >= least and best not in taken and best != number:
            moved.append((number, best, round(score, 3)))
            taken.add(best)
    gone = {one for one, _, _ in moved}
    return Differences(
        added=[n for n in free if n not in old and n not in taken],
        removed=[n for n in left if n not in new and n not in gone],
        changed=[n for n in left if n in new and n not in gone],
        moved=moved,
    )
