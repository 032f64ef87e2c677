"""夹在条文里的半句：缺一条时，它的文字常粘在前后条上。

A line that starts in the middle of a word shows itself: wherever else in the same law its first
signs occur, the same Chinese sign stands before them (境主管部门 is always 环境主管部门).
"""

from __future__ import annotations

HEAD = 4
FEWEST = 3


def glued_lines(lines: list[str], whole: str) -> list[int]:
    """Numbers (from 1) of the lines that start in the middle of a word, given the whole law's text."""
    return [
        number
        for number, line in enumerate(lines, start=1)
        if number > 1 and len(line) > HEAD and _starts_inside(line[:HEAD], whole)
    ]


def _starts_inside(head: str, whole: str) -> bool:
    before: set[str] = set()
    count, at = 0, whole.find(head)
    while at >= 0:
        sign = whole[at - 1] if at else "\n"
        if sign != "\n":
            before.add(sign)
            count += 1
        at = whole.find(head, at + 1)
    return count >= FEWEST and len(before) == 1 and all("\u4e00" <= one <= "\u9fff" for one in before)
