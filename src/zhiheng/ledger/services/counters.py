"""Numbers of papers and files, without gaps."""

from django.db import connection

NEXT = """
INSERT INTO ledger_counter (series, owner, year, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (series, owner, year) DO UPDATE SET last = ledger_counter.last + 1 RETURNING last
"""


def next_number(series: str, owner: str, year: int) -> int:
    """The next number of a series (字号) of an agency or region in a year, from 1, no gaps.

    The counter's row stays locked until the transaction ends; if it is undone, so is the number.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [series, owner, year])
        return cursor.fetchone()[0]
