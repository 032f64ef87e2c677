"""处罚依据: the norm under an item as it held at the act, and whether it has changed since.

A matter keeps the version of the item that it was opened under; what that version is linked to
may have been ended, superseded or corrected since. So the norm is read by its identity, on both
days, as known now (行政处罚法 37; law.md G-033, G-034).
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import Exists

from zhiheng.elements.models import Basis, BasisNode, Benchmark, Item, Status


@dataclass(frozen=True)
class Norm:
    """The penalty norm of an item between two days.

    level: rank of the instrument, as in `Basis.Level`; empty where the item names none.
    held_at_act: the provision was in force on the day of the act.
    changed_since: on the later day it is gone, reads otherwise, or the item rests on another.
    """

    level: str
    held_at_act: bool
    changed_since: bool


def norm_of(*, item: Item, act_on: date, on: date) -> Norm:
    """The norm that an act falls under, and what has become of it until a later day."""
    node = item.penalty_basis
    if node is None:
        return Norm(level="", held_at_act=False, changed_since=False)
    rows = list(
        BasisNode.objects.known()
        .filter(uid=node.uid, status=Status.ACTIVE)
        .annotate(
            law_then=_law_holds(node=node, on=act_on),
            law_now=_law_holds(node=node, on=on),
            moved=_moved(item=item, node=node, on=on),
        )
        .select_related("law_node")
    )
    then = next((row for row in rows if row.is_active_on(act_on) and row.law_then), None)
    now = next((row for row in rows if row.is_active_on(on) and row.law_now), None)
    return Norm(
        level=node.basis.level,
        held_at_act=then is not None,
        changed_since=now is None
        or now.moved
        or (then is not None and _words(then) != _words(now)),
    )


def _law_holds(*, node: BasisNode, on: date) -> Exists:
    return Exists(Basis.objects.active(on).filter(uid=node.basis.uid))


def _moved(*, item: Item, node: BasisNode, on: date) -> Exists:
    """Whether the item rests on another provision on a day."""
    rest = Item.objects.active(on).filter(uid=item.uid)
    return Exists(rest.exclude(penalty_basis__uid=node.uid))


def _words(row: BasisNode) -> str:
    """What tells the words of a provision from others; empty where the corpus has no text."""
    return row.law_node.text_digest if row.law_node else ""


def benchmark_mark(*, benchmark: Benchmark | None) -> str:
    """What tells this benchmark from another and from its own later texts; empty for none."""
    if benchmark is None:
        return ""
    words = repr((benchmark.table, benchmark.tiers, benchmark.doc_no))
    return f"{benchmark.uid}:{sha256(words.encode()).hexdigest()[:16]}"
