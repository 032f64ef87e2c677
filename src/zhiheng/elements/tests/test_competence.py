"""May this body do this item here on this day; does this certificate stand."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests import cast
from zhiheng.elements import api, services
from zhiheng.elements.models import Body, Grant, Item, Officer, Status
from zhiheng.elements.policies import chain_fault, clause_label

pytestmark = pytest.mark.usefixtures("county")
ON = cast.ON
AT = datetime(2026, 11, 20, 1, tzinfo=UTC)


def answer(body="QH-ZF", item="QH-CG-001", region="339901", on=ON) -> api.GrantAnswer:
    return api.may_body_do_item(body, item, region, on)


def test_a_granted_item_answers_with_the_chain_up_to_the_law():
    found = answer()
    assert found.ok
    assert [link.mode for link in found.chain] == ["相对集中行使", "法律"]
    assert found.chain[0].doc_no == "青政通〔2023〕5号"
    assert found.chain[-1].title == "《中华人民共和国生态环境法典》第一千一百三十二条第一款"


def test_before_the_code_the_same_item_stood_on_the_old_law():
    found = answer(on=date(2026, 8, 14))
    assert found.ok
    assert found.chain[-1].title == "《中华人民共和国大气污染防治法》第一百一十八条第一款"


def test_a_grant_for_the_county_holds_in_its_towns_and_not_next_door():
    assert answer(region="339901001").ok
    assert not answer(region="339902").ok


def test_a_town_holds_what_it_was_granted_and_only_at_home():
    assert answer(body="QH-CD", item="QH-CG-018", region="339901001").ok
    assert not answer(body="QH-CD", item="QH-CG-018", region="339901002").ok
    assert not answer(body="QH-CD", item="QH-CG-001", region="339901001").ok


def test_another_agency_s_item_is_refused_with_what_to_do():
    found = answer(item="QH-SC-001")
    assert not found.ok
    assert "移送" in found.reason


def test_an_entrusted_body_rests_on_the_organ_that_entrusts():
    found = answer(body="QH-HW", item="QH-CG-023")
    assert found.ok
    assert [link.holder for link in found.chain[:2]] == [
        "青衡县环境卫生管理中心",
        "青衡县综合行政执法局",
    ]
    assert not answer(body="QH-HW", item="QH-CG-023", on=date(2027, 1, 1)).ok


def test_an_entrustment_falls_with_the_grant_that_it_rests_on():
    source = Grant.objects.known().get(body__code="QH-ZF", item__code="QH-CG-023")
    services.end(row=source, valid_until=ON, at=AT)
    found = answer(body="QH-HW", item="QH-CG-023")
    assert not found.ok
    assert "失效" in found.reason


def test_unknown_or_ended_bodies_and_items_are_refused():
    assert "名录" in answer(body="QH-XX").reason
    assert "不存在" in answer(item="QH-XX").reason
    row = Body.objects.known().get(code="QH-ZF")
    services.amend(row=row, changes={"status": Status.SUSPENDED}, valid_from=ON, at=AT)
    assert "名录" in answer().reason
    assert answer(on=ON - timedelta(days=1)).ok


def test_a_repealed_law_takes_its_items_with_it():
    law = Item.objects.known().get(code="QH-SC-006").penalty_basis.basis
    services.end(row=law, valid_until=ON, at=AT)
    assert answer(body="QH-SCJG", item="QH-SC-006", on=ON - timedelta(days=1)).ok
    found = answer(body="QH-SCJG", item="QH-SC-006")
    assert not found.ok
    assert "失效" in found.reason


@pytest.mark.parametrize(
    ("modes", "item_kind", "body_kind", "word"),
    [
        (["ENTRUSTED", "ENTRUSTED"], "PENALTY", "ENTRUSTED", "再委托"),
        (["ENTRUSTED"], "PENALTY", "ENTRUSTED", "委托"),
        (["ENTRUSTED", "STATUTORY"], "COERCION", "ENTRUSTED", "不得委托"),
        (["STATUTORY"], "PENALTY", "TOWN", "赋权"),
    ],
)
@pytest.mark.law("apl-2021:20", "apl-2021:24", "acl-2011:17")
def test_a_chain_that_the_law_forbids_is_named(modes, item_kind, body_kind, word):
    assert word in chain_fault(modes=modes, item_kind=item_kind, body_kind=body_kind)


@pytest.mark.law("apl-2021:42")
def test_a_certificate_stands_until_its_last_day():
    account = cast.account(cast.EXPIRED_OFFICER)
    assert api.officer_standing(account.pk, date(2026, 2, 28)).valid
    found = api.officer_standing(account.pk, date(2026, 3, 1))
    assert not found.valid
    assert "到期" in found.reason
    assert found.certificate_no == "33990101007"


def test_a_suspended_certificate_does_not_stand_from_that_day():
    account = cast.account(cast.OFFICER)
    row = Officer.objects.known().get(account=account)
    services.amend(row=row, changes={"cert_status": "SUSPENDED"}, valid_from=ON, at=AT)
    assert api.officer_standing(account.pk, ON - timedelta(days=1)).valid
    assert "暂扣" in api.officer_standing(account.pk, ON).reason


def test_who_has_no_certificate_cannot_enforce():
    found = api.officer_standing(cast.account(cast.INTAKE_CLERK).pk, ON)
    assert not found.valid
    assert "没有登记" in found.reason


def test_the_benchmark_of_an_item_covers_its_range_without_a_gap():
    item = api.get_item("QH-CG-001", ON)
    tiers = api.benchmark_for(item, ON).tiers
    assert tiers[0]["min_cents"] == item.fine_min_cents
    assert tiers[-1]["max_cents"] == item.fine_max_cents
    assert [t["max_cents"] for t in tiers[:-1]] == [t["min_cents"] for t in tiers[1:]]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("楼下饭店油烟太大", "QH-CG-001"),
        ("半夜工地打桩吵得睡不着", "QH-CG-013"),
        ("小区门口有人摆地摊", "QH-CG-019"),
        ("网吧让学生上网", "QH-WL-001"),
        ("qh-cg-003", "QH-CG-003"),
    ],
)
def test_plain_words_find_the_item(text, code):
    assert code in [item.code for item in api.find_items(text, ON)][:3]


@pytest.mark.parametrize(
    ("parts", "label"),
    [
        (("1132", "1", ""), "第一千一百三十二条第一款"),
        (("10", "", "3"), "第十条第（三）项"),
        (("120", "10", "12"), "第一百二十条第十款第（十二）项"),
        (("1005", "", ""), "第一千零五条"),
        (("126-1", "", ""), "第一百二十六条之一"),
    ],
)
def test_clauses_are_written_as_laws_write_them(parts, label):
    article, paragraph, item = parts
    assert clause_label(article=article, paragraph=paragraph, item=item) == label
