"""What all readers share: limits, the refusal, and the shape of a sheet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from zhiheng.kernel.errors import Invalid

MOST_ROWS = 200_000
"""Rows of data in one file."""
MOST_COLUMNS = 200
LONGEST_CELL = 32_767
"""Characters in one cell; no spreadsheet program holds more."""
NO_RESULT = "\ue000公式"
"""Stands for a formula whose result the file does not hold."""
TOO_LONG = "〔内容过长，未导出；导入时这一格保持原样〕"
_GUARDED = re.compile(r"'+[=+\-@#\t\r]")
_RISKY = re.compile(r"'*[=+\-@#\t\r]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class Refused(Invalid):
    """A file that cannot be read safely or sensibly; the sentence says why and what to do."""


@dataclass(frozen=True)
class Line:
    """One row: its number as the spreadsheet program shows it, and its cells as texts."""

    number: int
    cells: list[str]


class Sheet(Protocol):
    """A sheet being read, once, from top to bottom."""

    warnings: list[str]

    def lines(self) -> Iterator[Line]:
        """Rows that hold anything. Raises Refused, possibly at the very end."""
        ...

    def share(self) -> float:
        """How much of the file has been read, 0 to 1."""
        ...


@dataclass
class Noted:
    """Addresses that deserve a warning: the first few by name, the rest by number."""

    first: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, address: str) -> None:
        """Note one more."""
        self.count += 1
        if len(self.first) < 5:
            self.first.append(address)

    def words(self) -> str:
        """B2、B3 等 17 处."""
        more = f" 等 {self.count} 处" if self.count > len(self.first) else ""
        return "、".join(self.first) + more


def letters(index: int) -> str:
    """The column's letters: 0 is A, 26 is AA."""
    name, number = "", index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def guard(text: str) -> str:
    """A text that no spreadsheet program takes for a formula; `unguard` gives it back."""
    return f"'{text}" if _RISKY.match(text) and not _NUMBER.fullmatch(text) else text


def unguard(text: str) -> str:
    """The text before `guard`."""
    return text[1:] if text[:1] == "'" and _GUARDED.match(text) else text


def too_many_columns(number: int) -> Refused:
    """More columns than any register has."""
    return Refused(
        f"第 {number} 行超过 {MOST_COLUMNS} 列，登记簿没有这么多栏。",
        next_step="请删去多余的列（包括右边看似空白的列）再上传。",
    )


def too_long_cell(address: str) -> Refused:
    """A cell longer than any spreadsheet program keeps."""
    return Refused(
        f"{address} 的内容超过 {LONGEST_CELL:,} 字。", next_step="请缩短这一格的内容再上传。"
    )
