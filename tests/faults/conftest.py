"""One county and one office for all of it; every test brings a case of its own."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from itertools import count

import pytest
import time_machine
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from tests import cast
from tests.faults.office import Office
from zhiheng.cases.demo.player import SHANGHAI, Player
from zhiheng.cases.tests.factories import COLLECT
from zhiheng.elements import api as elements

TODAY = date(2026, 3, 23)
AFTERNOON = datetime.combine(TODAY, time(14, 0), SHANGHAI)
NOTIFY = ("conclude", "countersign", "review", "issue_notice", "serve_notice")
ROAD = (*COLLECT, *NOTIFY, "waive_defence", "decide", "serve_decision")


@pytest.fixture(scope="session")
def office(django_test_environment, django_db_blocker) -> Iterator[Office]:
    """The small county, with a web server that answers; a worker is started by who needs one.

    The database is made here, not test by test: what is killed shares it for as long as we run.
    """
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
        name = connection.settings_dict["NAME"]
        with connection.cursor() as cursor:  # what was committed must be there after a crash
            cursor.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = on')
        connection.close()
        office = Office(AFTERNOON)
        with time_machine.travel(AFTERNOON, tick=True):
            cast.county()
            try:
                office.open()
                yield office
            finally:
                office.close()
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def numbers() -> Iterator[int]:
    return count(1)


@pytest.fixture
def case(office, numbers) -> Callable[..., Player]:
    """`case("review")` is a case of its own that has come so far; that step is the last taken."""

    def made(last: str, day: date = TODAY) -> Player:
        number = next(numbers)
        player = Player(day=day, fine=800000, prefix=f"faults/{number}")
        clue = player.report(place=f"清波路{number}号", description="油烟直排居民窗下", target="店")
        subject = elements.find_subjects("面馆", "339901", day, limit=1)[0]
        player.match(clue, item=elements.get_item("QH-CG-001", day), subject=subject)
        player.check(clue)
        player.propose(clue)
        player.steps(*ROAD[: ROAD.index(last) + 1])
        return player

    return made
