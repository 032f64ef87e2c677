"""A period that is the party's right ends without anybody being late."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from zhiheng.ledger import api as ledger

pytestmark = pytest.mark.django_db


def _opened(rule_id):
    at = datetime(2026, 11, 2, 1, tzinfo=UTC)
    dossier = ledger.open_dossier(
        kind="CASE", number=f"试{rule_id}", region_code="339901", agency_code="QH-ZF",
        title="试", state="NOTIFIED", at=at, actor=None,
    )  # fmt: skip
    rule = SimpleNamespace(
        id=rule_id, title="期间", amount=5, unit="WD", roll="none", excludes=(), basis="依据"
    )
    return dossier, ledger.start_deadline(
        dossier=dossier, rule=rule, start_on=date(2026, 11, 2), at=at
    )


def test_a_right_that_ran_out_opens_the_next_step_and_blames_nobody():
    dossier, deadline = _opened("penalty.defence-window")
    ledger.remind(at=datetime(2026, 11, 9, 1, tzinfo=UTC))
    assert not deadline.reminders.exists()
    ledger.remind(at=datetime(2026, 11, 10, 1, tzinfo=UTC))
    told = deadline.reminders.get()
    assert "届满，可以办理下一步" in told.text
    assert list(dossier.acts.values_list("kind", flat=True))[-1] == "deadline.ended"


def test_a_duty_of_the_party_that_was_missed_is_to_be_urged():
    dossier, deadline = _opened("payment.fine")
    ledger.remind(at=datetime(2026, 11, 10, 1, tzinfo=UTC))
    assert "当事人尚未履行" in deadline.reminders.get().text
    assert dossier.acts.filter(kind="deadline.missed").exists()
