"""How dates, moments and money are written on every screen."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone


def day(value: Any) -> str:
    """2026-11-21, in local days; text passes through as it is."""
    if isinstance(value, datetime):
        return f"{_local(value):%Y-%m-%d}"
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value or "")


def day_zh(value: Any) -> str:
    """2026年11月21日, as documents write it."""
    if isinstance(value, datetime):
        value = _local(value)
    if not isinstance(value, date):
        return str(value or "")
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: Any) -> str:
    """2026-11-21 16:02, local time; a plain date stays a date."""
    if isinstance(value, datetime):
        return f"{_local(value):%Y-%m-%d %H:%M}"
    return day(value)


def yuan(cents: Any) -> str:
    """Cents as people read them: 8,000 元, 1,234.50 元."""
    if cents in (None, ""):
        return ""
    amount = Decimal(int(cents)) / 100
    return f"{amount:,.0f} 元" if amount == amount.to_integral_value() else f"{amount:,.2f} 元"


def _local(value: datetime) -> datetime:
    zone = timezone.get_default_timezone()
    return value.astimezone(zone) if timezone.is_aware(value) else value
