"""Tests that commit empty the tables afterwards; the ledger allows that in test databases."""

import pytest
from django.db import connection

from zhiheng.ledger.testing import allow_flush


@pytest.fixture(autouse=True, scope="session")
def _flush_allowed(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        allow_flush(connection)
        connection.close()
