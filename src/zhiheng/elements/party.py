"""A party's history across agencies: the contexts above tell which matters they have of it.

Whoever may not open a matter learns that it exists, of which kind, with which agency, about which
item, since when and how it ended; nothing else (个人信息保护法 6, least data).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from zhiheng.people.api import Actor


@dataclass(frozen=True)
class PartyMatter:
    """One matter of a party. `order` is the dossier's number: later matters have larger ones.

    `href` and `number` are filled only for those who may open the matter.
    """

    order: int
    kind: str
    agency_code: str
    item: str
    on: date
    result: str
    number: str = ""
    href: str = ""

    @property
    def dossier_id(self) -> int:
        """The same number, by its other name."""
        return self.order


class Finder(Protocol):
    """Finds matters of a party, the newest first."""

    def __call__(
        self, *, subject_ids: Sequence[int], actor: Actor, below: int | None, limit: int
    ) -> list[PartyMatter]:
        """At most `limit` matters whose number is smaller than `below`."""
        ...


_finders: dict[str, Callable[..., list[PartyMatter]]] = {}


def contribute_matters(finder: Finder) -> None:
    """Let a context tell of its matters; called once when the apps are ready."""
    _finders[f"{getattr(finder, '__module__', '')}.{getattr(finder, '__name__', '')}"] = finder


def matters_of(
    *, subject_ids: Sequence[int], actor: Actor, below: int | None, limit: int
) -> list[PartyMatter]:
    """Matters of a party in every context, the newest first."""
    found = [
        matter
        for finder in _finders.values()
        for matter in finder(subject_ids=subject_ids, actor=actor, below=below, limit=limit)
    ]
    return sorted(found, key=lambda matter: -matter.order)[:limit]
