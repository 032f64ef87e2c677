"""How often a screen asks the database: a small number that rows do not move."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import cast
from zhiheng.cases import papers, record_facts
from zhiheng.cases.demo import province
from zhiheng.cases.matters import CaseMatter
from zhiheng.cases.models import Case
from zhiheng.cases.selectors import access_case_by_code

pytestmark = pytest.mark.django_db
SIGNED_IN = 4  # session, account, roles, acting
TODO, LIST, SEARCH, DOSSIER = 7, 5, 5, 27  # one: lines to be cleared; one: what was listed


@pytest.fixture
def county(client):
    cast.county()
    province.load(seed=5, count=240)
    cast.sign_in(client, cast.OFFICER)
    return client


def asked(client, address, **params):
    """How many statements a page costs, without those that open and close a transaction."""
    client.get(address, params)  # sessions, caches of processes
    with CaptureQueriesContext(connection) as seen:
        response = client.get(address, params)
    assert response.status_code == 200
    frames = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return sum(not query["sql"].startswith(frames) for query in seen), response


def own(state):
    return Case.objects.filter(agency_code="QH-ZF", state=state).order_by("-pk")[0]


@pytest.mark.parametrize(
    ("name", "params", "most"),
    [("todo", {}, TODO), ("case_list", {}, LIST), ("search", {"q": "青衡"}, SEARCH)],
)
def test_lists_ask_a_fixed_number_of_times(county, name, params, most):
    few, page = asked(county, reverse(name), **params)
    rows = page.content.count(b"/cases/")
    province.load(seed=6, count=240)
    many, page = asked(county, reverse(name), **params)
    assert few == many <= SIGNED_IN + most
    assert page.content.count(b"/cases/") >= rows > 5


@pytest.mark.parametrize("state", ["PROPOSED", "FILED", "NOTIFIED", "SERVED", "ARCHIVED"])
def test_a_dossier_asks_a_fixed_number_of_times(county, state):
    first, _ = asked(county, reverse("case", args=[own(state).code]))
    province.load(seed=6, count=240)
    second, _ = asked(county, reverse("case", args=[own(state).code]))
    assert first == second <= SIGNED_IN + DOSSIER


def test_a_screen_reads_only_the_registers_that_guards_look_at(county):
    case = own("SERVED")
    matter = CaseMatter(access_case_by_code(actor=cast.actor(cast.OFFICER), code=case.code))
    whole = matter.record_facts(actor=cast.actor(cast.OFFICER), on=cast.ON)
    assert set(whole) == set().union(*record_facts.SETTLED.values())
    some = matter.record_facts(
        actor=cast.actor(cast.OFFICER), on=cast.ON, names=frozenset({"evidence_count"})
    )
    assert set(some) == record_facts.SETTLED["of_evidence"]
    assert some.items() <= whole.items()


def test_papers_state_no_fact_of_a_register_unless_it_is_read_for_them(county):
    case = own("SERVED")
    matter = CaseMatter(access_case_by_code(actor=cast.actor(cast.OFFICER), code=case.code))
    registers = set(matter.record_facts(actor=cast.actor(cast.OFFICER), on=cast.ON))
    folder = Path(papers.__file__).parent
    written = {
        name
        for path in folder.glob("*.py")
        for name in re.findall(r'facts(?:\.get\(|\[)"(\w+)"', path.read_text())
    }
    assert written & registers <= matter.read_by_papers
