"""The same person, the same act twice: found over all agencies, said by a person, taken back."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests import cast
from zhiheng.cases.discretion.elsewhere import find_same_acts
from zhiheng.cases.leniency import months_before
from zhiheng.cases.models import Case
from zhiheng.cases.tests.factories import collected, matter_of, proposed
from zhiheng.elements import api as elements
from zhiheng.elements.models import FlexibleEntry, Subject
from zhiheng.ledger import api as ledger

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)
WHY = "同一家店、同一根排烟管、同一天。"


@pytest.fixture
def pair():
    """Our case, and one of another agency against the same party for the same act."""
    with time_machine.travel(datetime(2026, 3, 3, 2, tzinfo=UTC), tick=False):
        other = proposed(prefix="other")
        mine = collected(prefix="mine")
        Case.objects.filter(pk=other.case.pk).update(agency_code="QH-SCJ")
        yield mine, other


def facts(player):
    matter = matter_of(player)
    return matter.record_facts(actor=cast.actor("lizhifa", DAY), on=DAY)


def hits(player, who="lizhifa"):
    return find_same_acts(matter_of(player).case, actor=cast.actor(who, DAY), on=DAY)


def send(player, who="lizhifa", **given):
    client = cast.sign_in(Client(), who)
    url = reverse("case_elsewhere", args=[player.case.code])
    return client.post(url, {"do": "same", "key": given.pop("key", "k1"), **given})


def test_a_case_of_another_agency_is_found_and_shows_no_number_outside_ones_scope(pair):
    mine, other = pair
    (found,) = hits(mine)
    assert (found.likeness, found.elsewhere, found.open) == (3, True, True)
    assert (found.number, found.place, found.href) == ("", "", "")
    page = cast.sign_in(Client(), "lizhifa").get(
        reverse("case_elsewhere", args=[mine.case.code])
    ).content.decode()  # fmt: skip
    assert "很可能是同一行为" in page
    assert "不在您的范围内" in page
    assert other.case.code not in page
    assert other.case.number not in page


def test_one_act_under_two_items_is_found_by_place_and_time(pair):
    mine, other = pair
    item = elements.get_item("QH-CG-018", DAY)
    Case.objects.filter(pk=other.case.pk).update(item=item, item_name=item.name)
    (found,) = hits(mine)
    assert (found.likeness, found.why) == (2, "同一当事人、同一地点、90日以内")


def test_who_sees_the_whole_region_sees_the_number(pair):
    mine, other = pair
    (found,) = hits(mine, who="qianducha")
    assert found.number == other.case.number


def test_the_party_registered_twice_under_one_code_is_one_party(pair):
    mine, other = pair
    subject = matter_of(mine).case.subject
    twin = Subject.objects.get(pk=subject.pk)
    twin.pk, twin.uid, twin._state.adding = None, "00000000-0000-0000-0000-0000000000aa", True
    twin.name = "换了名字的面馆"
    twin.save()
    Case.objects.filter(pk=other.case.pk).update(subject=twin)
    assert subject.uscc
    assert [hit.pk for hit in hits(mine)] == [other.case.pk]


def test_the_search_asks_a_fixed_number_of_questions(pair, django_assert_max_num_queries):
    mine, _ = pair
    case = matter_of(mine).case
    actor = cast.actor("lizhifa", DAY)
    with django_assert_max_num_queries(6):
        find_same_acts(case, actor=actor, on=DAY)


def test_a_person_confirms_the_parallel_case_and_takes_it_back(pair):
    mine, other = pair
    assert facts(mine)["same_act_suspected"]
    assert send(mine, hit=other.case.pk, what="FILED", reason=WHY).status_code == 302
    told = facts(mine)
    assert told["same_act_filed_elsewhere"]
    assert not told["same_act_suspected"]
    assert (
        send(mine, key="k2", hit=other.case.pk, what="BACK", reason="看错了地点。").status_code
        == 302
    )
    told = facts(mine)
    assert not told["same_act_filed_elsewhere"]
    assert told["same_act_suspected"]
    acts = [a for a in ledger.acts_of(mine.case.dossier) if a.kind == "case.same_act"]
    assert [a.payload["what"] for a in acts] == ["FILED", ""]
    assert acts[0].payload["reason"] == WHY


def test_a_fine_elsewhere_stops_the_decision_once_confirmed(pair):
    mine, other = pair
    refused = send(mine, hit=other.case.pk, what="FINED", reason=WHY)
    assert refused.status_code == 422
    assert "还没有罚款决定" in refused.content.decode()
    Case.objects.filter(pk=other.case.pk).update(
        fine_cents=500000, decided_on=date(2026, 3, 2), state="DECIDED"
    )
    assert send(mine, hit=other.case.pk, what="FINED", reason=WHY).status_code == 302
    assert facts(mine)["same_act_fined"]
    assert "那件案件已不在办理" in send(
        mine, key="k3", hit=other.case.pk, what="FILED", reason=WHY
    ).content.decode()  # fmt: skip


def test_another_act_is_said_to_be_another_and_the_suspicion_ends(pair):
    mine, other = pair
    send(mine, hit=other.case.pk, what="OTHER", reason="是隔壁的店，不是同一件事。")
    told = facts(mine)
    assert not told["same_act_suspected"]
    assert not told["same_act_filed_elsewhere"]


@pytest.mark.parametrize(
    ("who", "given", "said"),
    [
        ("wangshenhe", {}, "由本案办案人员或者办案机构负责人确认"),
        ("lizhifa", {"reason": "像"}, "请写明理由"),
        ("lizhifa", {"hit": "999999"}, "999999"),
        ("lizhifa", {"what": ""}, "请选择您的判断"),
        ("lizhifa", {"what": "BACK"}, "请从列出的案件里选一件"),
    ],
)
def test_what_cannot_be_confirmed_is_refused_with_a_reason(pair, who, given, said):
    mine, other = pair
    answer = send(mine, who, **{"hit": other.case.pk, "what": "FILED", "reason": WHY, **given})
    assert answer.status_code == 422
    if said != "999999":
        assert said in answer.content.decode()
    assert "_same_acts" not in matter_of(mine).run.facts


def test_after_the_decision_nothing_is_said_anew(pair):
    mine, other = pair
    Case.objects.filter(pk=mine.case.pk).update(decided_on=DAY)
    answer = send(mine, hit=other.case.pk, what="OTHER", reason=WHY)
    assert "本案已经作出决定，不能再改" in answer.content.decode()


def query(player, months):
    client = cast.sign_in(Client(), "lizhifa")
    url = reverse("case_elsewhere", args=[player.case.code])
    return client.post(url, {"do": "first", "first-key": f"f{months}", "first-months": months})


def test_the_query_for_a_first_violation_covers_all_agencies_and_is_kept(pair):
    mine, other = pair
    assert query(mine, 24).status_code == 302
    assert matter_of(mine).run.facts["_first_query"]["count"] == 0
    Case.objects.filter(pk=other.case.pk).update(
        fine_cents=500000, decided_on=date(2025, 3, 3), state="ARCHIVED"
    )
    query(mine, 11)
    assert matter_of(mine).run.facts["_first_query"]["count"] == 0
    query(mine, 12)
    kept = matter_of(mine).run.facts["_first_query"]
    assert (kept["count"], kept["hits"][0]["agency"], kept["since"]) == (1, "QH-SCJ", "2025-03-03")
    acts = [a for a in ledger.acts_of(mine.case.dossier) if a.kind == "case.first_query"]
    assert acts[-1].payload["digest"] == kept["digest"]
    page = cast.sign_in(Client(), "lizhifa").get(
        reverse("case_elsewhere", args=[mine.case.code])
    ).content.decode()  # fmt: skip
    assert "查到 1 件，不是初次" in page
    assert query(mine, "很久").status_code == 422


def test_the_window_comes_from_the_list_and_the_answer_goes_to_the_table(pair):
    mine, _ = pair
    case = matter_of(mine).case
    rows = elements.flexible_entries(item=case.item, on=DAY).values()
    listed = [row for row in rows if row.kind == FlexibleEntry.Kind.FIRST]
    page = cast.sign_in(Client(), "lizhifa").get(
        reverse("case_elsewhere", args=[mine.case.code])
    ).content.decode()  # fmt: skip
    assert ("清单里没有本事项" in page) is (not rows)
    query(mine, 24)
    screen = cast.sign_in(Client(), "lizhifa").get(
        reverse("case_discretion", args=[mine.case.code])
    ).content.decode()  # fmt: skip
    assert "的初次违法查询，请核对" in screen
    assert all(row.lookback_months for row in listed)


@pytest.mark.parametrize(
    ("on", "months", "said"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)), (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)), (date(2026, 3, 3), 24, date(2024, 3, 3)),
    ],
)  # fmt: skip
def test_months_are_counted_back_to_the_same_day_or_the_last(on, months, said):
    assert months_before(on, months) == said
