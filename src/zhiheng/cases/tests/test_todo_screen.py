"""The to-do list: the same number on the rail, in the words and in the list; each thing counted once."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from zhiheng.elements.models import UpkeepItem
from zhiheng.kernel.clock import today
from zhiheng.ledger import waiting

pytestmark = pytest.mark.django_db
TOMORROW = today() + timedelta(days=1)
KEEPER = cast.ELEMENT_ADMIN


@pytest.fixture(autouse=True)
def county(db):
    cast.county()


def lines(number: int, *, owner=None, due=date(2099, 1, 1), key: str = "k") -> None:
    """So many lines to be cleared in the region, of nobody in particular unless said."""
    UpkeepItem.objects.bulk_create(
        UpkeepItem(
            reason="body.notice", register="bodies", key=f"{key}{n}", title=f"第 {n} 条", says="到期了。",
            next_step="去延期。", severity="MUST", region_code="339901", owner=owner, due_on=due,
            found_at=datetime(2026, 11, 20, tzinfo=UTC),
        )
        for n in range(number)
    )  # fmt: skip


def opened(username: str, **query: str):
    return cast.sign_in(Client(), username).get(reverse("todo"), query)


def words(username: str, **query: str) -> str:
    return opened(username, **query).content.decode()


@pytest.fixture
def asked(monkeypatch) -> Counter:
    """How often each source was counted."""
    heard: Counter = Counter()

    def listen(source):
        def count(actor, most):
            heard[source.kind] += 1
            return source.count(actor, most)

        return waiting.Source(source.kind, source.label, source.find, count, source.page)

    listening = {kind: listen(source) for kind, source in waiting._sources.items()}
    monkeypatch.setattr(waiting, "_sources", MappingProxyType(listening))
    return heard


def test_lines_to_be_cleared_wait_on_the_list_as_on_the_rail():
    UpkeepItem.objects.all().update(state="MENDED")
    assert "没有等您办的事" in words(KEEPER)
    lines(3)
    seen = words(KEEPER)
    assert "没有等您办的事" not in seen
    assert seen.count("清理：第") == 3
    assert (
        seen.count('aria-label="3 件">3<') == 4
    )  # 待办 and 要素, on the rail and on the phone's bar
    assert "待清理" in words(KEEPER, kind="UPKEEP")
    assert "清理：第" not in words(KEEPER, kind="CASE")


def test_the_day_is_told_with_the_period_that_ends_then():
    cast.living_case()
    assert "作出处罚决定的期限 <span" in words(cast.OFFICER)


def test_an_owner_without_that_office_finds_them_too():
    lines(2, owner=cast.account(cast.OFFICER))
    assert words(cast.OFFICER).count("清理：第") == 2
    assert "清理：第" not in words(cast.UNIT_HEAD)


def test_what_is_late_stands_first_and_is_told_as_a_figure():
    lines(2, due=TOMORROW)
    lines(1, due=date(2020, 1, 1), key="late")
    seen = words(KEEPER)
    assert seen.index('id="overdue"') < seen.index("清理：第 0 条") < seen.index('id="week"')
    assert 'href="#overdue"' in seen
    assert 'href="#week"' in seen


def test_what_does_not_fit_is_one_step_away():
    lines(140)
    answer = opened(KEEPER)
    seen = answer.content.decode()
    assert seen.count("清理：第") == 40
    assert "99+" in seen
    assert reverse("upkeep_list") + "?mine=1" in seen


@pytest.mark.parametrize("username", [cast.OFFICER, KEEPER, cast.LEGAL_REVIEWER])
@pytest.mark.parametrize("page", ["todo", "element_home"])
def test_each_source_is_counted_once_a_page(asked, username, page):
    lines(2)
    assert cast.sign_in(Client(), username).get(reverse(page)).status_code == 200
    assert dict(asked) == {"ELEMENT": 1, "UPKEEP": 1}


def test_the_list_asks_no_more_however_much_waits(django_assert_max_num_queries):
    lines(60)
    client = cast.sign_in(Client(), KEEPER)
    client.get(reverse("todo"))
    with django_assert_max_num_queries(16):
        client.get(reverse("todo"))
