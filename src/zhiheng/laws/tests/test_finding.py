"""Finding places, comparing texts, and which looks lighter."""

from datetime import date

import pytest

from zhiheng.laws import api as laws
from zhiheng.laws.amounts import amounts_in
from zhiheng.laws.lighter import compare_days, judge
from zhiheng.laws.likeness import align, marks
from zhiheng.laws.tests.invented import law, store

OLD_DAY, NEW_DAY = date(2021, 1, 1), date(2026, 1, 1)


@pytest.fixture
def lanterns(db):
    store()
    return laws.find_law("中华人民共和国灯笼管理条例")


def test_the_text_of_a_day_is_found(lanterns):
    assert laws.version_on(lanterns, OLD_DAY).published_on == date(2020, 1, 5)
    assert laws.version_on(lanterns, date(2025, 5, 31)).published_on == date(2020, 1, 5)
    assert laws.version_on(lanterns, date(2025, 6, 1)).published_on == date(2025, 3, 2)
    assert laws.version_on(lanterns, date(2019, 1, 1)) is None


def test_places_are_found_by_their_digits_and_read_with_what_is_below(lanterns):
    version = laws.version_on(lanterns, NEW_DAY)
    assert laws.words_of(laws.node_at(version, "2")).count("\n") == 3
    assert laws.words_of(laws.node_at(version, "2", "2", "1")) == "（一）刮大风；"
    assert laws.node_at(version, "2", item="2").path == "2/2/2"
    assert laws.node_at(version, "9") is None
    chapter = version.nodes.get(path="章1")
    assert "写在本子上" in laws.words_of(chapter)
    assert "罚款" not in laws.words_of(chapter)


def test_a_citation_is_resolved_on_its_day(lanterns):
    (cited,) = laws.recognise("违反《灯笼管理条例》第四条")
    assert "同时" not in laws.words_of(laws.resolve(cited, NEW_DAY).node)
    assert laws.resolve(cited, OLD_DAY).version.published_on == date(2020, 1, 5)


@pytest.mark.parametrize(
    ("text", "on", "says"),
    [("《风筝条例》第一条", NEW_DAY, "没有《风筝条例》"), ("《灯笼管理条例》第九条", NEW_DAY, "没有第九条"),
     ("《走马灯管理办法》第一条", NEW_DAY, "已于 2025-06-01 失效"),
     ("《灯笼管理条例》第一条", date(2019, 1, 1), "没有有效的文本")],
)  # fmt: skip
def test_a_citation_that_means_nothing_says_why(lanterns, text, on, says):
    (cited,) = laws.recognise(text)
    assert says in laws.resolve(cited, on).problem


def test_a_text_whose_day_is_open_is_found_with_a_caution(db):
    store(law("灯笼法", [("第一条", "挂。"), ("第二条", "本法自2004年7月1日起施行。")],
              published_on=date(2019, 3, 2), effective_on=date(2004, 7, 1)))  # fmt: skip
    (cited,) = laws.recognise("《灯笼法》第一条")
    found = laws.resolve(cited, NEW_DAY)
    assert (found.problem, found.node.path) == ("", "1")
    assert "没有确定" in found.caution


def test_two_texts_are_aligned_article_by_article(lanterns):
    new, old = laws.versions_of(lanterns)
    kinds = {
        (one.old.number if one.old else "", one.new.number if one.new else ""): one.kind
        for one in laws.compare(old, new)
    }
    assert kinds == {
        ("1", "1"): "SAME", ("2", "2"): "SAME", ("", "3"): "ADDED", ("3", "4"): "CHANGED",
        ("4", "5"): "CHANGED",
    }  # fmt: skip


def test_comparing_takes_two_queries(lanterns, django_assert_num_queries):
    new, old = laws.versions_of(lanterns)
    with django_assert_num_queries(2):
        laws.compare(old, new)


def test_an_article_that_only_moved_is_moved():
    pairs = align([("1", "挂灯笼要牢固。"), ("2", "放风筝要小心。")], [("1", "放风筝要小心。")])
    assert [(one.old, one.new, one.likeness) for one in pairs] == [(0, None, 0.0), (1, 0, 1.0)]


def test_every_article_of_both_texts_appears_exactly_once():
    old = [(str(n), f"第{n}件事要办好，办不好的处罚款{n}元。") for n in range(30)]
    new = [(str(n + 2), f"第{n}件事要办好，办不好的处罚款{n + 7}元。") for n in range(5, 40)]
    pairs = align(old, new)
    assert sorted(one.old for one in pairs if one.old is not None) == list(range(30))
    assert [one.new for one in pairs if one.new is not None] == list(range(35))


def test_marks_put_together_give_back_both_texts():
    old, new = "处一千元以上二万元以下的罚款。", "处五百元以上五千元以下的罚款，没收。"
    found = marks(old, new)
    assert "".join(m.text for m in found if m.kind != "new") == old
    assert "".join(m.text for m in found if m.kind != "gone") == new
    assert any(m.kind == "gone" and m.text == "一千" for m in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("处五百元以上二万元以下的罚款", [("元", 50_000, 2_000_000)]),
        ("处二万元以下罚款", [("元", None, 2_000_000)]),
        ("处货值金额十倍以上二十倍以下的罚款", [("倍", 1000, 2000)]),
        ("违法所得不足一万元的，处三万元以上十万元以下罚款", [("元", 3_000_000, 10_000_000)]),
        ("处1000元以上1万元以下罚款", [("元", 100_000, 1_000_000)]),
        ("处一百万元以上一千万元以下罚款", [("元", 100_000_000, 1_000_000_000)]),
        ("注册资本五百元以上", []),
    ],
)
def test_fines_are_read_as_cents(text, expected):
    assert [(one.unit, one.low, one.high) for one in amounts_in(text)] == expected


def test_a_fine_on_refusal_is_kept_apart():
    first, second = amounts_in(
        "处五百元以上五千元以下的罚款；拒不改正的，处五千元以上二万元以下的罚款。"
    )
    assert (first.when, second.when) == ("", "拒不改正的")


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ("处五百元以上二万元以下的罚款", "处五百元以上五千元以下的罚款", "LIGHTER"),
        ("处一百元以上五百元以下的罚款", "处一百元以上一千元以下的罚款", "HEAVIER"),
        ("处一百元以上五百元以下的罚款", "处五十元以上一千元以下的罚款", "UNSURE"),
        ("处五百元以上二万元以下的罚款",
         "处五百元以上五千元以下的罚款；拒不改正的，处五千元以上二万元以下的罚款", "LIGHTER"),
        ("处五百元以上二万元以下的罚款",
         "处五百元以上五千元以下的罚款；拒不改正的，处五千元以上五万元以下的罚款", "UNSURE"),
        ("处二万元以下罚款", "予以警告", "UNSURE"),
        ("予以警告", "予以通报批评", "UNSURE"),
        ("予以警告", "予以警告", "SAME"),
        ("处违法所得二倍以下罚款", "处一万元以下罚款", "UNSURE"),
    ],
)  # fmt: skip
def test_which_looks_lighter(old, new, verdict):
    opinion = judge(old, new)
    assert opinion.verdict == verdict
    assert opinion.reasons


def test_turned_round_the_lighter_is_the_heavier():
    old, new = "处五百元以上二万元以下的罚款", "处五百元以上五千元以下的罚款"
    assert (judge(old, new).verdict, judge(new, old).verdict) == ("LIGHTER", "HEAVIER")


def test_the_day_of_the_act_and_the_day_of_decision_are_compared(lanterns):
    (old,) = laws.recognise("《灯笼管理条例》第三条")
    (new,) = laws.recognise("《灯笼管理条例》第四条")
    found = compare_days(cited=old, acted_on=OLD_DAY, decided_on=NEW_DAY, successor=new)
    assert found.opinion.verdict == "LIGHTER"
    assert any(mark.kind == "gone" for mark in found.marks)


def test_where_the_law_has_ended_likely_successors_are_offered_and_nothing_is_said(lanterns):
    (cited,) = laws.recognise("《走马灯管理办法》第二条")
    found = compare_days(cited=cited, acted_on=OLD_DAY, decided_on=NEW_DAY)
    assert found.opinion is None
    assert "已于 2025-06-01 失效" in found.new.problem
    assert found.successors[0][1] == "《灯笼管理条例》第五条"
