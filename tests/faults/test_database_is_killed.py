"""kill -9 for the database in mid-step: people are told in their words, and go on where they were."""

import os
import signal

import pytest
from django.db import connection
from django.urls import reverse

from tests import cast
from tests.faults.office import in_the_background, stuck, usual, wait_until
from tests.faults.test_web_is_killed import kinds, numbers_run_without_gap_or_twin
from tests.faults.test_worker_is_killed import unfinished
from zhiheng.cases.tests.test_all_or_nothing import traces
from zhiheng.config.pytest_database import alone

pytestmark = pytest.mark.faults
MANY = 8


@pytest.fixture
def cluster():
    found = alone()
    if found is None:
        pytest.skip("数据库由别人共用，不能杀；make test 单独运行这些测试")
    return found


def crowd(office, path):
    """Many open the page at once, so that every connection of every process is used."""
    people = [office.as_(cast.AGENCY_HEAD) for _ in range(MANY)]
    waiting = [in_the_background(lambda each=each: each.opens(path)) for each in people * 2]
    return {each.result(60).status for each in waiting}


def test_a_step_in_which_the_database_died_is_taken_again_without_restarting_anything(
    office, case, cluster
):
    player = case("review")
    path = reverse("case_step", args=[player.case.code, "issue_notice"])
    head = office.as_(cast.AGENCY_HEAD)
    form, before, typed = head.opens(path), traces(player), usual(player, "issue_notice")
    office.worker.begin()
    assert crowd(office, path) == {200}
    with stuck("ledger_task") as held:
        lost = in_the_background(lambda: head.sends(path, form, typed))
        held.by()
        os.kill(cluster.pid(), signal.SIGKILL)
        page = lost.result(40)
    assert page.status == 500
    page.says("系统出了故障，不是您的错", "也没有办一半", "同一步不会记两遍")
    connection.close()
    for _ in range(2):  # so long that a single attempt to connect would sleep past the return
        down = head.opens(path)
        assert down.status == 500
        down.says("过一分钟再提交一次")
    cluster.start()
    assert crowd(office, path) == {200}, "连不上的连接不会给到人手里"
    assert traces(player) == before
    page = head.sends(path, form, typed)
    assert page.path == reverse("case", args=[player.case.code]), page.words
    assert kinds(player.case.dossier).count("case.issue_notice") == 1

    def made():
        office.look_after(office.worker)
        return not unfinished().exists()

    wait_until(made, "数据库回来以后的文书", seconds=90)
    office.kill(office.worker)
    numbers_run_without_gap_or_twin()
