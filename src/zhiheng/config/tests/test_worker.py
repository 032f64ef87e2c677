import asyncio

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from zhiheng.config import tasks, worker


def test_the_worker_knows_how_long_a_job_may_take_to_end():
    assert worker.GRACE < 15, "the launcher waits 15 seconds before it kills"


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_died_is_put_back():
    number = tasks.sweep_finished.configure(queue="alone", queueing_lock="alone").defer(timestamp=0)
    job = ProcrastinateJob.objects.get(pk=number)

    async def steal_and_die() -> None:
        connector = app.connector.get_worker_connector()
        with app.replace_connector(connector) as working:
            async with working.open_async():
                manager = working.job_manager
                worker_id = await manager.register_worker()
                taken = await manager.fetch_job(queues=["alone"], worker_id=worker_id)
                assert taken is not None
                await manager.unregister_worker(worker_id)

                class Context:
                    pass

                context = Context()
                context.app = working
                await tasks.requeue_stalled.func(context, timestamp=0)

    asyncio.run(steal_and_die())
    row = ProcrastinateJob.objects.get(pk=job.pk)
    assert row.status == "todo"
    assert row.attempts >= 1
