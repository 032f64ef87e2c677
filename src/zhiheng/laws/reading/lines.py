"""行：去掉汉字之间的空格，接上断在半句的行。"""

from __future__ import annotations

import re

SPACES = re.compile(r"[ \t\u3000\u00a0\u2002\u2003]+")
BESIDE = re.compile(r"(?<=[^\x21-\x7e]) | (?=[^\x21-\x7e])")
END = "。；：！？…”\"』」》）)，、;:.!?"
HALF = re.compile(r"[\u4e00-\u9fff]$")
ENUMERATED = re.compile(r"^[（(]?(?:[一二三四五六七八九十百]{1,4}|\d{1,3})[)）、.．]|^第[一二三四五六七八九十百千零\d]+[编章节条]")
LONG = 24
"""A line shorter than this that ends without a stop may be a heading or a row of a table."""


def clean(line: str) -> str:
    """A line without stray spaces; one space between Latin words stays."""
    return BESIDE.sub("", SPACES.sub(" ", line.strip()))


def joined(lines: list[str]) -> tuple[list[str], int]:
    """Lines with those that were broken in mid-sentence joined; and how many were."""
    result: list[str] = []
    breaks = 0
    for line in lines:
        if result and _broken(result[-1], line):
            result[-1] += line
            breaks += 1
        elif line:
            result.append(line)
    return result, breaks


def _broken(before: str, line: str) -> bool:
    """A long line that ends in a Chinese sign without a stop goes on in the next one."""
    return (
        len(before) >= LONG
        and HALF.search(before) is not None
        and line[-1:] in "。；："
        and ENUMERATED.match(line) is None
    )
