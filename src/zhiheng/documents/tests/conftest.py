"""A data folder of its own for every test of documents."""

import pytest

from zhiheng.kernel import files


@pytest.fixture(autouse=True)
def data_dir(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    before = dict(files._place)
    files.configure(root=tmp_path)
    yield tmp_path
    files._place.update(before)
