"""Any piece of text finds its cases, the newest first, within scope and within bounded time."""

import pytest
from django.db import connection
from django.urls import reverse

from tests import cast
from zhiheng.cases import finding
from zhiheng.cases.demo import province
from zhiheng.cases.finding import find_cases
from zhiheng.cases.models import BLOCK, Case
from zhiheng.kernel.errors import ZhihengError
from zhiheng.ledger import api as ledger

pytestmark = pytest.mark.django_db
COUNT = 240


@pytest.fixture
def loaded():
    """Cases of two agencies, in two blocks far apart."""
    cast.county()
    province.load(seed=3, count=COUNT // 2)
    with connection.cursor() as cursor:
        sequence, table = "pg_get_serial_sequence(%s, 'id')", ledger.Dossier._meta.db_table
        far = f"SELECT setval({sequence}, nextval({sequence}) + %s)"
        cursor.execute(far, [table, table, 3 * BLOCK])
    province.load(seed=4, count=COUNT // 2)


def pages_of(q, username, size=7):
    """All that is found, page by page."""
    found, below = [], None
    while page := find_cases(actor=cast.actor(username), q=q, below=below, limit=size):
        found += page
        below = page[-1].pk
    return [case.pk for case in found]


def holding(text, **more):
    """What a look at every case finds."""
    rows = Case.objects.filter(**more).order_by("-pk")
    fields = ("number", "party_name", "item_name", "place")
    return [c.pk for c in rows if any(text in getattr(c, name) for name in fields)]


@pytest.mark.parametrize("username", [cast.SUPERVISOR, cast.OFFICER])
def test_pieces_find_their_cases_page_by_page(loaded, username):
    scope = {} if username == cast.SUPERVISOR else {"agency_code": "QH-ZF"}
    long_names = Case.objects.filter(**scope, party_name__regex=r"^.{6}")
    newest = long_names.order_by("-pk").first()
    for piece in (newest.party_name[-2:], newest.party_name[3:6], newest.item_name[:4], "青衡"):
        expected = holding(piece, **scope)
        assert newest.pk in expected
        assert pages_of(piece, username) == expected
    assert max(holding("青衡", **scope)) - min(holding("青衡", **scope)) > 3 * BLOCK


def test_numbers_and_codes_find_whole(loaded):
    case = Case.objects.filter(agency_code="QH-ZF").order_by("pk")[3]
    for q in (case.number, case.code):
        assert case.pk in pages_of(q, cast.OFFICER)
    assert pages_of(case.code, cast.SUPERVISOR) == [case.pk]
    assert pages_of("无此词", cast.SUPERVISOR) == pages_of("、", cast.SUPERVISOR) == []


def test_state_and_own_cases_narrow_the_search(loaded):
    officer = cast.actor(cast.OFFICER)
    mine = Case.objects.filter(handlers__account_id=officer.account_id)
    state = mine.order_by("pk").values_list("state", flat=True)[0]
    found = find_cases(actor=officer, q="青衡", state=state, mine=True, limit=200)
    own = set(mine.filter(state=state).values_list("pk", flat=True))
    assert {case.pk for case in found} == own
    assert len(own) < mine.count() < Case.objects.filter(agency_code="QH-ZF").count()


def test_what_takes_too_long_is_given_up_with_a_sentence(loaded, client, monkeypatch):
    monkeypatch.setattr(finding, "PATIENCE", 20)
    with (
        pytest.raises(ZhihengError, match="两秒内没有找完"),
        finding.patience(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT pg_sleep(3)")
    cast.sign_in(client, cast.SUPERVISOR)
    slow = finding.BY_BLOCKS.replace("AS hit", "AS hit, pg_sleep(3)").replace("(dossier_id)", "")
    monkeypatch.setattr(finding, "BY_BLOCKS", slow.replace("hit.dossier_id", "1"))
    page = client.get(reverse("search"), {"q": "青衡"}).content.decode()
    assert "请多写几个字" in page
    assert 'value="青衡"' in page
