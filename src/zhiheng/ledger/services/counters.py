"""Numbers of papers and files, without gaps."""

from collections.abc import Mapping

from django.db import connection

from zhiheng.ledger.models import Counter

NEXT = """
INSERT INTO ledger_counter (series, owner, year, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (series, owner, year) DO UPDATE SET last = ledger_counter.last + 1 RETURNING last
"""

TAKEN = """
INSERT INTO ledger_counter (series, owner, year, last) VALUES (%s, %s, %s, %s)
ON CONFLICT (series, owner, year) DO UPDATE SET last = greatest(ledger_counter.last, EXCLUDED.last)
"""


def next_number(series: str, owner: str, year: int) -> int:
    """The next number of a series (字号) of an agency or region in a year, from 1, no gaps.

    The counter's row stays locked until the transaction ends; if it is undone, so is the number.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [series, owner, year])
        return cursor.fetchone()[0]


def take_numbers(series: str, taken: Mapping[tuple[str, int], int]) -> None:
    """Numbers of a series up to these are taken, by owner and year: brought from elsewhere."""
    rows = [(series, owner, year, last) for (owner, year), last in taken.items()]
    with connection.cursor() as cursor:
        cursor.executemany(TAKEN, rows)


def numbers_taken(series: str) -> dict[tuple[str, int], int]:
    """The last number given in a series, by owner and year."""
    rows = Counter.objects.filter(series=series).values_list("owner", "year", "last")
    return {(owner, year): last for owner, year, last in rows}
