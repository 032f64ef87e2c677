"""Notices and pictures as they stand in the browser: nothing serious for axe, no overflow."""

import pytest

from tests.browser.test_screens import look

pytestmark = pytest.mark.browser


def addresses() -> list[str]:
    """The screens, with a published notice, a draft and an item that has moved."""
    from zhiheng.elements.models import AdjustmentNotice, Item

    draft = AdjustmentNotice.objects.get(state="DRAFT").pk
    published = AdjustmentNotice.objects.get(state="PUBLISHED").pk
    item = Item.objects.known().filter(code="QH-CG-001").first().uid
    root = "/elements/notices"
    return [
        "/elements/", f"{root}/", f"{root}/new/", f"{root}/{published}/", f"{root}/{draft}/",
        f"{root}/{draft}/items/?text=QH-CG", f"{root}/{draft}/preview/",
        "/elements/map/", "/elements/map/?body=QH-CD", "/elements/counts/?body=QH-ZF",
        f"/elements/items/{item}/line/", "/elements/may/?body=QH-HW&item=QH-CG-023",
        "/elements/may/?body=QH-ZF&item=QH-SC-001",
    ]  # fmt: skip


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_notices_and_pictures(open_as, phone):
    page = open_as("chuyaosu", phone=phone)
    problems = {address: look(page, address, phone=phone) for address in addresses()}
    assert {a: p for a, p in problems.items() if p} == {}
