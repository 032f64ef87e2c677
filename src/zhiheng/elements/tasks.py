"""Jobs of the element centre: imports, and every night a look for what no longer holds."""

from django.db import connection
from procrastinate.contrib.django import app

from zhiheng.elements.exchange import tasks as exchange
from zhiheng.elements.upkeep.run import sweep_all
from zhiheng.kernel import clock

__all__ = ["exchange", "sweep", "sweep_now"]


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
