"""谁在读这一页：引用连不连、连到哪一天，一页只问一次库。

A citation becomes a link only for somebody who may open the corpus, and only where the corpus
holds the law: a link that leads nowhere is worse than plain words. The titles held are remembered
between pages; each page that cites something asks once whether laws were added since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max

from zhiheng.laws.citations import plain_title
from zhiheng.laws.models import Law


@dataclass
class Reader:
    """Whoever reads a page, for as long as the page is made.

    Attributes:
        allowed: says whether this person may open the corpus; asked at the first citation.
        on: the day of the page; None is today.
    """

    allowed: Callable[[], bool]
    on: date | None = None
    _titles: frozenset[str] | None = field(default=None, repr=False)

    def finds(self, title: str) -> bool:
        """Whether a citation of this title leads somewhere for this reader."""
        if self._titles is None:
            self._titles = _held() if self.allowed() else frozenset()
        return plain_title(title) in self._titles


_current: ContextVar[Reader | None] = ContextVar("reader", default=None)
_remembered: tuple[tuple[int | None, int], frozenset[str]] = ((None, 0), frozenset())


def current() -> Reader | None:
    """The reader of the page being made; None outside a page, where nothing is linked."""
    return _current.get()


@contextmanager
def reading(reader: Reader) -> Iterator[Reader]:
    """Make everything within for this reader."""
    token = _current.set(reader)
    try:
        yield reader
    finally:
        _current.reset(token)


def _held() -> frozenset[str]:
    """Titles of all laws in the corpus, read anew only when their number or the last one changed."""
    global _remembered
    state = Law.objects.aggregate(last=Max("pk"), number=Count("pk"))
    mark = (state["last"], state["number"])
    if _remembered[0] != mark:
        _remembered = (mark, frozenset(Law.objects.values_list("short", flat=True)))
    return _remembered[1]
