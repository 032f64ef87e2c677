"""The two times that a screen may be asked for: a day of validity, a moment of knowledge."""

from datetime import date, datetime, time, timedelta

from django.http import HttpRequest

from zhiheng.kernel.clock import ZONE, today


def asked_day(request: HttpRequest) -> date:
    """The day asked for (`on`); what is no day is today."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today()


def asked_moment(request: HttpRequest) -> datetime | None:
    """The moment of knowledge asked for (`known`): a day means its end; None means now."""
    text = request.GET.get("known", "")
    try:
        if len(text) == len("2026-01-01"):
            following = date.fromisoformat(text) + timedelta(days=1)
            return datetime.combine(following, time(), tzinfo=ZONE) - timedelta(microseconds=1)
        found = datetime.fromisoformat(text)
        return found if found.tzinfo else found.replace(tzinfo=ZONE)
    except (ValueError, OverflowError):
        return None
