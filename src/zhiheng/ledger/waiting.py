"""What waits for a person outside every dossier: filled in by whoever has such work.

A change of the registers or an import belongs to no case; its turn comes to people all the same,
and they look for it where all their work stands.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from zhiheng.ledger.policies import Actor


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what, about what, its number and page, since when, why it came back."""

    title: str
    about: str
    number: str
    href: str
    since: datetime
    reason: str = ""


@dataclass(frozen=True)
class Source:
    """A kind of such work: `find` names the oldest, `count` counts up to a limit."""

    kind: str
    label: str
    find: Callable[[Actor, int], list[Waiting]]
    count: Callable[[Actor, int], int]


_sources: dict[str, Source] = {}


def contribute_waiting(source: Source) -> None:
    """Have a kind of work shown on the to-do list; called when the apps are ready."""
    _sources[source.kind] = source


def sources() -> list[Source]:
    """The kinds of such work."""
    return list(_sources.values())


def waiting_for(actor: Actor, *, kind: str = "", most: int = 40) -> list[Waiting]:
    """What waits for an actor, the oldest first."""
    found = [
        one for source in sources() if kind in ("", source.kind) for one in source.find(actor, most)
    ]
    return sorted(found, key=lambda one: one.since)[:most]


def count_waiting(actor: Actor, *, most: int) -> int:
    """How much waits, counted no further than `most`."""
    return min(sum(source.count(actor, most) for source in sources()), most)
