"""Jobs of import and export."""

from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from zhiheng.elements.exchange import exports, services
from zhiheng.kernel import clock

KEEP_BATCH, KEEP_EXPORT = timedelta(days=30), timedelta(days=7)
_AGAIN = RetryStrategy(max_attempts=4, exponential_wait=3)


@app.task(name=services.CHECK_TASK, queue=services.QUEUE, retry=_AGAIN, pass_context=True)
def check(context: JobContext, *, batch_id: int) -> None:
    """Read and compare a batch from where it stands."""
    _work(context, batch_id, services.check)


@app.task(name=services.APPLY_TASK, queue=services.QUEUE, retry=_AGAIN, pass_context=True)
def apply(context: JobContext, *, batch_id: int) -> None:
    """Write an approved batch, all of it or nothing."""
    _work(context, batch_id, services.apply)


def _work(context: JobContext, batch_id: int, do: Callable[..., None]) -> None:
    """Do it; after the last attempt the batch says that it failed, and is not left hanging."""
    try:
        do(batch_id=batch_id, at=clock.now())
    except Exception as error:
        if _AGAIN.get_retry_decision(exception=error, job=context.job) is None:
            services.give_up(batch_id=batch_id, times=context.job.attempts + 1)
        raise
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
