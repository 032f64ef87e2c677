"""JSONL（可为 .gz）：一行一条，同一 `law_id` 的行属于同一文本。"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zhiheng.laws.reading.raw import Source, UnreadableSource, file_digest, gather

NEEDED = ("law_id", "law", "text")


def read_jsonl(path: Path) -> Source:
    """All laws of one file.

    Raises:
        UnreadableSource: no such file, not UTF-8, a line that is no object or lacks a field.
    """
    if not path.is_file():
        raise UnreadableSource(f"没有这个文件：{path}。", next_step="请核对路径。")
    return Source(name=path.name, digest=file_digest(path), laws=gather(_rows(path)))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    number = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(
            encoding="utf-8"
        ) as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _row(line, path, number)
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise UnreadableSource(
            f"{path.name} 第 {number + 1} 行起读不下去。", next_step="文件可能不完整，请重新取得。"
        ) from error


def _row(line: str, path: Path, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise UnreadableSource(
            f"{path.name} 第 {number} 行不是 JSON。", next_step="请核对文件。"
        ) from error
    missing = [name for name in NEEDED if not isinstance(row, dict) or name not in row]
    if missing:
        raise UnreadableSource(
            f"{path.name} 第 {number} 行缺少 {'、'.join(missing)}。", next_step="请核对文件格式。"
        )
    return dict(row)
