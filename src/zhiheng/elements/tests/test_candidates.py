"""Item candidates: found once, decided once, and what becomes of them."""

from datetime import date

import pytest
from django.urls import reverse

from tests import cast
from zhiheng.elements.candidates import reading, services
from zhiheng.elements.models import Item, ItemCandidate
from zhiheng.elements.tests import clause_maker
from zhiheng.kernel.errors import Conflict, Invalid

pytestmark = pytest.mark.usefixtures("county")
AT = clause_maker.AT
VALUES = {"name": "风筝未编号", "code": "QH-FZ-001", "domain": "urban", "region_code": "339901",
          "valid_from": date(2024, 1, 1)}  # fmt: skip


@pytest.fixture
def first():
    return clause_maker.candidate()


@pytest.fixture
def admin(client):
    return cast.sign_in(client, cast.ELEMENT_ADMIN)


def actor():
    return cast.actor(cast.ELEMENT_ADMIN)


def accept(candidate, **changed):
    return services.accept(number=candidate.pk, actor=actor(), at=AT, **VALUES | changed)


def test_a_law_is_read_once_however_often_it_is_read(django_assert_num_queries):
    version = clause_maker.version()
    with django_assert_num_queries(7):
        assert services.find_candidates(version=version, at=AT) == 3
    assert services.find_candidates(version=version, at=AT) == 0
    assert ItemCandidate.objects.count() == 3


def test_a_decision_stands_when_the_law_is_read_again(first):
    services.dismiss(number=first.pk, reason="本县没有风筝", actor=actor(), at=AT)
    services.find_candidates(version=first.law_version, at=AT)
    first.refresh_from_db()
    assert (first.state, first.reason) == ("DISMISSED", "本县没有风筝")


def test_spans_lie_on_the_words_they_speak_of(first):
    text, finding = reading.text_of(first), first.finding
    words = [text[one["start"] : one["end"]] for one in finding["amounts"]]
    assert words == ["一千元以上五千元以下", "二百元以下"]
    body = finding["bodies"][0]
    assert text[body["start"] : body["end"]].endswith("风筝主管部门")
    assert "".join(part.words for part in reading.parts(text=text, finding=finding)) == text


def test_a_clause_with_items_is_one_candidate_with_several_acts(first):
    second = ItemCandidate.objects.get(law_node__path="2/1")
    acts = reading.act_words(text=reading.text_of(second), finding=second.finding)
    assert acts == ["在禁放区放飞风筝的", "使用金属线放飞风筝的"]


def test_a_code_in_use_is_refused_and_nothing_is_decided(first):
    with pytest.raises(Invalid) as refused:
        accept(first, code="QH-CG-001")
    assert "code" in refused.value.fields
    first.refresh_from_db()
    assert first.state == "OPEN"


def test_the_second_of_two_people_is_told_who_was_faster(first):
    services.dismiss(number=first.pk, reason="不归本县", actor=cast.actor(cast.SUPERVISOR), at=AT)
    with pytest.raises(Conflict, match="钱督察"):
        accept(first)
    assert not Item.objects.filter(code=VALUES["code"]).exists()


def test_merged_into_an_item_that_has_its_clause_it_is_done_at_once(first):
    item = services.merge(number=first.pk, code="QH-CG-001", reason="", actor=actor(), at=AT)
    first.refresh_from_db()
    assert (first.state, first.item_uid) == ("MERGED", item.uid)


def test_a_law_whose_first_day_is_unknown_carries_no_item(first):
    version = first.law_version
    version.valid_from = version.published_on = None
    version.save()
    with pytest.raises(Invalid, match="施行"):
        accept(first)


def test_the_list_shows_what_waits_and_finds_by_law(admin, first, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        words = admin.get(reverse("candidate_list"), {"q": "风筝"}).content.decode()
    assert "风筝管理办法" in words
    assert "第二条第一款" in words
    assert "没有候选" in admin.get(reverse("candidate_list"), {"q": "毽子"}).content.decode()


def test_the_page_marks_the_words(admin, first):
    words = admin.get(reverse("candidate", args=[first.pk])).content.decode()
    assert '<mark class="on-amount" title="罚多少">一千元以上五千元以下</mark>' in words
    assert "风筝主管部门" in words


def test_a_gap_between_two_limbs_is_shown(admin, first):
    third = ItemCandidate.objects.get(law_node__path="3/1")
    words = admin.get(reverse("candidate", args=[third.pk])).content.decode()
    assert "恰好 10,000 元不在任何一档" in words


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"way": "dismiss", "reason": ""}, "请写明为什么不收"),
        ({"way": "merge", "item_code": "没有这个"}, "没有编码为“没有这个”的事项"),
        ({"way": "accept", "name": "风筝", "code": "QH-CG-001", "domain": "urban",
          "valid_from": "2026-12-01"}, "已被使用"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_what_was_typed_stays(admin, first, sent, said):
    answer = admin.post(reverse("candidate", args=[first.pk]), sent)
    words = answer.content.decode()
    assert answer.status_code == 422
    assert said in words
    assert all(value in words for value in sent.values())


def test_deciding_what_is_decided_says_so_on_screen(admin, first):
    services.dismiss(number=first.pk, reason="不归本县", actor=actor(), at=AT)
    answer = admin.post(
        reverse("candidate", args=[first.pk]), {"way": "dismiss", "reason": "我也不要"}, follow=True
    )
    assert "已经处理过了" in answer.content.decode()
    first.refresh_from_db()
    assert first.reason == "不归本县"
