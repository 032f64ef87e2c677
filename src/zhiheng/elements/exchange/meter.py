"""How far the writing of a batch is, told over a connection of its own.

The batch is written in one transaction that nobody can look into; what is told here is seen at
once and is no promise. When it cannot be told, the work goes on all the same.
"""

import logging
import time
from types import TracebackType

from django.db import DatabaseError, connection

PAUSE = 0.3
"""Seconds between two figures."""
_TELL = "UPDATE elements_importprogress SET rows_written = %s WHERE batch_id = %s"
log = logging.getLogger(__name__)


class Meter:
    """Counts rows written; used as a context."""

    def __init__(self, batch_id: int) -> None:
        self.batch_id, self.rows = batch_id, 0
        self._told = 0.0
        self._beside = connection.copy()

    def __enter__(self) -> "Meter":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Give the connection back; what failed starts from nothing."""
        if error is not None:
            self._tell(0)
        self._beside.close()

    def add(self, rows: int) -> None:
        """So many more rows are written."""
        self.rows += rows
        if time.monotonic() - self._told >= PAUSE:
            self._told = time.monotonic()
            self._tell(self.rows)

    def _tell(self, rows: int) -> None:
        try:
            with self._beside.cursor() as cursor:
                cursor.execute(_TELL, [rows, self.batch_id])
        except DatabaseError:
            log.warning("progress of batch %s not told", self.batch_id, exc_info=True)
