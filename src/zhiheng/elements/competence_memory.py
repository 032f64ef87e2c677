"""Keeps the picture of competence in this process, and tells whether it is still true.

A question reads the stamp that triggers bump in each writer's own transaction. Same stamp: the
picture shows exactly what this transaction sees. Another stamp (somebody committed, or this very
transaction wrote): the database answers, and a thread builds a new picture from one snapshot.
"""

import logging
import threading
import time
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, connections, transaction

from zhiheng.elements.competence_index import Competence, build

PAUSE = 0.25
"""Seconds between two looks at what has changed; the database answers meanwhile."""
log = logging.getLogger(__name__)
_STAMP = "SELECT string_agg(n::text, ',' ORDER BY slot) FROM elements_competence_stamp"


@dataclass
class _Keeper:
    """The newest picture, and whether one is being built."""

    picture: Competence | None = None
    building: threading.Lock = field(default_factory=threading.Lock)
    begun: float = 0.0


_keeper = _Keeper()


def stamp() -> str:
    """What names the state of the tables as this transaction sees them, database included."""
    with connection.cursor() as cursor:
        cursor.execute(_STAMP)
        row = cursor.fetchone()
    return f"{connection.settings_dict['NAME']}:{row[0] if row else ''}"


def current() -> Competence | None:
    """The picture if it is true for this transaction; otherwise None, and a new one is begun."""
    picture = _keeper.picture
    if picture is None and not _in_background():
        return None
    now = stamp()
    if picture is not None and picture.stamp == now:
        return picture
    if _in_background():
        _begin()
    return None


def refresh() -> Competence:
    """Build a picture here and now; for commands, benchmarks and tests.

    Inside a transaction the picture is of what the transaction sees.
    """
    alone = not connection.in_atomic_block
    with transaction.atomic():
        if alone:
            _one_snapshot()
        found = stamp()
        picture = _keeper.picture
        if picture is None or picture.stamp != found:
            picture = build(stamp=found)
        if stamp() == found:  # nobody committed meanwhile, so all of it is of one instant
            _keeper.picture = picture
    return picture


def forget() -> None:
    """Drop the picture."""
    _keeper.picture = None


def _in_background() -> bool:
    return bool(getattr(settings, "COMPETENCE_IN_MEMORY", True))


def _one_snapshot() -> None:
    """Everything read from here on is of one instant, stamp and rows alike."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def _begin() -> None:
    """Start building unless somebody is at it; the next question will look again."""
    if time.monotonic() - _keeper.begun < PAUSE:
        return
    if _keeper.building.acquire(blocking=False):
        _keeper.begun = time.monotonic()
        threading.Thread(target=_build_apart, name="competence", daemon=True).start()


def _build_apart() -> None:
    """Build on a connection of this thread's own, which sees what is committed and nothing else."""
    try:
        refresh()
    except Exception:
        log.exception("competence could not be read into memory; the database goes on answering")
    finally:
        connections.close_all()
        _keeper.building.release()
