"""两个文本逐条比较：增、删、改、移。"""

from __future__ import annotations

from dataclasses import dataclass

from zhiheng.laws import likeness as alike
from zhiheng.laws.models import LawNode, LawVersion
from zhiheng.laws.selectors import ArticleWords, articles_of

ADDED, REMOVED, CHANGED, MOVED, SAME = "ADDED", "REMOVED", "CHANGED", "MOVED", "SAME"
KINDS = {ADDED: "新增", REMOVED: "删去", CHANGED: "修改", MOVED: "移动", SAME: "不变"}


@dataclass(frozen=True)
class ArticleChange:
    """What became of one article.

    Attributes:
        kind: ADDED, REMOVED, CHANGED (also when moved and rewritten), MOVED (same words, another
            number), SAME.
        old: the article in the old text; None when added.
        new: the article in the new text; None when removed.
        likeness: 0 to 1.
        old_words: its words then, "" when added.
        new_words: its words now, "" when removed.
    """

    kind: str
    old: LawNode | None
    new: LawNode | None
    likeness: float
    old_words: str = ""
    new_words: str = ""

    @property
    def title(self) -> str:
        """修改, 新增 …"""
        return KINDS[self.kind]

    @property
    def renumbered(self) -> bool:
        """Whether it stands under another number now."""
        return self.old is not None and self.new is not None and self.old.number != self.new.number

    @property
    def marks(self) -> list[alike.Mark]:
        """The words with what went and what came marked."""
        return alike.marks(self.old_words, self.new_words)


def compare(old: LawVersion, new: LawVersion) -> list[ArticleChange]:
    """Every article of both texts, in the new text's order, with what became of it.

    Works across laws too (a code and the law it took in). Two queries.
    """
    before, after = articles_of(old), articles_of(new)
    pairs = alike.align(_numbered(before), _numbered(after))
    return [_change(pair, before, after) for pair in pairs]


def likest(words: str, version: LawVersion, most: int = 5) -> list[tuple[float, ArticleWords]]:
    """Articles of a version that read most like some words, the likest first."""
    mine = alike.grams(words)
    scored = [(alike.shared(mine, alike.grams(one.words)), one) for one in articles_of(version)]
    return sorted(scored, key=lambda pair: -pair[0])[:most]


def _numbered(articles: list[ArticleWords]) -> list[tuple[str, str]]:
    return [(one.node.number, one.words) for one in articles]


def _change(
    pair: alike.Pair, before: list[ArticleWords], after: list[ArticleWords]
) -> ArticleChange:
    old = before[pair.old] if pair.old is not None else None
    new = after[pair.new] if pair.new is not None else None
    if old is None or new is None:
        kind = ADDED if old is None else REMOVED
    elif old.words == new.words:
        kind = SAME if old.node.number == new.node.number else MOVED
    else:
        kind = CHANGED
    return ArticleChange(
        kind, old.node if old else None, new.node if new else None, pair.likeness,
        old.words if old else "", new.words if new else "",
    )  # fmt: skip
