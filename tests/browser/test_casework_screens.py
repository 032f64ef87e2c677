"""Every screen of casework, as each role finds it, at the desk and on the phone, before axe.

One case of each procedure and state is opened; from there every form that is offered is opened
once, whatever the case. A page is loaded once and looked at in both widths.
"""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from tests import cast
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import looked_at
from zhiheng.cases.models import Case, Side

pytestmark = pytest.mark.browser

LISTS = {
    cast.OFFICER: (
        "/todo/", "/cases/", "/cases/?mine=1", "/search/?q=面馆", "/search/?q=没有这样的案件",
        "/spot/", "/goods/", "/goods/?show=done", "/payments/", "/evidence/",
    ),
    cast.UNIT_HEAD: ("/todo/", "/todo/?kind=CASE"),
    cast.LEGAL_REVIEWER: ("/todo/",),
    cast.AGENCY_HEAD: ("/todo/", "/supervision/", "/entrust/", "/entrust/new/"),
    cast.SUPERVISOR: ("/todo/", "/cases/", "/interference/", "/payments/", "/supervision/", "/supervision/?state=all",
                      "/supervision/overdue/"),
    cast.EXPERT: ("/todo/", "/consult/"),
    cast.OTHER_HEAD: ("/assist/",),
    cast.ELEMENT_ADMIN: ("/todo/", "/todo/?kind=UPKEEP", "/elements/candidates/"),
    "": ("/pay/", "/account/login/"),
}  # fmt: skip
FORM = re.compile(
    r"/(?:cases|spot|goods|consult|assist|entrust|payments|supervision)/[^?#]*/?$|/cases/[^?#]*\?tab=|/consult/|/assist/"
)
FILE = re.compile(r"\.(csv|pdf)$|/thumb|/file|/print|/export/")
CASE = re.compile(r"^/cases/\*/(?:beside/\*/)?$")
CODES = re.compile(r"(?<=/)(?:[0-9]{12,}|[0-9]+|[0-9a-f-]{32,})(?=/)")
OUTSIDE = ("", cast.EXPERT, cast.ELEMENT_ADMIN, cast.OTHER_HEAD)
"""Who opens no case."""
RARELY = {cast.SUPERVISOR: 6}
"""How many cases are opened by those who only look on."""
looked_before: set[str] = set()


def cases(*, spot: bool) -> list[str]:
    """A case of each procedure and state, and each side proceeding; on the phone as well."""
    found = {
        (case.dossier.procedure_id, case.state): reverse("case", args=[case.code])
        for case in Case.objects.select_related("dossier").order_by("-pk")
    }
    sides = {
        side.dossier.procedure_id: reverse("side", args=[side.case.code, side.number])
        for side in Side.objects.select_related("case", "dossier")
    }
    summary = Case.objects.filter(dossier__procedure_id="penalty.summary")
    spots = {c.state: reverse("spot_case", args=[c.code]) for c in summary}
    return [*found.values(), *sides.values(), *(spots.values() if spot else ())]


def kind_of(address: str) -> str:
    """Forms that differ by their case only are one screen."""
    return CODES.sub("*", address)


def forms_on(page, site: str) -> list[str]:
    """What this page leads to, folded away or not."""
    hrefs = page.eval_on_selector_all("main a[href]", "all => all.map(a => a.href)")
    mine = [h.split("#")[0].removeprefix(site) for h in hrefs if h.startswith(site)]
    return [h for h in mine if FORM.search(h) and not FILE.search(h)]


def is_worth_looking(page, address: str, username: str) -> bool:
    """A form once, whoever fills it in; a case where this person has something to do, or the first."""
    kind = kind_of(address)
    mine = CASE.search(kind) and page.locator(".steps .btn.primary").count()
    if address not in LISTS[username] and kind in looked_before and not mine:
        return False
    looked_before.add(kind)
    return True


def look(page, address: str, *, username: str) -> list[str]:
    """Everything wrong with one screen in both widths."""
    page.set_viewport_size(DESK)
    answer, name = page.goto(address), f"{username} {kind_of(urlsplit(address).path)}"
    wrong = [] if answer.status == 200 else [f"{name}: 答 {answer.status}"]
    if not is_worth_looking(page, address.removeprefix(origin(address)), username):
        return wrong
    wrong += looked_at(page, name, phone=False)
    page.set_viewport_size(PHONE)
    return wrong + looked_at(page, name, phone=True)


def origin(address: str) -> str:
    """The site's part of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def test_forms_that_differ_by_their_case_only_are_one_screen(db):
    """Asks for `db` too: pytest-django makes a database only for folders with such a test."""
    one, other = "/cases/3399010001261100001345/do/file/", "/cases/3399010001261100001442/do/file/"
    assert kind_of(one) == kind_of(other) == "/cases/*/do/file/"


@pytest.mark.parametrize("username", LISTS, ids=lambda name: name or "party")
def test_every_screen_of_casework(open_as, demo_site, username):
    page, wrong, seen = open_as(username), [], set()
    spot = username == cast.OFFICER
    opened = [] if username in OUTSIDE else cases(spot=spot)[: RARELY.get(username)]
    waiting = [*LISTS[username], *opened]
    while waiting:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        wrong += look(page, demo_site + address, username=username)
        for found in forms_on(page, demo_site) if username else ():
            if kind_of(found) not in {kind_of(one) for one in (*seen, *waiting)}:
                waiting.append(found)
    assert wrong == []
