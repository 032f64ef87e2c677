"""Where penalties stand in an article: its paragraphs, and items with penalties of their own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from zhiheng.laws.clauses.numbers import number_of

_ITEM = re.compile(r"^[（(]([一二三四五六七八九十百]+)[）)]")
HINT = re.compile(
    r"罚款|警告|没收|吊销|撤销|拘留|停产|停业|通报批评|暂扣|降低|责令关闭|限制|禁止从事|取消|收缴"
)
"""A word without which a place holds no penalty; most places are passed over by it."""


@dataclass(frozen=True)
class Place:
    """One place to read: a paragraph with its items, or an item under its paragraph's lead-in.

    `lead` are the words before the item (empty for a paragraph); `words` the place's own words.
    """

    paragraph: str
    item: str
    lead: str
    words: str

    @property
    def text(self) -> str:
        """Lead-in and words, as they are read together."""
        return f"{self.lead}\n{self.words}" if self.lead else self.words

    @property
    def digest(self) -> str:
        """First 16 hex digits of SHA-256 of the text: names the words without repeating them."""
        return sha256(self.text.encode()).hexdigest()[:16]


def places(text: str) -> Iterator[Place]:
    """The paragraphs of an article in order; an item apart where it has a penalty of its own."""
    for number, lines in enumerate(_paragraphs(text), start=1):
        yield from places_of(str(number), lines)


def places_of(paragraph: str, lines: list[str]) -> Iterator[Place]:
    """The places of one paragraph: its first line and its items, one a line."""
    lead, items = lines[0], lines[1:]
    if not any(HINT.search(line) and "处" in line for line in items):
        yield Place(paragraph, "", "", "\n".join(lines))
        return
    for line in items:
        found = _ITEM.match(line)
        yield Place(paragraph, str(number_of(found[1])) if found else "", lead, line)


def _paragraphs(text: str) -> list[list[str]]:
    """Lines by paragraph: a line that begins with （一） belongs to the paragraph before it."""
    found: list[list[str]] = []
    for line in (one.strip() for one in text.splitlines()):
        if not line:
            continue
        if found and _ITEM.match(line):
            found[-1].append(line)
        else:
            found.append([line])
    return found
