"""Whole ordinary cases a minute: from the report to the archive, every document set and sealed.

    python -m benchmarks.casework [--scale small|full] [--quick]

Each case goes its whole way through the services, 24 acts by seven people, as in the demonstration;
its documents are set, sealed and stored by real workers (`python -m zhiheng.config.worker`) from
the job queue. The clock stops when the last document is finished and every act is in the log's
queue or the log. `cases_per_minute`: one process acts, one worker; `…_two_workers`: two and two.
`spot_cases_per_minute`: the same for cases punished on the spot, 13 acts each.

The peer makes 14 of the documents as the field does: docx templates filled by docxtpl, converted
by headless LibreOffice, all in one run (`peer_documents_per_minute`) or a run for each
(`peer_each_documents_per_minute`); it takes no step, keeps no record and seals nothing. Its cases
a minute are those sums over as many documents as a case of ours has.
"""

import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from benchmarks import _bench as bench

CASES = {"small": 4, "full": 24}
SPOT_CASES = {"small": 8, "full": 60}
PEER_CASES = {"small": 1, "full": 2}
PATIENCE = 300  # seconds without a finished document
PLAN = ("QH-CG-001", 800_000, 60, 13, "面馆")


def play(numbers: list[int], mark: str) -> None:
    """Take cases their whole way, one after the other."""
    from django.db import connection, transaction

    from zhiheng.cases.demo.loading import ROAD
    from zhiheng.cases.demo.player import Player
    from zhiheng.elements import api as elements
    from zhiheng.kernel.clock import today

    start = today() - timedelta(days=60)
    item = elements.get_item("QH-CG-001", start)
    parties = elements.find_subjects("面馆", "339901", start, limit=20)
    for number in numbers:
        subject = parties[number % len(parties)]
        player = Player(day=start, fine=800_000, prefix=f"bench/{mark}/{number}")
        with transaction.atomic():
            clue = player.report(
                place=subject.address, description=f"群众反映：{item.name}", target=subject.name
            )
        player.match(clue, item=item, subject=subject)
        player.move_to(start + timedelta(days=1))
        player.check(clue)
        player.propose(clue)
        for after, steps in ROAD:
            player.move_to(start + timedelta(days=after))
            player.steps(*steps)
    connection.close()


def play_spot(numbers: list[int], mark: str) -> None:
    """Take cases on the spot their whole way: found, told, heard, decided, handed over, paid, shelved."""
    from django.db import connection

    from zhiheng.cases.demo.player import Player
    from zhiheng.cases.demo.street import SHELVED
    from zhiheng.elements import api as elements
    from zhiheng.kernel.clock import today

    start = today() - timedelta(days=30)
    item = elements.get_item("QH-CG-025", start)
    parties = elements.find_subjects("面馆", "339901", start, limit=20)
    for number in numbers:
        player = Player(day=start, fine=10_000, prefix=f"spot/{mark}/{number}")
        place = f"城东街道渡口街{number}号门前"
        player.finds(item=item, subject=parties[number % len(parties)], place=place)
        player.steps(*SHELVED)
    connection.close()


PLAYS = {"ordinary": play, "spot": play_spot}


def _hand(kind: str, numbers: list[int], mark: str, ready: Any) -> None:
    import django

    django.setup()
    from zhiheng.rulebook import api as rulebook

    rulebook.current()
    ready.wait(timeout=60)
    PLAYS[kind](numbers, mark)


@contextmanager
def workers(count: int) -> Iterator[None]:
    """So many workers as the demonstration runs one."""
    log = open(os.path.join(os.environ["ZHIHENG_DATA"], "worker.log"), "a")  # noqa: SIM115
    command = [sys.executable, "-m", "zhiheng.config.worker"]
    running = [
        subprocess.Popen(command, cwd=bench.ROOT, stdout=log, stderr=log) for _ in range(count)
    ]
    try:
        yield
    finally:
        for worker in running:
            worker.terminate()
        for worker in running:
            worker.wait(timeout=30)
        log.close()


def waiting() -> tuple[int, int]:
    """Documents that are not finished yet, and all."""
    from zhiheng.documents.api import Document

    return Document.objects.filter(finished_at=None).count(), Document.objects.count()


def wait_for_documents() -> int:
    """Wait until the last document is finished; how many there are."""
    last, since = -1, time.perf_counter()
    while (left := waiting())[0]:
        if left[0] != last:
            last, since = left[0], time.perf_counter()
        if time.perf_counter() - since > PATIENCE:
            raise SystemExit(f"{left[0]} documents were never finished")
        time.sleep(0.05)
    return left[1]


def run(*, count: int, cases: int, kind: str = "ordinary") -> dict[str, float]:
    """So many workers and so many hands: cases and documents a minute."""
    with workers(count):
        PLAYS[kind]([0], f"warm{count}")
        before = wait_for_documents()
        context = multiprocessing.get_context("spawn")
        ready = context.Barrier(count + 1)
        hands = [
            context.Process(
                target=_hand, args=(kind, list(range(n, cases, count)), f"run{count}", ready)
            )
            for n in range(count)
        ]
        for hand in hands:
            hand.start()
        ready.wait(timeout=60)
        began = time.perf_counter()
        for hand in hands:
            hand.join()
        acted = time.perf_counter() - began
        if any(hand.exitcode for hand in hands):
            raise SystemExit("a case did not go its whole way")
        documents = wait_for_documents() - before
        took = time.perf_counter() - began
    bench.tell(f"{kind}, {count} workers: {cases} cases, {documents} documents in {took:.1f} s")
    return {
        "cases": cases / took * 60,
        "documents": documents / took * 60,
        "acting_share": acted / took,
        "per_case": documents / cases,
    }


def check() -> int:
    """Every case is archived, every document that must be is sealed; how many acts there are."""
    from zhiheng.cases.models import Case
    from zhiheng.documents.api import Document, templates
    from zhiheng.ledger import api as ledger

    left = Case.objects.exclude(state="ARCHIVED").count()
    sealed = [code for code, template in templates().items() if template.seal]
    unsealed = Document.objects.filter(code__in=sealed, sealed=False).count()
    if left or unsealed:
        raise SystemExit(f"{left} cases are not archived, {unsealed} documents are not sealed")
    return ledger.Act.objects.count()


def peer(cases: int, *, of_a_case: float, of_a_spot_case: float) -> dict[str, Any]:
    """Documents by docx templates and LibreOffice; how many cases they would be enough for."""
    from benchmarks import documents

    found = documents.peer_libreoffice(cases)
    if found.get("peer_libreoffice") is None:
        reason = found["peer_libreoffice_reason"]
        return {"peer_documents_per_minute": None, "peer_cases_per_minute": None,
                "peer_spot_cases_per_minute": None, "peer_reason": reason}  # fmt: skip
    together, each = (float(str(found[n])) * 60 for n in
                      ("peer_libreoffice", "peer_libreoffice_one_run_each"))  # fmt: skip
    return {
        "peer_documents_per_minute": together,
        "peer_cases_per_minute": together / of_a_case,
        "peer_each_documents_per_minute": each,
        "peer_each_cases_per_minute": each / of_a_case,
        "peer_spot_cases_per_minute": together / of_a_spot_case,
    }


def main() -> int:
    """Measure and print."""
    options = bench.arguments(__doc__, scales=list(CASES), default="full")
    cases = CASES[options.scale]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ZHIHENG_DATA"] = folder
        with bench.database("casework"):
            from django.core.management import call_command

            from zhiheng.elements import demo as elements

            elements.load_demo("small", 1)
            call_command("seals", "setup", stdout=sys.stderr)
            one, two = run(count=1, cases=cases), run(count=2, cases=cases)
            spot = run(count=1, cases=SPOT_CASES[options.scale], kind="spot")
            spot_two = run(count=2, cases=SPOT_CASES[options.scale], kind="spot")
            acts, figures = check(), bench.server_settings()
            bench.tell("LibreOffice")
            figures |= peer(
                PEER_CASES[options.scale],
                of_a_case=one["per_case"],
                of_a_spot_case=spot["per_case"],
            )
    bench.report(
        benchmark="casework", scale=options.scale, rows=2 * cases, cpus=os.cpu_count(), acts=acts,
        cases_per_minute=one["cases"], cases_per_minute_two_workers=two["cases"],
        documents_per_minute=one["documents"], documents_per_minute_two_workers=two["documents"],
        spot_cases_per_minute=spot["cases"], spot_cases_per_minute_two_workers=spot_two["cases"],
        spot_documents_per_case=spot["per_case"],
        documents_per_case=one["per_case"], acting_share=one["acting_share"],
        acting_share_two_workers=two["acting_share"], **figures,
    )  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
