"""一个文件夹的 Markdown 或 DOCX：国家法律法规数据库下载的样子。

The title, a line in brackets with the history (…通过…公布 自…起施行), then 编, 章, 节 and 条, each on
a line of its own. A table of contents before the first article is passed over.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from zhiheng.laws.numerals import NUMBER
from zhiheng.laws.reading.raw import RawArticle, RawLaw, Source, UnreadableSource, file_digest

SUFFIXES = (".md", ".txt", ".docx")
MOST = 30_000_000
"""Bytes of text in one document; the longest code has a fifth of a million signs."""
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ARTICLE = re.compile(rf"^(第{NUMBER}条(?:之{NUMBER}(?![款项条]))?)(?:[\s　]+(.*))?$")
HEADING = re.compile(rf"^(第{NUMBER}(分编|编|章|节))[\s　]*(.*)$")
DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
ISSUED = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日(?=[^，。；]*?(?:公布|发布|通过|修订|修正))")
STARTS = re.compile(r"自(\d{4}年\d{1,2}月\d{1,2}日)起施行")


def read_folder(folder: Path) -> Source:
    """Every Markdown, text or DOCX file in a folder, in the order of their names.

    Raises:
        UnreadableSource: no folder, nothing in it, or a file that cannot be read as a law.
    """
    if not folder.is_dir():
        raise UnreadableSource(f"没有这个文件夹：{folder}。", next_step="请核对路径。")
    paths = sorted(one for one in folder.iterdir() if one.suffix.lower() in SUFFIXES)
    if not paths:
        raise UnreadableSource(
            f"{folder} 里没有 Markdown 或 DOCX 文件。", next_step="请放入后再导入。"
        )
    whole = hashlib.sha256("".join(file_digest(one) for one in paths).encode()).hexdigest()
    return Source(name=folder.name, digest=whole, laws=[_law(one) for one in paths])


def _law(path: Path) -> RawLaw:
    lines = list(_docx_lines(path)) if path.suffix.lower() == ".docx" else _text_lines(path)
    lines = [one.strip().lstrip("#").replace("**", "").strip() for one in lines]
    lines = [one for one in lines if one]
    if not lines:
        raise UnreadableSource(f"{path.name} 是空的。", next_step="请核对文件。")
    title = "".join(lines[:1])
    history = _history(lines[1:])
    law = RawLaw(
        key=path.name, title=title, history=history, level=_level(title),
        published_on=_published(history), effective_on=_effective(history),
        articles=_articles(lines[1:]),
    )  # fmt: skip
    if not law.articles:
        raise UnreadableSource(
            f"{path.name} 里没有找到“第一条”这样的条文。", next_step="条文要各占一行，以“第…条”开头。"
        )
    return law


def _text_lines(path: Path) -> list[str]:
    if path.stat().st_size > MOST:
        raise UnreadableSource(f"{path.name} 太大了。", next_step="请核对文件。")
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UnreadableSource(f"{path.name} 不是 UTF-8。", next_step="请另存为 UTF-8。") from error


def _docx_lines(path: Path) -> Iterator[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo("word/document.xml").file_size > MOST:
                raise UnreadableSource(f"{path.name} 太大了。", next_step="请核对文件。")
            content = archive.read("word/document.xml")
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise UnreadableSource(f"{path.name} 带有外部定义。", next_step="请另存后再导入。")
        root = ElementTree.fromstring(content)  # noqa: S314  (no document type, size limited)
    except (zipfile.BadZipFile, KeyError, OSError, ElementTree.ParseError) as error:
        raise UnreadableSource(f"{path.name} 不是 DOCX。", next_step="请另存后再导入。") from error
    for paragraph in root.iter(f"{WORD}p"):
        signs = []
        for part in paragraph.iter():
            if part.tag == f"{WORD}t":
                signs.append(part.text or "")
            elif part.tag in (f"{WORD}br", f"{WORD}tab"):
                signs.append("\n" if part.tag.endswith("br") else " ")
        yield from "".join(signs).split("\n")


def _history(lines: list[str]) -> str:
    """The bracketed lines under the title."""
    text = ""
    for line in lines[:40]:
        if not text and line[0] not in "（(":
            if ARTICLE.match(line):
                return ""
            continue
        text += line
        if line[-1] in "）)":
            return text
    return ""


def _days(text: str) -> list[date]:
    found = []
    for year, month, day in DAY.findall(text):
        try:
            found.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return found


def _published(history: str) -> date | None:
    """The last day on which this text was adopted, revised or published."""
    days = [day for text in ISSUED.findall(history) for day in _days(text)]
    return max(days) if days else None


def _effective(history: str) -> date | None:
    """The last 自…起施行 in the history line."""
    days = [day for text in STARTS.findall(history) for day in _days(text)]
    return days[-1] if days else None


def _level(title: str) -> str:
    return "宪法" if title.endswith("宪法") else "法律" if re.search(r"法典?$", title) else ""


def _articles(lines: list[str]) -> list[RawArticle]:
    found: list[RawArticle] = []
    above = dict.fromkeys(("编", "分编", "章", "节"), "")
    order = tuple(above)
    label, words = "", [""]

    def close() -> None:
        if label:
            found.append(
                RawArticle(label, "\n".join(words), held["章"], held["节"], held["编"], held["分编"])
            )

    held = dict(above)
    for line in lines:
        if article := ARTICLE.match(line):
            close()
            label, words, held = article[1], [article[2] or ""], dict(above)
        elif heading := HEADING.match(line):
            close()
            label = ""
            above[heading[2]] = f"{heading[1]} {heading[3]}"
            for lower in order[order.index(heading[2]) + 1 :]:
                above[lower] = ""
        elif label:
            words.append(line)
    close()
    return found
