"""The log of the ledger benchmark: ten million leaves at once, proofs from it, and its peers."""

import random
import tempfile
import time
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from benchmarks import _bench as bench

PROOFS = 2_000
PEER_PROOFS = 20


def fill(*, leaves: int) -> float:
    """A log of synthetic leaves, digest n being SHA-256 of n in eight bytes; by COPY."""
    from django.db import connection

    from zhiheng.ledger import tiles
    from zhiheng.ledger.merkle import leaf_hash
    from zhiheng.ledger.models import LogHead
    from zhiheng.ledger.selectors.log import tiles_at
    from zhiheng.ledger.services.log import root_at, sign_head

    began = time.perf_counter()
    size, upper = LogHead.objects.order_by("-size").first().size, {}
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
    sign_head(size=size, root=root_at(size), at=datetime(2026, 11, 18, 4, 0, tzinfo=UTC))
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


def peers(*, leaves: int, in_memory: int) -> dict[str, float]:
    """Both trees of pymerkle."""
    from pymerkle import InmemoryTree, SqliteTree

    with tempfile.TemporaryDirectory() as folder:
        sqlite = SqliteTree(str(Path(folder) / "tree.db"), algorithm="sha256")
        figures = peer(name="sqlite", tree=sqlite, leaves=leaves)
    memory = InmemoryTree(algorithm="sha256")
    return figures | peer(name="memory", tree=memory, leaves=in_memory)
