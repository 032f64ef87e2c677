"""Who cites a law: a registry of finders. Contexts above fill in theirs when the apps are ready.

A finder answers for one law and a set of articles (None: the whole law) as things stand on a day.
It is asked with keywords and returns a list, in a constant number of queries.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

STATE_PREFIX = "中华人民共和国"


@dataclass(frozen=True)
class Citer:
    """Something that cites a law.

    `articles`: article numbers as digits ("132", "132-1") that it cites; empty when it cites the
    law as a whole. `stands_on`: the first day of the version of the law that it points at, where
    known: one that points at the new version already needs nothing but a look.
    """

    kind: str
    key: str
    title: str
    href: str = ""
    owner_id: int | None = None
    agency_code: str = ""
    articles: tuple[str, ...] = ()
    region_code: str = ""
    stands_on: date | None = None


Finder = Callable[..., list[Citer]]
_finders: dict[str, Finder] = {}


def register(kind: str, finder: Finder) -> None:
    """Let a context say what of its own cites a law; the same kind again replaces the finder."""
    _finders[kind] = finder


def kinds() -> tuple[str, ...]:
    """The kinds that have a finder, in the order of registration."""
    return tuple(_finders)


def citing(*, law_short: str, articles: frozenset[str] | None, on: date) -> list[Citer]:
    """Everything that cites one of the articles (None: any) of a law on a day."""
    found: list[Citer] = []
    for finder in _finders.values():
        found += finder(law_short=law_short, articles=articles, on=on)
    return found


def short_of(title: str) -> str:
    """A title as laws are matched: without 《》 and without 中华人民共和国."""
    return title.strip().strip("《》").removeprefix(STATE_PREFIX)


def touched(cited: str, articles: frozenset[str] | None) -> bool:
    """Whether a cited article is among those that changed."""
    return articles is None or not cited or cited in articles
