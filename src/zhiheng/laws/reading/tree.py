"""从来源文字到编、章、节、条、款、项的树，以及路上看见的问题。

Layout is put right (spaces between Chinese signs, lines broken in mid-sentence, headings that
stand inside an article); words are never added, moved to another article or guessed. Each such
thing is a finding.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from zhiheng.laws.numerals import NUMBER, article_label, article_number, to_number
from zhiheng.laws.reading.glue import glued_lines
from zhiheng.laws.reading.lines import clean, joined
from zhiheng.laws.reading.raw import RawArticle, RawLaw
from zhiheng.rulebook.words import numeral

ITEM = re.compile(rf"^[（(]({NUMBER})[)）]")
ARTICLE = re.compile(rf"^第({NUMBER})条(?:之({NUMBER}))?$")
ENTRY = re.compile(rf"^条目({NUMBER})$")
INSIDE = re.compile(rf"^第({NUMBER})(分编|编|章|节)(?![款项条的规])[\s　]*(.{{0,40}})$")
KINDS = {"编": "PART", "分编": "SUBPART", "章": "CHAPTER", "节": "SECTION"}
RUNGS = ("PART", "SUBPART", "CHAPTER", "SECTION")
MARKS = {"PART": "编", "SUBPART": "分编", "CHAPTER": "章", "SECTION": "节"}


@dataclass
class Node:
    """One place to be stored; `parent` is the path above it, "" at the top."""

    kind: str
    number: str
    path: str
    parent: str
    label: str
    text: str = ""
    digest: str = ""


@dataclass
class Tree:
    """The tree of one text: nodes in order, findings, the digest of all its words."""

    nodes: list[Node] = field(default_factory=list)
    findings: list[dict[str, str]] = field(default_factory=list)
    digest: str = ""
    article_count: int = 0


def digest_of(text: str) -> str:
    """SHA-256 of words."""
    return hashlib.sha256(text.encode()).hexdigest()


def grow(law: RawLaw) -> Tree:
    """The tree of one text."""
    return _Grower(law).grow()


class _Grower:
    """Builds one tree; keeps where it stands."""

    def __init__(self, law: RawLaw) -> None:
        self.law, self.tree = law, Tree()
        self.open: dict[str, tuple[str, str]] = {}  # rung → (heading as written, path)
        self.paths: set[str] = set()
        self.seen: dict[str, str] = {}
        self.pulled: dict[str, str] = {}
        self.spaces = 0
        self.words: list[tuple[str, list[str]]] = []

    def grow(self) -> Tree:
        for article in self.law.articles:
            self._headings(article)
            self._article(article)
        if self.spaces:
            self._find("STRAY_SPACE", "", f"{self.spaces} 条文字中夹有多余的空格，已去掉。")
        self._gaps()
        whole = "\n".join("\n".join((path, *lines)) for path, lines in self.words)
        self.tree.digest, self.tree.article_count = digest_of(whole), len(self.words)
        return self.tree

    def _find(self, code: str, where: str, says: str) -> None:
        self.tree.findings.append({"code": code, "where": where, "says": says})

    def _headings(self, article: RawArticle) -> None:
        """Open the headings above an article that are not open yet."""
        given = {
            "PART": article.part or self.pulled.get("PART", ""),
            "SUBPART": article.subpart or self.pulled.get("SUBPART", ""),
            "CHAPTER": article.chapter, "SECTION": article.section,
        }  # fmt: skip
        for place, rung in enumerate(RUNGS):
            heading = given[rung]
            if heading and self.open.get(rung, ("",))[0] != heading:
                self._open(rung, heading)
            elif not heading and rung in self.open:
                for lower in RUNGS[place:]:
                    self.open.pop(lower, None)

    def _open(self, rung: str, heading: str) -> None:
        place = RUNGS.index(rung)
        for lower in RUNGS[place:]:
            self.open.pop(lower, None)
        above = self._above()
        number, label = _split(heading, rung)
        path = f"{above}/{MARKS[rung]}{number}" if above else f"{MARKS[rung]}{number}"
        if path in self.paths and rung == "CHAPTER":
            self._find(
                "CHAPTER_TWICE", label, f"“{label}”的章号前面已经用过，请核对编、章的标题。"
            )
        path = self._free(path)
        self.open[rung] = (heading, path)
        self.tree.nodes.append(Node(rung, number, path, above, label[:80]))

    def _above(self) -> str:
        return next((self.open[rung][1] for rung in reversed(RUNGS) if rung in self.open), "")

    def _free(self, path: str) -> str:
        base, count = path, 1
        while path in self.paths:
            count += 1
            path = f"{base}~{count}"
        self.paths.add(path)
        return path

    def _article(self, article: RawArticle) -> None:
        number, label = _article_number(article.label, len(self.words) + 1)
        lines = self._lines(article.text, label)
        whole = "\n".join(lines)
        if not whole:
            self._find("EMPTY_ARTICLE", label, f"{label}没有文字。")
        if number in self.seen:
            if self.seen[number] == whole:
                self._find("DUPLICATE", label, f"{label}在来源里重复出现，文字相同，只收一次。")
                return
            self._find("DUPLICATE", label, f"{label}在来源里出现两次而文字不同，两处都收，请核对。")
        self.seen.setdefault(number, whole)
        path = self._free(number)
        self.tree.nodes.append(
            Node("ARTICLE", path, path, self._above(), label[:80], "", digest_of(whole))
        )
        self.words.append((path, lines))
        self._paragraphs(path, lines)

    def _lines(self, text: str, label: str) -> list[str]:
        """The article's lines, put right; headings at its end are taken out and opened."""
        raw = [one for one in text.replace("\r", "").split("\n") if one.strip()]
        cut = len(raw)
        while cut > 1 and INSIDE.match(raw[cut - 1].strip()) and len(raw[cut - 1]) < 40:
            cut -= 1
        for heading in raw[cut:]:
            match = INSIDE.match(heading.strip())
            if match is not None and match[2] in ("编", "分编"):
                rung = KINDS[match[2]]
                self.pulled = {k: v for k, v in self.pulled.items() if k != "SUBPART"}
                self.pulled[rung] = heading.strip()
        if raw[cut:]:
            names = "、".join(clean(one) for one in raw[cut:])
            self._find("HEADING_INSIDE", label, f"{label}末尾夹有标题“{names}”，已移到条文之外。")
        tidy = [clean(one) for one in raw[:cut]]
        self.spaces += any(a.strip() != b for a, b in zip(raw, tidy, strict=False))
        lines, breaks = joined(tidy)
        if breaks:
            self._find("BROKEN_LINE", label, f"{label}有 {breaks} 处断行，已接上。")
        return lines

    def _paragraphs(self, article: str, lines: list[str]) -> None:
        paragraph, at, last = 0, "", None
        for line in lines:
            item = ITEM.match(line)
            if item is None or not at:
                if item is None and last is not None and last.kind == "ITEM" and _below(line):
                    last.text += f"\n{line}"
                    last.digest = digest_of(last.text)
                    continue
                paragraph += 1
                at = self._free(f"{article}/{paragraph}")
                last = Node(
                    "PARAGRAPH", str(paragraph), at, article, _paragraph_label(paragraph),
                    line, digest_of(line),
                )  # fmt: skip
            else:
                number = str(to_number(item[1]))
                path = self._free(f"{at}/{number}")
                last = Node("ITEM", number, path, at, f"第（{item[1]}）项", line, digest_of(line))
            self.tree.nodes.append(last)

    def _gaps(self) -> None:
        """Numbers that are missing, and neighbours whose text may hold theirs."""
        mains = [int(path.split("-")[0]) for path, _ in self.words if path.split("-")[0].isdigit()]
        if not mains or max(mains) < 2:
            return
        if min(mains) > 1:
            first = article_label(str(min(mains)))
            self._find("GAP", first, f"来源里的条文从{first}开始，前面的没有收录或另行编号。")
        missing = sorted(set(range(max(1, min(mains)), max(mains))) - set(mains))
        words = dict(self.words)
        whole = "\n".join(line for _, lines in self.words for line in lines) if missing else ""
        for number in missing:
            label = article_label(str(number))
            self._find("GAP", label, f"来源里没有{label}，请到权威文本核对。")
            for near in (number - 1, number + 1):
                for line in glued_lines(words.get(str(near), []), whole):
                    self._find(
                        "GLUED", article_label(str(near)),
                        f"{article_label(str(near))}第{line}行像是从半句开始，"
                        f"可能夹有{label}的文字；未拆分，请核对。",
                    )  # fmt: skip


def _below(line: str) -> bool:
    """A line that belongs to the item above it: 1. …, 1、…"""
    return re.match(r"^\d{1,2}[.、．]", line) is not None


def _paragraph_label(number: int) -> str:
    return f"第{numeral(number)}款"


def _split(heading: str, rung: str) -> tuple[str, str]:
    """Number and label of a heading: "第一章  总则" → ("1", "第一章　总则")."""
    match = re.match(rf"^第?({NUMBER})(?:分编|编|章|节|、)?[\s　\t]*(.*)$", heading.strip())
    if match is None:
        return clean(heading)[:12], clean(heading)
    number = to_number(match[1])
    name = re.sub(r"\s+", "", match[2])
    mark = heading.strip()[: match.start(2)].strip() if name else heading.strip()
    return str(number), f"{mark}　{name}" if name else mark


def _article_number(label: str, position: int) -> tuple[str, str]:
    """Number and label of an article; an entry of a decision counts as one, a whole text as "0"."""
    text = re.sub(r"\s+", "", label)
    if match := ARTICLE.match(text):
        return article_number(match[1], match[2] or ""), text
    if match := ENTRY.match(text):
        return article_number(match[1]), text
    if text == "全文":
        return "0", text
    number = to_number(text)
    return (str(number), article_label(str(number))) if number is not None else (f"x{position}", text)
