"""The whole sweep, and asking for one after a publication."""

from datetime import date, datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from zhiheng.elements.upkeep.changes import recheck
from zhiheng.elements.upkeep.sweep import Swept, sweep


def sweep_all(*, on: date, at: datetime) -> Swept:
    """Look at every rule and at every law change that has an open line."""
    faults = sweep(on=on, at=at)
    changes = recheck(on=on, at=at)
    return Swept(
        faults.found + changes.found, faults.reopened + changes.reopened,
        faults.mended + changes.mended, faults.changed + changes.changed,
    )  # fmt: skip


def after_publication() -> None:
    """Ask for a sweep in the background; one that waits already is enough."""
    try:
        with transaction.atomic():
            app.configure_task("elements.sweep_now", queueing_lock="elements.sweep_now").defer()
    except AlreadyEnqueued:
        pass
