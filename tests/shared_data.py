"""共享数据：测试从仓库旁边读取的公开数据；不在时跳过并说明原因。"""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"


def shared_data(name: str) -> Path:
    """Return a file or folder of the shared data, or skip the test with the reason."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"shared data {name!r} is not beside this checkout ({SHARED})")
    return path
