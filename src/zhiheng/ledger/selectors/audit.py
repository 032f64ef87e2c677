"""Going through the whole ledger: is every act as it was sealed, in the log, and nothing lost?

Reads everything, in pieces, and believes nothing that can be computed: seals from the rows,
leaves from the seals, tiles and roots from the leaves, signatures from the text that was signed.
"""

import base64
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection

from zhiheng.ledger import canonical, merkle, tiles
from zhiheng.ledger.models import Act, LogEntry, LogHead, LogQueue, LogTile
from zhiheng.ledger.selectors.log import tiles_at

CHUNK = 2_000
LEAVES = 65_536
GAPS = """
SELECT d.number, d.last_seq, count(a.id), coalesce(max(a.seq), 0)
FROM ledger_dossier d LEFT JOIN ledger_act a ON a.dossier_id = d.id
GROUP BY d.id HAVING count(a.id) <> d.last_seq OR coalesce(max(a.seq), 0) <> d.last_seq
ORDER BY d.id
"""


@dataclass
class Audit:
    """What was gone through and what was found.

    Attributes:
        acts: how many acts.
        leaves: how many leaves.
        heads: how many signed heads.
        findings: Chinese sentences; empty means that all is well.
    """

    acts: int = 0
    leaves: int = 0
    heads: int = 0
    findings: list[str] = field(default_factory=list)


def audit() -> Audit:
    """Go through acts, entries, tiles and heads; takes time in proportion to their number."""
    result = Audit()
    for finding in (*_acts(result), *_dossiers(), *_tree(result)):
        result.findings.append(finding)
    return result


def _acts(result: Audit) -> Iterator[str]:
    last = 0
    while chunk := list(
        Act.objects.filter(pk__gt=last).select_related("dossier").order_by("pk")[:CHUNK]
    ):
        last = chunk[-1].pk
        result.acts += len(chunk)
        ids = [act.pk for act in chunk]
        waiting = set(LogQueue.objects.filter(act_id__in=ids).values_list("act_id", flat=True))
        entered: dict[int, list[bytes]] = defaultdict(list)
        entries = LogEntry.objects.filter(act_id__in=ids).order_by("act_id", "part")
        for act_id, digest in entries.values_list("act_id", "digest"):
            entered[act_id].append(bytes(digest))
        for act in chunk:
            yield from _act(act=act, entered=entered[act.pk], waiting=act.pk in waiting)


def _act(*, act: Act, entered: list[bytes], waiting: bool) -> Iterator[str]:
    name = f"卷宗 {act.dossier.number} 第 {act.seq} 条“{act.title}”（行为 {act.pk}）"
    again = canonical.seal(
        number=act.dossier.number,
        seq=act.seq,
        recorded_at=act.recorded_at,
        content=canonical.content_digest(canonical.content_of(act)),
    )
    if again != bytes(act.digest):
        yield f"{name}的内容与其摘要不符：记录后被改动过。"
    expected = [bytes(act.digest), *map(bytes.fromhex, act.evidence_digests)]
    if waiting and not entered:
        return
    if not entered:
        yield f"{name}既不在存证日志中，也不在等待写入的队列中。"
    elif entered != expected:
        yield f"{name}与存证日志中登记的摘要不符。"
    elif waiting:
        yield f"{name}已在存证日志中，却仍在等待写入的队列中。"


def _dossiers() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(GAPS)
        for number, last_seq, found, highest in cursor.fetchall():
            yield (
                f"卷宗 {number} 应有 {last_seq} 条行为记录，实有 {found} 条，最大序号 {highest}："
                "记录有缺失或多余。"
            )


def _tree(result: Audit) -> Iterator[str]:
    """Grow the tree again from the entries; compare with tiles and heads on the way."""
    heads = {head.size: head for head in LogHead.objects.order_by("size")}
    frontier = merkle.Frontier()
    edge: dict[tiles.Place, bytes] = {}
    while batch := list(
        LogEntry.objects.filter(index__gte=frontier.size)
        .order_by("index")
        .values_list("index", "digest")[:LEAVES]
    ):
        if batch[0][0] != frontier.size or batch[-1][0] != frontier.size + len(batch) - 1:
            yield f"存证日志的条目自第 {frontier.size} 片叶起不连续：有条目被删除。"
            return
        before = frontier.size
        leaves = [merkle.leaf_hash(bytes(digest)) for _, digest in batch]
        grown = tiles.appended(size=before, edge=edge, leaves=leaves)
        yield from _compare_tiles(grown)
        edge = {**edge, **grown}
        edge = {place: edge[place] for place in tiles.edge_of(before + len(leaves))}
        for leaf in leaves:
            frontier.append(leaf)
            if frontier.size in heads:
                yield from _compare_head(head=heads.pop(frontier.size), root=frontier.root())
                result.heads += 1
    result.leaves = frontier.size
    yield from _compare_edge(edge)
    for size in heads:
        yield f"已签名的日志头大小为 {size}，而日志只有 {frontier.size} 片叶：日志被截短。"


def _compare_tiles(grown: dict[tiles.Place, bytes]) -> Iterator[str]:
    stored = tiles_at(grown)
    for (level, index), hashes in grown.items():
        if not stored.get((level, index), b"").startswith(hashes):
            yield f"日志片 {level}/{index} 与条目算出的哈希不符。"


def _compare_edge(edge: dict[tiles.Place, bytes]) -> Iterator[str]:
    """Nothing may stand in the tiles beyond what the entries amount to."""
    for (level, index), hashes in edge.items():
        beyond = LogTile.objects.filter(level=level, index__gt=index).exists()
        if beyond or tiles_at([(level, index)]).get((level, index)) != hashes:
            yield f"日志片第 {level} 层的末尾与条目不符。"


def _compare_head(*, head: LogHead, root: bytes) -> Iterator[str]:
    if bytes(head.root) != root:
        yield f"大小为 {head.size} 的日志头的根与条目算出的根不一致。"
    lines = head.body.split("\n")
    if lines[1:3] != [str(head.size), base64.b64encode(bytes(head.root)).decode()]:
        yield f"大小为 {head.size} 的日志头与其签名文本不一致。"
    try:
        Ed25519PublicKey.from_public_bytes(bytes(head.public_key)).verify(
            bytes(head.signature), head.body.encode()
        )
    except InvalidSignature:
        yield f"大小为 {head.size} 的日志头签名无效。"
