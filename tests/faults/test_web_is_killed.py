"""kill -9 for the web server in mid-step: nothing is half done, the same form takes the step once."""

import pytest
import requests
from django.urls import reverse

from tests import cast
from tests.faults.office import in_the_background, stuck, usual, wait_until
from tests.journeys.driver import Beside
from zhiheng.cases.models import Side
from zhiheng.cases.tests.test_all_or_nothing import traces
from zhiheng.documents.models import Document
from zhiheng.ledger import api as ledger

pytestmark = pytest.mark.faults
AT_THE_LAST_MOMENT = "ledger_task"  # the to-dos are written last of all


def kinds(dossier):
    return [act.kind for act in ledger.acts_of(dossier)]


def numbers_run_without_gap_or_twin():
    """Every number of a series once, from 1 on."""
    series: dict[tuple, list[int]] = {}
    rows = Document.objects.exclude(number=None).exclude(number="")
    for agency, number in rows.values_list("agency_code", "number"):
        digits = number.rpartition("号")[0]
        head = digits.rstrip("0123456789")
        series.setdefault((agency, head), []).append(int(digits[len(head) :]))
    for name, given in series.items():
        assert sorted(given) == list(range(1, len(given) + 1)), name
    assert series


def cut_off(office, work, at=AT_THE_LAST_MOMENT):
    """Do something at the screen; the server is killed when all of it but the end is written."""
    with stuck(at) as held:
        lost = in_the_background(work)
        held.by()
        office.kill(office.web)
    with pytest.raises(requests.ConnectionError):
        lost.result(30)
    office.open()


def test_a_step_cut_off_leaves_nothing_and_the_same_form_takes_it_once(office, case):
    player = case("review")
    path = reverse("case_step", args=[player.case.code, "issue_notice"])
    head = office.as_(cast.AGENCY_HEAD)
    form, before = head.opens(path), traces(player)
    cut_off(office, lambda: head.sends(path, form, usual(player, "issue_notice")))
    assert traces(player) == before, "半路断了却留下了痕迹"
    page = head.sends(path, form, usual(player, "issue_notice"))
    assert (page.status, page.path) == (200, reverse("case", args=[player.case.code])), page.errors
    page.says("已办：")
    assert kinds(player.case.dossier).count("case.issue_notice") == 1
    numbers_run_without_gap_or_twin()


def test_a_step_whose_answer_was_lost_is_there_once(office, case):
    player = case("issue_notice")
    path = reverse("case_step", args=[player.case.code, "serve_notice"])
    officer = office.as_(cast.OFFICER)
    form, typed = officer.opens(path), usual(player, "serve_notice")
    lost = in_the_background(lambda: officer.sends(path, form, typed))
    wait_until(lambda: "case.serve_notice" in kinds(player.case.dossier), "这一步")
    office.kill(office.web)
    assert lost.exception(30) or lost.result().status == 200
    after = traces(player)
    office.open()
    page = officer.sends(path, form, typed)
    assert page.path == reverse("case", args=[player.case.code]), page.errors
    assert traces(player) == after, "再交一次多出了东西"
    assert kinds(player.case.dossier).count("case.serve_notice") == 1


def test_a_side_proceeding_cut_off_at_its_beginning_begins_once(office, case):
    player = case("confirm_address")
    beside = Beside(player, "measure.registration")
    path, officer = beside.url("apply"), office.as_(cast.OFFICER)
    form, typed, before = officer.opens(path), beside.usual("apply"), traces(player)
    cut_off(office, lambda: officer.sends(path, form, typed))
    assert not Side.objects.filter(case=player.case).exists()
    assert traces(player) == before
    for _ in range(2):
        page = officer.sends(path, form, typed)
        assert page.path == reverse("side", args=[player.case.code, 1]), page.errors
    (side,) = Side.objects.filter(case=player.case)
    assert kinds(side.dossier).count("side.apply") == 1
    head, path = office.as_(cast.AGENCY_HEAD), beside.url("approve")
    form = head.opens(path)
    typed = beside.usual("approve")
    cut_off(office, lambda: head.sends(path, form, typed))
    assert beside.state == "REQUESTED"
    assert head.sends(path, form, typed).path == beside.url()
    assert beside.state == "APPROVED"
    assert kinds(side.dossier).count("side.approve") == 1
    numbers_run_without_gap_or_twin()
