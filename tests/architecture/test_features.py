"""docs/features.md has an honest row for everything that was asked for."""

import re

from tests.architecture.layers import ROOT

STATES = {"有", "部分", "未有"}


def test_every_feature_has_a_row_with_a_state():
    rows = re.findall(
        r"^\| ([FN]\d+) \|.*\| (\S+) \|$", (ROOT / "docs" / "features.md").read_text(), re.M
    )
    assert [name for name, _ in rows] == [
        *(f"F{n}" for n in range(1, 42)),
        *(f"N{n}" for n in range(1, 11)),
    ]
    assert {state for _, state in rows} <= STATES
