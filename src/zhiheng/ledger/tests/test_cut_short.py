"""A standstill told for a time ends early: the rest of its days count again."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from zhiheng.ledger import api as ledger

AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
RULE = SimpleNamespace(
    id="seizure.period",
    title="期限",
    amount=30,
    unit="ND",
    roll="none",
    excludes=("testing",),
    basis="",
)


def dossier():
    return ledger.open_dossier(
        kind="CASE", number="短停1", region_code="339901", agency_code="QH-ZF", title="短停",
        state="FILED", at=AT, actor=None,
    )  # fmt: skip


def stopped(since: date, until: date, ref: str = "检1"):
    found = dossier()
    ledger.start_deadline(dossier=found, rule=RULE, start_on=AT.date(), at=AT)
    ledger.suspend(
        dossier=found, reason_code="testing", from_on=since, until_on=until, actor=None, at=AT,
        document_ref=ref,
    )  # fmt: skip
    return found


@pytest.mark.django_db
@pytest.mark.law("acl-2011:25")
def test_only_the_days_that_passed_stay_left_out():
    found = stopped(date(2026, 3, 5), date(2026, 3, 24))
    assert ledger.get_deadline(found, RULE.id).due_on == date(2026, 4, 21)
    ledger.cut_short(dossier=found, reason_code="testing", last_on=date(2026, 3, 14), actor=None,
                     at=AT, document_ref="检1")  # fmt: skip
    assert ledger.get_deadline(found, RULE.id).due_on == date(2026, 4, 11)


@pytest.mark.django_db
def test_one_that_had_not_begun_is_dropped_and_others_stay():
    found = stopped(date(2026, 3, 10), date(2026, 3, 19))
    told = ledger.get_deadline(found, RULE.id).due_on
    cut = {"dossier": found, "reason_code": "testing", "actor": None, "at": AT}
    assert ledger.cut_short(last_on=date(2026, 3, 12), document_ref="别的检测", **cut) == []
    assert ledger.get_deadline(found, RULE.id).due_on == told
    ledger.cut_short(last_on=date(2026, 3, 9), document_ref="检1", **cut)
    assert ledger.get_deadline(found, RULE.id).due_on == AT.date() + timedelta(days=30)
    assert ledger.cut_short(last_on=date(2026, 3, 9), document_ref="检1", **cut) == []
