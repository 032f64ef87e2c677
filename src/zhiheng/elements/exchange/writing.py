"""Writing sheets: XLSX and CSV, row by row in little memory, harmless to whoever opens them."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Sequence
from typing import IO, Any

import xlsxwriter

from zhiheng.elements.exchange.sheets import LONGEST_CELL, TOO_LONG
from zhiheng.elements.exchange.sheets.common import guard

WIDEST = 40
_SHEET_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
Remarks = Sequence[tuple[str, str]]


class Seal:
    """The digest of the data rows: their CSV form in UTF-8 with CRLF, the header left out."""

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self._line = io.StringIO()
        self._writer = csv.writer(self._line)
        self.rows = 0

    def take(self, cells: Sequence[str]) -> str:
        """Count a row in; returns its CSV line."""
        self._line.seek(0)
        self._line.truncate()
        self._writer.writerow(cells)
        line = self._line.getvalue()
        self._sha256.update(line.encode())
        self.rows += 1
        return line

    def hexdigest(self) -> str:
        """The digest so far."""
        return self._sha256.hexdigest()


def harmless(cells: Iterable[str]) -> list[str]:
    """Cells that no spreadsheet program takes for formulas or cuts off in silence."""
    return [guard(cell) if len(cell) < LONGEST_CELL else TOO_LONG for cell in cells]


def csv_file(
    out: IO[bytes],
    *,
    titles: Sequence[str],
    rows: Iterable[Sequence[str]],
    remarks: Callable[[Seal], Remarks],
) -> Seal:
    """Write a CSV file (UTF-8 with BOM), its remarks as lines at the foot that begin with #."""
    seal = Seal()
    head = io.StringIO()
    csv.writer(head).writerow(titles)
    out.write(b"\xef\xbb\xbf" + head.getvalue().encode())
    for cells in rows:
        out.write(seal.take(harmless(cells)).encode())
    foot = io.StringIO()
    csv.writer(foot).writerows((f"# {name}", value) for name, value in remarks(seal))
    out.write(foot.getvalue().encode())
    return seal


def xlsx_file(
    out: IO[bytes],
    *,
    name: str,
    titles: Sequence[str],
    rows: Iterable[Sequence[str]],
    remarks: Callable[[Seal], Remarks],
) -> Seal:
    """Write a workbook: the data, and a sheet 说明 with the remarks."""
    seal = Seal()
    book = new_book(out)
    sheet = data_sheet(book, name=name, titles=titles)
    for number, cells in enumerate(rows, start=1):
        safe = harmless(cells)
        seal.take(safe)
        for at, cell in enumerate(safe):
            if cell:
                sheet.write_string(number, at, cell)
    remark_sheet(book, remarks(seal))
    book.close()
    return seal


def new_book(out: IO[bytes]) -> xlsxwriter.Workbook:
    """A workbook that keeps one row in memory and takes no text for a formula or a link."""
    return xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False, "use_zip64": True,
        },
    )  # fmt: skip


def data_sheet(
    book: xlsxwriter.Workbook, *, name: str, titles: Sequence[str], needed: Sequence[str] = ()
) -> Any:
    """A sheet with its header row, columns as texts, so that codes keep their zeros."""
    sheet = book.add_worksheet(name.translate(_SHEET_NAME)[:31])
    text = book.add_format({"num_format": "@", "valign": "top"})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF2F1"})
    must = book.add_format(
        {"bold": True, "bottom": 1, "bg_color": "#EEF2F1", "font_color": "#A63A2B"}
    )
    for at, title in enumerate(titles):
        sheet.set_column(at, at, min(max(len(title) * 2 + 4, 12), WIDEST), text)
    sheet.freeze_panes(1, 0)
    for at, title in enumerate(titles):
        sheet.write_string(0, at, title, must if title in needed else head)
    return sheet


def remark_sheet(book: xlsxwriter.Workbook, remarks: Remarks, *, name: str = "说明") -> None:
    """A sheet of names and values."""
    sheet = book.add_worksheet(name)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 20, wrap)
    sheet.set_column(1, 1, 90, wrap)
    for number, (title, value) in enumerate(remarks):
        sheet.write_string(number, 0, title)
        sheet.write_string(number, 1, value)
