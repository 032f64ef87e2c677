"""The screens of leniency before axe, at the desk and on the phone."""

import pytest
from django.urls import reverse

from tests.browser.looking import axe, overflow, small_targets
from zhiheng.cases.models import Case

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def looked_at(page, url, *, phone):
    page.goto(url)
    assert page.locator("h1").count()
    assert axe(page) + overflow(page) + (small_targets(page) if phone else []) == []


@pytest.mark.parametrize("phone", [False, True])
def test_the_steps_of_leniency(open_as, demo_site, phone):
    case = Case.objects.filter(state="FILED", agency_code="QH-ZF").latest("pk")
    page = open_as(case.lead.username, phone=phone)
    for step in ("assess_leniency", "recheck_correction", "propose_end", "admit_monitoring",
                 "tell_monitoring", "tell_appraisal"):  # fmt: skip
        looked_at(page, demo_site + reverse("case_step", args=[case.code, step]), phone=phone)
    side = reverse("side_begin", args=[case.code, "community_service"])
    looked_at(page, demo_site + side, phone=phone)
