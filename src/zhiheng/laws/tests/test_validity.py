"""Days come from the texts themselves; what they do not settle stays open and is reported."""

from datetime import date

from zhiheng.laws.validity.amending import changed_places, read_entry
from zhiheng.laws.validity.clauses import read_closing, targets_of
from zhiheng.laws.validity.deciding import Text, decide

ON = date(2026, 11, 26)


def text(id, title, published, lines=(), *, law=None, claimed=None, status=""):
    return Text(id, law or id, title, title, published, claimed, status, read_closing(lines))


def codes(one):
    return [finding["code"] for finding in one.findings]


def test_a_closing_clause_gives_the_day_and_what_ends_with_it():
    closing = read_closing(
        ["本法自2026年8月15日起施行。《灯笼法》、《中华人民共和国风筝法》同时废止。"]
    )
    assert closing.starts_on == date(2026, 8, 15)
    assert closing.repeals == ("灯笼法", "风筝法")


def test_a_law_that_is_only_mentioned_does_not_end():
    closing = read_closing(["本法自2026年8月15日起施行。依照《灯笼法》发放的证照继续有效。"])
    assert closing.repeals == ()


def test_ending_a_part_is_not_ending_the_whole():
    closing = read_closing(["本法自公布之日起施行。《灯笼法》第三条同时废止。"])
    assert (closing.repeals, closing.partly) == ((), ("灯笼法",))


def test_a_text_that_names_a_day_after_its_publication_starts_then():
    one = text(
        1, "灯笼法", date(2021, 1, 22), ["本法自2021年7月15日起施行。"], claimed=date(2021, 7, 15)
    )
    decide([one], ON)
    assert (one.starts_on, one.whole, codes(one)) == (date(2021, 7, 15), True, [])


def test_a_revision_that_still_names_the_first_day_has_no_day_of_its_own():
    one = text(
        1, "灯笼法", date(2023, 7, 20), ["本法自2004年7月1日起施行。"], claimed=date(2004, 7, 1)
    )
    decide([one], ON)
    assert one.starts_on is None
    assert codes(one) == ["DATE_UNKNOWN"]


def test_a_revision_starts_on_the_day_its_decision_says():
    law = text(
        1, "灯笼法", date(2025, 9, 12), ["本法自2015年10月1日起施行。"], claimed=date(2015, 10, 1)
    )
    decision = text(
        2, "灯委会关于修改《中华人民共和国灯笼法》的决定", date(2025, 9, 12),
        ["本决定自2025年12月1日起施行。"],
    )  # fmt: skip
    decide([law, decision], ON)
    assert (law.starts_on, law.decision, law.whole) == (date(2025, 12, 1), 2, False)
    assert "决定" in law.starts_basis


def test_a_code_ends_the_laws_it_took_in_and_says_so():
    old = text(1, "灯笼法", date(2018, 10, 26), ["本法自2016年1月1日起施行。"], status="已废止")
    code = text(
        2, "灯火法典", date(2026, 3, 12), ["本法自2026年8月15日起施行。《灯笼法》同时废止。"]
    )
    decide([old, code], ON)
    assert (old.ends_on, old.ended_by) == (date(2026, 8, 15), 2)
    assert "灯火法典" in old.ends_basis


def test_a_law_enacted_anew_under_its_old_name_is_not_ended_by_the_older_repeal():
    repeal = text(
        1, "灯火条例", date(1995, 1, 1), ["本条例自1995年3月1日起施行。《灯笼办法》同时废止。"]
    )
    again = text(2, "灯笼办法", date(2005, 1, 1), ["本办法自2005年3月1日起施行。"])
    decide([repeal, again], ON)
    assert again.ends_on is None


def test_the_next_text_of_a_law_ends_the_one_before():
    old = text(
        1, "灯笼法", date(2012, 12, 28), ["本法自2013年3月1日起施行。"], law=9, status="历史版本"
    )
    new = text(
        2, "灯笼法", date(2026, 8, 28), ["本法自2027年1月1日起施行。"], law=9, status="现行有效"
    )
    decide([new, old], ON)
    assert old.ends_on == date(2027, 1, 1)
    assert codes(old) == ["STILL_IN_FORCE"]
    assert codes(new) == ["NOT_YET"]


def test_a_status_nobody_can_ground_changes_nothing():
    one = text(1, "灯笼法", date(2018, 12, 29), ["本法自2019年3月1日起施行。"], status="已废止")
    decide([one], ON)
    assert (one.ends_on, codes(one)) == (None, ["STATUS_UNFOUNDED"])


def test_two_texts_of_one_day_are_reported():
    one = text(1, "灯笼法", date(2020, 1, 5), ["本法自2020年3月1日起施行。"], law=9)
    two = text(2, "灯笼法", date(2020, 1, 5), ["本法自2020年3月1日起施行。"], law=9)
    decide([one, two], ON)
    assert codes(two) == ["SAME_DAY"]


def test_deciding_twice_finds_the_same():
    def fresh():
        return [
            text(1, "灯笼法", date(2018, 10, 26), ["本法自2016年1月1日起施行。"]),
            text(
                2,
                "灯火法典",
                date(2026, 3, 12),
                ["本法自2026年8月15日起施行。《灯笼法》同时废止。"],
            ),
        ]

    one, two = fresh(), fresh()
    decide(one, ON)
    decide(list(reversed(two)), ON)
    assert one == two


def test_a_decision_names_what_it_amends():
    assert targets_of("灯委会关于修改《中华人民共和国灯笼法》的决定") == ("灯笼法",)
    assert targets_of("关于修改《灯笼法》、《风筝法》的决定") == ("灯笼法", "风筝法")
    assert targets_of("灯笼法") == ()


def test_added_paragraphs_are_found_in_the_new_text():
    change = read_entry(['第四条增加一款，作为第二款："灯笼应当明亮。"'])
    paths, doubtful = changed_places(change, {"4/1": "挂牢。", "4/2": "灯笼应当明亮。"})
    assert (paths, doubtful) == (["4", "4/2"], [])


def test_replaced_words_are_found_in_every_article_named():
    change = read_entry(['将第一条、第三条中的"纸灯笼"修改为"纸或者绢灯笼"。'])
    texts = {"1/1": "纸或者绢灯笼。", "2/1": "纸灯笼。", "3/1": "有纸或者绢灯笼。"}
    assert changed_places(change, texts)[0] == ["1", "1/1", "3", "3/1"]


def test_a_renumbered_article_counts_under_its_new_number():
    change = read_entry(['将第五条改为第六条，修改为："灯笼应当每月检查。'])
    assert change.articles == ("6",)
    assert changed_places(change, {"6/1": "灯笼应当每月检查。"})[0] == ["6", "6/1"]


def test_what_the_new_text_does_not_show_is_doubtful_and_not_dated():
    change = read_entry(["将第五条改为第六条，删去第二款。"])
    assert changed_places(change, {"6/1": "灯笼。"}) == ([], ["6"])
