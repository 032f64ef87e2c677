"""The small parts of a workbook: its sheets, which number formats are dates, shared texts."""

import re
import zipfile
from array import array
from dataclasses import dataclass
from typing import Any

from zhiheng.elements.exchange.sheets.common import Refused
from zhiheng.elements.exchange.sheets.package import damaged, feed, local, parser

SMALL_PART = 16 * 1024 * 1024
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships id"


@dataclass(frozen=True)
class SheetName:
    """A sheet of the workbook and where it lies."""

    name: str
    path: str
    hidden: bool


def _walk(package: zipfile.ZipFile, path: str, start: Any) -> None:
    """Call `start(tag, attributes)` for each element of a small part."""
    if path not in package.NameToInfo:
        return
    if package.getinfo(path).file_size > SMALL_PART:
        raise damaged()
    reading = parser()
    reading.StartElementHandler = lambda tag, given: start(local(tag), given)
    with package.open(path) as part:
        while feed(reading, part):
            pass


def sheets(package: zipfile.ZipFile) -> tuple[list[SheetName], bool]:
    """The sheets in order, and whether days are counted from 1904."""
    targets: dict[str, str] = {}
    found: list[SheetName] = []
    old = [False]

    def relation(tag: str, given: dict[str, str]) -> None:
        if tag == "Relationship" and given.get("TargetMode") != "External":
            target = given.get("Target", "")
            targets[given.get("Id", "")] = (
                target.lstrip("/") if target[:1] == "/" else f"xl/{target}"
            )

    def sheet(tag: str, given: dict[str, str]) -> None:
        if tag == "workbookPr":
            old[0] = given.get("date1904") in ("1", "true")
        if tag == "sheet":
            number = given.get(RELATION) or given.get(STRICT_RELATION) or ""
            path = targets.get(number, "")
            if path in package.NameToInfo and "chartsheets/" not in path:
                hidden = given.get("state", "visible") != "visible"
                found.append(SheetName(given.get("name", ""), path, hidden))

    _walk(package, "xl/_rels/workbook.xml.rels", relation)
    _walk(package, "xl/workbook.xml", sheet)
    if not found:
        raise Refused("工作簿里没有工作表。", next_step="请检查文件，另存为 .xlsx 再上传。")
    return found, old[0]


def date_styles(package: zipfile.ZipFile) -> set[int]:
    """Indexes of cell styles that show a number as a day."""
    custom: set[int] = set()
    styles: set[int] = set()
    state = {"in": False, "at": 0}

    def look(tag: str, given: dict[str, str]) -> None:
        if tag == "numFmt" and _is_date(given.get("formatCode", "")):
            custom.add(_number(given.get("numFmtId")))
        elif tag in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            state["in"] = tag == "cellXfs"
        elif tag == "xf" and state["in"]:
            kind = _number(given.get("numFmtId"))
            if kind in _DATE_FORMATS or kind in custom:
                styles.add(state["at"])
            state["at"] += 1

    _walk(package, "xl/styles.xml", look)
    return styles


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else -1


def _is_date(code: str) -> bool:
    """Whether a number format shows a year, a day or a month."""
    plain = _QUOTED.sub("", code.split(";")[0]).lower()
    return any(sign in plain for sign in "yd年月日")


class SharedTexts:
    """The workbook's shared texts, kept as one run of bytes; read only as far as is asked for."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        path = "xl/sharedStrings.xml"
        path = path if path in package.NameToInfo else "xl/SharedStrings.xml"
        self._part = package.open(path) if path in package.NameToInfo else None
        self._bytes, self._ends = bytearray(), array("Q", [0])
        self._said: list[str] = []
        self._in_text, self._phonetic = False, 0
        self._parser = parser()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def get(self, index: int) -> str:
        """The text of a number. Raises Refused when there is none."""
        while index + 1 >= len(self._ends):
            if self._part is None or not feed(self._parser, self._part):
                self._part = None
                if index + 1 >= len(self._ends):
                    raise damaged()
        return self._bytes[self._ends[index] : self._ends[index + 1]].decode()

    def _start(self, tag: str, _: dict[str, str]) -> None:
        name = local(tag)
        if name == "rPh":
            self._phonetic += 1
        self._in_text = name == "t" and not self._phonetic

    def _end(self, tag: str) -> None:
        name = local(tag)
        if name == "rPh":
            self._phonetic -= 1
        elif name == "t":
            self._in_text = False
        elif name == "si":
            self._bytes += unescaped("".join(self._said)).encode("utf-8", "replace")
            self._ends.append(len(self._bytes))
            self._said = []

    def _text(self, data: str) -> None:
        if self._in_text:
            self._said.append(data)


def unescaped(text: str) -> str:
    """Characters that XML cannot hold come as _x000D_."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
