"""Who finishes what was filed before a notice took effect."""

from datetime import date, timedelta

import pytest

from zhiheng.elements import api
from zhiheng.elements.tests.notice_tools import CENTRE, NEXT_MONTH, Kind, add, body, draft, publish

pytestmark = pytest.mark.usefixtures("county")
EVE = NEXT_MONTH - timedelta(days=1)


def finishes(begun: date | None, on: date = NEXT_MONTH) -> api.GrantAnswer:
    return api.may_body_finish(CENTRE, "QH-CG-028", "339901", begun, on)


def test_the_organ_that_filed_finishes_unless_the_notice_hands_it_over():
    notice = draft()
    add(notice, ["QH-CG-028"], Kind.MOVE_OUT, from_body=body(CENTRE), to_body=body("QH-ZJ"))
    publish(notice)
    found = finishes(EVE)
    assert found.ok
    assert "待核" in found.reason
    assert found.chain[0].holder == "青衡县综合行政执法局"
    assert not finishes(None).ok
    assert not finishes(NEXT_MONTH, NEXT_MONTH + timedelta(days=1)).ok
    notice.actions.update(transition="TAKER")
    assert not finishes(EVE).ok
