"""The organ names who reviews a case; the to-do goes there; it may be handed on with a record."""

from datetime import date

import pytest
from django.urls import reverse

from tests import cast
from zhiheng.cases.models import Handler
from zhiheng.elements.models import Reviewer
from zhiheng.people import services as accounts
from zhiheng.people.api import Role

SECOND = "maopaiqian"


def names(walk, by, who, **typed):
    url = reverse("case_reviewer", args=[walk.case.code])
    form = walk.sees(by, url)
    to = next(value for words, value in form.options("to").items() if who in words)
    return walk.fills(by, url, {"to": to, **typed})


def let_review(username, on):
    """One more person of the organ who may review."""
    accounts.grant_role(
        account=cast.account(username), role=Role.LEGAL_REVIEWER, region_code="339901",
        agency_code="QH-ZF", valid_from=on, valid_until=None, by=cast.actor(cast.SYSTEM_ADMIN),
    )  # fmt: skip


@pytest.mark.law("apl-2021:58")
def test_a_resident_lawyer_of_the_register_reviews_and_nobody_else(walk_from):
    walk = walk_from(stage="concluded")
    let_review(cast.LAWYER, date(2026, 3, 1))
    row = Reviewer.objects.active(walk.day).get(account__username=cast.LAWYER)
    assert row.legal_qualification, "名册里有法律职业资格"
    names(walk, cast.AGENCY_HEAD, "章守正").says("法制审核 章守正").says("指定法制审核人")
    walk.does("countersign")
    walk.todo(cast.LAWYER).says("法制审核").says(walk.case.title)
    walk.todo(cast.LEGAL_REVIEWER).is_silent_on(walk.case.title)
    walk.is_not_let_in(cast.LEGAL_REVIEWER, "review", "本案的法制审核指定由章守正办理")
    walk.does("review", by=cast.LAWYER)
    assert walk.state == "REVIEWED"


def test_the_review_is_handed_on_with_its_reason_and_a_record(walk_from):
    walk = walk_from(stage="concluded")
    let_review(cast.LAWYER, date(2026, 3, 1))
    names(walk, cast.LEGAL_REVIEWER, "王审核")
    walk.does("countersign")
    walk.todo(cast.LEGAL_REVIEWER).says(walk.case.title)
    page = names(walk, cast.LEGAL_REVIEWER, "章守正")
    assert any("请写明移交的原因" in line for line in page.errors)
    names(walk, cast.LEGAL_REVIEWER, "章守正", reason="出差。").says("法制审核 章守正")
    walk.todo(cast.LEGAL_REVIEWER).is_silent_on(walk.case.title)
    walk.todo(cast.LAWYER).says(walk.case.title)
    assert walk.acts().count("case.reviewer") == 2


@pytest.mark.law("apl-2021:58", "apl-2021:43")
def test_nobody_reviews_a_case_of_their_own(walk_from):
    walk = walk_from(stage="concluded")
    let_review(cast.SECOND_OFFICER, date(2026, 3, 1))
    assert Handler.objects.filter(case=walk.case, account__username=cast.SECOND_OFFICER).exists()
    page = names(walk, cast.AGENCY_HEAD, "周执法")
    assert any("本案办案人员" in line for line in page.errors)
    page = names(walk, cast.OFFICER, "王审核")
    assert any("只有负责人和法制审核人员可以指定" in line for line in page.errors)
