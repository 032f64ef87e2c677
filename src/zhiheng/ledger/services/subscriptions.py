"""Who hears of which acts: filled when the apps are ready, read at each act."""

import json
from functools import cache

from zhiheng.ledger.policies import Subscription, subscribers_of

_subscriptions: list[Subscription] = []


def subscribe(
    kind_pattern: str, task_name: str, *, queue: str = "default", priority: int = 0
) -> None:
    """Let the Procrastinate task `task_name` hear of acts whose kind matches `kind_pattern`.

    The task is called with `act_id=`. Its job is put in the queue in the act's own transaction:
    it runs if and only if the act stands, at least once. Call it in `AppConfig.ready()`.
    """
    wanted = Subscription(kind_pattern, task_name, queue, priority)
    if wanted not in _subscriptions:
        _subscriptions.append(wanted)
        jobs_for.cache_clear()


def unsubscribe(kind_pattern: str, task_name: str) -> None:
    """Forget a subscription; for tests and benchmarks."""
    _subscriptions[:] = [
        each
        for each in _subscriptions
        if (each.kind_pattern, each.task_name) != (kind_pattern, task_name)
    ]
    jobs_for.cache_clear()


@cache
def jobs_for(kind: str) -> str | None:
    """The jobs that an act of this kind puts in the queue, as the database takes them."""
    found = subscribers_of(kind=kind, subscriptions=_subscriptions)
    jobs = [
        {"queue": each.queue, "task": each.task_name, "priority": each.priority} for each in found
    ]
    return json.dumps(jobs) if jobs else None
