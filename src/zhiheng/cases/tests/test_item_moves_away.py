"""An item moves to another organ while a case on it is open."""

from datetime import timedelta

import pytest

from tests import cast
from zhiheng.cases.matters import CaseMatter
from zhiheng.cases.models import Case
from zhiheng.elements.notices.preview import preview
from zhiheng.elements.tests.notice_tools import (
    CENTRE,
    NEXT_MONTH,
    Kind,
    add,
    body,
    draft,
    publish,
)


@pytest.mark.django_db
def test_a_case_filed_before_goes_on_and_one_not_filed_does_not():
    cast.county()
    case = cast.living_case()
    notice = draft()
    add(notice, [case.item.code], Kind.MOVE_OUT, from_body=body(CENTRE), to_body=body("QH-ZJ"))
    told = preview(notice=notice).open_matters
    assert (case.number, "由立案机关办结（待核）") in [
        (one.matter.number, one.rule) for one in told
    ]
    publish(notice)
    assert granted(case)
    Case.objects.filter(pk=case.pk).update(filed_on=None)
    assert not granted(Case.objects.get(pk=case.pk))


def granted(case: Case) -> bool:
    actor = cast.actor(cast.OFFICER)
    records = CaseMatter(case).records(actor=actor, on=NEXT_MONTH + timedelta(days=3))
    return records.of_body()["item_granted"]
