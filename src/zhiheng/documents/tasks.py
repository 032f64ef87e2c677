"""Jobs: finish documents, put back what a killed worker left, complete announcements."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from zhiheng.documents import services, serving
from zhiheng.kernel import clock
from zhiheng.ledger import api as ledger

LATE_SECONDS = 180
AT_ONCE = 50


@app.task(
    name=services.FINISH_TASK,
    queue="documents",
    retry=RetryStrategy(max_attempts=8, exponential_wait=3),
)
def finish(*, document_id: int) -> None:
    """Render, seal and store one document; running it again changes nothing.

    Before a whole file is put together, the log takes what waits, so that the proofs of the
    file's acts can travel in it.
    """
    if services.is_archive(document_id=document_id):
        ledger.sequence_all(at=clock.now())
    services.finish(document_id=document_id, at=clock.now())


@app.periodic(cron="*/3 * * * *")
@app.task(
    name="documents.requeue_unfinished", queue="documents", queueing_lock="documents.unfinished"
)
def requeue_unfinished(timestamp: int) -> None:
    """Enqueue documents again that were issued a while ago and still have no file."""
    services.requeue_unfinished(at=clock.now(), older_than_seconds=LATE_SECONDS, limit=AT_ONCE)


@app.periodic(cron="5 0 * * *")
@app.task(name="documents.complete_announcements", queue="documents")
def complete_announcements(timestamp: int) -> None:
    """Mark announcements served on the day their period is over."""
    serving.complete_announcements(at=clock.now())
