"""Citations in any text become links: for whom, where to, on which day, at what cost."""

import re
from datetime import date

import pytest
from django.db import connection
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.safestring import mark_safe

from tests import cast
from zhiheng.elements.models import Item
from zhiheng.laws.middleware import ReaderMiddleware
from zhiheng.laws.readers import Reader, reading
from zhiheng.laws.tests.invented import law, store
from zhiheng.web.faces import Cell, Table

pytestmark = pytest.mark.django_db
LINK = '<a class="cited" href="/laws/go/?law='


@pytest.fixture
def lanterns():
    store()


@pytest.fixture
def officer(client, county):
    return cast.sign_in(client, cast.OFFICER)


def shown(text, *, may=True, page_on=None, **more):
    with reading(Reader(allowed=lambda: may, on=page_on)):
        return Template("{{ text|cited:on }}").render(Context({"text": text, "on": None, **more}))


def test_a_citation_in_any_text_becomes_a_link_to_the_place_on_the_day(lanterns):
    html = shown("违反《灯笼管理条例》第三条第二款", on=date(2026, 8, 1))
    assert html.startswith(f"违反{LINK}")
    assert "article=3&amp;paragraph=2&amp;on=2026-08-01" in html
    assert html.endswith(">《灯笼管理条例》第三条第二款</a>")


def test_the_day_of_the_page_holds_where_a_text_names_no_day_of_its_own(lanterns):
    text = "《灯笼管理条例》第三条"
    assert "on=2025-02-03" in shown(text, page_on=date(2025, 2, 3))
    assert "on=2026-08-01" in shown(text, page_on=date(2025, 2, 3), on=date(2026, 8, 1))
    assert "on=" not in shown(text)


def test_each_row_of_a_table_may_cite_as_of_its_own_day(lanterns):
    rows = (
        (Cell("《灯笼管理条例》第三条", on=date(2025, 2, 3)),), ({"text": "《灯笼管理条例》第四条"},),
        ("《灯笼管理条例》第五条",),
    )  # fmt: skip
    with reading(Reader(allowed=lambda: True)):
        html = Template("{% table data %}").render(Context({"data": Table(("依据",), rows)}))
    days = re.findall(r"article=(\d)(?:&amp;on=([0-9-]+))?", html)
    assert days == [("3", "2025-02-03"), ("4", ""), ("5", "")]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("违反灯笼管理条例第三条、第四条第一款的规定", ["灯笼管理条例第三条", "第四条第一款"]),
        ("中华人民共和国灯笼管理条例第三条", ["中华人民共和国灯笼管理条例第三条"]),
        ("见《走马灯管理办法》第二条和灯笼管理条例第三条", ["《走马灯管理办法》第二条", "灯笼管理条例第三条"]),
        ("本县灯笼管理条例第三条", []),
        ("江南省灯笼管理条例第三条", []),
        ("风筝法第三条", []),
        ("第三条", []),
        ("灯笼管理条例", []),
    ],
)  # fmt: skip
def test_a_title_without_its_marks_is_known_only_when_the_corpus_holds_it_whole(
    lanterns, text, links
):
    html = shown(text)
    assert re.findall(r'href="[^"]+">([^<]+)</a>', html) == links
    assert re.sub(r"<[^>]+>", "", html) == text


def test_who_may_not_open_the_corpus_reads_plain_words(lanterns):
    text = "《灯笼管理条例》第三条"
    assert shown(text, may=False) == text
    assert Template("{{ text|cited }}").render(Context({"text": text})) == text


def test_a_law_that_the_corpus_does_not_hold_stays_plain_words_until_it_is_imported(db):
    text = "违反《灯笼管理条例》第三条"
    assert shown(text) == text
    store()
    assert LINK in shown(text)
    assert LINK not in shown("违反《别的条例》第三条")


def test_many_citations_on_one_page_ask_the_database_once(lanterns):
    store(*[law(f"第{n}灯条例", [("第一条", f"挂{n}盏。")]) for n in range(60)])
    many = "、".join(f"《第{n}灯条例》第一条" for n in range(60))
    shown(many)
    with CaptureQueriesContext(connection) as asked:
        assert shown(many).count(LINK) == 60
    assert len(asked) == 1


def test_a_page_without_citations_asks_nothing(lanterns):
    with CaptureQueriesContext(connection) as asked:
        assert shown("没有引用 & 别的") == "没有引用 &amp; 别的"
    assert len(asked) == 0


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>《灯笼管理条例》第三条",
        "《灯笼管理条例》第三条<img src=x onerror=alert(1)>",
        "《<b onclick=x>灯笼管理条例》第三条",
        "《灯\"'><img>法》第1条<i>",
        '"><a href=javascript:x>《灯笼管理条例》第三条</a>',
    ],
)
def test_no_markup_comes_through(lanterns, text):
    for given in (text, mark_safe(text)):
        html = shown(given)
        bare = html.replace('<a class="cited" href="', "").replace("</a>", "")
        assert not [one for one in ("<script", "<b ", "<img", "<i>", "<a ") if one in bare]
        assert "'" not in bare


def test_facts_tables_and_notices_of_every_screen_link_and_escape_alike(lanterns):
    text = "<i>见</i>《灯笼管理条例》第三条\n第二行"
    template = Template(
        "{% facts pairs on=on %}{% notice text %}{% table data %}{% law_digests digests %}"
    )
    data = {"columns": ("甲", "乙"), "rows": [(text, {"text": text, "href": "/x/", "note": text})]}
    context = {"pairs": [("依据", text)], "text": text, "data": data, "on": date(2026, 8, 1),
               "digests": [{"title": text, "text": "一句"}]}  # fmt: skip
    with reading(Reader(allowed=lambda: True)):
        html = template.render(Context(context))
    assert html.count(LINK) == 5  # the fact, the notice, a cell, a cell's note, a digest's title
    assert html.count("on=2026-08-01") == 1
    assert "<i>" not in html
    assert "<br>第二行" in html


def test_what_is_no_text_stays_as_it_is():
    assert shown(12) == "12"


def test_an_element_page_links_the_law_it_cites_as_of_its_day(client, county):
    item = Item.objects.active(cast.ON).exclude(penalty_basis=None).first()
    store(law(item.penalty_basis.basis.title, [("第一条", "挂灯。")]))
    admin = cast.sign_in(client, cast.ELEMENT_ADMIN)
    address = reverse("element_show", args=["items", item.uid])
    page = admin.get(address, {"on": cast.ON.isoformat()}).content.decode()
    assert LINK in page
    assert f"&amp;on={cast.ON}" in page


def page_for(actor, **query):
    """What a page that cites a law shows to somebody."""
    request = RequestFactory().get("/anything/", query)
    request.actor = actor
    template = Template("{% facts pairs %}")
    context = Context({"pairs": [("依据", "《灯笼管理条例》第三条")]})
    answer = ReaderMiddleware(lambda _: HttpResponse(template.render(context)))(request)
    return answer.content.decode()


def test_the_public_reads_no_link_that_it_may_not_open(county, lanterns):
    assert LINK not in page_for(None)
    assert LINK in page_for(cast.actor(cast.OFFICER))
    assert LINK not in page_for(None)


def test_the_day_in_the_address_of_a_page_is_the_day_of_its_citations(county, lanterns):
    officer = cast.actor(cast.OFFICER)
    assert "on=2025-02-03" in page_for(officer, on="2025-02-03")
    for nonsense in ("昨天", "2025-13-01", ""):
        assert "on=" not in page_for(officer, on=nonsense).replace("version=", "")
