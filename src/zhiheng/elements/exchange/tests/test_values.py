"""Values to texts and back: what is written can be read, and is the same."""

import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiheng.elements.exchange import values, writing
from zhiheng.elements.exchange.columns import Column, columns_of, identity_of
from zhiheng.elements.exchange.matching import match
from zhiheng.elements.exchange.sheets import open_sheet
from zhiheng.elements.exchange.sheets.common import letters
from zhiheng.elements.models import Grant, Item, Officer
from zhiheng.elements.registers import REGISTERS

WORDS = st.text(max_size=40).map(lambda text: "".join(c for c in text if c.isprintable()).strip())
ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0￾￿"), max_size=30)


def column(kind, **more) -> Column:
    return Column("x", "列", kind, **more)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-01-02", (2026, 1, 2)), ("2026/1/2", (2026, 1, 2)), ("2026年1月2日", (2026, 1, 2)),
     ("２０２６．１．２", (2026, 1, 2)), ("20260102", (2026, 1, 2)), ("46024", (2026, 1, 2)),
     ("2026-01-02 00:00:00", (2026, 1, 2))],
)  # fmt: skip
def test_days_are_read_as_people_and_programs_write_them(text, day):
    assert values.parse(column("date"), text) == date(*day)


@pytest.mark.parametrize(
    ("kind", "text"),
    [("date", "2026-02-30"), ("date", "明天"), ("money", "八千"), ("int", "1.5"), ("bool", "也许"),
     ("float", "inf"), ("float", "nan"), ("text", "#REF!"), ("text", "1.23E+17"), ("json", "[1]"),
     ("list", '["a"'), ("uid", "123"), ("json", "[" * 100_000)],
)  # fmt: skip
def test_what_cannot_be_read_is_answered_in_a_sentence(kind, text):
    with pytest.raises(values.Wrong, match="。"):
        values.parse(column(kind), text)


@given(WORDS)
def test_a_text_comes_back(text):
    assert values.parse(column("text"), values.write(column("text"), text)) == values.tidy(text)


@given(st.integers(0, 10**12))
def test_money_comes_back(cents):
    assert values.parse(column("money"), values.write(column("money"), cents)) == cents


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_days_come_back(day):
    assert values.parse(column("date"), values.write(column("date"), day)) == day


@given(st.lists(WORDS.filter(bool), max_size=5))
def test_lists_come_back(given_list):
    text = values.write(column("list"), given_list)
    assert values.parse(column("list"), text) == given_list


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(ANY, min_size=2, max_size=4), min_size=1, max_size=4),
    st.sampled_from(["xlsx", "csv"]),
)
def test_cells_survive_the_file(rows, form):
    out = io.BytesIO()
    common = {"titles": ["甲", "乙"], "rows": rows, "remarks": lambda _: [("尾", "注")]}
    if form == "csv":
        writing.csv_file(out, **common)
    else:
        writing.xlsx_file(out, name="表", **common)
    found = [line.cells for line in open_sheet(out, title="表").lines()][1:]
    wanted = [[values.tidy(cell) for cell in cells] for cells in rows]
    tidied = [[values.tidy(cell) for cell in cells] for cells in found]
    assert trimmed(tidied) == trimmed(wanted)


def trimmed(rows):
    kept = []
    for cells in rows:
        while cells and not cells[-1]:
            cells = cells[:-1]
        if cells:
            kept.append(cells)
    return kept


@pytest.mark.parametrize("slug", REGISTERS)
def test_every_register_has_columns_with_titles_of_their_own(slug):
    model = REGISTERS[slug].model
    titles = [one.title for one in columns_of(model)]
    assert len(titles) == len(set(titles))
    assert not {"known_from", "version", "citizen_id_hash"} & {c.name for c in columns_of(model)}
    assert identity_of(model)
    assert match(titles, columns_of(model), before={}) == [c.name for c in columns_of(model)]


def test_identity_comes_from_what_the_database_keeps_unique():
    assert identity_of(Item) == ("code",)
    assert identity_of(Officer) == ("certificate_no",)
    assert identity_of(Grant) == ("item", "body", "region_code", "mode")


def test_columns_have_letters():
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
