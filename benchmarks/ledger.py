"""The ledger: acts recorded a second, and the time of a proof among ten million leaves.

Acts go through the service as the platform calls it: dossier lock, number, canonical digest,
idempotency key, evidence digest, state, log queue, and a subscriber's job for each act.

- acts_per_second: `record_act`, one act and one commit each, from several processes at once;
- acts_per_second_alone: the same from one process;
- acts_per_second_bulk: `record_acts`, 500 to a transaction, from one process;
- acts_per_second_hot: several processes on one and the same dossier, so all wait in line;
- proof_ms: 95th percentile of `prove_digest` with the database, over random leaves.

The peer is pymerkle: its SQLite tree (durable, as ours is) and its tree in memory.
"""

import multiprocessing
import os
import random
import sys
import tempfile
import time
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from benchmarks import _bench as bench

SCALES = {
    "tiny": {"leaves": 100_000, "seconds": 2, "peer_memory": 100_000},
    "full": {"leaves": 10_000_000, "seconds": 8, "peer_memory": 1_000_000},
}
PROCESSES = 4
PATIENCE = 60
DOSSIERS = 400
BULK = 500
PROOFS = 2_000
PEER_PROOFS = 20
NOON = datetime(2026, 11, 18, 4, 0, tzinfo=UTC)
KIND = "case.note"


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


def record_for(seconds: float, dossier_ids: list[int], mark: str, ready, counts) -> None:
    """One process: record single acts until the time is over."""
    import django

    django.setup()
    from zhiheng.ledger import api as ledger

    ledger.subscribe(KIND, "bench.listen")
    dossiers = list(ledger.Dossier.objects.filter(pk__in=dossier_ids))
    ledger.record_act(**draft(dossiers[0], f"{mark}-warm"))
    ready.wait(timeout=PATIENCE)
    done, until = 0, time.perf_counter() + seconds
    while time.perf_counter() < until:
        ledger.record_act(**draft(dossiers[done % len(dossiers)], f"{mark}-{done}"))
        done += 1
    counts.put(done)


def acts_per_second(*, processes: int, seconds: float, ids: list[int], label: str) -> float:
    """Single acts from several processes; each has its own dossiers unless there is only one."""
    context = multiprocessing.get_context("spawn")
    ready, counts = context.Barrier(processes + 1), context.Queue()
    share = max(1, len(ids) // processes)
    workers = [
        context.Process(
            daemon=True,
            target=record_for,
            args=(
                seconds,
                ids if len(ids) == 1 else ids[n * share : (n + 1) * share],
                f"{label}-{n}",
                ready,
                counts,
            ),
        )
        for n in range(processes)
    ]
    for worker in workers:
        worker.start()
    ready.wait(timeout=PATIENCE)
    began = time.perf_counter()
    total = sum(counts.get(timeout=seconds + PATIENCE) for _ in workers)
    took = time.perf_counter() - began
    for worker in workers:
        worker.join()
    rate = total / took
    bench.tell(f"{label}: {total} acts in {took:.1f} s, {rate:.0f}/s")
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


def fill_log(*, leaves: int) -> float:
    """A log of synthetic leaves, digest n being SHA-256 of n in eight bytes; by COPY."""
    from django.db import connection

    from zhiheng.ledger import tiles
    from zhiheng.ledger.merkle import leaf_hash
    from zhiheng.ledger.models import LogHead
    from zhiheng.ledger.services.log import root_at, sign_head

    began = time.perf_counter()
    size, upper = LogHead.objects.order_by("-size").first().size, {}
    from zhiheng.ledger.selectors.log import tiles_at

    edge = tiles_at(tiles.edge_of(size))
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # the acts are not there
        cursor.execute("DROP INDEX log_entry_digest")
        cursor.execute(
            "INSERT INTO ledger_logentry (index, act_id, part, digest) "
            "SELECT %s + n, -n - 1, 0, sha256(int8send(n)) FROM generate_series(0, %s::bigint) n",
            [size, leaves - 1],
        )
        cursor.execute("CREATE INDEX log_entry_digest ON ledger_logentry (digest)")
        bench.tell(f"entries written after {time.perf_counter() - began:.1f} s")
        cursor.execute(
            "CREATE TEMP TABLE fresh (level smallint, index bigint, hashes bytea);"
            "ALTER TABLE fresh ALTER COLUMN hashes SET STORAGE EXTERNAL"
        )
        with cursor.copy("COPY fresh FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["int2", "int8", "bytea"])
            for start in range(0, leaves, 65_536):
                batch = [
                    leaf_hash(sha256(n.to_bytes(8, "big")).digest())
                    for n in range(start, min(start + 65_536, leaves))
                ]
                grown = tiles.appended(size=size, edge={**edge, **upper}, leaves=batch)
                size += len(batch)
                for (level, index), row in grown.items():
                    if level or len(row) < 8192:
                        upper[level, index] = row
                    else:
                        upper.pop((level, index), None)
                        copy.write_row((level, index, row))
            for (level, index), row in upper.items():
                copy.write_row((level, index, row))
        cursor.execute(
            "INSERT INTO ledger_logtile SELECT * FROM fresh ON CONFLICT (level, index) "
            "DO UPDATE SET hashes = EXCLUDED.hashes"
        )
        cursor.execute("DROP TABLE fresh")
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE ledger_logentry")
        cursor.execute("ANALYZE ledger_logtile")
    sign_head(size=size, root=root_at(size), at=NOON)
    return time.perf_counter() - began


def proof_times(*, leaves: int) -> list[float]:
    """Milliseconds of proofs for random leaves; each proof is then verified."""
    from zhiheng.ledger import api as ledger
    from zhiheng.ledger import merkle

    chosen = random.Random(7)
    times = []
    for _ in range(PROOFS):
        digest = sha256(chosen.randrange(leaves).to_bytes(8, "big")).digest()
        began = time.perf_counter()
        proof = ledger.prove_digest(digest)
        times.append((time.perf_counter() - began) * 1000)
        merkle.verify_inclusion(
            leaf=merkle.leaf_hash(digest),
            index=proof.index,
            size=proof.size,
            proof=proof.path,
            root=bytes(proof.head.root),
        )
    return times


def peer(*, name: str, tree, leaves: int) -> dict[str, float]:
    """The same with a tree of pymerkle: append all, then prove random leaves."""
    began = time.perf_counter()
    for start in range(0, leaves, 100_000):
        tree.append_entries(
            [
                sha256(n.to_bytes(8, "big")).digest()
                for n in range(start, min(start + 100_000, leaves))
            ]
        )
    took = time.perf_counter() - began
    chosen, times = random.Random(7), []
    for _ in range(PEER_PROOFS):
        index = chosen.randrange(leaves) + 1
        began = time.perf_counter()
        tree.prove_inclusion(index)
        times.append((time.perf_counter() - began) * 1000)
    bench.tell(f"pymerkle {name}: {leaves} leaves in {took:.1f} s, first proof {times[0]:.1f} ms")
    return {
        f"peer_pymerkle_{name}_leaves": leaves,
        f"peer_pymerkle_{name}_append_per_second": leaves / took,
        f"peer_pymerkle_{name}_first_proof_ms": times[0],
        f"peer_pymerkle_{name}_proof_ms": bench.percentile(times, 95),
        f"peer_pymerkle_{name}_proof_ms_p50": bench.percentile(times, 50),
    }


def peers(scale: dict) -> dict[str, float]:
    """Both trees of pymerkle."""
    from pymerkle import InmemoryTree, SqliteTree

    with tempfile.TemporaryDirectory() as folder:
        sqlite = SqliteTree(str(Path(folder) / "tree.db"), algorithm="sha256")
        figures = peer(name="sqlite", tree=sqlite, leaves=scale["leaves"])
    memory = InmemoryTree(algorithm="sha256")
    return figures | peer(name="memory", tree=memory, leaves=scale["peer_memory"])


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
        ledger.subscribe(KIND, "bench.listen")
        dossiers = make_dossiers(DOSSIERS)
        ids = [dossier.pk for dossier in dossiers]
        connection.close()
        for name, processes, chosen in (
            ("acts_per_second", PROCESSES, ids),
            ("acts_per_second_alone", 1, ids),
            ("acts_per_second_hot", PROCESSES, ids[:1]),
        ):
            figures[name] = acts_per_second(
                processes=processes, seconds=seconds, ids=chosen, label=name
            )
        figures["processes"] = PROCESSES
        figures["acts_per_second_bulk"] = bulk_per_second(seconds=seconds, dossiers=dossiers)
        bench.tell(f"bulk: {figures['acts_per_second_bulk']:.0f}/s")
        sequenced, took = sequence_everything()
        figures["sequenced_leaves_per_second"] = sequenced / took
        bench.tell(f"{sequenced} leaves sequenced in {took:.1f} s")
        figures["fill_seconds"] = fill_log(leaves=scale["leaves"])
        rows = ledger.head().size
        bench.tell(f"{rows} leaves in {figures['fill_seconds']:.1f} s")
        times = proof_times(leaves=scale["leaves"])
        figures["proof_ms"] = bench.percentile(times, 95)
        figures["proof_ms_p50"] = bench.percentile(times, 50)
        figures["proof_ms_max"] = max(times)
        figures["database_rss_note"] = "rss_mb is that of the benchmark, without PostgreSQL"
    figures |= peers(scale)
    figures["cpus"] = os.cpu_count()
    bench.report(benchmark="ledger", scale=options.scale, rows=rows, **figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
