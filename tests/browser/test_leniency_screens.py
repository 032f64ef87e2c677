"""The screens of leniency before axe, at the desk and on the phone."""

import os
from pathlib import Path

import pytest
from django.urls import reverse

from tests.browser.looking import axe, overflow, small_targets
from zhiheng.cases.models import Case
from zhiheng.rulebook import api as rulebook

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STEPS = ("assess_leniency", "recheck_correction", "propose_end", "admit_monitoring",
         "tell_monitoring", "tell_appraisal")  # fmt: skip


def look_at(page, url, title, *, phone):
    """Open a screen; it must be the one that is meant, and nothing be wrong with it."""
    page.goto(url)
    assert page.locator("h1").inner_text() == title
    if folder := os.environ.get("PICTURES"):
        name = f"{url.rstrip('/').rpartition('/')[2]}-{'phone' if phone else 'desk'}.png"
        page.screenshot(path=Path(folder) / name, full_page=True)
    return axe(page) + overflow(page) + (small_targets(page) if phone else [])


def test_the_steps_of_leniency(open_as, demo_site):
    case = Case.objects.filter(state="FILED", agency_code="QH-ZF").latest("pk")
    book, wrong = rulebook.current(), []
    steps = book.procedure("penalty.ordinary").steps
    for phone in (False, True):
        page = open_as(case.lead.username, phone=phone)
        for step in STEPS:
            url = demo_site + reverse("case_step", args=[case.code, step])
            wrong += look_at(page, url, steps[step].title, phone=phone)
        offer = book.procedure("community_service").steps["offer"].title
        side = reverse("side_begin", args=[case.code, "community_service"])
        wrong += look_at(page, demo_site + side, offer, phone=phone)
    assert wrong == []
