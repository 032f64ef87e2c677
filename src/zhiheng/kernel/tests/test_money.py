"""Amounts are read and written without losing a cent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.kernel.errors import Invalid
from zhiheng.kernel.money import in_words, parse_yuan, yuan

CENTS = st.integers(min_value=0, max_value=10**14)
DIGITS = {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")}


def read_words(text: str) -> int:
    """Read the capital form back, by another way than it was written."""
    total = section = digit = 0
    for char in text.removesuffix("整"):
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in "拾佰仟":
            section += digit * 10 ** ("拾佰仟".index(char) + 1)
            digit = 0
        elif char == "万":
            section = (section + digit) * 10**4
            digit = 0
        elif char == "亿":
            total, section, digit = (section + digit) * 10**8, 0, 0
        elif char == "元":
            total, section, digit = (total + section + digit) * 100, 0, 0
        else:
            total, digit = total + digit * {"角": 10, "分": 1}[char], 0
    return total


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (800000, "捌仟元整"),
        (140950, "壹仟肆佰零玖元伍角整"),
        (600714, "陆仟零柒元壹角肆分"),
        (10700053, "壹拾万柒仟元伍角叁分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (32504, "叁佰贰拾伍元零肆分"),
        (5, "伍分"),
        (0, "零元整"),
        (10**10, "壹亿元整"),
        (100000500, "壹佰万零伍元整"),
    ],
)
def test_the_capital_form_follows_the_payment_rules(cents: int, words: str) -> None:
    assert in_words(cents) == words


@given(CENTS)
def test_what_is_written_as_yuan_reads_back_the_same(cents: int) -> None:
    assert parse_yuan(yuan(cents)) == cents


@given(CENTS)
def test_what_is_written_in_words_reads_back_the_same(cents: int) -> None:
    assert read_words(in_words(cents)) == cents
    assert "零零" not in in_words(cents)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("8,000", 800000), ("￥8000.50元", 800050), ("0.8万", 800000), ("８０００", 800000)],
)
def test_amounts_are_read_as_people_type_them(typed: str, cents: int) -> None:
    assert parse_yuan(typed) == cents


@pytest.mark.parametrize(
    "typed", ["", "  ", "-1", "八千", "8,00", "1.234", "1e5", "1.2.3", "9" * 40]
)
def test_what_is_no_amount_gets_a_sentence(typed: str) -> None:
    with pytest.raises(Invalid) as error:
        parse_yuan(typed)
    assert error.value.message.endswith("。")
    assert error.value.next_step


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_a_sentence(typed: str) -> None:
    outcome: int | Invalid
    try:
        outcome = parse_yuan(typed)
    except Invalid as error:
        outcome = error
    assert outcome.message if isinstance(outcome, Invalid) else outcome >= 0
