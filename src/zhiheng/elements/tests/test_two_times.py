"""Valid time and record time: nothing is updated in place, every question has one answer."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from zhiheng.elements import services
from zhiheng.elements.demo.material import fake_uscc
from zhiheng.elements.models import Body, Status
from zhiheng.elements.policies import slices_after_change
from zhiheng.kernel.errors import Conflict, Invalid

pytestmark = pytest.mark.django_db
JANUARY = datetime(2026, 1, 5, 9, tzinfo=UTC)
MARCH = datetime(2026, 3, 2, 9, tzinfo=UTC)
MAY = datetime(2026, 5, 6, 9, tzinfo=UTC)


def body(**more) -> Body:
    values = {
        "code": "T-01",
        "name": "测试执法局",
        "uscc": fake_uscc(prefix="11", number=77),
        "kind": "ORGAN",
        "level": "COUNTY",
        "region_code": "339901",
        "valid_from": date(2024, 1, 1),
    }
    return Body(**values | more)


def name_on(day: date, known_at: datetime | None = None) -> str | None:
    found = Body.objects.as_of(day, known_at).filter(code="T-01").first()
    return found.name if found else None


def test_a_change_for_next_month_leaves_today_as_it_is():
    first = services.record(row=body(), at=JANUARY)
    services.amend(row=first, changes={"name": "新名字"}, valid_from=date(2026, 4, 1), at=MARCH)
    assert name_on(date(2026, 3, 31)) == "测试执法局"
    assert name_on(date(2026, 4, 1)) == "新名字"


def test_what_was_known_earlier_can_still_be_asked():
    first = services.record(row=body(), at=JANUARY)
    services.amend(row=first, changes={"name": "新名字"}, valid_from=date(2026, 4, 1), at=MARCH)
    assert name_on(date(2026, 6, 1), known_at=JANUARY) == "测试执法局"
    assert name_on(date(2026, 6, 1), known_at=MARCH) == "新名字"
    assert name_on(date(2026, 6, 1), known_at=datetime(2025, 1, 1, tzinfo=UTC)) is None


def test_a_correction_replaces_all_and_keeps_what_was_believed():
    first = services.record(row=body(), at=JANUARY)
    right = services.amend(row=first, changes={"name": "更正"}, valid_from=first.valid_from, at=MAY)
    assert name_on(date(2024, 6, 1)) == "更正"
    assert name_on(date(2024, 6, 1), known_at=MARCH) == "测试执法局"
    assert (right.version, right.uid) == (2, first.uid)


def test_an_end_stops_it_on_its_day():
    first = services.record(row=body(), at=JANUARY)
    services.end(row=first, valid_until=date(2026, 7, 1), at=MAY)
    assert name_on(date(2026, 6, 30)) == "测试执法局"
    assert name_on(date(2026, 7, 1)) is None


def test_whoever_comes_second_is_told_so():
    first = services.record(row=body(), at=JANUARY)
    services.amend(row=first, changes={"name": "甲"}, valid_from=date(2026, 4, 1), at=MARCH)
    with pytest.raises(Conflict, match="别人改过"):
        services.amend(row=first, changes={"name": "乙"}, valid_from=date(2026, 4, 1), at=MAY)


@pytest.mark.parametrize("statement", ["SET name = '偷改'", "SET valid_until = '2027-01-01'"])
def test_the_database_refuses_a_change_in_place(statement):
    row = services.record(row=body(), at=JANUARY)
    with (
        pytest.raises(IntegrityError, match="不能就地修改"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE elements_body {statement} WHERE id = %s", [row.pk])


def test_the_database_refuses_removal():
    row = services.record(row=body(), at=JANUARY)
    with pytest.raises(IntegrityError, match="不能就地修改"), transaction.atomic():
        row.delete()


def test_a_code_belongs_to_one_element_at_a_time():
    services.record(row=body(), at=JANUARY)
    with pytest.raises(IntegrityError, match="one_truth_per_code"), transaction.atomic():
        services.record(row=body(name="另一个"), at=MARCH)


def test_a_code_may_pass_to_another_element_when_the_first_has_ended():
    services.record(row=body(valid_until=date(2025, 1, 1)), at=JANUARY)
    services.record(row=body(name="后来者", valid_from=date(2025, 1, 1)), at=JANUARY)
    assert name_on(date(2024, 12, 31)) == "测试执法局"
    assert name_on(date(2025, 1, 1)) == "后来者"


def test_a_draft_never_holds_and_stands_in_nobody_s_way():
    services.record(row=body(status=Status.DRAFT, name="草案"), at=JANUARY)
    services.record(row=body(), at=JANUARY)
    assert name_on(date(2026, 1, 6)) == "测试执法局"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"uscc": "11339901MA0000001X"}, "uscc"),
        ({"region_code": "99"}, "region_code"),
        ({"valid_until": date(2024, 1, 1)}, "valid_until"),
        ({"kind": "ENTRUSTED"}, "entrusted_by"),
    ],
)
def test_a_wrong_code_or_date_is_refused_beside_its_field(wrong, field):
    with pytest.raises(Invalid) as refused:
        services.record(row=body(**wrong), at=JANUARY)
    assert list(refused.value.fields) == [field]
    assert not Body.objects.exists()


def test_slices_cover_the_old_stretch_without_gap_or_overlap():
    begin, change, end = date(2024, 1, 1), date(2025, 1, 1), date(2026, 1, 1)
    before, after = slices_after_change(valid_from=begin, valid_until=end, changed_from=change)
    assert (before.valid_from, before.valid_until, before.changed) == (begin, change, False)
    assert (after.valid_from, after.valid_until, after.changed) == (change, end, True)
    assert slices_after_change(valid_from=begin, valid_until=end, changed_from=end) == ()


def test_a_link_may_be_changed_by_object_or_by_id():
    upper = services.record(
        row=body(code="T-02", uscc=fake_uscc(prefix="11", number=78)), at=JANUARY
    )
    first = services.record(row=body(), at=JANUARY)
    second = services.amend(row=first, changes={"parent": upper}, valid_from=MARCH.date(), at=MARCH)
    assert Body.objects.get(pk=second.pk).parent_id == upper.pk
    third = services.amend(row=second, changes={"parent_id": None}, valid_from=MAY.date(), at=MAY)
    assert Body.objects.get(pk=third.pk).parent_id is None
