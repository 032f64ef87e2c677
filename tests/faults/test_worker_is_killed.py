"""kill -9 for the worker: each paper is made once, and what takes effect by law does so once."""

from datetime import date

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.faults.office import put_in_the_queue, stuck, wait_until
from tests.faults.test_web_is_killed import kinds, numbers_run_without_gap_or_twin
from zhiheng.cases.demo.measures import CONTROLLER, _step
from zhiheng.documents import api as documents
from zhiheng.documents.models import Document
from zhiheng.kernel import clock
from zhiheng.ledger.models import Act, LogEntry, LogQueue
from zhiheng.payments import api as payments

pytestmark = pytest.mark.faults
EARLIER = date(2026, 3, 2)


@pytest.fixture
def worker(office):
    yield office.worker
    office.kill(office.worker)


def unfinished():
    """Issued papers without a file."""
    return Document.objects.filter(state=Document.State.ISSUED, finished_at=None)


def rows():
    """What there is of papers, apart from their files."""
    return list(Document.objects.order_by("pk").values_list("pk", "code", "number", "check_code"))


def jobs(status):
    return ProcrastinateJob.objects.filter(task_name="documents.finish", status=status)


def begun():
    """The papers whose job is begun, also those that a worker killed earlier left so."""
    return {job.args["document_id"] for job in jobs("doing")}


def test_a_paper_whose_worker_was_killed_while_sealing_is_made_once(office, worker, case):
    player = case("serve_decision")
    before, left_by_others = rows(), begun()
    assert unfinished().count() >= 5
    with stuck("documents_document") as held:  # sealed and stored, but not yet said so
        worker.begin()
        held.by()
        office.kill(worker)
        held.cut()
    half_done = begun() - left_by_others
    assert half_done
    assert unfinished().filter(pk__in=half_done).count() == len(half_done)
    office.worker_again()
    wait_until(lambda: Document.objects.exclude(finished_at=None).count() >= 2, "第一批文书")
    office.kill(worker)  # wherever it stands just now
    office.worker_again()
    wait_until(lambda: not unfinished().exists(), "全部文书", seconds=120)
    assert rows() == before, "文书只有一份，文号没有变"
    numbers_run_without_gap_or_twin()
    for paper in Document.objects.filter(pk__in=half_done):
        seal = documents.read_seal(pdf=documents.document_pdf(paper, at=clock.now()))
        assert paper.sealed == seal.sealed
        assert seal.valid or not seal.sealed
    wait_until(lambda: not jobs("doing").exists() and not jobs("todo").exists(), "队列空了")
    assert not jobs("failed").exists()
    (decision,) = [p for p in documents.documents_of(player.case.dossier) if p.code == "F-39"]
    assert decision.sealed
    assert payments.fine_order_of(player.case.pk).payments.count() == 0


def test_a_period_that_ended_releases_once_though_the_worker_died_over_it(office, worker, case):
    player, side = case("confirm_address", EARLIER), None
    for step_id in ("apply", "approve", "register"):
        side = _step(player, "measure.registration", step_id, side, CONTROLLER)
    put_in_the_queue("ledger.remind")
    with stuck("cases_side") as held:
        office.worker_again()
        held.by()
        office.kill(worker)
        held.cut()
    assert "side.lapse" not in kinds(side.dossier)
    office.worker_again()
    wait_until(lambda: "side.lapse" in kinds(side.dossier), "自动解除", seconds=60)
    side.refresh_from_db()
    assert side.state == "LAPSED"
    assert kinds(side.dossier).count("deadline.missed") == 1
    assert kinds(side.dossier).count("side.lapse") == 1


def test_the_log_goes_on_though_the_worker_died_over_it_and_the_next_round_waited(
    office, worker, case
):
    case("file")
    put_in_the_queue("ledger.sequence")
    with stuck("ledger_logentry") as held:
        office.worker_again()
        held.by()
        put_in_the_queue("ledger.sequence")  # twenty seconds later
        office.kill(worker)
        held.cut()
    waiting = LogQueue.objects.count()
    assert waiting, "取出来的又放回去了"
    office.worker_again()
    wait_until(lambda: not LogQueue.objects.exists(), "存证日志", seconds=60)
    entered = LogEntry.objects.filter(part=0).values_list("act_id", flat=True)
    assert len(entered) == len(set(entered)) == Act.objects.count()
