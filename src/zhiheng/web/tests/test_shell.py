"""The frame: renders for everybody, shows only what exists and what one may open."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from zhiheng.kernel.errors import Conflict, NotAllowed
from zhiheng.web import patterns, shell, urls, views
from zhiheng.web.pages import render_page
from zhiheng.web.shell import LARGE_COOKIE, register_count, shell_for

OFFICER = SimpleNamespace(
    name="李执法",
    unit="城东中队",
    certificate_no="33990100412",
    roles=frozenset({"officer"}),
    acting_for={},
)


def may_cases(actor, permission):
    return permission == "case.view"


def fail(request):
    raise Conflict("这个案件刚刚被别人改过。", next_step="请刷新后再办。")


def refuse(request):
    raise NotAllowed("您不能办这一步。", next_step="请主办人办理。")


def blank(request):
    return render_page(request, "web/problem.html", {"title": "标题"})


urlpatterns = [
    path("", blank, name="todo"),
    path("cases/", blank, name="case_list"),
    path("clues/", blank, name="clue_list"),
    path("search/", blank, name="search"),
    path("conflict/", fail),
    path("refuse/", refuse),
    path("account/login/", blank, name="account_login"),
    *urls.urlpatterns,
]


def request_for(address="/cases/7/", actor=OFFICER, **cookies):
    request = RequestFactory().get(address)
    request.user = AnonymousUser()
    request.actor = actor
    request.COOKIES.update(cookies)
    return request


@pytest.fixture(autouse=True)
def nobody_counts(monkeypatch):
    """Contexts put numbers on the rail; these tests look at the frame alone."""
    monkeypatch.setattr(shell, "_counters", {})


here = override_settings(ROOT_URLCONF=__name__, SHELL_MAY=f"{__name__}.may_cases")


@here
def test_rail_shows_what_exists_and_is_permitted():
    links = shell_for(request_for()).rail
    assert [(link.label, link.current) for link in links] == [("待办", False), ("案件", True)]


@here
def test_nobody_signed_in_sees_no_rail():
    assert shell_for(request_for(actor=None)).rail == []
    without = RequestFactory().get("/")
    assert shell_for(without).rail == []
    assert shell_for(None).rail == []


@here
def test_numbers_on_the_rail_are_capped():
    register_count("todo", lambda request: 100)
    register_count("cases", lambda request: 3)
    assert [link.count for link in shell_for(request_for()).rail] == ["99+", "3"]


@here
def test_acting_for_another_is_said_above_every_page():
    actor = SimpleNamespace(**{**vars(OFFICER), "acting_for": {"agency_head": "赵局长"}})
    html = render_to_string("base.html", request=request_for(actor=actor))
    assert "您正在代赵局长行使" in html


@here
def test_search_box_only_where_search_is():
    assert 'action="/search/"' in render_to_string("base.html", request=request_for())
    with override_settings(ROOT_URLCONF="zhiheng.web.urls"):
        assert 'role="search"' not in render_to_string("base.html", request=request_for())


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html"])
def test_error_pages_render_without_anything(name):
    html = render_to_string(name)
    assert "可以这样办" in html
    assert 'lang="zh-CN"' in html


def test_csrf_failure_says_what_to_do():
    response = views.csrf_failure(request_for("/x/"))
    assert response.status_code == 403
    assert "后退" in response.content.decode()


@here
@pytest.mark.parametrize(("address", "status"), [("/conflict/", 409), ("/refuse/", 403)])
def test_errors_for_people_become_pages(address, status, db):
    response = Client().get(address)
    assert response.status_code == status
    assert "可以这样办" in response.content.decode()


@here
def test_large_print_is_a_cookie_and_back(db):
    response = Client().post("/_large", {"on": "1", "next": "/cases/"})
    assert (response.status_code, response["Location"]) == (302, "/cases/")
    assert response.cookies[LARGE_COOKIE].value == "1"
    assert 'class="large ' in render_to_string("base.html", request=request_for(zh_large="1"))


@here
@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_large_print_leads_nowhere_else(target, db):
    assert Client().post("/_large", {"on": "1", "next": target})["Location"] == "/"


@pytest.mark.parametrize(
    ("demo", "roles", "status"),
    [(True, (), 200), (False, (), 404), (False, ("system_admin",), 200)],
)
def test_patterns_are_for_developers_the_demo_and_administrators(
    demo, roles, status, client, db, monkeypatch
):
    request = request_for(
        "/_patterns", actor=SimpleNamespace(**{**vars(OFFICER), "roles": frozenset(roles)})
    )
    with override_settings(DEMO=demo, DEBUG=False):
        if status == 404:
            with pytest.raises(views.Http404):
                views.show_patterns(request)
        else:
            assert views.show_patterns(request).status_code == 200


def test_patterns_leave_no_name_unresolved(db, settings):
    settings.DEMO = True
    engine = engines["django"].engine
    before, engine.string_if_invalid = engine.string_if_invalid, "【缺%s】"
    try:
        html = views.show_patterns(request_for("/_patterns?bad")).content.decode()
    finally:
        engine.string_if_invalid = before
    assert "【缺" not in html
    assert "八千" in html, "填错的内容要留着"


def test_no_inline_script_or_style(db, settings):
    settings.DEMO = True
    html = views.show_patterns(request_for("/_patterns")).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", html)


def test_htmx_gets_the_fragment_and_errors_answer_422(db):
    request = request_for("/x/")
    refused = render_page(
        request, "web/patterns.html", patterns.page(), form=patterns.broken_form()
    )
    assert refused.status_code == 422
    assert "HX-Request" in refused.headers["Vary"]


def test_styles_stay_small():
    folder = Path(views.__file__).parent / "static" / "zh"
    assert sum(sheet.stat().st_size for sheet in folder.glob("*.css")) <= 40 * 1024
