"""The county as large as the seeds tell of: five notices, really published, counted afterwards."""

import pytest

from tests import cast
from zhiheng.elements.demo import load_demo
from zhiheng.elements.demo.notices import CENTRE, PLAN
from zhiheng.elements.models import AdjustmentNotice
from zhiheng.elements.notices import counts
from zhiheng.elements.tests.notice_tools import body
from zhiheng.kernel.errors import NotFound


@pytest.mark.django_db
def test_five_notices_take_the_county_s_centre_from_318_to_3143_to_2681_items():
    cast.load()
    try:
        load_demo("county", 1)
    except NotFound as absent:  # the texts of the laws are an extra
        pytest.skip(str(absent))
    rows = AdjustmentNotice.objects.filter(key__startswith="demo/county/", state="PUBLISHED")
    days = list(rows.order_by("effective_on").values_list("effective_on", flat=True))
    measured = [counts.held_on(body_code=CENTRE, on=day) for day in days]
    assert measured == [one.items for one in PLAN]
    assert (measured[0], max(measured), measured[-1]) == (318, 3143, 2681)
    steps = {step.day: step for step in counts.steps_of(body=body(CENTRE))}
    assert [steps[day].items for day in days] == measured
    domains = [steps[day].domains for day in days]
    assert domains == sorted(domains)
    assert (domains[0], domains[-1]) == (9, 31)
    assert load_demo("county", 1) == {}


@pytest.mark.usefixtures("county")
def test_the_small_county_has_one_notice_in_force_and_one_draft():
    assert sorted(AdjustmentNotice.objects.values_list("state", flat=True)) == [
        "DRAFT",
        "PUBLISHED",
    ]
