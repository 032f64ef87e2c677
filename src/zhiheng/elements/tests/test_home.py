"""The home page: what waits, the registers with their numbers, in few queries."""

import pytest
from django.urls import reverse

from tests import cast
from zhiheng.elements.registers import REGISTERS
from zhiheng.elements.views.home import SHELVES

pytestmark = pytest.mark.usefixtures("county")


def test_everybody_sees_the_registers_with_their_numbers(client):
    words = cast.sign_in(client, cast.OFFICER).get(reverse("element_home")).content.decode()
    assert all(one.title in words for one in REGISTERS.values())
    assert "等我办的" not in words


def test_the_home_page_costs_few_queries(client, django_assert_max_num_queries):
    admin = cast.sign_in(client, cast.ELEMENT_ADMIN)
    admin.get(reverse("element_home"))
    with django_assert_max_num_queries(16):
        answer = admin.get(reverse("element_home"))
    assert "等我办的" in answer.content.decode()


def test_every_register_stands_on_one_shelf():
    on_shelves = [slug for _, _, slugs in SHELVES for slug in slugs]
    assert sorted(on_shelves) == sorted(REGISTERS)


def test_who_has_nothing_to_do_reads_so_in_one_line(client):
    words = cast.sign_in(client, cast.LEGAL_REVIEWER).get(reverse("element_home")).content.decode()
    assert "没有等您办的" in words
