"""What payments do by themselves: every day, enter what was not entered."""

from django.db import connection
from procrastinate.contrib.django import app

from zhiheng.kernel import clock
from zhiheng.payments.services import money


@app.periodic(cron="20 1 * * *")
@app.task(name="payments.reconcile", queueing_lock="payments.reconcile", lock="payments.reconcile")
def reconcile(timestamp: int) -> None:
    """Tell the cases again of money they would not take; what remains stands on the list."""
    try:
        money.post_waiting(at=clock.now())
    finally:
        connection.close()
