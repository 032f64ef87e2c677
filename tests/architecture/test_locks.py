"""The lock files pin everything by hash and name no place to fetch it from."""

import json
import re

import pytest

from tests.architecture.layers import ROOT

LOCKS = sorted(ROOT.glob("requirements*.lock"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_python_locks_carry_hashes_and_no_address(lock):
    text = lock.read_text()
    assert not re.search(r"https?://|file:/|--(extra-)?index-url|--find-links", text)
    pins = re.findall(r"^[a-z0-9][\w.\-]*==", text, re.M)
    assert pins
    assert len(re.findall(r"==[^\n]*\\\n\s+--hash=sha256:", text)) == len(pins)


def test_what_runs_does_not_need_what_is_measured():
    names = set(
        re.findall(r"^([a-z0-9][\w.\-]*)==", (ROOT / "requirements.lock").read_text(), re.M)
    )
    assert not names & {"torch", "weasyprint", "docxtpl", "pytest", "playwright"}


def test_the_front_end_lock_names_no_address():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [n for n, entry in packages.items() if n and "integrity" not in entry] == []
