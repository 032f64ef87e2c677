"""What waits for a person: in dossiers, and outside every dossier.

A change of the registers, an import or a line to be cleared belongs to no case; its turn comes to
people all the same, and they look for it where all their work stands. Whoever has such work enters
a `Source`. The number on the rail and the list itself rest on one `Tally`, taken once a page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest

from zhiheng.ledger.policies import Actor
from zhiheng.ledger.selectors.todo import CAP, Capped, count_todo


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what, about what, its number and page, since when, by when, why it came back."""

    title: str
    about: str
    number: str
    href: str
    since: datetime
    reason: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class Source:
    """A kind of such work: `find` names the most pressing, `count` counts up to a limit.

    `page` gives the address of the screen that lists all of it.
    """

    kind: str
    label: str
    find: Callable[[Actor, int], list[Waiting]]
    count: Callable[[Actor, int], int]
    page: Callable[[], str]


@dataclass(frozen=True)
class Tally:
    """How much waits for one person: in dossiers, and of each kind beside them."""

    dossiers: int
    beside: Mapping[str, int]

    @property
    def total(self) -> Capped:
        """All of it, counted no further than `CAP`."""
        return Capped(min(self.dossiers + sum(self.beside.values()), CAP))

    def sources(self) -> list[Source]:
        """The kinds beside the dossiers of which something waits."""
        return [source for kind, source in _sources.items() if self.beside.get(kind)]


_sources: dict[str, Source] = {}


def contribute_waiting(source: Source) -> None:
    """Have a kind of work counted and shown on the to-do list; called when the apps are ready."""
    _sources[source.kind] = source


def tally(actor: Actor) -> Tally:
    """Count what waits for an actor, each source once and no further than `CAP`."""
    beside = {kind: source.count(actor, CAP) for kind, source in _sources.items()}
    return Tally(count_todo(actor).number, beside)


def tally_of(request: HttpRequest) -> Tally:
    """What waits for whoever is signed in; the rail, the list and any other part of a page share it."""
    kept: Tally | None = getattr(request, "waiting_tally", None)
    if kept is None:
        actor = getattr(request, "actor", None)
        kept = tally(actor) if actor is not None else Tally(0, {})
        request.waiting_tally = kept  # type: ignore[attr-defined]
    return kept


def waiting_for(actor: Actor, *, counted: Tally, kind: str = "", most: int = 40) -> list[Waiting]:
    """What waits for an actor beside the dossiers: by its day, then the oldest first.

    Args:
        actor: whose work.
        counted: their tally; a source of which nothing waits is not asked.
        kind: only this kind of work.
        most: how many, of each source and in all.
    """
    asked = [source for source in counted.sources() if kind in ("", source.kind)]
    found = [one for source in asked for one in source.find(actor, most)]
    return sorted(found, key=lambda one: (one.due_on or date.max, one.since))[:most]
