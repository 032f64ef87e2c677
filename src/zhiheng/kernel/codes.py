"""代码：统一社会信用代码、公民身份号码、行政区划代码、案件身份码的校验。

Standards: GB 32100-2015 (USCC), GB 11643-1999 (citizen number), GB/T 2260 (regions) with the
statistical extension to towns (9 digits) and villages (12), ISO 7064 MOD 97-10.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from stdnum.cn import ric, uscc

_USCC = re.compile(r"[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}")
_CITIZEN_ID = re.compile(r"[1-8]\d{5}(?:18|19|20)\d{9}[\dX]")
_REGION = re.compile(r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])\d{4}(?:\d{3}){0,2}")
_CASE_CODE = re.compile(r"\d{22}")


def normalise(code: str) -> str:
    """Return a code as it is stored: half-width, upper case, without spaces and hyphens."""
    return re.sub(r"[\s\-—–]", "", unicodedata.normalize("NFKC", code)).upper()


def is_uscc(code: str) -> bool:
    """Return whether this is a unified social credit code with a right check character.

    Letters are allowed in the first two places: N stands for rural collectives, A for
    military bodies; libraries that want digits there refuse villages that exist.
    Law: GB 32100-2015 4, 5.
    """
    plain = normalise(code)
    return bool(_USCC.fullmatch(plain)) and uscc.calc_check_digit(plain[:17]) == plain[17]


def is_citizen_id(number: str) -> bool:
    """Return whether this is a citizen number: form, real birthday, right check digit.

    The place is not looked up: codes are abolished and people keep theirs.
    Law: GB 11643-1999; 居民身份证法 3.
    """
    plain = normalise(number)
    if not _CITIZEN_ID.fullmatch(plain) or ric.calc_check_digit(plain) != plain[17]:
        return False
    return _birthday(plain) is not None


def citizen_id_birthday(number: str) -> date:
    """Return the birthday that a citizen number carries.

    Raises:
        ValueError: not a citizen number.
    """
    plain = normalise(number)
    birthday = _birthday(plain) if is_citizen_id(plain) else None
    if birthday is None:
        raise ValueError("not a citizen number")
    return birthday


def citizen_id_age(number: str, *, on: date) -> int:
    """Return the full years of age on a day (行政处罚法 30: 十四周岁、十八周岁).

    A year is full from the day after the birthday (最高法 刑事解释 一贯口径:
    周岁从周岁生日的第二天起算).
    """
    born = citizen_id_birthday(number)
    return on.year - born.year - ((on.month, on.day) <= (born.month, born.day))


def citizen_id_is_male(number: str) -> bool:
    """Return whether the sequence number is odd."""
    citizen_id_birthday(number)
    return int(normalise(number)[16]) % 2 == 1


def is_region_code(code: str) -> bool:
    """Return whether this has the form of a region (6), town (9) or village (12) code.

    Whether the code exists on a day is a question to the register of regions.
    """
    return bool(_REGION.fullmatch(code))


def case_identity_code(*, region: str, body: str, year: int, month: int, number: int) -> str:
    """Return the 案件身份码: region 6 + body 4 + yyMM + sequence 6 + check 2.

    No personal data inside; the check is ISO 7064 MOD 97-10 (design).

    Raises:
        ValueError: a part does not fit its place.
    """
    stem = f"{region:.6}{body}{year % 100:02d}{month:02d}{number:06d}"
    if not re.fullmatch(r"\d{20}", stem) or not 1 <= month <= 12:
        raise ValueError("region 6, body 4, month 1–12 and number up to 999999, all digits")
    return f"{stem}{98 - int(stem) * 100 % 97:02d}"


def is_case_identity_code(code: str) -> bool:
    """Return whether the two check digits of a 案件身份码 are right."""
    plain = normalise(code)
    return bool(_CASE_CODE.fullmatch(plain)) and int(plain) % 97 == 1


def _birthday(plain: str) -> date | None:
    try:
        return date(int(plain[6:10]), int(plain[10:12]), int(plain[12:14]))
    except ValueError:
        return None
