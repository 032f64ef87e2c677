"""条款号的数字：第一百三十二条之一 ↔ "132-1"."""

from __future__ import annotations

from zhiheng.rulebook.words import numeral

DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"千": 1000, "百": 100, "十": 10}
WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
SIGNS = "零〇一二三四五六七八九十百千两"
NUMBER = rf"(?:[{SIGNS}]{{1,9}}|[0-9０-９]{{1,4}})"
"""A number as it stands in a citation, in a regular expression."""


def to_number(text: str) -> int | None:
    """The number that Chinese or Arabic signs write (below ten thousand); None when they write none.

    >>> to_number("一千二百四十二"), to_number("二十"), to_number("１７"), to_number("法")
    (1242, 20, 17, None)
    """
    plain = text.translate(WIDE)
    if plain.isascii() and plain.isdigit():
        return int(plain)
    if len(plain) > 1 and plain and all(sign in DIGITS for sign in plain):
        return _digit_by_digit(plain)
    total = pending = 0
    for sign in plain:
        if sign in DIGITS:
            pending = DIGITS[sign]
        elif sign in UNITS:
            total += (pending or 1) * UNITS[sign]
            pending = 0
        else:
            return None
    return total + pending if plain else None


def _digit_by_digit(text: str) -> int:
    """二〇一七 → 2017; a leading 零 is 零五 → 5."""
    number = 0
    for sign in text:
        number = number * 10 + DIGITS[sign]
    return number


def article_number(main: str, sub: str = "") -> str:
    """ "132" or "132-1" from the signs of an article and of what follows 之; "" when no number."""
    first = to_number(main)
    second = to_number(sub) if sub else None
    if first is None:
        return ""
    return f"{first}-{second}" if second is not None else str(first)


def article_label(number: str) -> str:
    """第一百三十二条之一 from "132-1"; a number that is none stays as it is."""
    main, _, sub = number.partition("-")
    if not _is_small(main):
        return number
    tail = f"之{numeral(int(sub))}" if _is_small(sub) else ""
    return f"第{numeral(int(main))}条{tail}"


def _is_small(digits: str) -> bool:
    """A number that can be written in words here."""
    return digits.isascii() and digits.isdigit() and len(digits) <= 4


def place_label(article: str, paragraph: str = "", item: str = "") -> str:
    """第十七条第二款第（三）项 from digits."""
    label = article_label(article) if article else ""
    if _is_small(paragraph):
        label += f"第{numeral(int(paragraph))}款"
    if _is_small(item):
        label += f"第（{numeral(int(item))}）项"
    return label
