"""时钟：全系统唯一读取当前时间的地方；只有视图、任务和命令可以引入。

Legal days are local days in Asia/Shanghai; instants are stored in UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(tz=UTC)


def today() -> date:
    """Return the present legal day in Asia/Shanghai."""
    return local_date(now())


def local_date(instant: datetime) -> date:
    """Return the legal day on which an aware instant falls.

    Raises:
        ValueError: the instant is naive; a naive time says nothing about the day.
    """
    if instant.tzinfo is None:
        raise ValueError("instant must be aware; a naive time has no legal day")
    return instant.astimezone(ZONE).date()
