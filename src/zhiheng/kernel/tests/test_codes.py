"""Codes are checked by their standards, and no wrong digit passes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared_data import shared_data
from zhiheng.kernel import codes

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@st.composite
def citizen_ids(draw: st.DrawFn) -> str:
    born = draw(st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 12, 31)))
    stem = f"339901{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    total = sum(int(digit) * weight for digit, weight in zip(stem, WEIGHTS, strict=True))
    return stem + "10X98765432"[total % 11]


@st.composite
def usccs(draw: st.DrawFn) -> str:
    stem = draw(st.sampled_from(["91", "N2", "54", "A1"])) + "339901"
    stem += draw(st.text(ALPHABET, min_size=9, max_size=9))
    total = sum(ALPHABET.index(char) * 3**i for i, char in enumerate(stem))
    return stem + ALPHABET[(31 - total) % 31]


def test_published_credit_codes_check() -> None:
    vectors = shared_data("codes/uscc-valid.txt").read_text().split()
    assert len(vectors) == 201
    assert [code for code in vectors if not codes.is_uscc(code)] == []


@given(usccs(), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_of_a_credit_code_is_noticed(code: str, at: int, char: str) -> None:
    assert codes.is_uscc(code)
    assert codes.is_uscc(code[:at] + char + code[at + 1 :]) == (code[at] == char)


@given(citizen_ids(), st.integers(0, 16), st.integers(0, 9))
def test_one_wrong_digit_of_a_citizen_number_is_noticed(code: str, at: int, digit: int) -> None:
    assert codes.is_citizen_id(code)
    if code[at] != str(digit):
        assert not codes.is_citizen_id(code[:at] + str(digit) + code[at + 1 :])


def test_a_citizen_number_of_a_day_that_never_was_is_refused() -> None:
    assert codes.is_citizen_id("11010519491231002X")
    assert not codes.is_citizen_id("110105194902310029")
    with pytest.raises(ValueError, match="citizen number"):
        codes.citizen_id_birthday("110105194902310029")


def test_a_person_is_fourteen_from_the_day_after_the_birthday() -> None:
    number = "11010519491231002X"
    assert codes.citizen_id_birthday(number) == date(1949, 12, 31)
    assert codes.citizen_id_age(number, on=date(1963, 12, 31)) == 13
    assert codes.citizen_id_age(number, on=date(1964, 1, 1)) == 14
    assert not codes.citizen_id_is_male(number)


def test_codes_are_stored_in_one_form() -> None:
    assert codes.normalise(" ９１350100-m000100y43 ") == "91350100M000100Y43"


@pytest.mark.parametrize("code", ["339901", "339901001", "339901001002", "110000"])
def test_regions_towns_and_villages_have_codes(code: str) -> None:
    assert codes.is_region_code(code)


@pytest.mark.parametrize("code", ["", "33990", "3399010", "990000", "３３９９０１", "339901\n"])
def test_what_is_no_region_code_is_refused(code: str) -> None:
    assert not codes.is_region_code(code)


@given(st.integers(1, 999999), st.integers(0, 21), st.integers(0, 9))
def test_one_wrong_digit_of_a_case_code_is_noticed(number: int, at: int, digit: int) -> None:
    code = codes.case_identity_code(region="339901", body="0012", year=2026, month=3, number=number)
    assert len(code) == 22
    assert codes.is_case_identity_code(code)
    if code[at] != str(digit):
        assert not codes.is_case_identity_code(code[:at] + str(digit) + code[at + 1 :])


@given(st.text(max_size=20))
def test_any_text_gets_an_answer(text: str) -> None:
    assert not codes.is_citizen_id(text) or len(codes.normalise(text)) == 18
    assert codes.is_uscc(text) in {True, False}
