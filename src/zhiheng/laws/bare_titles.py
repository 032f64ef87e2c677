"""没有书名号的引用：行政处罚法第十七条。只认库里有的法名，前面紧挨着别的字的不认。

A title without 《》 is known from its end only: it stands right before 第…条. The longest title that
the corpus holds counts, and only where a word that leads in a citation, or no word at all, stands
before it: 某某省行政处罚法第三条 is some other law.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from zhiheng.laws.citations import ARTICLE, Citation, recognise

LONGEST, REACH = 40, 120
LEADS = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|违反|根据|依据|依照|按照|参照|适用|符合|触犯|以及|[和及与或由对据照按依是为即见])(?:了|的)?$"
)
PLACE = re.compile(ARTICLE)


def recognise_bare(
    text: str, found: Iterable[Citation], held: Callable[[str], bool]
) -> list[Citation]:
    """Citations of titles without 《》 that the corpus holds, beside those already found.

    Args:
        text: any text.
        found: what `recognise` found in it.
        held: whether the corpus holds a title.
    """
    taken = [(one.start, one.end) for one in found]
    bare: list[Citation] = []
    for place in PLACE.finditer(text):
        if any(begin <= place.start() < end for begin, end in taken):
            continue
        begin = _begin(text, place.start(), held)
        if begin is None:
            continue
        chain = _chain(text, begin, place.start())
        bare += chain
        taken += [(one.start, one.end) for one in chain]
    return bare


def _begin(text: str, end: int, held: Callable[[str], bool]) -> int | None:
    """Where the longest title held that ends here begins."""
    for begin in range(max(0, end - LONGEST), end - 2):
        if held(text[begin:end]) and LEADS.search(text[max(0, begin - 4) : begin]):
            return begin
    return None


def _chain(text: str, begin: int, end: int) -> list[Citation]:
    """The places that follow the title, up to the next law named."""
    title = text[begin:end]
    rest = text[end : end + REACH].split("《")[0]
    shift = end - len(title) - 2  # of 《title》rest against the text
    return [
        replace(one, start=max(one.start + shift, begin), end=one.end + shift)
        for one in recognise(f"《{title}》{rest}")
        if one.article
    ]
