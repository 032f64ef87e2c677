"""Jobs of import and export."""

from datetime import timedelta

from django.db import connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zhiheng.elements.exchange import exports, services
from zhiheng.kernel import clock

KEEP_BATCH, KEEP_EXPORT = timedelta(days=30), timedelta(days=7)
_AGAIN = RetryStrategy(max_attempts=5, exponential_wait=3)


@app.task(name=services.CHECK_TASK, queue=services.QUEUE, retry=_AGAIN)
def check(*, batch_id: int) -> None:
    """Read and compare a batch from where it stands."""
    try:
        services.check(batch_id=batch_id, at=clock.now())
    finally:
        connection.close()


@app.task(name=services.APPLY_TASK, queue=services.QUEUE, retry=_AGAIN)
def apply(*, batch_id: int) -> None:
    """Write an approved batch, all of it or nothing."""
    try:
        services.apply(batch_id=batch_id, at=clock.now())
    finally:
        connection.close()


@app.task(name=exports.TASK, queue=services.QUEUE, retry=_AGAIN)
def export(*, export_id: int) -> None:
    """Make the file of a large export."""
    try:
        exports.make(export_id=export_id, at=clock.now())
    finally:
        connection.close()


@app.periodic(cron="40 3 * * *")
@app.task(name="elements.exchange.sweep", queue=services.QUEUE, queueing_lock="exchange.sweep")
def sweep(timestamp: int) -> None:
    """Remove what nobody came back for: it may hold personal data."""
    services.sweep(before=clock.now() - KEEP_BATCH)
    exports.sweep(before=clock.now() - KEEP_EXPORT)
