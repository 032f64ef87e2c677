"""What tests of any context need from the ledger."""

from django.db.backends.base.base import BaseDatabaseWrapper

EMPTIED_BY_FLUSH = ["act", "logentry", "loghead", "logtile"]


def allow_flush(connection: BaseDatabaseWrapper) -> None:
    """Let Django empty a *test* database between tests that commit; TRUNCATE is refused else.

    Refuses to touch a database that is not named as Django names test databases.
    """
    if not str(connection.settings_dict["NAME"]).startswith("test_"):
        raise RuntimeError("allow_flush is for test databases alone")
    with connection.cursor() as cursor:
        for name in EMPTIED_BY_FLUSH:
            cursor.execute(f"ALTER TABLE ledger_{name} DISABLE TRIGGER {name}_not_emptied")
