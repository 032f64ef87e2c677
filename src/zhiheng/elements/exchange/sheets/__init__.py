"""Reading and writing of sheets: plain texts in rows, whatever the file was."""

from zhiheng.elements.exchange.sheets.common import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    NO_RESULT,
    TOO_LONG,
    Line,
    Refused,
    Sheet,
)
from zhiheng.elements.exchange.sheets.reading import open_sheet

__all__ = [
    "LONGEST_CELL",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "NO_RESULT",
    "TOO_LONG",
    "Line",
    "Refused",
    "Sheet",
    "open_sheet",
]
