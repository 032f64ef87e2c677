"""A first offence is looked for over all agencies; what may not be seen is counted, not named."""

from datetime import date

import pytest

from tests import cast
from tests.journeys.leniency import listed
from zhiheng.cases import leniency
from zhiheng.cases.models import Case, Side
from zhiheng.cases.tests.factories import DAY, collected, matter_of
from zhiheng.elements import api as elements
from zhiheng.ledger import api as ledger
from zhiheng.procedures import api as procedures

ON = date(2026, 6, 1)


def test_months_go_back_to_the_same_day_or_the_last_of_the_month():
    assert leniency.months_before(date(2026, 3, 9), 24) == date(2024, 3, 9)
    assert leniency.months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert leniency.months_before(date(2026, 1, 15), 2) == date(2025, 11, 15)


@pytest.fixture
def two(db):
    """An earlier case, punished in March, and a later one of the same party and item."""
    first = collected(DAY, prefix="first").case
    second = collected(ON, prefix="second").case
    effective(first)
    return Case.objects.get(pk=first.pk), second


def effective(case, **facts):
    Case.objects.filter(pk=case.pk).update(state="SERVED", decided_on=date(2026, 3, 25))
    run = Case.objects.get(pk=case.pk).dossier.run
    run.facts |= {"decision_kind": "PENALTY", **facts}
    run.save()


def found(case, on=ON):
    entry = elements.flexible_entries(item=case.item, on=on).get("FIRST")
    return leniency.history_of(case, entry=entry, on=on)


def test_an_earlier_effective_decision_is_found_within_the_look_back(two):
    first, second = two
    listed(second.item, "FIRST", lookback_months=6)
    assert [each.pk for each in found(second).earlier] == [first.pk]
    assert not found(second, date(2026, 9, 26)).earlier, "六个月以外"
    before = found(second).digest
    Case.objects.filter(pk=first.pk).update(state="DECIDED")
    assert not found(second).earlier, "没有送达的决定还没有生效"
    assert found(second).digest != before


def test_what_established_no_violation_or_was_revoked_does_not_count(two):
    first, second = two
    effective(first, decision_kind="NO_PENALTY", no_penalty_ground="NOT_ESTABLISHED")
    assert not found(second).earlier
    effective(first, decision_kind="NO_PENALTY", no_penalty_ground="FIRST_MINOR")
    assert found(second).earlier, "首违不罚过的，下次不是首违"
    beside(first, "revision", "REVOKED")
    assert not found(second).earlier


@pytest.mark.parametrize(("kind", "counts"), [("ANNULLED", 0), ("VOID", 0), ("CHANGED", 1)])
def test_what_reconsideration_annulled_does_not_count_and_what_it_changed_does(two, kind, counts):
    first, second = two
    beside(first, "remedy.reconsideration", "COMPLIED", overturned_kind=kind)
    assert len(found(second).earlier) == counts


def beside(case, procedure_id, state, **facts):
    """A side proceeding that has ended."""
    dossier = ledger.Dossier.objects.create(
        kind="SIDE", number=procedure_id, region_code=case.region_code, title="附属程序",
        agency_code=case.agency_code, procedure_id=procedure_id, procedure_version=1, state=state,
        opened_at=case.dossier.opened_at, parent=case.dossier,
    )  # fmt: skip
    procedures.Run.objects.create(
        dossier=dossier, procedure_id=procedure_id, procedure_version=1, domain="base",
        facts=facts, updated_at=dossier.opened_at,
    )  # fmt: skip
    Side.objects.create(dossier=dossier, case=case, number=1, procedure_id=procedure_id,
                        state=state, opened_on=ON, closed_on=ON)  # fmt: skip


def test_another_agencys_case_is_counted_and_not_named(two):
    first, second = two
    listed(second.item, "FIRST")
    officer = cast.actor(cast.OFFICER, ON)
    told = dict(leniency.told(second, actor=officer, on=ON))["全平台查询"]
    assert first.number in told
    Case.objects.filter(pk=first.pk).update(agency_code="QH-SCJG")
    told = dict(leniency.told(second, actor=officer, on=ON))["全平台查询"]
    assert first.number not in told
    assert "另有 1 件" in told
    shot = found(second).snapshot(second, ON)
    assert (shot["found"], shot["elsewhere"]) == (1, 1)


def test_a_snapshot_that_something_has_overtaken_is_no_longer_current(
    two, django_assert_num_queries
):
    first, second = two
    listed(second.item, "FIRST")
    items = []
    kept = {"_first_snapshot": found(second).snapshot(second, ON)}
    facts = leniency.facts_of(second, kept=kept, items=items, on=ON)
    assert facts["first_snapshot_current"]
    assert not facts["first_history_clear"]
    Case.objects.filter(pk=first.pk).update(state="DECIDED")
    facts = leniency.facts_of(second, kept=kept, items=items, on=ON)
    assert not facts["first_snapshot_current"]
    matter = matter_of(type("P", (), {"case": second})())
    with django_assert_num_queries(1):
        leniency.facts_of(matter.case, kept={}, items=items, on=ON)
