"""What waits in the registers on the to-do list, and an import that has failed."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.browser.conftest import _page, session_cookie
from tests.browser.looking import looked_through

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def addresses(county_site, django_db_blocker) -> dict[str, str]:
    """A to-do list with a proposal and an import; an import that has failed."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_prepared).result()


def _prepared() -> dict[str, str]:
    from zhiheng.elements.exchange import services
    from zhiheng.elements.exchange.tests.conftest import checked
    from zhiheng.elements.exchange.tests.test_periods import book
    from zhiheng.elements.models import ImportBatch
    from zhiheng.elements.tests.factories import draft_of_boundary, take

    proposal = draft_of_boundary(dispute_channel="新的渠道")
    take(proposal, "submit", "chuyaosu")
    take(proposal, "approve", "wangshenhe")
    periods = checked("items", book(("第一期", "2027-01-01", ""), ("第二期", "2027-03-01", "")))
    failed = checked("items", book(("别的", "2027-01-01", ""), code="K-2"))
    ImportBatch.objects.filter(pk=failed.pk).update(state="COMPARING")
    services.give_up(batch_id=failed.pk, times=5)
    return {
        "todo": "/todo/", "periods": f"/elements/imports/{periods.pk}/",
        "failed": f"/elements/imports/{failed.pk}/",
    }  # fmt: skip


def test_there_is_a_county(db):
    """The database is made for tests that ask for it; the server below borrows it."""


@pytest.mark.parametrize("phone", [False, True])
def test_what_waits_can_be_read(chromium, county_site, addresses, phone):
    page = _page(chromium, county_site, phone=phone)
    page.set_viewport_size({"width": 390 if phone else 1280, "height": 900})
    page.context.add_cookies([{**session_cookie("zhaojuzhang"), "url": county_site}])
    assert looked_through(page, addresses, "waiting", phone=phone) == []
    page.context.close()
