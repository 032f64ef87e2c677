"""Several periods of one element in one file: rows with one key and different 生效日 form a chain.

Each row holds from its day until the next row's day, or until its own 失效日 where that is
earlier; what overlaps is wrong, row by row.
"""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from zhiheng.elements.exchange.values import Wrong
from zhiheng.elements.models import ImportBatch
from zhiheng.web import words

_NAMES = uuid.UUID("7d0c8f5e-5f0e-4a57-9d2b-6f4f0c1f3a11")
_ROWS = """
SELECT key, line, coalesce(nullif("values"->>'valid_from', '')::date, %s),
    nullif("values"->>'valid_until', '')::date
FROM elements_importrow WHERE batch_id = %s AND key IN (
    SELECT key FROM elements_importrow WHERE batch_id = %s AND key = ANY(%s)
    GROUP BY key HAVING count(*) > 1
) ORDER BY key, 3, line
"""


@dataclass(frozen=True)
class Period:
    """One row of a chain: its line, its first day, the day it says it ends on."""

    line: int
    begins: date
    ends: date | None


@dataclass(frozen=True)
class Chain:
    """The rows of one key in the order of their days; more than one."""

    key: str
    periods: tuple[Period, ...]

    def check(self, line: int) -> None:
        """Refuse a row that shares a day with another of its chain.

        Raises:
            Wrong: names the other row.
        """
        at = self._at(line)
        mine = self.periods[at]
        if same := [p.line for p in self.periods if p.begins == mine.begins and p.line != line]:
            said = "、".join(map(str, same[:5]))
            raise Wrong(f"与第 {said} 行重复。请只留一行；要分几个期间，请写不同的生效日。")
        before = self.periods[at - 1] if at else None
        if before and before.ends and before.ends > mine.begins:
            raise Wrong(
                f"与第 {before.line} 行的期间重叠：那一行到 {words.day(before.ends)} 才失效，"
                f"这一行从 {words.day(mine.begins)} 就生效。请改正其中一个日子。"
            )

    def until(self, line: int) -> date | None:
        """The day on which the next row takes over; None for the last."""
        at = self._at(line) + 1
        return self.periods[at].begins if at < len(self.periods) else None

    def days(self) -> list[date]:
        """The first days of its rows."""
        return [one.begins for one in self.periods]

    def uid(self, batch: ImportBatch) -> uuid.UUID:
        """The element that the chain registers anew: the same for all its rows."""
        return uuid.uuid5(_NAMES, f"{batch.pk}|{batch.file_sha256}|{self.key}")

    def _at(self, line: int) -> int:
        return next(at for at, one in enumerate(self.periods) if one.line == line)


def chains(batch: ImportBatch, keys: Sequence[str]) -> dict[str, Chain]:
    """The chains of some keys; a key with one row has none."""
    found: dict[str, list[Period]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [batch.valid_from, batch.pk, batch.pk, list(keys)])
        for key, line, begins, ends in cursor.fetchall():
            found[key].append(Period(line, begins, ends))
    return {key: Chain(key, tuple(rows)) for key, rows in found.items()}
