"""A walk that ends with the clock back where it was."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from tests.journeys.driver import Walk
from tests.journeys.ends import promised, reached


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


@pytest.fixture(autouse=True)
def ends_where_it_says(request: pytest.FixtureRequest) -> Iterator[None]:
    """A journey that the table of endings names has really reached its ending."""
    wanted = promised(request.module.__name__, request.function.__name__)
    if wanted and "transactional_db" not in request.fixturenames:
        request.getfixturevalue("db")  # so that the record is still there afterwards
    yield
    if wanted:
        missing = wanted - reached()
        assert not missing, f"说好走到 {missing}，却没有走到"


@pytest.fixture
def fast_case(db) -> Iterator[Walk]:
    """A shop's goods on the pavement; the case is proposed to be handled fast."""
    walk = Walk(date(2026, 3, 3), fine=30000, party="五金")
    walk.report(description="店门口摆满货，人走不过去", target="五金")
    walk.match(item="QH-CG-018")
    walk.check()
    walk.propose(procedure="penalty.fast")
    yield walk
    walk.close()
