"""How many elements each register holds, counted up to a thousand, in one statement."""

from datetime import date

from django.db import connection

from zhiheng.elements.models import Status
from zhiheng.elements.registers import REGISTERS

CAP = 999


def counts(*, on: date) -> dict[str, str]:
    """Elements in use on a day by register; `999+` where there are more."""
    one = (
        "(SELECT count(*) FROM (SELECT 1 FROM {table} WHERE known_until IS NULL AND status = %s"
        " AND valid_from <= %s AND (valid_until IS NULL OR valid_until > %s) LIMIT %s) AS few)"
    )
    columns = ", ".join(one.format(table=r.model._meta.db_table) for r in REGISTERS.values())
    with connection.cursor() as cursor:
        # Table names come from the models, values are parameters.
        cursor.execute(
            f"SELECT {columns}",
            [value for _ in REGISTERS for value in (Status.ACTIVE, on, on, CAP + 1)],
        )
        found = cursor.fetchone()
    return {
        slug: f"{CAP}+" if number > CAP else str(number)
        for slug, number in zip(REGISTERS, found, strict=True)
    }
