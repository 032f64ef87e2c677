"""Numbers as statutes write them: 二十万, 5万, 百分之三, 五倍."""

import re

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
NUMBER = r"(?:\d[\d,，]*(?:\.\d+)?\s*[百千万亿]*|[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?)"
_ARABIC = re.compile(r"(\d[\d,，]*(?:\.\d+)?)\s*([百千万亿]*)$")


def number_of(words: str) -> float:
    """The value of a number in Chinese or Arabic digits, with 百千万亿 after either.

    Raises:
        ValueError: the words are no number.
    """
    words = words.strip()
    if found := _ARABIC.match(words):
        value = float(re.sub("[,，]", "", found[1]))
        for unit in found[2]:
            value *= (_UNITS | _LARGE)[unit]
        return _whole(value)
    whole, _, fraction = words.partition("点")
    value = float(_chinese(whole))
    if fraction:
        value += float("0." + "".join(str(_DIGITS[char]) for char in fraction))
    return _whole(value)


def _whole(value: float) -> float:
    return int(value) if value == int(value) else value


def _chinese(words: str) -> int:
    total = section = digit = 0
    for char in words:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            section, digit = section + (digit or 1) * _UNITS[char], 0
        elif char in _LARGE:
            total, section, digit = (total + section + digit) * _LARGE[char], 0, 0
        else:
            raise ValueError(f"no number: {words}")
    return total + section + digit
