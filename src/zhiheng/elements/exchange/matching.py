"""Which column of a file is which field: by name, by usual other names, by what was chosen before."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from zhiheng.elements.exchange.columns import Column
from zhiheng.elements.exchange.sheets import Line, Refused

LOOK_AT = 20
"""The header stands among the first rows; a title or a note may stand above it."""


def plain(title: str) -> str:
    """A title without width, spaces, units and the star of a required column."""
    text = unicodedata.normalize("NFKC", title).lower()
    text = re.sub(r"\((必填|选填|元|分|加密|含)\)", "", text)
    return re.sub(r"[\s*＊:：_\-]+", "", text)


def find_header(lines: Sequence[Line], columns: Sequence[Column]) -> Line:
    """The row among the first ones whose cells look most like the register's titles.

    Raises:
        Refused: the file holds no rows at all, or no row looks like a header.
    """
    if not lines:
        raise Refused("表里没有内容。", next_step="请下载模板，把数据填在表头下面再上传。")
    known = {plain(name) for column in columns for name in column.names}
    scored = [(sum(plain(cell) in known for cell in line.cells), -line.number) for line in lines]
    best = max(range(len(lines)), key=lambda index: scored[index])
    if scored[best][0]:
        return lines[best]
    if len([cell for cell in lines[0].cells if cell.strip()]) < 2:
        raise Refused(
            "没有找到表头：前 20 行里没有登记簿的栏名。",
            next_step="请下载模板对照，表头写在数据上面一行。",
        )
    return lines[0]


def match(
    header: Sequence[str], columns: Sequence[Column], *, before: Mapping[str, str]
) -> list[str]:
    """For each column of the file the field it goes to, "" for none; no field twice.

    `before`: what this person chose for a title in this register the last time.
    """
    fields = {column.name for column in columns}
    taken: set[str] = set()
    found = [""] * len(header)
    for claim in (
        lambda title: before.get(plain(title), None),
        lambda title: _named(title, ((c.name, c.title) for c in columns)),
        lambda title: _named(title, ((c.name, n) for c in columns for n in c.other_names)),
        lambda title: title.strip() if title.strip() in fields else None,
    ):
        for index, title in enumerate(header):
            if found[index] or not title.strip():
                continue
            field = claim(title)
            if field and field in fields and field not in taken:
                found[index] = field
                taken.add(field)
    return [
        "" if before.get(plain(title)) == "" else field
        for title, field in zip(header, found, strict=True)
    ]


def _named(title: str, names: Iterable[tuple[str, str]]) -> str | None:
    wanted = plain(title)
    return next((field for field, name in names if plain(name) == wanted), None)


def missing(columns: Sequence[Column], mapping: Sequence[str]) -> list[Column]:
    """Required columns that nothing in the file goes to."""
    return [column for column in columns if column.required and column.name not in mapping]
