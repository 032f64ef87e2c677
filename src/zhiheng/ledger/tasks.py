"""What the ledger does by itself: put acts in the log, remind, count again."""

from django.db import connection
from procrastinate.contrib.django import app

from zhiheng.kernel import clock
from zhiheng.ledger import api as ledger


@app.periodic(cron="* * * * * */20")
@app.task(name="ledger.sequence", queueing_lock="ledger.sequence", lock="ledger.sequence")
def sequence(timestamp: int) -> None:
    """Put what was recorded in the last seconds into the log and sign the new head."""
    try:
        ledger.sequence_all(at=clock.now())
    finally:
        connection.close()


@app.periodic(cron="*/10 * * * *")
@app.task(name="ledger.remind", queueing_lock="ledger.remind", lock="ledger.remind")
def remind(timestamp: int) -> None:
    """Give reminders that are due, mark what was missed."""
    try:
        ledger.remind(at=clock.now())
    finally:
        connection.close()


@app.periodic(cron="5 0 * * *")
@app.task(name="ledger.recount", queueing_lock="ledger.recount", lock="ledger.recount")
def recount(timestamp: int) -> None:
    """Count again the periods that waited for a year, or that a changed calendar touches."""
    try:
        ledger.recompute_provisional(calendar=ledger.current_calendar(), at=clock.now())
    finally:
        connection.close()
