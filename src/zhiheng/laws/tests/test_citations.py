"""Citations in free text are found where the text says which law, and nowhere else."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared_data import shared_data
from zhiheng.laws.citations import plain_title, recognise
from zhiheng.laws.numerals import place_label
from zhiheng.laws.reading.jsonl import read_jsonl


def places(text, context=""):
    return [
        (one.title, one.article, one.paragraph, one.item)
        for one in recognise(text, context)
        if one.article
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("依据《灯笼法》第十七条第二款第（三）项", [("灯笼法", "17", "2", "3")]),
        ("依据《灯笼法》第十七条第二款第三项", [("灯笼法", "17", "2", "3")]),
        ("《灯笼法》第17条、第１８条", [("灯笼法", "17", "", ""), ("灯笼法", "18", "", "")]),
        ("《灯笼法》第一百三十二条之一", [("灯笼法", "132-1", "", "")]),
        ("《灯笼法》第三条、第五条第一款第一项、第三项", [
            ("灯笼法", "3", "", ""), ("灯笼法", "5", "1", "1"), ("灯笼法", "5", "1", "3")]),
        ("《灯笼法》第九条第一款和第三款", [("灯笼法", "9", "1", ""), ("灯笼法", "9", "3", "")]),
        ("《灯笼法》（2018年修正）第四条", [("灯笼法", "4", "", "")]),
        ("《灯笼法》的第四条", [("灯笼法", "4", "", "")]),
        ("《甲法》第二条和《乙法》第三条", [("甲法", "2", "", ""), ("乙法", "3", "", "")]),
        ("《关于修改〈灯笼法〉的决定》第一条", [("关于修改〈灯笼法〉的决定", "1", "", "")]),
        ("《关于修改《灯笼法》的决定》第一条", [("关于修改《灯笼法》的决定", "1", "", "")]),
        ("《灯笼法》第二条第（一）项", [("灯笼法", "2", "", "1")]),
        ("《灯笼法》规定。该法第九条", [("灯笼法", "9", "", "")]),
    ],
)  # fmt: skip
def test_citations_as_officers_write_them(text, expected):
    assert places(text) == expected


def test_a_short_title_given_in_brackets_is_known_from_then_on():
    text = (
        "《灯笼安全管理条例》（以下简称《灯笼条例》）第二条。按《灯笼条例》第三条，灯笼条例第四条"
    )
    assert places(text) == [("灯笼安全管理条例", number, "", "") for number in "234"]


def test_this_law_means_the_law_the_text_stands_in():
    assert places("违反本法第三条规定，依照第五条处理", "灯笼法") == [
        ("灯笼法", "3", "", ""), ("灯笼法", "5", "", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["违反本法第三条", "第五条规定", "前款规定", "第三款", "《灯笼法", ""]
)
def test_what_names_no_law_is_left_alone(text):
    assert places(text) == []


def test_the_paragraph_before_is_left_alone_even_where_the_law_is_known():
    assert places("依照前款、前条规定", "灯笼法") == []


def test_a_law_named_without_brackets_is_not_taken_for_the_law_at_hand():
    assert places("依照风筝法第九条的规定处罚", "灯笼法") == []


def test_a_law_named_alone_is_a_citation_and_a_book_is_not():
    assert [one.title for one in recognise("读了《灯笼法》和《红楼梦》")] == ["灯笼法"]


def test_positions_point_at_the_words():
    text = "前面《灯笼法》第二条后面"
    (one,) = recognise(text)
    assert text[one.start : one.end] == "《灯笼法》第二条"


titles = st.sampled_from(
    ["灯笼法", "风筝管理条例", "中华人民共和国纸鸢法", "某省实施《灯笼法》办法"]
)


@given(titles, st.integers(1, 1999), st.integers(0, 30), st.integers(0, 30), st.integers(0, 9))
def test_every_place_written_as_laws_write_it_is_recognised(title, article, paragraph, item, sub):
    number = f"{article}-{sub}" if sub else str(article)
    para, it = str(paragraph or ""), str(item or "")
    text = f"经查，违反《{title}》{place_label(number, para, it)}的规定"
    assert places(text) == [(title, number, para, it)]


@given(st.text(alphabet="《》第条款项之（）一二十百0１、和本法的前 \n", max_size=60))
def test_no_text_breaks_it_and_citations_never_overlap(text):
    found = recognise(text, "灯笼法")
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= one.start < one.end <= len(text) for one in found)


@pytest.mark.parametrize(
    ("title", "plain"),
    [("《中华人民共和国灯笼法》", "灯笼法"), ("灯笼法（2018年修正）", "灯笼法"),
     ("宪法修正案（1993年）", "宪法修正案（1993年）"), ("灯笼办法(试行)", "灯笼办法（试行）")],
)  # fmt: skip
def test_titles_are_matched_without_ornaments(title, plain):
    assert plain_title(title) == plain


def _real():
    laws = read_jsonl(shared_data("laws/national-2026.jsonl.gz")).laws
    return [(law.title, one.text) for law in laws for one in law.articles]


def test_titles_cited_in_real_laws_are_real_titles():
    """Precision: of citations of named laws with an article, nearly all name a place that exists."""
    laws = read_jsonl(shared_data("laws/national-2026.jsonl.gz")).laws
    known = {plain_title(law.title): {one.label for one in law.articles} for law in laws}
    total = right = 0
    for title, text in _real():
        for one in recognise(text, plain_title(title)):
            if not one.article or plain_title(one.title) not in known:
                continue
            if "修改" in title or "修正案" in title or "解释" in title:
                continue  # these speak of older numbers
            total += 1
            right += place_label(one.article) in known[plain_title(one.title)]
    assert total > 2000
    assert right / total > 0.99, f"{right}/{total}"


def test_real_texts_are_read_fast():
    texts = [text for _, text in _real()]
    began = time.perf_counter()
    count = sum(len(recognise(text, "灯笼法")) for text in texts)
    speed = sum(map(len, texts)) / (time.perf_counter() - began)
    assert count > 3000
    assert speed > 200_000, f"{speed:.0f} characters a second"
