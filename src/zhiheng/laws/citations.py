"""条文引用的识别：从任意文字里找出《某法》第几条第几款第几项。

Pure: no database. What names no law that can be told from the text itself (a bare 第三条 far from
any title, 前款, 本法 without a known law) is left alone: a missed link is better than a wrong one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhiheng.laws.numerals import NUMBER, article_number, to_number

PREFIX = "中华人民共和国"
KINDS = "法|法典|条例|规定|办法|细则|规则|决定|解释|修正案|宪法|规程|通则|准则"
TITLE = r"《(?P<title>[^《》\n]{2,80}(?:《[^《》\n]{1,60}》[^《》\n]{0,60})*)》"
VERSION = r"(?:[（(][^（）()\n]{0,20}(?:年|修订|修正|修改)[^（）()\n]{0,12}[)）])?"
ALIAS = (
    r"[（(]以?下(?:均|统)?(?:简)?称(?:为)?[：:]?(?P<mark>[《“\"‘「]?)"
    r"(?P<alias>[^《》“”\"‘’「」（）()\n]{2,30})[》”\"’」]?[)）]"
)
ITEM = rf"第?[（(](?P<item_b>{NUMBER})[)）]项|第(?P<item_p>{NUMBER})项"
PARAGRAPH = rf"第(?P<paragraph>{NUMBER})款"
ARTICLE = rf"第\s?(?P<article>{NUMBER})\s?条(?:之(?P<sub>{NUMBER})(?![款项条]))?"
PLACE = re.compile(rf"{ARTICLE}(?:{PARAGRAPH})?(?:{ITEM})?")
WITHIN = re.compile(rf"(?:{PARAGRAPH})?(?:{ITEM})?")
JOINT = re.compile(r"\s?(?:、|和|及|以及|或者|或|至|与|，|；)\s?")
TAIL = re.compile(rf"{VERSION}(?:{ALIAS})?(?:的|中|中的|之)?\s?")
OWN = r"本(?:法典|法|条例|规定|办法|细则|规则|决定|解释)"
SAME = r"[该同](?:法典|法|条例|规定|办法|细则|规则)"


@dataclass(frozen=True)
class Citation:
    """One place cited: where it stands in the text, and what it names as digits ("132-1", "2", "3").

    `title` is the law's title without 《》; `article` is empty when only a law is named.
    """

    start: int
    end: int
    title: str
    article: str = ""
    paragraph: str = ""
    item: str = ""


def recognise(text: str, context: str = "") -> list[Citation]:
    """Citations in a text, in order, not overlapping.

    Args:
        text: any text.
        context: the title of the law that the text itself belongs to: 本法第三条 and a bare 第三条
            then mean that law. Without it both are left alone.
    """
    found: list[Citation] = []
    aliases = _aliases(text)
    last, position = "", 0
    for anchor in _anchors(aliases).finditer(text):
        if anchor.start() < position:
            continue
        title = _title_of(anchor, aliases, last, context)
        if not title:
            continue
        named = anchor.group("title") is not None
        last = title if named or anchor.group("alias") else last
        chain = _chain(text, anchor, title, bare=anchor.group("bare") is not None)
        if not chain and named and re.search(rf"(?:{KINDS})(?:（[^（）]*）)?$", title):
            chain = [Citation(anchor.start(), anchor.end(), title)]
        found += chain
        position = chain[-1].end if chain else position
    return found


def plain_title(title: str) -> str:
    """A title as laws are matched: no 《》, no 中华人民共和国, no year of revision, one kind of brackets."""
    text = re.sub(r"\s+", "", title).strip("《》").replace("(", "（").replace(")", "）")
    text = re.sub(r"（\d{4}年?(?:\d{1,2}月(?:\d{1,2}日)?)?(?:修订|修正|修改)(?:版|版本|本)?）$", "", text)
    return text.removeprefix(PREFIX) if text != PREFIX else text


def _aliases(text: str) -> dict[str, str]:
    """Short names that the text itself gives: 以下简称… → the title before it."""
    pattern = re.compile(rf"{TITLE}{VERSION}{ALIAS}")
    return {one["alias"].strip(): one["title"] for one in pattern.finditer(text)}


def _anchors(aliases: dict[str, str]) -> re.Pattern[str]:
    """Where a citation may begin: a title, a short name before 第, 本法, 该法, a bare article."""
    names = "|".join(re.escape(one) for one in sorted(aliases, key=len, reverse=True))
    alias = rf"(?P<alias>{names})(?=》?(?:的)?第)" if names else r"(?P<alias>(?!))"
    place = ARTICLE.replace("article", "a").replace("sub", "s")
    return re.compile(
        rf"{TITLE}|{alias}|(?P<own>{OWN})(?=第)|(?P<same>{SAME})(?=第)|(?P<bare>{place})"
    )


def _title_of(
    anchor: re.Match[str], aliases: dict[str, str], last: str, context: str
) -> str:
    """The title that an anchor stands for; "" when the text does not say."""
    if title := anchor.group("title"):
        return aliases.get(title, title)
    if alias := anchor.group("alias"):
        return aliases[alias]
    if anchor.group("same"):
        return last
    return context.strip("《》")


def _chain(text: str, anchor: re.Match[str], title: str, bare: bool) -> list[Citation]:
    """The places that follow an anchor: 第三条、第五条第一款第一项、第三项."""
    position = anchor.start() if bare else anchor.end()
    if not bare:
        if anchor.group("alias") and text[position : position + 1] == "》":
            position += 1
        tail = TAIL.match(text, position)
        position = tail.end() if tail else position
    first = PLACE.match(text, position)
    if first is None or not _number(first):
        return []
    chain = [_cite(first, anchor.start(), title)]
    while (joint := JOINT.match(text, chain[-1].end)) is not None:
        more = PLACE.match(text, joint.end())
        if more is not None and _number(more):
            chain.append(_cite(more, more.start(), title))
            continue
        within = WITHIN.match(text, joint.end())
        if within is None or not within.group():
            break
        cited = _cite_within(within, chain[-1])
        if cited is None:
            break
        chain.append(cited)
    return chain


def _number(match: re.Match[str]) -> str:
    return article_number(match["article"], match["sub"] or "")


def _cite(match: re.Match[str], start: int, title: str) -> Citation:
    return Citation(
        start, match.end(), title, _number(match),
        _digits(match["paragraph"]), _digits(match["item_b"] or match["item_p"]),
    )  # fmt: skip


def _cite_within(match: re.Match[str], before: Citation) -> Citation | None:
    """A paragraph or item of the article cited just before."""
    paragraph = _digits(match["paragraph"])
    item = _digits(match["item_b"] or match["item_p"])
    if not paragraph and (not before.item or not item):
        return None
    return Citation(
        match.start(), match.end(), before.title, before.article,
        paragraph or before.paragraph, item,
    )  # fmt: skip


def _digits(signs: str | None) -> str:
    number = to_number(signs) if signs else None
    return "" if number is None else str(number)
