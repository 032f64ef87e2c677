"""A person's to-do list: what is theirs, and what waits for anyone with their role."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from zhiheng.ledger.models import Deadline, Reminder, Task
from zhiheng.ledger.policies import Actor
from zhiheng.web import shell

CAP = shell.CAP + 1
"""Where counting stops: one more than the rail shows."""


@dataclass(frozen=True)
class TodoPage:
    """One page of a list.

    Attributes:
        items: the to-dos, nearest end first, dossiers loaded; `ends` names the periods of their day.
        next_token: where the next page begins; empty on the last page.
    """

    items: list[Task]
    next_token: str


@dataclass(frozen=True)
class Capped:
    """A count that stops counting at `CAP`."""

    number: int

    @property
    def text(self) -> str:
        """The count for a badge: 37, or 99+ where there are more."""
        return f"{CAP - 1}+" if self.number >= CAP else str(self.number)


def todo_of(
    actor: Actor,
    *,
    kind: str = "",
    returned: bool = False,
    after: str = "",
    size: int = 50,
) -> TodoPage:
    """A page of an actor's open to-dos: assigned to them, or unassigned for a role of theirs.

    Each branch reads its own index in order and stops early; nothing is counted.

    Args:
        actor: whose list.
        kind: only dossiers of this kind.
        returned: only what came back for correction.
        after: `next_token` of the page before.
        size: how many.
    """
    branches = [
        branch.filter(_beyond(after)).order_by("sort_on", "id").values_list("sort_on", "id")
        for branch in _branches(actor, kind=kind, returned=returned)
    ]
    chosen = sorted(_together(branches, most=size + 1))[: size + 1]
    end = Deadline.objects.filter(dossier=OuterRef("dossier"), due_on=OuterRef("due_on"))
    tasks = (
        Task.objects.select_related("dossier", "assignee")
        .annotate(ends=ArraySubquery(end.order_by("id").values("title")))
        .in_bulk([task_id for _, task_id in chosen[:size]])
    )
    items: list[Task] = [tasks[task_id] for _, task_id in chosen[:size] if task_id in tasks]
    more = len(chosen) > size
    return TodoPage(items, _token(chosen[size - 1]) if more else "")


def count_todo(actor: Actor, *, kind: str = "", returned: bool = False) -> Capped:
    """How many open to-dos an actor has, counting no further than `CAP`."""
    branches = [
        branch.values_list("id") for branch in _branches(actor, kind=kind, returned=returned)
    ]
    return Capped(min(len(_together(branches, most=CAP)), CAP))


def open_tasks_of(dossier_id: int) -> QuerySet[Task]:
    """Who is expected to do what in a dossier."""
    return (
        Task.objects.filter(dossier_id=dossier_id, state=Task.State.OPEN)
        .select_related("assignee")
        .order_by("sort_on", "id")
    )


def reminders_for(actor: Actor, *, limit: int = 20) -> list[Reminder]:
    """The newest unread reminders to a person or to a role of theirs in their agency."""
    return list(
        Reminder.objects.filter(
            Q(account_id=actor.account_id)
            | Q(agency_code=actor.agency_code, role__in=actor.roles, account=None),
            seen_at=None,
        )
        .select_related("deadline__dossier")
        .order_by("-id")[:limit]
    )


def _branches(actor: Actor, *, kind: str, returned: bool) -> Iterable[QuerySet[Task]]:
    """To-dos of the person, and of each role of theirs; no to-do is in two of them."""
    tasks = Task.objects.filter(state=Task.State.OPEN)
    if kind:
        tasks = tasks.filter(dossier__kind=kind)
    if returned:
        tasks = tasks.exclude(reason="")
    yield tasks.filter(assignee_id=actor.account_id)
    for role in sorted(actor.roles):
        yield tasks.filter(agency_code=actor.agency_code, role=role, assignee=None)


def _together(branches: list[QuerySet[Task, Any]], *, most: int) -> list[Any]:
    """The first rows of each branch, each read from its own index, in one round trip."""
    first, *rest = [branch[:most] for branch in branches]
    return list(first.union(*rest, all=True) if rest else first)


def _beyond(token: str) -> Q:
    """After the row named by the token; without one, or a tampered one, from the top."""
    day, _, number = token.partition(".")
    try:
        last = date.fromisoformat(day)
        later = Q(sort_on__gt=last) | Q(sort_on=last, id__gt=int(number))
        return Q(sort_on__gte=last) & later
    except ValueError:
        return Q()


def _token(row: tuple[date, int]) -> str:
    return f"{row[0].isoformat()}.{row[1]}"
