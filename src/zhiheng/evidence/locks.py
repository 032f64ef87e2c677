"""When a dossier takes no more evidence: contexts above say so, and in which words.

Law: 行政诉讼法第三十五条；行政复议法第四十六条 (不得自行收集证据).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from zhiheng.kernel.errors import NotAllowed
from zhiheng.ledger import api as ledger

if TYPE_CHECKING:
    from zhiheng.people.api import Actor

Lock = Callable[[ledger.Dossier, "Actor | None"], str]
_locks: list[Lock] = []


def register_lock(lock: Lock) -> None:
    """Let a context close its dossiers; the function answers with a sentence, or nothing."""
    if lock not in _locks:
        _locks.append(lock)


def refuse_locked(*, dossier: ledger.Dossier, actor: Actor | None) -> None:
    """Refuse to add to or judge the evidence of a dossier that is closed to this person.

    Raises:
        NotAllowed: with the first sentence that a lock gives.
    """
    for lock in _locks:
        if sentence := lock(dossier, actor):
            raise NotAllowed(sentence, next_step="确有需要的，请先按程序退回重新调查。")
