"""脱敏：个人信息离开案卷之前的最后一道门；宁可多遮，不可漏出。

Law: 行政处罚法 50 (商业秘密、个人隐私), 个人信息保护法 6, 28; display forms are design.
What is published to everybody is decided in the rulebook; these are the forms it may use.
"""

from __future__ import annotations

import re

_TWO_BY_TWO = (
    "欧阳司马上官诸葛东方皇甫尉迟公孙慕容令狐长孙宇文司徒司空夏侯轩辕端木南宫独孤澹台"
    "公冶宗政濮阳淳于单于太叔申屠仲孙钟离闻人赫连拓跋呼延闾丘东郭南门西门百里第五完颜"
    "纳兰"
)
_COMPOUND_SURNAMES = frozenset(_TWO_BY_TWO[i : i + 2] for i in range(0, len(_TWO_BY_TWO), 2))
_HAN = re.compile(r"[㐀-鿿豈-﫿𠀀-𲎯]")
_NAME_OF_PLACE = r"[^省市县区旗盟\d\s]{1,8}?"
_ADDRESS = re.compile(
    rf"(?:{_NAME_OF_PLACE}(?:省|自治区|特别行政区))?"
    rf"(?:{_NAME_OF_PLACE}(?:市|自治州|盟|地区))?"
    rf"(?:{_NAME_OF_PLACE}(?:自治县|县|区|市|旗))?"
    rf"(?:{_NAME_OF_PLACE}(?:街道|镇|乡))?"
)


def mask_name(name: str, *, nth: int | None = None) -> str:
    """Return the surname with 某; with `nth` a number tells two alike apart: 张某2.

    Compound surnames stay whole; names with a dot (少数民族、外国译名) keep their first
    character; names without Chinese characters keep their first letter.
    """
    plain = name.strip()
    number = "" if nth is None else str(nth)
    if not plain:
        return ""
    if not _HAN.match(plain):
        return f"{plain[0]}***{number}"
    if plain[:2] in _COMPOUND_SURNAMES and len(plain) > len(plain[:2]):
        return f"{plain[:2]}某{number}"
    return f"{plain[0]}某{number}"


def mask_phone(phone: str) -> str:
    """Return a mobile number as 138****5678, a land line with its last two digits only."""
    digits = re.sub(r"\D", "", phone)
    if re.fullmatch(r"1\d{10}", digits):
        return f"{digits[:3]}****{digits[-4:]}"
    if len(digits) >= 7:
        return f"{'*' * (len(digits) - 2)}{digits[-2:]}"
    return "*" * len(digits)


def mask_citizen_id(number: str) -> str:
    """Return the first four and the last character of a citizen number.

    The last four digits are the second factor of the public case query, so they are never
    shown, not even masked in the middle.
    """
    plain = number.strip()
    if len(plain) < 10:
        return "*" * len(plain)
    return f"{plain[:4]}{'*' * (len(plain) - 5)}{plain[-1]}"


def mask_address(address: str) -> str:
    """Return the address down to town or street office; all that is finer is hidden."""
    plain = address.strip()
    if not plain:
        return ""
    match = _ADDRESS.match(plain)
    kept = match.group() if match else ""
    return kept if kept == plain else f"{kept}****"
