"""The sequencer: acts and evidence digests become leaves of the log, each exactly once.

One writer at a time (an advisory lock), one transaction: queue, entries, tiles and signed head
move together or not at all. Killed at any moment, it begins again where it stood.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from zhiheng.ledger.canonical import instant
from zhiheng.ledger.merkle import EMPTY_ROOT, leaf_hash
from zhiheng.ledger.models import LogHead
from zhiheng.ledger.selectors.log import tiles_at
from zhiheng.ledger.services.keys import public_bytes, signing_key
from zhiheng.ledger.tiles import Place, appended, edge_of, hash_of, places_of

LOCK = 0x7A68_6C6F67  # "zhlog": nobody else in this database uses this number
BATCH = 5_000
TAKE = """
WITH taken AS (
    DELETE FROM ledger_logqueue WHERE act_id IN (
        SELECT act_id FROM ledger_logqueue ORDER BY act_id LIMIT %s
    ) RETURNING act_id
)
SELECT a.id, a.digest, ARRAY(SELECT jsonb_array_elements_text(a.evidence_digests))
FROM taken JOIN ledger_act a ON a.id = taken.act_id
ORDER BY a.id
"""
ENTER = """
INSERT INTO ledger_logentry (index, act_id, part, digest)
SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::smallint[], %s::bytea[])
"""
LAY = """
INSERT INTO ledger_logtile (level, index, hashes)
SELECT * FROM unnest(%s::smallint[], %s::bigint[], %s::bytea[])
ON CONFLICT (level, index) DO UPDATE SET hashes = EXCLUDED.hashes
"""


@dataclass(frozen=True)
class Leaf:
    """A leaf to be: which act, which part of it, which digest."""

    act_id: int
    part: int
    digest: bytes


def sequence(*, at: datetime, limit: int = BATCH, renew_key: bool = False) -> LogHead | None:
    """Put up to `limit` waiting acts, with the digests of their evidence, into the log.

    Returns the new signed head; None if nothing waits or somebody else is at it.

    Law: 电子签名法第五、八条 (integrity of data messages); 行政处罚法第四十七条.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return None
        cursor.execute(TAKE, [limit])
        leaves = [
            Leaf(act_id, part, digest)
            for act_id, seal, evidence in cursor.fetchall()
            for part, digest in enumerate([bytes(seal), *map(bytes.fromhex, evidence)])
        ]
        if not leaves:
            return None
        return _grow(leaves=leaves, at=at, renew_key=renew_key)


def sequence_all(*, at: datetime, limit: int = BATCH) -> int:
    """Sequence until nothing waits; returns how many heads were signed."""
    heads = 0
    while sequence(at=at, limit=limit):
        heads += 1
    return heads


def _grow(*, leaves: list[Leaf], at: datetime, renew_key: bool) -> LogHead:
    last = LogHead.objects.order_by("-size").first()
    size = last.size if last else 0
    edge = tiles_at(edge_of(size))
    changed = appended(size=size, edge=edge, leaves=[leaf_hash(leaf.digest) for leaf in leaves])
    grown = size + len(leaves)
    with connection.cursor() as cursor:
        cursor.execute(
            ENTER,
            [
                list(range(size, grown)),
                [leaf.act_id for leaf in leaves],
                [leaf.part for leaf in leaves],
                [leaf.digest for leaf in leaves],
            ],
        )
        cursor.execute(
            LAY,
            [
                [level for level, _ in changed],
                [index for _, index in changed],
                list(changed.values()),
            ],
        )
    root = root_at(grown, known={**edge, **changed})
    return sign_head(size=grown, root=root, at=at, renew_key=renew_key)


def root_at(size: int, *, known: Mapping[Place, bytes] | None = None) -> bytes:
    """The root of the first `size` leaves; `known` are tiles that need not be read."""
    if not size:
        return EMPTY_ROOT
    known = known or {}
    missing = [place for place in places_of([(0, size)]) if place not in known]
    return hash_of(tiles={**known, **tiles_at(missing)}, leaves=(0, size))


def sign_head(*, size: int, root: bytes, at: datetime, renew_key: bool = False) -> LogHead:
    """Sign and publish a head."""
    key = signing_key(renew=renew_key)
    body = head_body(origin=origin(), size=size, root=root, at=at)
    return LogHead.objects.create(
        size=size,
        root=root,
        signed_at=at,
        body=body,
        public_key=public_bytes(key),
        signature=key.sign(body.encode()),
    )


def origin() -> str:
    """The log's name in the text that is signed: the site's address without its scheme."""
    return f"{settings.SITE_URL.split('://')[-1].rstrip('/')}/log"


def head_body(*, origin: str, size: int, root: bytes, at: datetime) -> str:
    """The text that is signed: origin, size, root in Base64, time; each line ended."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n{instant(at)}\n"
