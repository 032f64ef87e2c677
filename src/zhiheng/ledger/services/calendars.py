"""The working-day calendar that periods are counted with, unless the caller brings another."""

from pathlib import Path

from django.conf import settings

from zhiheng.kernel.calendar import WorkCalendar
from zhiheng.rulebook import api as rulebook

_brought: list[WorkCalendar] = []


def use_calendar(calendar: WorkCalendar | None) -> None:
    """Count with this calendar from now on; None goes back to the rulebook's."""
    _brought[:] = [] if calendar is None else [calendar]


def current_calendar() -> WorkCalendar:
    """The years that are published, with those that the rulebook adds."""
    return _brought[0] if _brought else rulebook.calendar_of(Path(settings.RULEBOOK_DIR))
