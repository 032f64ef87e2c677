"""Counting what is owed: pure, in integer cents and calendar days."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from zhiheng.kernel.errors import Invalid
from zhiheng.kernel.money import parse_yuan
from zhiheng.kernel.periods import Period, union_days

ONE = timedelta(days=1)
FRESH_SECONDS = 900


@dataclass(frozen=True)
class Standing:
    """A span of days that is not counted; `until` is its last day, None while it lasts."""

    since: date
    until: date | None = None


@dataclass(frozen=True)
class Part:
    """One instalment: by when how many cents."""

    due_on: date
    cents: int


def days_late(*, due_on: date, on: date, pauses: Iterable[Standing] = ()) -> int:
    """How many days after the due day count, those of remedies left out.

    Law: 行政处罚法第七十二条第一款第一项、第七十三条第三款.
    """
    if on <= due_on:
        return 0
    first = due_on + ONE
    spans = []
    for pause in pauses:
        start, end = max(first, pause.since), min(on, pause.until or on)
        if start <= end:
            spans.append(Period(start, end))
    return (on - due_on).days - union_days(spans)


def late_addition(*, fine_cents: int, days: int, rate_percent: int, cap_percent: int) -> int:
    """The addition after so many days, in cents, rounded half up and never above the cap.

    Law: 行政处罚法第七十二条第一款第一项, 行政强制法第四十五条.
    """
    if days <= 0 or fine_cents <= 0:
        return 0
    added = (fine_cents * rate_percent * days + 50) // 100
    return min(added, fine_cents * cap_percent // 100)


def applied(*, received: int, left: int) -> tuple[int, int]:
    """Of money received: how much goes to the order, how much is to be given back."""
    taken = max(0, min(received, left))
    return taken, received - taken


def missed(*, parts: Iterable[Part], paid: int, on: date) -> bool:
    """Whether what was to be paid by now has not been paid."""
    return sum(part.cents for part in parts if part.due_on < on) > paid


def read_schedule(text: str, *, total: int, first: date, last: date | None = None) -> list[Part]:
    """Lines of “2026-06-30 2000.00” as instalments.

    Raises:
        Invalid: a line cannot be read, a day lies before `first` or after `last`, days do not
            rise, or the sum is not what is owed.
    """
    parts = [_part(line) for line in text.splitlines() if line.strip()]
    if any(part.cents <= 0 for part in parts):
        raise Invalid("每一期的金额要大于零。")
    if any(a.due_on >= b.due_on for a, b in pairwise(parts)):
        raise Invalid("各期的日期要一期比一期晚。")
    if parts and parts[0].due_on < first:
        raise Invalid("第一期的日期已经过去。")
    if parts and last is not None and parts[-1].due_on > last:
        raise Invalid("最后一期晚于准予的日期。")
    if sum(part.cents for part in parts) != total:
        raise Invalid(f"各期合计要等于还欠的 {total / 100:,.2f} 元。")
    return parts


def _part(line: str) -> Part:
    day, _, amount = line.strip().replace("　", " ").partition(" ")
    try:
        return Part(date.fromisoformat(day.strip()), parse_yuan(amount.strip().rstrip("元")))
    except (ValueError, Invalid) as wrong:
        raise Invalid(f"“{line.strip()}”读不懂，请写成 2026-06-30 2000.00。") from wrong


def canonical(message: Mapping[str, Any]) -> bytes:
    """The bytes of a gateway's message that are signed."""
    return json.dumps(message, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def sign(body: bytes, *, key: bytes) -> str:
    """The signature of a message between the gateway and us (HMAC-SHA256, hex)."""
    return hmac.new(key, body, hashlib.sha256).hexdigest()


def is_signed(body: bytes, *, signature: str, key: bytes) -> bool:
    """Whether the message comes from who holds the key, unchanged; compared in constant time."""
    return hmac.compare_digest(sign(body, key=key).encode(), signature.encode())
