"""金额：一律以“分”为单位的整数；在这里读入、写出，不做任何法律判断。

The capital form follows 支付结算办法 附一《正确填写票据和结算凭证的基本规定》.
"""

from __future__ import annotations

import re
import unicodedata

from zhiheng.kernel.errors import Invalid

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_WAN = 10_000
_YI = 100_000_000
_CENTS = 100
_LIMIT = 10**16
_AMOUNT = re.compile(r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?(?P<wan>万)?")
_HINT = "请写成 8000、8,000.00 或 0.8万 这样的金额。"


def yuan(cents: int) -> str:
    """Return cents as yuan with thousands and two decimals: 800000 → `8,000.00`."""
    sign = "-" if cents < 0 else ""
    whole, part = divmod(abs(cents), _CENTS)
    return f"{sign}{whole:,}.{part:02d}"


def in_words(cents: int) -> str:
    """Return the amount in capital form: 800000 → `捌仟元整`.

    Raises:
        ValueError: negative, or ten thousand billion yuan and more.
    """
    if not 0 <= cents < _LIMIT:
        raise ValueError(f"no capital form for {cents} cents")
    whole, part = divmod(cents, _CENTS)
    jiao, fen = divmod(part, 10)
    text = f"{_integer(whole)}元" if whole or not part else ""
    if not part:
        return f"{text}整"
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif whole:
        text += "零"
    return f"{text}{_DIGITS[fen]}分" if fen else f"{text}整"


def parse_yuan(text: str) -> int:
    """Return the cents of an amount as people type it: `8,000`, `￥8000.50元`, `0.8万`.

    Raises:
        Invalid: not an amount, negative, more exact than a cent, or absurdly large.
    """
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    plain = plain.removeprefix("人民币").removeprefix("¥").removesuffix("整").removesuffix("元")
    if not plain:
        raise Invalid("没有填写金额。", next_step=_HINT)
    match = _AMOUNT.fullmatch(plain)
    if match is None or not plain.removesuffix("万").isascii():
        raise Invalid(f"“{text.strip()}”不是可以识别的金额。", next_step=_HINT)
    scale = 6 if match["wan"] else 2
    part = (match["part"] or "").rstrip("0")
    if len(part) > scale:
        raise Invalid("金额最小到分。", next_step=_HINT)
    cents = int(match["whole"].replace(",", "") + part.ljust(scale, "0"))
    if cents >= _LIMIT:
        raise Invalid("金额过大，超出可以登记的范围。", next_step="请核对位数。")
    return cents


def _integer(value: int) -> str:
    """Capital form of a whole number."""
    if value < _WAN:
        return _group(value) if value else _DIGITS[0]
    unit, name = (_YI, "亿") if value >= _YI else (_WAN, "万")
    high, low = divmod(value, unit)
    if not low:
        return f"{_integer(high)}{name}"
    gap = _DIGITS[0] if low < unit // 10 else ""
    return f"{_integer(high)}{name}{gap}{_integer(low)}"


def _group(value: int) -> str:
    """Capital form of 1 to 9999; zeros inside are written once, zeros at the end never."""
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit:
            text += (_DIGITS[0] if gap and text else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return text
