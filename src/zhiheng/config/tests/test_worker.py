import asyncio
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from zhiheng.config import tasks, worker


def test_the_worker_knows_how_long_a_job_may_take_to_end():
    assert worker.GRACE < 15, "the launcher waits 15 seconds before it kills"


def defer(name: str) -> int:
    """A job that never waits twice, in a queue of its own: queues outlive a test."""
    task = tasks.sweep_finished.configure(queue=name, queueing_lock=name, lock=name)
    return task.defer(timestamp=0)


async def steal_and_die(name: str, meanwhile: Callable[[], object]) -> None:
    """A worker takes the job and dies; something happens; the living put back what it held."""
    connector = app.connector.get_worker_connector()
    with app.replace_connector(connector) as working:
        async with working.open_async():
            manager = working.job_manager
            worker_id = await manager.register_worker()
            taken = await manager.fetch_job(queues=[name], worker_id=worker_id)
            assert taken is not None
            await manager.unregister_worker(worker_id)
            await asyncio.to_thread(meanwhile)
            await tasks.requeue_stalled.func(SimpleNamespace(app=working), timestamp=0)


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_died_is_put_back():
    number = defer("alone")
    asyncio.run(steal_and_die("alone", lambda: None))
    row = ProcrastinateJob.objects.get(pk=number)
    assert row.status == "todo"
    assert row.attempts >= 1


@pytest.mark.django_db(transaction=True)
def test_a_dead_job_whose_twin_waits_already_gives_way_to_it():
    dead, twins = defer("twins"), []

    def next_minute() -> None:
        twins.append(defer("twins"))
        connection.close()

    asyncio.run(steal_and_die("twins", next_minute))
    assert ProcrastinateJob.objects.get(pk=dead).status == "aborted"
    assert ProcrastinateJob.objects.get(pk=twins[0]).status == "todo"
