"""What every test needs: a database that may be emptied again after tests that commit."""

import pytest
from django.db import connection

from zhiheng.ledger.testing import allow_flush


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The ledger refuses TRUNCATE; test databases alone are let off."""
    with django_db_blocker.unblock():
        allow_flush(connection)
