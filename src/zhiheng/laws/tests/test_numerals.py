"""Numbers of articles: signs and digits say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.laws.numerals import article_label, article_number, place_label, to_number
from zhiheng.rulebook.words import numeral

numbers = st.integers(1, 9999)


@given(numbers)
def test_a_number_written_in_chinese_reads_back_as_itself(number):
    assert to_number(numeral(number)) == number


@given(numbers)
def test_digits_of_either_width_are_the_same_number(number):
    wide = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert to_number(str(number)) == to_number(wide) == number


@given(numbers, st.integers(1, 99))
def test_an_article_with_an_insertion_keeps_both_numbers(main, sub):
    label = article_label(f"{main}-{sub}")
    signs, _, tail = label.removeprefix("第").partition("条之")
    assert article_number(signs, tail) == f"{main}-{sub}"


@pytest.mark.parametrize(
    ("signs", "number"),
    [("十", 10), ("二十", 20), ("一百零五", 105), ("一千二百四十二", 1242), ("〇", 0), ("两百", 200),
     ("二〇二六", 2026), ("法", None), ("", None)],
)  # fmt: skip
def test_numbers_as_laws_write_them(signs, number):
    assert to_number(signs) == number


def test_a_place_is_written_as_laws_write_it():
    assert place_label("132-1", "2", "3") == "第一百三十二条之一第二款第（三）项"


def test_a_number_beyond_all_laws_stays_digits():
    assert place_label("9" * 30, "9" * 30) == "9" * 30
