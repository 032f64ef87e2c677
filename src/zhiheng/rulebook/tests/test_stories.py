"""Stories run as tests: all of rulebook/stories, and what a story says when it does not come true."""

from datetime import date

import pytest

from zhiheng.kernel.deadlines import Suspension
from zhiheng.rulebook.clocks import Running, deadline_facts, due
from zhiheng.rulebook.loader import PROJECT_ROOT, files_of, load
from zhiheng.rulebook.stories import narrate, run_story

STORY = "stories/heavier.yaml"
FILES = [
    path.relative_to(PROJECT_ROOT).as_posix()
    for path in files_of(root=PROJECT_ROOT, area="stories")
]


@pytest.mark.parametrize("file", FILES)
def test_a_story_of_the_rulebook_comes_true(file, real):
    [story] = [story for story in real.stories if story.place.file == file]
    assert run_story(real, story).failures == []


def first(book):
    return run_story(book, book.stories[0])


def test_a_story_tells_each_step_with_guard_article_and_facts(mini):
    text = "\n".join(narrate(result=first(mini), rulebook=mini))
    assert "2026-03-16  不可办  作出处罚决定（decide）决定的罚款 5,000.00 元" in text
    assert "挡 G-063 申辩期已过或者已放弃〔《行政处罚法》第四十五条第一款〕" in text
    assert "所用事实：告知的罚款＝5,000.00 元；决定的罚款＝8,000.00 元" in text
    assert "在哪里改：放弃陈述申辩 → 放弃申辩；陈述申辩期已过 → 等期限届满" in text
    assert text.endswith("通过：最后在“已决定”。")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("expect: {blocked_by: [G-063]}", "expect: {blocked_by: [G-064]}",
         "G-064 应当挡住“作出处罚决定”，却没有挡。"),
        (", expect: {blocked_by: [G-065]}", "", "“作出处罚决定”没料到办不了：G-065"),
        ("expect: {state: DECIDED}", "expect: {state: NOTIFIED}", "应当到“NOTIFIED”，现在是“DECIDED”。"),
        ("expect: {state: DECIDED}", "expect: {warned_by: [G-071]}", "G-071 应当对“作出处罚决定”提醒"),
        ("expect: {state: DECIDED}", "expect: {offered: false}", "“作出处罚决定”本该办不了，却可以办。"),
        ("expect: {state: DECIDED}", "expect: {not_here: true}", "在这个状态下本不该出现"),
        ("expect: {state: DECIDED}", "expect: {facts: {fine_decided: 800000}}",
         "“决定的罚款”应为8,000.00 元，现在是5,000.00 元。"),
        ("do: conclude, with: {review_due: false}", "do: notify", "“送达告知书”要到“调查终结”才能办。"),
        ("with: {review_due: false}", "with: {limitation_ok: true}", "“调查终结”不填 limitation_ok。"),
        ("do: answer, with: {defence_answered: 1}", "change: {defence_answered: 0}", "没料到办不了：G-064"),
    ],
)  # fmt: skip
def test_what_comes_differently_is_told_with_its_line(old, new, said, tree, edit):
    edit(STORY, old, new)
    result = first(load(tree))
    assert not result.ok
    assert any(
        said in line and line.startswith("stories/heavier.yaml:") for line in result.failures
    )


def test_a_deadline_counts_from_the_day_of_the_step_and_stands_still_in_a_pause(mini):
    start = date(2026, 3, 2)
    assert due(mini, "penalty.decision", start=start).due_on == date(2026, 5, 31)
    pause = Suspension(start=date(2026, 4, 1), end=date(2026, 4, 10), reason="hearing")
    assert due(mini, "penalty.decision", start=start, suspensions=[pause]).due_on == date(
        2026, 6, 10
    )
    other = Suspension(start=date(2026, 4, 1), end=date(2026, 4, 10), reason="holiday")
    assert due(mini, "penalty.decision", start=start, suspensions=[other]).due_on == date(
        2026, 5, 31
    )


def test_a_deadline_in_a_year_not_published_is_not_guessed(mini):
    ends = due(mini, "penalty.defence-window", start=date(2026, 12, 29))
    assert (ends.due_on, ends.provisional, ends.needs_year) == (None, True, 2027)
    facts = deadline_facts(
        mini, mini.all_facts, {"penalty.defence-window": Running(date(2026, 12, 29), None)},
        date(2027, 3, 1),
    )  # fmt: skip
    assert facts["defence_window_over"] is False


@pytest.mark.parametrize(("on", "over"), [("2026-03-17", False), ("2026-03-18", True)])
def test_a_window_is_over_on_the_day_after_its_last(on, over, mini):
    clock = Running(date(2026, 3, 10), date(2026, 3, 17))
    facts = deadline_facts(
        mini, mini.all_facts, {"penalty.defence-window": clock}, date.fromisoformat(on)
    )
    assert facts["defence_window_over"] is over


def test_a_share_of_a_deadline_is_a_fact_of_its_own(tree, edit):
    edit("facts/mini.yaml", "deadline: penalty.decision}", "deadline: penalty.decision, share: 80}")
    book = load(tree)
    clock = {"penalty.decision": Running(date(2026, 1, 1), date(2026, 4, 11))}
    on = {day: deadline_facts(book, ["decision_overdue"], clock, day)["decision_overdue"]
          for day in (date(2026, 3, 21), date(2026, 3, 22))}  # fmt: skip
    assert list(on.values()) == [False, True]


def test_calendar_years_that_the_rulebook_adds_are_counted(tree):
    from zhiheng.rulebook.clocks import calendar_of

    folder = tree / "parameters" / "calendar"
    folder.mkdir()
    (folder / "2027.yaml").write_text(
        "year: 2027\noff_days: [2027-01-01, 2027-01-02, 2027-01-03]\nmake_up: []\nnotice: 试用\n",
        "utf-8",
    )
    book = load(tree)
    assert 2027 in calendar_of(tree).years
    assert due(book, "penalty.defence-window", start=date(2026, 12, 29)).due_on == date(2027, 1, 6)
