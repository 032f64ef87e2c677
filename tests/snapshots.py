"""Keep the rows of a filled test database, and put them back: much faster than filling it again."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection
from django.db.models import AutoField, Model

EMPTY = 21  # bytes of a binary COPY without rows: its head and its end


@dataclass
class Snapshot:
    """The rows of every table of our own that had any."""

    tables: dict[type[Model], bytes] = field(default_factory=dict)

    def take(self) -> "Snapshot":
        """Copy the rows out."""
        with connection.cursor() as cursor:
            for model in own_models():
                table = model._meta.db_table
                with cursor.copy(f"COPY {table} TO STDOUT (FORMAT BINARY)") as out:
                    rows = b"".join(bytes(part) for part in out)
                if len(rows) > EMPTY:
                    self.tables[model] = rows
        return self

    def put_back(self) -> None:
        """Copy the rows into empty tables, and move the counters past them."""
        with connection.cursor() as cursor:
            for model, rows in self.tables.items():
                table = model._meta.db_table
                with cursor.copy(f"COPY {table} FROM STDIN (FORMAT BINARY)") as into:
                    into.write(rows)
                if isinstance(model._meta.pk, AutoField):
                    cursor.execute(
                        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) "
                        f"FROM {table}"
                    )


def own_models() -> Iterator[type[Model]]:
    """The platform's own models, with the tables between them."""
    for config in apps.get_app_configs():
        if config.name.startswith("zhiheng."):
            models = config.get_models(include_auto_created=True)
            yield from (model for model in models if model._meta.managed)
