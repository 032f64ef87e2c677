"""Reads of the log: tiles, heads, entries, proofs."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from django.db import connection

from zhiheng.kernel.errors import NotFound
from zhiheng.ledger import canonical, merkle, tiles
from zhiheng.ledger.models import Act, LogEntry, LogHead, LogQueue
from zhiheng.ledger.tiles import Place

READ = """
SELECT t.level, t.index, t.hashes FROM unnest(%s::smallint[], %s::bigint[]) AS w(level, index)
JOIN ledger_logtile t ON t.level = w.level AND t.index = w.index
"""


class NotYet(NotFound):
    """The act stands, and its leaf will be in the log within moments."""


@dataclass(frozen=True)
class InclusionProof:
    """That a digest stands at a place in the log whose head was signed.

    Attributes:
        digest: what was sealed: an act's digest or a file's SHA-256.
        part: 0 for an act, 1… for its evidence.
        index: place of the leaf, from 0.
        size: leaves under the head.
        path: hashes from the leaf's sibling up to the root.
        head: the signed head.
    """

    digest: bytes
    part: int
    index: int
    size: int
    path: list[bytes]
    head: LogHead

    def as_json(self) -> dict[str, object]:
        """The proof as an outsider's verifier reads it (tools/verify_proof.py)."""
        return {
            "format": "zhiheng-proof-v1",
            "kind": "evidence" if self.part else "act",
            "digest": self.digest.hex(),
            "leaf_index": self.index,
            "tree_size": self.size,
            "path": [each.hex() for each in self.path],
            "root": bytes(self.head.root).hex(),
            "head": head_json(self.head),
        }


def head_json(head: LogHead) -> dict[str, object]:
    """A signed head as it is published."""
    return {
        "size": head.size,
        "root": bytes(head.root).hex(),
        "body": head.body,
        "public_key": bytes(head.public_key).hex(),
        "signature": bytes(head.signature).hex(),
    }


def tiles_at(places: Iterable[Place]) -> dict[Place, bytes]:
    """The tiles at these places, read at once."""
    wanted = list(places)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(READ, [[level for level, _ in wanted], [index for _, index in wanted]])
        return {(level, index): bytes(hashes) for level, index, hashes in cursor.fetchall()}


def head() -> LogHead | None:
    """The newest signed head; None while the log is empty."""
    return LogHead.objects.order_by("-size").first()


def heads(*, before: int | None = None, limit: int = 50) -> list[LogHead]:
    """Signed heads, the newest first; `before` is the smallest size seen."""
    found = LogHead.objects.order_by("-size")
    return list((found.filter(size__lt=before) if before else found)[:limit])


def prove(act: Act) -> InclusionProof:
    """The proof that an act is in the log.

    Raises:
        NotYet: it waits for the sequencer.
        NotFound: it is neither in the log nor waiting; the log must be verified.
    """
    entry = LogEntry.objects.filter(act_id=act.pk, part=0).first()
    if entry is None and LogQueue.objects.filter(act_id=act.pk).exists():
        raise NotYet("该行为已记录，正在写入存证日志。", next_step="请一分钟后再查。")
    return _proof(entry)


def prove_digest(digest: bytes) -> InclusionProof:
    """The proof that a digest, of an act or of a file, is in the log; its first leaf."""
    return _proof(LogEntry.objects.filter(digest=digest).order_by("index").first())


def prove_named(what: str) -> InclusionProof:
    """The proof for an act by its number, or for a digest in hexadecimal.

    Raises:
        NotFound: there is neither.
    """
    if what.isascii() and what.isdigit() and len(what) < 19:
        act = Act.objects.filter(pk=int(what)).first()
        if act is not None:
            return prove(act)
    elif len(what) == 64:
        with suppress(ValueError):
            return prove_digest(bytes.fromhex(what))
    raise NotFound(
        "没有这条行为，或这不是摘要。", next_step="请核对：行为编号是数字，摘要是 64 位十六进制。"
    )


def prove_growth(*, first: int, second: int) -> list[bytes]:
    """The proof that the log of `second` leaves extends that of `first`.

    Raises:
        NotFound: sizes that the log does not have.
    """
    newest = head()
    if newest is None or not 0 < first <= second <= newest.size:
        raise NotFound("日志没有这样的大小。", next_step="请在 /log/ 查看已公布的日志头。")
    return _path(merkle.consistency_ranges(first=first, second=second))


def growth_json(*, first: int, second: int) -> dict[str, object]:
    """Two signed heads and the proof that the later extends the earlier, as published.

    Raises:
        NotFound: no head was signed at one of these sizes.
    """
    signed = {each.size: each for each in LogHead.objects.filter(size__in=[first, second])}
    if {first, second} - signed.keys():
        raise NotFound("没有这样大小的已签名日志头。", next_step="请在 /log/ 查看已公布的日志头。")
    path = prove_growth(first=first, second=second)
    return {
        "format": "zhiheng-growth-v1",
        "first": head_json(signed[first]),
        "second": head_json(signed[second]),
        "path": [each.hex() for each in path],
    }


def sealed_content(act: Act) -> dict[str, object]:
    """What of an act is sealed, so that who may see the act can seal it again (canonical.py)."""
    return {
        "format": "zhiheng-act-v1",
        "number": act.dossier.number,
        "seq": act.seq,
        "recorded_at": canonical.instant(act.recorded_at),
        "content": canonical.content_of(act),
    }


def _proof(entry: LogEntry | None) -> InclusionProof:
    newest = head()
    if entry is None or newest is None:
        raise NotFound(
            "存证日志中没有这个摘要。", next_step="请核对摘要；刚形成的记录请一分钟后再查。"
        )
    path = _path(merkle.inclusion_ranges(index=entry.index, size=newest.size))
    return InclusionProof(bytes(entry.digest), entry.part, entry.index, newest.size, path, newest)


def _path(ranges: list[merkle.Range]) -> list[bytes]:
    read = tiles_at(tiles.places_of(ranges))
    return [tiles.hash_of(tiles=read, leaves=each) for each in ranges]
