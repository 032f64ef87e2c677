"""A data folder of its own, a dossier of the main agency, and small files of every kind."""

from datetime import UTC, datetime

import pytest

from zhiheng.kernel import files
from zhiheng.ledger import api as ledger

AT = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def data_dir(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    before = dict(files._place)
    files.configure(root=tmp_path)
    yield tmp_path
    files._place.update(before)


@pytest.fixture
def matter(db):
    return ledger.open_dossier(
        kind="INSPECTION", number="青综执立〔2026〕000001", region_code="339901", agency_code="QH-ZF",
        title="渝香楼油烟案", state="FILED", at=AT, actor=None,
    )  # fmt: skip
