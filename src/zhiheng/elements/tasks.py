"""Jobs of the element centre: imports, readings, and every night a look for what no longer holds."""

from django.db import connection
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from zhiheng.elements.candidates import readings
from zhiheng.elements.exchange import tasks as exchange
from zhiheng.elements.upkeep.run import sweep_all
from zhiheng.kernel import clock

__all__ = ["exchange", "read_candidates", "sweep", "sweep_now"]

_AGAIN = RetryStrategy(max_attempts=4, exponential_wait=3)


@app.periodic(cron="20 17 * * *")  # 01:20 local
@app.task(name="elements.sweep", queueing_lock="elements.sweep", lock="elements.sweep")
def sweep(timestamp: int) -> None:
    """Bring the work list in step with today."""
    try:
        sweep_all(on=clock.today(), at=clock.now())
    finally:
        connection.close()


@app.task(name="elements.sweep_now", queueing_lock="elements.sweep_now", lock="elements.sweep")
def sweep_now() -> None:
    """The same after a publication; several publications together need one."""
    sweep(0)


@app.task(name=readings.TASK, queue=readings.QUEUE, retry=_AGAIN, pass_context=True)
def read_candidates(context: JobContext, *, reading_id: int) -> None:
    """Read laws for penalty clauses; after the last attempt the reading says that it failed."""
    try:
        readings.run(reading_id=reading_id, at=clock.now())
    except Exception as error:
        if _AGAIN.get_retry_decision(exception=error, job=context.job) is None:
            readings.give_up(reading_id=reading_id, at=clock.now())
        raise
    finally:
        connection.close()
