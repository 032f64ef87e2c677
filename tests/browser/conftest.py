"""A browser and a site to look at: the small demo county behind a live server.

Every module has the site as it was filled: filled once, emptied at the module's end, put back from
memory for the next, since filling it takes longer than looking.
"""

import os
import sys
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from django.test import Client, override_settings

from tests import cast
from tests.browser.device import Device
from tests.snapshots import Snapshot

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
# The browser's driver keeps an event loop in this thread; our own queries stay synchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Strong passwords cost time on purpose; the walks sign in often.
QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
FILLED: dict[str, Snapshot] = {}


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
    """The address of a server over the small demo county, with cases at every stage."""
    with django_db_blocker.unblock():
        yield from _site("demo", lambda: call_command("demo", "--scale", "small", verbosity=0))


@pytest.fixture(scope="module")
def county_site(django_db_setup, django_db_blocker) -> Generator[str]:
    """The address of a server over the county before its first clue."""
    with django_db_blocker.unblock():
        yield from _site("county", cast.county)


def _site(name: str, fill: Callable[[], object]) -> Generator[str]:
    from pytest_django.live_server_helper import LiveServer

    with override_settings(DEMO=True, PASSWORD_HASHERS=[QUICK, *settings.PASSWORD_HASHERS]):
        if name in FILLED:
            with transaction.atomic():
                FILLED[name].put_back()
        else:
            fill()
            FILLED[name] = Snapshot().take()
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        call_command("flush", "--no-input", verbosity=0)
        connections.close_all()


@pytest.fixture
def jobs(county_site) -> Callable[[], None]:
    """`jobs()` does what waits in the queue, as the worker does, and comes back when it is empty."""
    return _work_off


def _work_off() -> None:
    """In a thread of its own: the browser's driver keeps an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(_run_worker).result()


def _run_worker() -> None:
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(
            queues=["documents"], wait=False, listen_notify=False, install_signal_handlers=False
        )


@pytest.fixture
def open_as(chromium, demo_site) -> Generator[Callable]:
    """`open_as("lizhifa", phone=True)` gives a page of that person; no name: nobody."""
    contexts = []

    def open_page(username: str = "", *, phone: bool = False, **more: object):
        page = _page(chromium, demo_site, phone=phone, **more)
        contexts.append(page.context)
        if username:
            page.context.add_cookies([{**session_cookie(username), "url": demo_site}])
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def device(chromium, county_site) -> Generator[Callable[..., Device]]:
    """`device(phone=True)` is a phone that nobody is signed in on yet."""
    made: list[Device] = []

    def switch_on(*, phone: bool = False, script: bool = True) -> Device:
        page = _page(chromium, county_site, phone=phone, java_script_enabled=script)
        made.append(Device(page, phone=phone, script=script))
        return made[-1]

    yield switch_on
    for each in made:
        each.page.context.close()


def _page(chromium, site: str, *, phone: bool, **more: object):
    return chromium.new_context(
        viewport=PHONE if phone else DESK, locale="zh-CN", base_url=site, has_touch=phone,
        timezone_id="Asia/Shanghai", **more,
    ).new_page()  # fmt: skip


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
