"""A CSV file as people's programs write it: any usual encoding, comma, semicolon or tab."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO

from zhiheng.elements.exchange.sheets.common import (
    LONGEST_CELL,
    MOST_COLUMNS,
    Line,
    Refused,
    too_long_cell,
    too_many_columns,
)

LONGEST_LINE = 1_000_000
"""Characters in one line of the file."""
_CHUNK = 1 << 20
_SOME = 4
"""Zero bytes, nearly all in odd or in even places, that tell of UTF-16 without its mark."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {
    "utf-16": "UTF-16",
    "gb18030": "GB18030（国标）",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
}


class CsvFile:
    """Rows of a CSV file."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.warnings: list[str] = []
        self._stream = stream
        self._size = max(stream.seek(0, io.SEEK_END), 1)
        encoding = _encoding(stream)
        if encoding in _NAMES:
            self.warnings.append(f"文件编码是 {_NAMES[encoding]}，已按它读取，请核对有没有乱码。")
        stream.seek(0)
        self._text = io.TextIOWrapper(stream, encoding=encoding, newline="")
        self._at = 0
        self._records = 0

    def share(self) -> float:
        """How much of the file has been read."""
        return min(self._stream.tell() / self._size, 1.0) if not self._stream.closed else 1.0

    def lines(self) -> Iterator[Line]:
        """Rows that hold anything and are no remarks. Raises Refused with the line's number."""
        physical = self._physical()
        head = next(physical, "")
        reading = csv.reader(self._again(head, physical), delimiter=_separator(head), strict=True)
        csv.field_size_limit(LONGEST_LINE)
        before = 0
        try:
            for cells in reading:
                number, before = before + 1, reading.line_num
                if line := _line(number, cells):
                    yield line
        except csv.Error as error:
            raise Refused(
                f"第 {before + 1} 行起的引号不成对，无法分清哪里是一格。",
                next_step="请检查这一行的双引号：内容里的双引号要写两个，再上传。",
            ) from error
        except UnicodeDecodeError as error:
            raise _unreadable() from error

    def _again(self, head: str, rest: Iterator[str]) -> Iterator[str]:
        if head:
            yield head
        yield from rest

    def _physical(self) -> Iterator[str]:
        """Lines of the file, each of a bearable length and without NUL."""
        while True:
            try:
                text = self._text.readline(LONGEST_LINE + 1)
            except UnicodeError as error:
                raise _unreadable() from error
            if not text:
                return
            self._at += 1
            if len(text) > LONGEST_LINE:
                raise Refused(
                    f"第 {self._at} 行超过 {LONGEST_LINE:,} 字，不像一张表。",
                    next_step="请检查是不是少了换行或者多了引号，再上传。",
                )
            if "\0" in text:
                raise Refused(
                    f"第 {self._at} 行含有空字符，文件不是文本或者已经损坏。",
                    next_step="请用表格软件另存为“CSV UTF-8”再上传。",
                )
            yield text


def _line(number: int, cells: list[str]) -> Line | None:
    """A row, unless it is empty or a remark at the foot (# …)."""
    while cells and not cells[-1].strip():
        cells.pop()
    if not cells or cells[0].startswith("# "):
        return None
    if len(cells) > MOST_COLUMNS:
        raise too_many_columns(number)
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise too_long_cell(f"第 {number} 行")
    return Line(number, cells)


def _separator(head: str) -> str:
    counts = {sign: head.count(sign) for sign in (",", "\t", ";", "，")}
    best = max(counts, key=lambda sign: counts[sign])
    if best == "，" and counts[best] > 1 and not counts[","]:
        raise Refused(
            "列与列之间用的是中文逗号。", next_step="请用表格软件另存为“CSV UTF-8”再上传。"
        )
    return best if counts[best] and best != "，" else ","


def _encoding(stream: IO[bytes]) -> str:
    """The encoding that the whole file obeys."""
    stream.seek(0)
    head = stream.read(4096)
    if not head.strip():
        raise Refused("文件是空的。", next_step="请重新选择文件，或下载模板填写。")
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    zeros = (head[0::2].count(0), head[1::2].count(0))
    if max(zeros) >= _SOME and min(zeros) <= max(zeros) // _SOME:
        name = "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
        if _obeys(stream, name):
            return name
    if sum(zeros) > len(head) // 8:
        raise _unreadable()
    for name in ("utf-8", "gb18030"):
        if _obeys(stream, name):
            return name
    raise _unreadable()


def _obeys(stream: IO[bytes], name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)("strict")
    stream.seek(0)
    try:
        while chunk := stream.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _unreadable() -> Refused:
    return Refused(
        "文件不是工作簿，也不是能识别的文本（UTF-8、GB18030、UTF-16 都不符）。",
        next_step="请用表格软件另存为 .xlsx 或“CSV UTF-8”再上传。",
    )
