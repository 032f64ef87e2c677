"""A party's history across agencies: complete for those who may open it, least data for others."""

from datetime import date

import pytest
from django.urls import reverse

from tests import cast
from zhiheng.elements import party
from zhiheng.elements.models import Subject
from zhiheng.elements.party import PartyMatter
from zhiheng.people import api as people


@pytest.fixture
def matter(county):
    return cast.living_case()


def page_of(client, username: str, subject: Subject, **query: str) -> str:
    address = reverse("element_show", args=["subjects", subject.uid])
    return cast.sign_in(client, username).get(address, query).content.decode()


def test_an_officer_of_the_agency_opens_the_case_from_the_party(client, matter):
    words = page_of(client, cast.OFFICER, matter.subject)
    assert matter.number in words
    assert reverse("case", args=[matter.code]) in words


@pytest.mark.parametrize("username", [cast.OTHER_OFFICER, cast.ELEMENT_ADMIN, cast.INTAKE_CLERK])
def test_others_see_that_there_is_one_and_no_more(client, matter, username):
    words = page_of(client, username, matter.subject)
    assert "青衡县综合行政执法局" in words
    assert matter.item_name in words
    assert matter.number not in words
    assert matter.code not in words


@pytest.mark.parametrize("username", ["jiangcungan", "weizhuanjia"])
def test_some_roles_see_nothing_of_it(client, matter, username):
    assert "各部门的案件和线索" not in page_of(client, username, matter.subject)


def test_a_matter_stays_with_the_party_after_a_merge(client, matter):
    from zhiheng.elements.merging import services
    from zhiheng.elements.tests.factories import AT, DRAFTER, twins

    kept = twins()[0]
    newest = Subject.objects.known().get(uid=matter.subject.uid)
    services.merge(kept=kept, gone=newest, survived={}, reason="同一家",
                   actor=cast.actor(DRAFTER), at=AT)  # fmt: skip
    assert matter.number in page_of(client, cast.OFFICER, kept)


def test_the_list_is_paged_without_counting(
    client, county, monkeypatch, django_assert_max_num_queries
):
    def many(*, subject_ids, actor, below, limit):
        orders = [n for n in range(60, 0, -1) if below is None or n < below]
        return [
            PartyMatter(n, "检查", "QH-ZF", f"第{n}次检查", date(2026, 1, 1), "已办结")
            for n in orders[:limit]
        ]

    monkeypatch.setattr(party, "_finders", {"t": many})
    subject = Subject.objects.known().filter(kind="SOLE").first()
    address = reverse("element_show", args=["subjects", subject.uid])
    admin = cast.sign_in(client, cast.ELEMENT_ADMIN)
    admin.get(address)
    with django_assert_max_num_queries(30):
        first = admin.get(address)
    assert "第60次检查" in first.content.decode()
    token = first.context["page"].party.rows.next_token
    second = admin.get(address, {"after": token}).content.decode()
    assert "第40次检查" in second
    assert "第41次检查" not in second


def test_clues_are_told_until_they_become_a_case(county):
    from zhiheng.clues.models import Clue
    from zhiheng.clues.party import clues_of_party

    case = cast.living_case()
    told = clues_of_party(
        subject_ids=[case.subject_id], actor=cast.actor(cast.OFFICER), below=None, limit=9
    )
    assert told == []
    assert Clue.objects.filter(subject=case.subject_id).exists()
    assert people.may(cast.actor(cast.OFFICER), "element.history")
