"""委托: the head signs a letter; published, what it entrusts stands in the register."""

from datetime import date

import pytest
from django.urls import reverse

from tests import cast
from tests.journeys.papers import reader, text_of
from zhiheng.documents import api as documents
from zhiheng.elements import api as elements
from zhiheng.ledger import api as ledger

LETTER = {
    "entrust_body": "QH-HW", "entrust_head": "何站长", "entrust_lawful": "true",
    "entrust_staffed": "true", "entrust_equipped": "true",
    "entrust_basis": "《城市市容和环境卫生管理条例》第三十四条", "entrust_items": "QH-CG-018",
    "entrust_powers": "调查取证\n责令改正", "entrust_from": "2026年3月5日",
    "entrust_until": "2028年3月4日",
}  # fmt: skip
NEW = "/entrust/new/"


@pytest.fixture
def walk(walk_from):
    """The county, in the morning of a day."""
    return walk_from(date(2026, 3, 2))


def signed(walk, **typed):
    return walk.fills(cast.AGENCY_HEAD, NEW, {**LETTER, **typed})


def refused(walk, says, **typed):
    page = signed(walk, **typed)
    assert page.status == 422
    page.says(says)
    assert not ledger.Dossier.objects.filter(kind="ENTRUSTMENT").exists()


def may(day):
    return elements.may_body_do_item("QH-HW", "QH-CG-018", "339901", day)


@pytest.mark.law("apl-2021:20", "apl-2021:21")
def test_a_letter_is_signed_published_and_stands_in_the_register(walk):
    assert not may(date(2026, 3, 10)).ok
    page = signed(walk)
    assert page.status == 200, page.errors
    dossier = ledger.Dossier.objects.get(kind="ENTRUSTMENT")
    letter = documents.latest_document(dossier=dossier, code="F-06")
    page.says("已签发待公布", letter.number, "行政处罚委托书")
    assert letter.number.startswith("青综执委字〔2026〕")
    words = text_of(reader(letter))
    for told in ("何站长", "QH-CG-018", "责令改正", "2028年3月4日"):
        assert told in words
    assert not may(date(2026, 3, 10)).ok, "没有公布，不生效"
    walk.todo(cast.AGENCY_HEAD).says("登记已向社会公布")
    walk.go_to(date(2026, 3, 4))
    url = reverse("entrust_step", args=[dossier.pk, "publish"])
    early = walk.fills(cast.AGENCY_HEAD, url, {"entrust_published_on": "2026年4月1日"})
    early.says("这一天还没有到")
    walk.fills(cast.AGENCY_HEAD, url, {}).says("已公布")
    assert not may(date(2026, 3, 4)).ok, "委托从三月五日开始"
    answer = may(date(2026, 3, 10))
    assert (answer.ok, answer.mode) == (True, "ENTRUSTED")
    assert may(date(2028, 3, 4)).ok, "届满当天还有效"
    assert not may(date(2028, 3, 5)).ok


def test_a_letter_that_the_law_does_not_allow_is_refused(walk):
    refused(walk, "三项条件少一项", entrust_staffed="false")
    refused(walk, "不是本机关现有的事项", entrust_items="QH-CG-018\nXX-999")
    refused(walk, "已经委托给这个组织", entrust_items="QH-CG-023")
    refused(walk, "不能从过去开始", entrust_from="2026年2月1日")
    refused(walk, "届满日期要晚于开始日期", entrust_until="2026年3月5日")
    refused(walk, "请填写受委托组织负责人", entrust_head="")
    refused(walk, "请选择委托给哪个组织", entrust_body="")


def test_a_signed_letter_is_given_up_before_it_is_published(walk):
    signed(walk)
    dossier = ledger.Dossier.objects.get(kind="ENTRUSTMENT")
    url = reverse("entrust_step", args=[dossier.pk, "stop"])
    walk.fills(cast.AGENCY_HEAD, url, {"entrust_stop_reason": "该站改制。"}).says("不再委托")
    assert not may(date(2026, 3, 10)).ok
    page = walk.sees(cast.AGENCY_HEAD, reverse("entrust_list"))
    page.says("不再委托", dossier.number)


def test_nobody_but_the_organs_head_sees_it(walk):
    signed(walk)
    dossier = ledger.Dossier.objects.get(kind="ENTRUSTMENT")
    url = reverse("entrust", args=[dossier.pk])
    walk.sees(cast.OTHER_HEAD, url, status=404)
    walk.sees(cast.OFFICER, url, status=403)
