"""Housekeeping of the job queue itself."""

from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

STALLED_AFTER = 30.0  # seconds without a sign of life from a job's worker
KEEP_FINISHED_HOURS = 72


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="requeue_stalled", pass_context=True)
async def requeue_stalled(context, timestamp: int) -> None:  # type: ignore[no-untyped-def]
    """Put back jobs whose worker has died, so that a killed worker loses nothing.

    Of jobs that never wait twice (a queueing lock), a twin may wait already: it takes the place
    of the dead one, which would otherwise hold their common lock for ever.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        try:
            await manager.retry_job(job)
        except UniqueViolation:
            await manager.finish_job(job, status=Status.ABORTED, delete_job=False)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="sweep_finished", pass_context=True)
async def sweep_finished(context, timestamp: int) -> None:  # type: ignore[no-untyped-def]
    """Forget finished jobs after three days; their effects are in the ledger."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEEP_FINISHED_HOURS)
