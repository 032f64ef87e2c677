"""A browser and a site to look at: the small demo county behind a live server.

The site is filled once a module and emptied at its end, since filling it takes longer than looking.
"""

import os
import sys
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
# The browser's driver keeps an event loop in this thread; our own queries stay synchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def chromium() -> Generator:
    """One Chromium for all browser tests."""
    from browser_env import chromium_path, launch_options
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = chromium_path() or playwright.chromium.executable_path
        if not Path(path).exists():
            pytest.fail("没有浏览器：make test 会装好 Chromium，或用 CHROMIUM=路径 指定。")
        browser = playwright.chromium.launch(**launch_options())
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def demo_site(django_db_setup, django_db_blocker) -> Generator[str]:
    """The address of a server over the small demo county."""
    from pytest_django.live_server_helper import LiveServer

    before, settings.DEMO = settings.DEMO, True
    with django_db_blocker.unblock():
        call_command("demo", "--scale", "small", verbosity=0)
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", "--no-input", verbosity=0)
        connections.close_all()
    settings.DEMO = before


@pytest.fixture
def open_as(chromium, demo_site) -> Generator[Callable]:
    """`open_as("lizhifa", phone=True)` gives a page of that person; no name: nobody."""
    contexts = []

    def open_page(username: str = "", *, phone: bool = False, **more: object):
        context = chromium.new_context(
            viewport=PHONE if phone else DESK, locale="zh-CN", base_url=demo_site,
            has_touch=phone, timezone_id="Asia/Shanghai", **more,
        )  # fmt: skip
        contexts.append(context)
        if username:
            context.add_cookies([{**session_cookie(username), "url": demo_site}])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def session_cookie(username: str) -> dict[str, str]:
    """A session of this person, made without typing a password."""
    from zhiheng.people.api import Account

    client = Client()
    client.force_login(
        Account.objects.get(username=username),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
    }
