"""What leaves the file shows as little as it must."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.kernel.masking import mask_address, mask_citizen_id, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("陈当事", "陈某"),
        ("欧阳锋", "欧阳某"),
        ("欧阳", "欧某"),
        ("阿卜杜拉·买买提", "阿某"),
        ("John Smith", "J***"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_surname_only(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_two_people_who_look_alike_are_numbered() -> None:
    assert [mask_name("陈当事", nth=1), mask_name("陈旁人", nth=2)] == ["陈某1", "陈某2"]


@given(st.text(min_size=2, max_size=12))
def test_a_given_name_never_shows(name: str) -> None:
    kept = mask_name(name).replace("某", "").replace("*", "")
    assert len(kept) <= 2
    assert len(kept) < max(2, len(name.strip())) or len(name.strip()) < 2


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("浙江省衢州市青衡县城东街道人民路18号2幢301室", "浙江省衢州市青衡县城东街道****"),
        ("青衡县市场路5号", "青衡县****"),
        ("北京市朝阳区建国路1号", "北京市朝阳区****"),
        ("人民路18号", "****"),
        ("青衡县城东街道", "青衡县城东街道"),
    ],
)
def test_an_address_ends_at_the_town(address: str, masked: str) -> None:
    assert mask_address(address) == masked


@given(st.text(alphabet="省市县区镇乡街道路号青衡0123456789一二三室 ", max_size=40))
def test_no_number_of_a_house_survives(address: str) -> None:
    assert not re.search(r"\d", mask_address(address))


@given(st.from_regex(r"\A\d{17}[0-9X]\Z"))
def test_the_last_four_of_a_citizen_number_stay_secret(number: str) -> None:
    masked = mask_citizen_id(number)
    assert len(masked) == len(number)
    assert masked.count("*") == 13
    assert masked[-4:-1] == "***"


@given(st.text(alphabet="0123456789-+ ()", max_size=20))
def test_a_phone_number_never_shows_more_than_seven_digits(phone: str) -> None:
    assert len(re.findall(r"\d", mask_phone(phone))) <= 7


def test_a_mobile_number_is_masked_in_the_middle() -> None:
    assert mask_phone("138 1234 5678") == "138****5678"
    assert mask_phone("0570-1234567") == "*********67"
    assert mask_phone("110") == "***"
