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


def page_title(page, url):
    """What a screen is headed by."""
    page.goto(url)
    return page.locator("h1").inner_text()


def evidence_papers(page, site, *, phone):
    """The forms of one case, and the papers that it has already."""
    case, wrong = lively(), []
    steps = rulebook.current().procedure("penalty.ordinary").steps
    for step in STEPS:
        url = site + reverse("case_step", args=[case.code, step])
        wrong += look_at(page, url, steps[step].title, phone=phone)
    papers = site + reverse("case", args=[case.code]) + "?tab=documents"
    return wrong + look_at(page, papers, page_title(page, papers), phone=phone)


def papers_of_a_clue(page, site, *, phone):
    """What the check of a clue has left."""
    url = site + reverse("clue", args=[Clue.objects.filter(state="CHECKED").latest("pk").number])
    wrong = look_at(page, url, page_title(page, url), phone=phone)
    assert "核查报告" in page.locator("main").inner_text()
    return wrong


def entrustment(page, site, *, phone):
    """The list, the letter's form, the letter, its publication."""
    made, wrong = cast.living_entrustment(), []
    for name, args, title in (
        ("entrust_list", [], "委托书"), ("entrust_new", [], "签发委托书"),
        ("entrust", [made], "委托实施行政处罚"),
        ("entrust_step", [made, "publish"], "登记已向社会公布"),
    ):  # fmt: skip
        wrong += look_at(page, site + reverse(name, args=args), title, phone=phone)
    return wrong


def test_the_screens_of_papers(open_as, demo_site):
    wrong = []
    for phone in (False, True):
        page, head = (open_as(name, phone=phone) for name in (cast.OFFICER, cast.AGENCY_HEAD))
        if not phone:
            page.set_viewport_size(LAPTOP)
            head.set_viewport_size(LAPTOP)
        wrong += evidence_papers(page, demo_site, phone=phone)
        wrong += papers_of_a_clue(page, demo_site, phone=phone)
        wrong += entrustment(head, demo_site, phone=phone)
    assert wrong == []
