"""The law corpus on screen: what is shown, what a citation leads to, how few questions are asked."""

from datetime import date

import pytest
from django.urls import reverse

from tests import cast
from zhiheng.laws import api as laws
from zhiheng.laws.tests.invented import law, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def lanterns():
    store()
    return laws.find_law("灯笼管理条例")


@pytest.fixture
def officer(client, county):
    return cast.sign_in(client, cast.OFFICER)


def words(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def test_the_list_finds_by_words_and_rank_and_says_what_holds_today(officer, lanterns):
    found = words(officer.get(reverse("law_list"), {"q": "灯笼"}))
    assert "灯笼管理条例" in found
    assert "走马灯管理办法" not in found
    assert "没有找到" in words(officer.get(reverse("law_list"), {"q": "灯笼", "level": "LAW"}))


def test_an_empty_corpus_says_how_to_fill_it(officer):
    assert "laws import" in words(officer.get(reverse("law_list")))


def test_a_list_of_many_laws_asks_no_more_than_a_list_of_one(
    officer, lanterns, django_assert_max_num_queries
):
    officer.get(reverse("law_list"))
    with django_assert_max_num_queries(14):
        officer.get(reverse("law_list"))
    store(*[law(f"第{n}灯条例", [("第一条", f"挂{n}盏。")]) for n in range(60)])
    with django_assert_max_num_queries(14):
        page = words(officer.get(reverse("law_list")))
    assert "after=" in page


def test_a_law_shows_its_texts_and_its_tree_and_each_article_once(
    officer, lanterns, django_assert_max_num_queries
):
    address = reverse("law_show", args=[lanterns.pk])
    officer.get(address)
    with django_assert_max_num_queries(16):
        page = words(officer.get(address))
    assert "第一章　总则" in page
    assert page.count("<b>第三条</b>") == 1
    assert "2025年3月2日公布" in page
    assert "2020年1月5日公布" in page
    assert "<details" in page


def test_a_law_can_be_seen_as_it_was(officer, lanterns):
    page = words(officer.get(reverse("law_show", args=[lanterns.pk]), {"on": "2021-01-01"}))
    assert "不是今天有效的文本" in page
    assert "共 4 条" in page


def test_an_article_reads_as_on_its_day(officer, lanterns):
    address = reverse("law_article", args=[lanterns.pk, "3"])
    assert "罚款" not in words(officer.get(address))
    assert "罚款" in words(officer.get(address, {"on": "2021-01-01"}))
    assert "第四条 →" in words(officer.get(address))


def test_an_article_that_is_not_there_says_so(officer, lanterns):
    assert "里没有第九十九条" in words(
        officer.get(reverse("law_article", args=[lanterns.pk, "99"])), 404
    )


def test_an_article_stands_side_by_side_in_all_texts_under_whatever_number(officer, lanterns):
    page = words(officer.get(reverse("law_sides", args=[lanterns.pk, "4"])))
    assert "第三条 · 2020年1月5日公布" in page
    assert "<del>一千</del><ins>五百</ins>" in page


def test_two_texts_are_shown_with_what_changed(officer, lanterns):
    page = words(officer.get(reverse("law_diff", args=[lanterns.pk])))
    assert "第三条 → 第四条" in page
    assert "第一条" not in page
    assert "第一条" in words(officer.get(reverse("law_diff", args=[lanterns.pk]), {"kind": "SAME"}))


def test_a_law_with_one_text_has_nothing_to_compare(officer, lanterns):
    only = laws.find_law("走马灯管理办法")
    assert "没有两个文本" in words(officer.get(reverse("law_diff", args=[only.pk])), 404)


def test_a_citation_leads_to_its_paragraph_on_its_day(officer, lanterns):
    query = {
        "law": "灯笼管理条例",
        "article": "2",
        "paragraph": "2",
        "item": "1",
        "on": "2021-01-01",
    }
    answer = officer.get(reverse("law_go"), query)
    assert answer.status_code == 302
    assert answer.url.endswith("/a/2/?on=2021-01-01#k2x1")


@pytest.mark.parametrize(
    ("query", "says"),
    [({"law": "风筝法", "article": "1"}, "没有《风筝法》"),
     ({"law": "走马灯管理办法", "article": "9"}, "失效")],
)  # fmt: skip
def test_a_citation_that_leads_nowhere_says_why(officer, lanterns, query, says):
    assert says in words(officer.get(reverse("law_go"), {**query, "on": "2026-11-26"}), 404)


@pytest.mark.parametrize("typed", ["2", "第二条", "二", "第2条", "二条"])
def test_an_article_is_found_however_its_number_is_typed(officer, lanterns, typed):
    query = {"law": "灯笼管理条例", "article": typed, "on": "2026-11-26"}
    assert "/a/2/" in officer.get(reverse("law_go"), query).url


def test_the_tree_says_from_which_article_to_which_a_chapter_runs(officer, lanterns):
    page = words(officer.get(reverse("law_show", args=[lanterns.pk])))
    assert "1—3 条" in page
    assert "4—5 条" in page


@pytest.mark.parametrize("article", [{}, {"article": "1"}])
def test_a_citation_of_a_law_that_has_ended_shows_its_last_text_and_says_so(
    officer, lanterns, article
):
    query = {"law": "走马灯管理办法", "on": "2026-11-26", **article}
    page = words(officer.get(reverse("law_go"), query, follow=True))
    assert "这一天没有有效的文本" in page
    assert "失效" in page
    assert "走马灯应当转得慢" in page


def test_which_is_lighter_shows_both_texts_and_leaves_it_to_a_person(officer, lanterns):
    page = words(
        officer.get(
            reverse("law_lighter"),
            {"cited": "《灯笼管理条例》第三条", "acted_on": "2021-01-01", "decided_on": "2026-01-01",
             "successor": "《灯笼管理条例》第四条"},
        )
    )  # fmt: skip
    assert "看起来新法较轻" in page
    assert "不作决定" in page
    assert "一千元以上二万元以下" in page
    assert "五百元以上一万元以下" in page


def test_a_successor_is_offered_and_chosen_by_a_click(officer, lanterns):
    query = {"cited": "走马灯管理办法第二条", "acted_on": "2021-01-01", "decided_on": "2026-01-01"}
    page = words(officer.get(reverse("law_lighter"), query))
    assert "看起来" not in page
    assert "由您选" in page
    assert "《灯笼管理条例》第五条" in page


def test_a_wrong_form_keeps_what_was_typed_and_says_what_is_wrong(officer, lanterns):
    query = {"cited": "随便写的", "acted_on": "2026-01-01", "decided_on": "2021-01-01"}
    page = words(officer.get(reverse("law_lighter"), query), 422)
    assert "没有认出是哪一条" in page
    assert "决定日早于行为发生日" in page
    assert "随便写的" in page


def test_the_report_shows_what_was_found_and_filters_by_kind(officer):
    store(law("灯笼法", [("第一条", "挂。"), ("第三条", "灯。")], published_on=date(2020, 1, 5)))
    page = words(officer.get(reverse("law_report")))
    assert "来源里没有第二条" in page
    assert "施行日没有确定" in page
    assert "来源里没有第二条" not in words(
        officer.get(reverse("law_report"), {"code": "DATE_UNKNOWN"})
    )


def test_nobody_looks_without_signing_in(client, lanterns):
    assert client.get(reverse("law_show", args=[lanterns.pk])).status_code == 302


@pytest.mark.parametrize(
    ("name", "query"),
    [("law_list", {"q": "\x00灯"}), ("law_list", {"level": "\x00"}), ("law_go", {"law": "\x00"}),
     ("law_go", {"law": "灯笼管理条例", "article": "9" * 300}), ("law_go", {"law": "灯" * 5000}),
     ("law_lighter", {"cited": "\x00", "acted_on": "\x00"}), ("law_report", {"code": "\x00", "after": "x"})],
)  # fmt: skip
def test_nonsense_in_the_address_never_breaks_a_screen(officer, lanterns, name, query):
    assert officer.get(reverse(name), query).status_code < 500
