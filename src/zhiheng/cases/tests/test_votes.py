"""Seats of a collective discussion as they are kept, counted and refused."""

import pytest

from zhiheng.cases import votes

THREE = "甲｜局长｜出席｜同意｜事实清楚\n乙｜｜出席｜弃权｜不表态\n丙｜｜缺席｜｜出差"


def test_what_is_kept_reads_back_as_it_was():
    seats = votes.read(THREE)
    assert "\n".join(seat.line() for seat in seats) == THREE
    assert [seat.called for seat in seats] == ["甲（局长）", "乙", "丙"]


def test_a_bar_or_a_break_typed_into_an_opinion_does_not_break_the_record():
    seat = votes.Seat("甲", opinion="一｜二\n三", vote="同意")
    assert votes.read(seat.line()) == [votes.Seat("甲", "", "出席", "同意", "一|二 三")]


def test_the_count_names_who_ought_to_have_come():
    assert votes.result(votes.read(THREE)) == "应到3人，实到2人；同意1票，不同意0票，弃权1票。"


@pytest.mark.parametrize(("there", "ought", "enough"), [(2, 3, True), (2, 4, False), (3, 4, True)])
def test_more_than_the_share_must_come(there, ought, enough):
    seats = [votes.Seat("甲", there="出席" if n < there else "缺席") for n in range(ought)]
    assert votes.quorate(seats, percent=50) is enough


@pytest.mark.parametrize(("text", "says"), [
    ("", "至少两人"), (THREE.replace("弃权", ""), "请选择乙的表决"), (THREE.replace("出差", ""), "丙缺席的原因"),
    (THREE + "\n甲｜｜出席｜同意｜好", "写了两次"), (THREE + "\n李执法｜｜出席｜同意｜好", "只汇报"),
    ("乱写的一行", "请选择乱写的一行的表决"),
])  # fmt: skip
def test_what_is_missing_is_said_in_one_sentence(text, says):
    assert says in votes.problems(votes.read(text), reporting={"李执法"})


def test_a_full_record_has_no_problem():
    assert votes.problems(votes.read(THREE), reporting={"李执法"}) == ""
