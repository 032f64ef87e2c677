"""A province of copied cases stands as if the services had made it."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from tests import cast
from zhiheng.cases.demo import province
from zhiheng.cases.demo.player import Player
from zhiheng.cases.models import Case, Handler
from zhiheng.cases.policies import is_case_code, search_terms
from zhiheng.kernel.clock import now, today
from zhiheng.ledger import api as ledger

pytestmark = pytest.mark.django_db
COUNT = 400


def _indexes() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint "
            "UNION SELECT indexname FROM pg_indexes WHERE schemaname = 'public'"
        )
        return {name for (name,) in cursor.fetchall()}


@pytest.fixture
def loaded():
    cast.county()
    before = _indexes()
    return before, province.load(seed=7, count=COUNT)


def test_all_rows_go_in_and_every_index_and_constraint_is_back(loaded):
    before, added = loaded
    assert added["案件"] == added["卷宗"] == COUNT == Case.objects.count()
    assert Handler.objects.count() == added["办案人员"] == 2 * COUNT
    assert before == _indexes()


def test_every_act_is_sealed_and_waits_for_the_log(loaded, capsys):
    call_command("ledger", "verify")
    assert "全部相符" in capsys.readouterr().out
    assert ledger.sequence(at=now(), limit=100_000).size > COUNT


def test_codes_numbers_and_terms_are_as_the_services_make_them(loaded):
    for case in Case.objects.all():
        assert is_case_code(case.code)
        whole = search_terms(case.number, case.party_name, case.item_name, case.place)
        assert case.terms == whole
    newest = Case.objects.order_by("-pk").first()
    year = newest.proposed_on.year
    taken = Case.objects.filter(agency_code="QH-ZF", proposed_on__year=year).count()
    assert ledger.next_number("立案", "QH-ZF", year) == taken + 1


def test_open_cases_have_their_to_dos_and_ended_ones_none(loaded):
    ended = {"ARCHIVED", "NOT_FILED", "WITHDRAWN"}
    for case in Case.objects.select_related("dossier"):
        tasks = list(ledger.open_tasks_of(case.pk))
        assert bool(tasks) == (case.state not in ended)
        assert all(t.assignee_id == case.lead_id for t in tasks if t.role == "officer")
        assert ledger.acts_of(case.dossier).count() == case.dossier.last_seq
        assert (case.dossier.closed_at is not None) == (case.state in ended)


@pytest.mark.parametrize("state", ["PROPOSED", "FILED", "NOTIFIED", "SERVED", "ARCHIVED"])
def test_a_copied_case_can_be_opened_and_gone_on_with(loaded, client, state):
    case = Case.objects.filter(state=state, agency_code="QH-ZF").order_by("-pk").first()
    client.force_login(case.lead)
    page = client.get(reverse("case", args=[case.code])).content.decode()
    assert case.party_name in page
    if state == "PROPOSED":
        player = Player(day=today(), fine=0, prefix="copied", case=case)
        player.step("file")
        assert Case.objects.get(pk=case.pk).state == "FILED"
