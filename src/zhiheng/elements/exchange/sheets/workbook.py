"""One sheet of an .xlsx file, streamed cell by cell: no formula runs, memory stays flat.

Cells come as texts: whole numbers without a fraction, days in ISO form. A cell with a formula
gives the result that the file holds, with a warning; without one it gives `NO_RESULT`.
"""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from zhiheng.elements.exchange.sheets import parts
from zhiheng.elements.exchange.sheets.common import (
    LONGEST_CELL,
    MOST_COLUMNS,
    NO_RESULT,
    Line,
    Noted,
    Refused,
    letters,
    too_long_cell,
    too_many_columns,
)
from zhiheng.elements.exchange.sheets.package import feed, local, parser

_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_SPAN = re.compile(r"[A-Z]{1,3}(\d{1,7}):[A-Z]{1,3}(\d{1,7})")
_ASIDE = ("说明", "填写说明", "可选值")
_LAST_ROW = 1_048_576


class Workbook:
    """The sheet that holds the data."""

    def __init__(self, package: zipfile.ZipFile, *, title: str) -> None:
        self.warnings: list[str] = []
        names, self._from_1904 = parts.sheets(package)
        chosen = self._choose(names, title)
        self._dates = parts.date_styles(package)
        self._shared = parts.SharedTexts(package)
        self._size = max(package.getinfo(chosen.path).file_size, 1)
        self._part = package.open(chosen.path)
        self._done: list[Line] = []
        self._cells: list[str] = []
        self._said: list[str] = []
        self._number, self._column = 0, 0
        self._kind, self._style = "", 0
        self._taking = False
        self._formula, self._has_value = False, False
        self._formulas = Noted()
        self.merged: list[tuple[str, int]] = []

    def _choose(self, names: list[parts.SheetName], title: str) -> parts.SheetName:
        """The visible sheet of the register's name, else the first that is no explanation."""
        if hidden := [one.name for one in names if one.hidden]:
            self.warnings.append(f"隐藏的工作表“{'”“'.join(hidden[:5])}”没有读取。")
        shown = [one for one in names if not one.hidden and one.name not in _ASIDE]
        if not shown:
            raise Refused(
                "工作簿里没有可见的数据工作表。", next_step="请取消隐藏要导入的那张表，再上传。"
            )
        chosen = next((one for one in shown if one.name == title), shown[0])
        if rest := [one.name for one in shown if one is not chosen]:
            self.warnings.append(f"只读取工作表“{chosen.name}”，没有读取“{'”“'.join(rest[:5])}”。")
        return chosen

    def share(self) -> float:
        """How much of the sheet has been read."""
        return min(self._part.tell() / self._size, 1.0)

    def lines(self) -> Iterator[Line]:
        """Rows that hold anything; warnings about formulas are complete afterwards."""
        reading = parser()
        reading.StartElementHandler = self._start
        reading.EndElementHandler = self._end
        reading.CharacterDataHandler = self._text
        going = True
        while going:
            going = feed(reading, self._part)
            yield from self._done
            self._done.clear()
        if self._formulas.count:
            self.warnings.append(
                f"{self._formulas.words()}是公式：平台不计算公式，只取文件里存下的结果，请核对。"
            )

    def _start(self, tag: str, given: dict[str, str]) -> None:
        name = local(tag)
        if name == "c":
            self._place(given.get("r"))
            self._kind, style = given.get("t", "n"), given.get("s", "0")
            self._style = int(style) if style.isdecimal() else 0
            self._formula, self._has_value, self._said = False, False, []
        elif name == "v" or (name == "t" and self._kind == "inlineStr"):
            self._taking = self._has_value = True
        elif name == "f":
            self._formula = True
        elif name == "row":
            number = given.get("r", "")
            self._number = int(number) if number.isdecimal() else self._number + 1
            self._cells, self._column = [], -1
            if self._number > _LAST_ROW:
                raise Refused("行号超出工作表的范围。", next_step="请另存为 .xlsx 再上传。")
        elif name == "mergeCell":
            span = given.get("ref", "")
            rows = _SPAN.fullmatch(span)
            self.merged.append((span, max(map(int, rows.groups())) if rows else _LAST_ROW))

    def _place(self, address: str | None) -> None:
        """Where the cell stands; cells without an address follow one another."""
        found = _ADDRESS.fullmatch(address or "")
        if found is None:
            self._column += 1
        else:
            self._column = 0
            for letter in found[1]:
                self._column = self._column * 26 + ord(letter) - 64
            self._column -= 1

    def _end(self, tag: str) -> None:
        name = local(tag)
        if name == "c":
            value = self._value()
            if value:
                self._keep(value)
        elif name in ("v", "t"):
            self._taking = False
        elif name == "row" and self._cells:
            self._done.append(Line(self._number, self._cells))
            self._cells = []

    def _keep(self, value: str) -> None:
        if self._column >= MOST_COLUMNS:
            raise too_many_columns(self._number)
        if len(value) > LONGEST_CELL:
            raise too_long_cell(f"{letters(self._column)}{self._number}")
        missing = self._column - len(self._cells)
        if missing > 0:
            self._cells.extend([""] * missing)
        if missing < 0:
            self._cells[self._column] = value
        else:
            self._cells.append(value)

    def _text(self, data: str) -> None:
        if self._taking:
            self._said.append(data)

    def _value(self) -> str:
        if self._formula:
            self._formulas.add(f"{letters(self._column)}{self._number}")
            if not self._has_value:
                return NO_RESULT
        text = "".join(self._said)
        if not text:
            return ""
        if self._kind == "s":
            return self._shared.get(int(text)) if text.isdecimal() else ""
        if self._kind in ("inlineStr", "str"):
            return parts.unescaped(text)
        if self._kind == "b":
            return "是" if text == "1" else "否"
        if self._kind == "d":
            return text[:10]
        return self._figure(text) if self._kind == "n" else text

    def _figure(self, text: str) -> str:
        if self._style in self._dates and (day := self._day(text)):
            return day
        if text.isdecimal():
            return text if len(text) <= 15 else f"{float(text):.14E}"
        try:
            number = float(text)
        except ValueError:
            return text
        if number.is_integer() and abs(number) < 1e15:
            return str(int(number))
        return f"{number:.14E}" if abs(number) >= 1e15 else f"{number:.15g}"

    def _day(self, serial: str) -> str:
        try:
            count = int(float(serial))
            begin = date(1904, 1, 1) if self._from_1904 else date(1899, 12, 30)
            return (begin + timedelta(days=count)).isoformat() if count > 0 else ""
        except (ValueError, OverflowError):
            return ""


def workbook(package: Any, *, title: str) -> Workbook:
    """The data sheet of a package that was looked at already."""
    return Workbook(package, title=title)
