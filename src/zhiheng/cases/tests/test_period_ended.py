"""When time has run out, the worker tells whoever may act now."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from procrastinate.contrib.django.models import ProcrastinateJob

from zhiheng.cases.tasks import period_ended
from zhiheng.cases.tests.factories import collected, matter_of
from zhiheng.ledger import api as ledger

NEXT_DAY = datetime(2026, 3, 16, 0, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def waiting(player):
    return {(t.step_id, t.role) for t in ledger.open_tasks_of(matter_of(player).case.pk)}


def told_of(player):
    """The acts of this case that jobs were enqueued for."""
    acts = {act.pk for act in ledger.acts_of(matter_of(player).case.dossier)}
    jobs = ProcrastinateJob.objects.filter(task_name="cases.period_ended")
    return [job.args["act_id"] for job in jobs if job.args["act_id"] in acts]


@pytest.mark.django_db(transaction=True)
@pytest.mark.law("apl-2021:45", "apl-2021:64")
def test_the_end_of_the_window_puts_the_decision_on_the_heads_list():
    player = collected()
    player.move_to(date(2026, 3, 6))
    player.steps("conclude", "countersign", "review", "issue_notice", "serve_notice")
    assert ("decide", "agency_head") not in waiting(player)
    with time_machine.travel(NEXT_DAY, tick=False):
        ledger.remind(at=NEXT_DAY)
        ended = told_of(player)
        assert ended, "期限届满没有通知案件"
        for act_id in ended:
            period_ended(act_id=act_id)
        assert ("decide", "agency_head") in waiting(player)
        period_ended(act_id=ended[0])
    assert ("decide", "agency_head") in waiting(player), "再来一次也一样"
    assert "deadline.missed" not in [a.kind for a in ledger.acts_of(matter_of(player).case.dossier)]
