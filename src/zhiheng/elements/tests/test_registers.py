"""The registers on screen: every kind lists and opens, on any day, with its history."""

from datetime import date

import pytest
from django.urls import reverse

from tests import cast
from zhiheng.elements.demo import load_demo
from zhiheng.elements.models import Item
from zhiheng.elements.registers import REGISTERS

pytestmark = pytest.mark.usefixtures("county")


@pytest.fixture
def admin(client):
    return cast.sign_in(client, cast.ELEMENT_ADMIN)


@pytest.mark.parametrize("slug", REGISTERS)
def test_every_register_lists_and_opens(admin, slug):
    listed = admin.get(reverse("element_list", args=[slug]))
    assert listed.status_code == 200
    row = REGISTERS[slug].model.objects.active(cast.ON).first()
    shown = admin.get(reverse("element_show", args=[slug, row.uid]))
    assert shown.status_code == 200
    assert "历史版本" in shown.content.decode()


def test_a_list_can_be_read_on_an_earlier_day(admin):
    address = reverse("element_list", args=["items"])
    before = admin.get(address, {"q": "QH-CG-001", "on": "2026-08-14"}).content.decode()
    after = admin.get(address, {"q": "QH-CG-001", "on": "2026-08-15"}).content.decode()
    assert "大气污染防治法" in before
    assert "生态环境法典" in after


def test_an_item_shows_who_may_do_it_its_tiers_and_both_versions(admin):
    item = Item.objects.active(cast.ON).get(code="QH-CG-001")
    words = admin.get(reverse("element_show", args=["items", item.uid])).content.decode()
    assert "青衡县综合行政执法局" in words
    assert "从轻" in words
    assert words.count("2024-01-01 起") >= 1


def test_people_of_other_regions_are_not_in_the_register(client):
    from zhiheng.people import services

    stranger = services.create_account(
        username="stranger", name="外地人", region_code="338901", agency_code="X",
        password=None, by=None,
    )  # fmt: skip
    services.grant_role(
        account=stranger, role="officer", valid_from=date(2020, 1, 1), valid_until=None, by=None
    )
    client.force_login(stranger)
    words = client.get(reverse("element_list", args=["subjects"])).content.decode()
    assert "青衡县" not in words


def test_an_unknown_register_says_which_there_are(admin):
    answer = admin.get("/elements/nothing/")
    assert answer.status_code == 404
    assert "执法主体" in answer.content.decode()


def test_loading_the_demo_twice_adds_nothing():
    assert load_demo("small", 1) == {}


def test_the_demo_is_the_same_for_the_same_seed():
    from zhiheng.elements.demo.material import uid

    assert Item.objects.active(cast.ON).get(code="QH-CG-001").uid == uid("item", "QH-CG-001")


def test_a_zero_byte_in_a_search_is_left_out(county, client):
    cast.sign_in(client, "chuyaosu")
    address = reverse("element_list", args=["items"])
    answer = client.get(f"{address}?q=%00油烟%00")
    assert answer.status_code == 200
    assert "餐饮服务业经营者超标排放油烟" in answer.content.decode()
