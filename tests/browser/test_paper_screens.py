"""The forms of evidence papers, notices and entrustment before axe, at the desk and on the phone."""

import pytest
from django.urls import reverse

from tests import cast
from tests.browser.test_leniency_screens import look_at
from zhiheng.cases.models import Case
from zhiheng.clues.api import Clue
from zhiheng.documents import api as documents
from zhiheng.rulebook import api as rulebook

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STEPS = ("draw_plan", "take_statement", "extract_data", "add_recording", "summon",
         "request_evidence", "recheck_correction")  # fmt: skip
LAPTOP = {"width": 1280, "height": 800}


def lively():
    """The case of the demo that has every kind of evidence."""
    found = [c for c in Case.objects.filter(state="FILED", agency_code="QH-ZF")
             if documents.latest_document(dossier=c.dossier, code="F-10")]  # fmt: skip
    assert found, "演示数据里没有这样的案件"
    return found[0]


def test_the_forms_of_evidence_papers(open_as, demo_site):
    case, wrong = lively(), []
    steps = rulebook.current().procedure("penalty.ordinary").steps
    for phone in (False, True):
        page = open_as(case.lead.username, phone=phone)
        if not phone:
            page.set_viewport_size(LAPTOP)
        for step in STEPS:
            url = demo_site + reverse("case_step", args=[case.code, step])
            wrong += look_at(page, url, steps[step].title, phone=phone)
        papers = demo_site + reverse("case", args=[case.code]) + "?tab=documents"
        wrong += look_at(page, papers, page_title(page, papers), phone=phone)
    assert wrong == []


def page_title(page, url):
    """What the dossier's screen is headed by."""
    page.goto(url)
    return page.locator("h1").inner_text()


def test_a_clue_shows_its_papers(open_as, demo_site):
    clue, wrong = Clue.objects.filter(state="CHECKED").latest("pk"), []
    for phone in (False, True):
        page = open_as(clue.handler.username, phone=phone)
        url = demo_site + reverse("clue", args=[clue.number])
        wrong += look_at(page, url, page_title(page, url), phone=phone)
        assert "核查报告" in page.locator("main").inner_text()
    assert wrong == []


def test_the_screens_of_entrustment(open_as, demo_site):
    made, wrong = cast.living_entrustment(), []
    for phone in (False, True):
        page = open_as(cast.AGENCY_HEAD, phone=phone)
        for name, args, title in (
            ("entrust_list", [], "委托书"), ("entrust_new", [], "签发委托书"),
            ("entrust", [made], "委托实施行政处罚"),
            ("entrust_step", [made, "publish"], "登记已向社会公布"),
        ):  # fmt: skip
            wrong += look_at(page, demo_site + reverse(name, args=args), title, phone=phone)
    assert wrong == []
