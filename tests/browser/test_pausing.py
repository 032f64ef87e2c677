"""Putting an element out of use, back, and moving its end: at the desk and on the phone."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.browser.conftest import _page, session_cookie
from tests.browser.looking import looked_through

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def addresses(county_site, django_db_blocker) -> dict[str, str]:
    """Screens of an item that is out of use for a time and then ends."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_prepared).result()


def _prepared() -> dict[str, str]:
    from datetime import timedelta

    from zhiheng.elements.models import Item
    from zhiheng.elements.tests.factories import draft, published
    from zhiheng.kernel import clock

    on, at = clock.today(), clock.now()
    uid = Item.objects.active(on).get(code="QH-CG-024").uid

    def item():
        return Item.objects.active(on).get(uid=uid)

    ends, more = on + timedelta(days=120), {"slug": "items", "values": {}, "at": at}
    published(draft(base=item(), kind="END", valid_from=ends, together=True, **more), at)
    stop = draft(base=item(), kind="SUSPEND", valid_from=on, valid_until=on + timedelta(days=30),
                 **more)  # fmt: skip
    published(stop, at)
    here = f"/elements/items/{uid}/"
    return {
        "item": here, "line": f"{here}line/", "suspend": f"{here}suspend/",
        "resume": f"{here}resume/", "end-day": f"{here}end-day/",
        "proposal": f"/elements/proposals/{stop.pk}/",
    }  # fmt: skip


def test_there_is_a_county(db):
    """The database is made for tests that ask for it; the server below borrows it."""


@pytest.mark.parametrize("phone", [False, True])
def test_the_screens_of_a_pause_can_be_read(chromium, county_site, addresses, phone):
    page = _page(chromium, county_site, phone=phone)
    page.set_viewport_size({"width": 390 if phone else 1280, "height": 900})
    page.context.add_cookies([{**session_cookie("chuyaosu"), "url": county_site}])
    assert looked_through(page, addresses, "pause", phone=phone) == []
    page.context.close()
