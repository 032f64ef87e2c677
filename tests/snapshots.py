"""Keep the rows of a filled test database, and put them back: much faster than filling it again."""

from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection


@dataclass
class Snapshot:
    """The rows of every table of our own that had any, and where their counters stood."""

    tables: dict[str, bytes] = field(default_factory=dict)

    def take(self) -> "Snapshot":
        """Copy the rows out."""
        with connection.cursor() as cursor:
            for table in own_tables():
                with cursor.copy(f"COPY {table} TO STDOUT (FORMAT BINARY)") as out:
                    rows = b"".join(bytes(part) for part in out)
                if len(rows) > EMPTY:
                    self.tables[table] = rows
        return self

    def put_back(self) -> None:
        """Copy the rows in, and move the counters past them."""
        with connection.cursor() as cursor:
            for table, rows in self.tables.items():
                with cursor.copy(f"COPY {table} FROM STDIN (FORMAT BINARY)") as into:
                    into.write(rows)
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), "
                    f"GREATEST((SELECT max(id) FROM {table}), 1)) "
                    "FROM information_schema.columns WHERE table_name = %s "
                    "AND column_name = 'id' AND is_identity = 'YES'",
                    [table, table],
                )


EMPTY = 21  # bytes of a binary COPY without rows: its head and its end


def own_tables() -> list[str]:
    """Tables of the platform's own models."""
    return [
        model._meta.db_table
        for config in apps.get_app_configs()
        if config.name.startswith("zhiheng.")
        for model in config.get_models(include_auto_created=True)
        if model._meta.managed
    ]
