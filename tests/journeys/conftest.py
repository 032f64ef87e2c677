"""A walk that ends with the clock back where it was."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from tests.journeys.driver import Walk


@pytest.fixture
def walk_from(db) -> Iterator[Callable[..., Walk]]:
    """`walk_from(date(2026, 3, 2))` begins a walk on a day, `walk_from(stage="notified")` there."""
    begun: list[Walk] = []

    def begin(*day: date, **more: object) -> Walk:
        begun.append(Walk(*day, **more))
        return begun[-1]

    yield begin
    for walk in begun:
        walk.close()
