"""The home page: what waits, the registers with their numbers, in few queries."""

import pytest
from django.urls import reverse

from tests import cast
from zhiheng.elements.registers import REGISTERS

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
    assert "没有等您办的变更单" in answer.content.decode()
