"""Whatever is changed later, what was true on a day as known at a moment stays as it was."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import cast
from zhiheng.elements import history, services
from zhiheng.elements.models import DutyBoundary, Expert
from zhiheng.kernel import ciphers
from zhiheng.kernel.errors import Conflict

BEGIN, KNOWN = date(2026, 1, 1), datetime(2026, 1, 1, 1, tzinfo=UTC)
DAYS = [BEGIN + timedelta(days=70 * n) for n in range(-1, 6)]
CHANGES = st.lists(
    st.tuples(
        st.integers(0, 400), st.sampled_from(["甲", "乙", "丙", "丁"]), st.booleans(),
        st.integers(0, 3),
    ),
    max_size=5,
)  # fmt: skip


def expert() -> Expert:
    row = Expert(code="Z-1", name="原名", kind="LEGAL", region_code="339901", valid_from=BEGIN)
    return services.record(row=row, at=KNOWN)


def answers(known_at: datetime) -> list[str | None]:
    """What held on each day, as known at a moment."""
    return [
        Expert.objects.as_of(day, known_at)
        .filter(code="Z-1")
        .values_list("name", flat=True)
        .first()
        for day in DAYS
    ]


class _Undone(Exception):
    """Takes the example's rows back."""


@pytest.mark.django_db
@settings(max_examples=25, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(plan=CHANGES)
def test_the_past_as_it_was_known_never_changes(plan):
    try:
        with transaction.atomic():
            _live_through(plan)
            raise _Undone
    except _Undone:
        pass


def _live_through(plan) -> None:
    uid, at = expert().uid, KNOWN
    seen = {at: answers(at)}
    for days, name, ends, pick in plan:
        at += timedelta(hours=1)
        known = list(Expert.objects.known().filter(uid=uid).order_by("valid_from"))
        row, day = known[pick % len(known)], BEGIN + timedelta(days=days)
        try:
            with transaction.atomic():
                if ends and day > row.valid_from and row.ends_after(day):
                    services.end(row=row, valid_until=day, at=at)
                else:
                    services.amend(row=row, changes={"name": name}, valid_from=day, at=at)
        except Conflict:
            continue
        seen[at] = answers(at)
        for moment, then in seen.items():
            assert answers(moment) == then
    for day in DAYS:
        assert Expert.objects.as_of(day).filter(uid=uid).count() <= 1


def test_the_history_says_field_by_field_what_changed(county):
    row = DutyBoundary.objects.known().get(code="QH-BJ-01")
    at = datetime(2026, 11, 20, tzinfo=UTC)
    services.amend(
        row=row, changes={"assist_bodies": ["QH-STHJ"], "doc_no": "新文号"},
        valid_from=date(2026, 12, 1), at=at, approved_by="赵局长",
    )  # fmt: skip
    newest = history.moments(
        versions=list(DutyBoundary.objects.history(row.uid)), open_personal=False
    )[0]
    told = {one.label: (one.before, one.after) for one in newest.changes}
    assert told["文号"] == ("青政办发〔2024〕18号", "新文号")
    assert told["配合主体"][0].splitlines()[0] == "QH-SCJG 青衡县市场监督管理局"
    assert told["配合主体"][1] == "QH-STHJ 衡州市生态环境局青衡分局"
    assert newest.title == "自2026年12月1日起"


def test_the_page_shows_a_day_as_it_was_known_at_a_moment(county, client):
    row = DutyBoundary.objects.known().get(code="QH-BJ-01")
    at = datetime(2026, 11, 20, 1, tzinfo=UTC)
    services.amend(row=row, changes={"matter": "油烟"}, valid_from=date(2026, 1, 1), at=at)
    admin = cast.sign_in(client, cast.ELEMENT_ADMIN)
    page = reverse("element_show", args=["boundaries", row.uid])

    def heading(**query: str) -> str:
        return admin.get(page, query).context["page"].title

    assert heading(on="2026-06-01") == "油烟"
    assert heading(on="2026-06-01", known="2026-11-19") == "餐饮油烟扰民"
    assert heading(on="2025-06-01") == "餐饮油烟扰民"
    nothing = admin.get(page, {"on": "2020-01-01"}).content.decode()
    assert "那时没有这条要素" in nothing
    listed = reverse("element_list", args=["boundaries"])
    then = admin.get(listed, {"on": "2026-06-01", "known": "2026-11-19"}).content.decode()
    assert "餐饮油烟扰民" in then
    assert "餐饮油烟扰民" not in admin.get(listed, {"on": "2026-06-01"}).content.decode()


def test_nonsense_in_the_address_is_today(county, client):
    admin = cast.sign_in(client, cast.ELEMENT_ADMIN)
    listed = reverse("element_list", args=["seals"])
    for query in ({"on": "x", "known": "y"}, {"known": "9999-12-31"}, {"known": "0001-01-01"}):
        assert admin.get(listed, query).status_code == 200


def test_a_sealed_field_changes_in_the_history_without_being_told(county):
    row = Expert.objects.known().first()
    services.amend(
        row=row, changes={"phone": ciphers.seal_field("10009998888")},
        valid_from=row.valid_from, at=datetime(2026, 11, 20, tzinfo=UTC),
    )  # fmt: skip
    versions = list(Expert.objects.history(row.uid))
    masked = history.moments(versions=versions, open_personal=False)[0].changes[0]
    assert masked.after == "100****8888"
    assert (
        history.moments(versions=versions, open_personal=True)[0].changes[0].after == "10009998888"
    )
