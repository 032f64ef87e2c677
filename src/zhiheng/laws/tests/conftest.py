"""The small demo county, loaded once for each test that asks for it."""

import pytest

from tests import cast


@pytest.fixture
def county(db):
    cast.county()
