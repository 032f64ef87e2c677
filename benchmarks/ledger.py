"""The ledger: acts recorded a second, and the time of a proof among ten million leaves.

Acts go through the service as the platform calls it: dossier lock, number, canonical digest,
idempotency key, evidence digest, state, log queue, and a subscriber's job for each act.

- acts_per_second: `record_act`, one act and one commit each, from 2 processes of 4 threads, as
  the web server runs; each act has a subscriber, whose job is put in the queue with it;
- acts_per_second_unheard: the same without a subscriber;
- acts_per_second_alone: the same as the first from one thread alone;
- acts_per_second_hot: the same as the first, all on one and the same dossier, waiting in line;
- acts_per_second_bulk: `record_acts`, 500 to a transaction, from one thread;
- proof_ms: 95th percentile of `prove_digest` with the database, over random leaves.

The peer is pymerkle: its SQLite tree (durable, as ours is) and its tree in memory.
"""

import multiprocessing
import os
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from benchmarks import _bench as bench
from benchmarks import _ledger_log as log

SCALES = {
    "tiny": {"leaves": 100_000, "seconds": 4, "peer_memory": 100_000},
    "full": {"leaves": 10_000_000, "seconds": 8, "peer_memory": 1_000_000},
}
PROCESSES = 2
THREADS = 4
PATIENCE = 60
DOSSIERS = 400
BULK = 500
NOON = datetime(2026, 11, 18, 4, 0, tzinfo=UTC)
KIND = "case.note"


@dataclass(frozen=True)
class Task:
    """How single acts are recorded: for how long, by how many, with a subscriber or without."""

    seconds: float
    processes: int = PROCESSES
    threads: int = THREADS
    heard: bool = True


class Officer:
    """Fits the ledger's Actor."""

    account_id, name, agency_code, region_code = 1, "李执法", "QH-ZF", "339901"
    roles, acting_for = frozenset({"officer"}), {}


def draft(dossier, key: str) -> dict:
    """An act as casework records it."""
    return {
        "dossier": dossier,
        "kind": KIND,
        "title": "现场检查记录",
        "actor": Officer,
        "occurred_at": NOON,
        "rule_id": "penalty.ordinary/inspect",
        "rule_version": 1,
        "facts": {"evidence_count": 3, "id_shown": True, "place_in_area": True},
        "payload": {"note": "检查餐饮油烟净化设施运行情况，现场制作笔录，当事人签字确认。"},
        "evidence_digests": [sha256(key.encode()).hexdigest()],
        "place": "青衡县城东街道人民路18号",
        "lon": 120.1551,
        "lat": 30.2741,
        "device_at": NOON,
        "idempotency_key": key,
    }


def record_for(task: Task, dossier_ids: list[int], mark: str, ready, counts) -> None:
    """One process, as the web server runs it: threads record single acts until time is over."""
    import django

    django.setup()
    from zhiheng.ledger import api as ledger

    if task.heard:
        ledger.subscribe(KIND, "bench.listen")
    gate = threading.Barrier(task.threads + 1)
    done = [0] * task.threads
    stop = threading.Event()

    def work(place: int) -> None:
        own = dossier_ids if len(dossier_ids) == 1 else dossier_ids[place :: task.threads]
        dossiers = list(ledger.Dossier.objects.filter(pk__in=own))
        ledger.record_act(**draft(dossiers[0], f"{mark}-{place}-warm"))
        gate.wait(timeout=PATIENCE)
        while not stop.is_set():
            dossier = dossiers[done[place] % len(dossiers)]
            ledger.record_act(**draft(dossier, f"{mark}-{place}-{done[place]}"))
            done[place] += 1

    threads = [threading.Thread(target=work, args=(n,), daemon=True) for n in range(task.threads)]
    for thread in threads:
        thread.start()
    ready.wait(timeout=PATIENCE)
    gate.wait(timeout=PATIENCE)
    began = time.perf_counter()
    stop.wait(task.seconds)
    stop.set()
    for thread in threads:
        thread.join()
    counts.put((sum(done), time.perf_counter() - began))


def acts_per_second(*, label: str, task: Task, ids: list[int]) -> float:
    """Single acts; each thread has its own dossiers unless there is only one."""
    context = multiprocessing.get_context("spawn")
    ready, counts = context.Barrier(task.processes + 1), context.Queue()
    workers = []
    for n in range(task.processes):
        own = ids if len(ids) == 1 else ids[n :: task.processes]
        arguments = (task, own, f"{label}-{n}", ready, counts)
        workers.append(context.Process(target=record_for, args=arguments, daemon=True))
        workers[-1].start()
    ready.wait(timeout=PATIENCE)
    told = [counts.get(timeout=task.seconds + PATIENCE) for _ in workers]
    for worker in workers:
        worker.join()
    rate = sum(done / took for done, took in told)
    bench.tell(f"{label}: {sum(done for done, _ in told)} acts, {rate:.0f}/s")
    return rate


def bulk_per_second(*, seconds: float, dossiers: list) -> float:
    """Acts recorded 500 to a transaction by one process."""
    from zhiheng.ledger import api as ledger

    done, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        ledger.record_acts(
            ledger.Draft(**draft(dossiers[(done + n) % len(dossiers)], f"bulk-{done + n}"))
            for n in range(BULK)
        )
        done += BULK
    return done / (time.perf_counter() - began)


def make_dossiers(count: int) -> list:
    """Dossiers, each opened through the service."""
    from zhiheng.ledger import api as ledger

    return [
        ledger.open_dossier(
            kind="CASE",
            number=f"青衡综执立〔2026〕{n:06d}",
            region_code="339901",
            agency_code="QH-ZF",
            title="某餐馆油烟案",
            state="FILED",
            at=NOON,
            actor=Officer,
            procedure_id="penalty.ordinary",
        )
        for n in range(count)
    ]


def sequence_everything() -> tuple[int, float]:
    """Put all acts so far into the log; returns leaves and seconds."""
    from zhiheng.ledger import api as ledger

    began = time.perf_counter()
    ledger.sequence_all(at=NOON)
    return ledger.head().size, time.perf_counter() - began


def main() -> int:
    """Measure and print."""
    options = bench.arguments(__doc__, scales=list(SCALES), default="full")
    scale = SCALES[options.scale]
    seconds = scale["seconds"]
    with tempfile.TemporaryDirectory() as keys, bench.database("ledger"):
        from django.conf import settings
        from django.db import connection

        from zhiheng.ledger import api as ledger

        settings.DATA_DIR = Path(keys)
        figures: dict[str, object] = bench.server_settings()
        figures["load_before"] = os.getloadavg()[0]
        figures["fsync_ms_p50"] = bench.fsync_ms()
        ledger.subscribe(KIND, "bench.listen")
        dossiers = make_dossiers(DOSSIERS)
        ids = [dossier.pk for dossier in dossiers]
        connection.close()
        acts_per_second(label="warming up", task=Task(2), ids=ids)
        for name, task, chosen in (
            ("acts_per_second", Task(seconds), ids),
            ("acts_per_second_unheard", Task(seconds, heard=False), ids),
            ("acts_per_second_alone", Task(seconds, processes=1, threads=1), ids),
            ("acts_per_second_hot", Task(seconds), ids[:1]),
        ):
            figures[name] = acts_per_second(label=name, task=task, ids=chosen)
        figures |= {"processes": PROCESSES, "threads": THREADS}
        figures["acts_per_second_bulk"] = bulk_per_second(seconds=seconds, dossiers=dossiers)
        bench.tell(f"bulk: {figures['acts_per_second_bulk']:.0f}/s")
        sequenced, took = sequence_everything()
        figures["sequenced_leaves_per_second"] = sequenced / took
        bench.tell(f"{sequenced} leaves sequenced in {took:.1f} s")
        figures["fill_seconds"] = log.fill(leaves=scale["leaves"])
        rows = ledger.head().size
        bench.tell(f"{rows} leaves in {figures['fill_seconds']:.1f} s")
        times = log.proof_times(leaves=scale["leaves"])
        figures["proof_ms"] = bench.percentile(times, 95)
        figures["proof_ms_p50"] = bench.percentile(times, 50)
        figures["proof_ms_max"] = max(times)
    figures |= log.peers(leaves=scale["leaves"], in_memory=scale["peer_memory"])
    figures["cpus"] = os.cpu_count()
    bench.report(benchmark="ledger", scale=options.scale, rows=rows, **figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
