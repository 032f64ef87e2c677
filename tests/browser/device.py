"""A desk computer or a phone, and what people do on it: sign in, click, type, look, sign out.

    phone = device(phone=True)
    phone.signs_in("lizhifa")
    phone.opens("旺味小炒店")                      # a row of the to-do list
    phone.takes("亮证并告知权利", id_shown_to="王某")  # a step: its form, filled in and sent
    phone.signs_out()

Every screen on the way is looked at: nothing serious for axe, no overflow, no word on the console.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings

from tests.browser.looking import axe, overflow, small_targets

FORM = "form:has([name=key])"
FIELDS = """form => Object.fromEntries([...form.elements].filter(e => e.name).map(e => [e.name, {
  kind: e.tagName === 'TEXTAREA' ? 'text' : e.type,
  value: form.elements[e.name] instanceof RadioNodeList ? form.elements[e.name].value : e.value,
}]))"""


class Device:
    """One window, whoever sits before it."""

    def __init__(self, page, *, phone: bool, script: bool = True) -> None:
        """A window that shows nothing yet."""
        self.page, self.phone, self.script = page, phone, script
        self.looked_at: set[str] = set()
        self.complaints: list[str] = []
        page.set_default_timeout(30_000)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    # —— clicking ——

    def clicks(self, locator, *, status: int = 200) -> None:
        """Click what leads to another page, wait for it, look at it."""
        with self.page.expect_navigation() as arrived:
            locator.click()
        assert arrived.value.status == status, f"{self.page.url}：{arrived.value.status}"
        self.looks()

    def follows(self, words: str, within: str = "main") -> None:
        """Click the link or button that says this."""
        self.clicks(self.page.locator(f"{within} :is(a, button)", has_text=words).first)

    def looks(self) -> None:
        """Look at the screen; a screen that differs by numbers only is not looked at twice."""
        wrong = [f"浏览器说：{text}" for text in self.complaints]
        back = "退回" if self.page.locator(".errors").count() else ""
        kind = f"{self.heading} {self.page.url.partition('?')[2]} {back}"
        if kind not in self.looked_at:
            self.looked_at.add(kind)
            wrong += overflow(self.page) + (axe(self.page) if self.script else [])
            wrong += small_targets(self.page) if self.phone else []
        assert wrong == [], f"{self.page.url}（{kind}）：{wrong}"

    @property
    def heading(self) -> str:
        """What the page is about, and where the matter stands."""
        tag = self.page.locator("main .head .tag")
        state = tag.first.inner_text() if tag.count() else ""
        return f"{self.page.locator('h1').first.inner_text()} {state}"

    # —— reading ——

    @property
    def words(self) -> str:
        """Everything there is to read, without spaces."""
        return "".join(self.page.locator("body").inner_text().split())

    def sees(self, *texts: str) -> None:
        """Each text can be read."""
        words = self.words
        missing = [text for text in texts if "".join(text.split()) not in words]
        assert missing == [], f"没有看到 {missing}：{words}"

    def sees_not(self, *texts: str) -> None:
        """None of the texts can be read."""
        found = [text for text in texts if "".join(text.split()) in self.words]
        assert found == [], f"不应看到 {found}"

    @property
    def next_steps(self) -> list[str]:
        """What the card of next steps names, in order."""
        return self.page.locator(".steps .step h3").all_inner_texts()

    def reads_step(self, title: str) -> str:
        """The card of a step, in one string."""
        return " ".join(self._card(title).inner_text().split())

    def _card(self, title: str):
        return self.page.locator(".steps .step").filter(
            has=self.page.locator("h3", has_text=re.compile(f"^{title}$"))
        )

    # —— coming and going ——

    def signs_in(self, username: str) -> None:
        """By name and password, at the front door; the to-do list follows."""
        self.page.goto("/account/login/")
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("密码", exact=True).fill(settings.DEMO_PASSWORD)
        self.follows("登录", "main form.card")
        assert self.page.url.endswith("/todo/"), self.words

    def signs_out(self) -> None:
        """Through one's own menu."""
        self.page.locator("details.who > summary").click()
        self.follows("退出登录", "details.who")

    def opens(self, about: str, step: str = "") -> None:
        """Go to the to-do list and open the row about this."""
        if not self.page.url.endswith("/todo/"):
            self.follows("待办", ".tabbar" if self.phone else ".rail")
        row = self.page.locator("li.todo-row", has_text=about).filter(has_text=step)
        self.clicks(row.locator("h3 a").first)

    # —— steps ——

    def goes_to(self, title: str) -> None:
        """Open the form of a step that is offered, as next or as further."""
        offered = self._card(title).locator(".step-do a")
        further = self.page.locator(".more a", has_text=re.compile(f"^{title}(\\s|$)"))
        found = offered.or_(further).first
        for summary in found.locator("xpath=ancestor::details[not(@open)]/summary").all():
            summary.click()
        self.clicks(found)

    @property
    def step_id(self) -> str:
        """Which step the form is about."""
        return self.page.url.rstrip("/").rpartition("/")[2]

    def fills(self, typed: Mapping[str, Any]) -> None:
        """Type and choose; what already stands there as wanted is left alone."""
        form = self.page.locator(FORM)
        fields = form.evaluate(FIELDS)
        for name, value in typed.items():
            assert name in fields, f"表单没有 {name}，有 {list(fields)}"
            if fields[name]["value"] != value:
                _put(form, name, fields[name]["kind"], value)

    def sends(self, *, status: int = 200) -> None:
        """Press the form's button."""
        self.clicks(self.page.locator(f"{FORM} button.primary"), status=status)

    def is_sent_back(self, *, saying: str) -> None:
        """Press the button; the form comes back and says what is missing."""
        self.sends(status=422)
        assert saying in "".join(self.page.locator(".errors").inner_text().split()), self.words

    def typed(self, *names: str) -> list[str]:
        """What stands in these fields."""
        fields = self.page.locator(FORM).evaluate(FIELDS)
        return [fields[name]["value"] for name in names]

    def takes(self, title: str, typed: Mapping[str, Any]) -> None:
        """Take a step; the matter comes back and says so."""
        self.goes_to(title)
        self.fills(typed)
        self.sends()
        self.sees(f"已办：{title}。")


def _put(form, name: str, kind: str, value: Any) -> None:
    if kind in ("radio", "checkbox"):
        form.locator(f"label:has(input[name='{name}'][value='{value}'])").click()
    elif kind == "select-one":
        form.locator(f"select[name='{name}']").select_option(value)
    elif kind == "file":
        form.locator(f"input[name='{name}']").set_input_files(value)
    else:
        text = value.isoformat() if isinstance(value, date) else value
        form.locator(f"[name='{name}']").fill(text)
