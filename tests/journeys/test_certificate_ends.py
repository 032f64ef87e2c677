"""An officer's certificate ends: she is given no more work, until it is renewed."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests import cast
from zhiheng.cases.demo.player import Player
from zhiheng.cases.models import Handler
from zhiheng.cases.tests.factories import checked, proposed
from zhiheng.elements import services
from zhiheng.elements.models import Officer, UpkeepItem
from zhiheng.elements.upkeep.run import sweep_all

pytestmark = pytest.mark.django_db
HER, DAY = "maopaiqian", date(2026, 3, 2)


@pytest.fixture
def player():
    made = proposed(DAY)
    made.step("file")
    with time_machine.travel(made.now(), tick=False):
        yield made


def certificate(until: date, at) -> Officer:
    """Her certificate as it is registered from today on."""
    row = Officer.objects.active(at.date()).get(account__username=HER)
    return services.amend(row=row, changes={"cert_until": until}, valid_from=row.valid_from, at=at)


def choice(page: str, username: str) -> str:
    """The option or box of a person on a page."""
    number = cast.account(username).pk
    return re.search(rf'<(?:option|input)[^>]*value="{number}"[^>]*>[^<]*', page).group(0)


def form(client: Client, address: str) -> tuple[str, str]:
    page = client.get(address).content.decode()
    return page, re.search(r'name="key" value="([^"]+)"', page).group(1)


def ask(client, address, key, **more):
    data = {"key": key, "what": "co", "to": cast.account(HER).pk, "reason": "人手不够。"}
    return client.post(address, data | more)


def test_from_warning_to_refusal_to_renewal(player):
    lead, at = cast.sign_in(Client(), cast.OFFICER), player.now()
    address = reverse("case_handlers", args=[player.case.code])
    certificate(at.date() - timedelta(days=1), at)
    sweep_all(on=at.date(), at=at)
    line = UpkeepItem.objects.get(reason="officer.certificate", key=str(_uid(at)))
    assert "已经到期" in line.says

    page, key = form(lead, address)
    assert "disabled" in choice(page, HER)
    assert "执法证已于2026年" in page
    assert "disabled" not in choice(page, cast.SECOND_OFFICER)
    for what in ("co", "lead"):
        answer = ask(lead, address, key, what=what)
        assert answer.status_code == 422
        assert "到期。请换证并更新登记，或安排其他持证人员。" in answer.content.decode()
        assert "人手不够。" in answer.content.decode()
    assert not Handler.objects.filter(account__username=HER).exists()

    certificate(at.date() + timedelta(days=900), at)
    sweep_all(on=at.date(), at=at)
    line.refresh_from_db()
    assert (line.state, line.closed_note) == ("MENDED", "执法证已续期，或者登记已停用。")
    page, key = form(lead, address)
    assert "disabled" not in choice(page, HER)
    assert ask(lead, address, key).status_code == 302
    assert Handler.objects.filter(account__username=HER, until=None).count() == 1


def _uid(at):
    return Officer.objects.active(at.date()).get(account__username=HER).uid


def test_the_last_day_on_the_certificate_still_counts(player):
    at = player.now()
    certificate(at.date(), at)
    lead = cast.sign_in(Client(), cast.OFFICER)
    address = reverse("case_handlers", args=[player.case.code])
    page, key = form(lead, address)
    assert "disabled" not in choice(page, HER)
    assert ask(lead, address, key).status_code == 302


def test_nobody_proposes_a_case_together_with_her():
    player, clue = checked(DAY)
    with time_machine.travel(player.now(), tick=False):
        certificate(player.now().date() - timedelta(days=1), player.now())
        lead = cast.sign_in(Client(), cast.OFFICER)
        address = reverse("case_propose", args=[clue.number])
        page, key = form(lead, address)
        assert "disabled" in choice(page, HER)
        data = {"key": key, "proposal_note": "建议立案。", "co_handlers": [cast.account(HER).pk]}
        answer = lead.post(address, data)
    assert answer.status_code == 422
    assert "毛派遣：执法证已于" in answer.content.decode()
    clue.refresh_from_db()
    assert clue.state != "FILED"


def test_no_clue_is_sent_to_her(player):
    at = player.now()
    certificate(at.date() - timedelta(days=1), at)
    other = Player(day=DAY, fine=800000, prefix="other")
    clue = other.report(place="清波路20号", description="油烟直排", target="面馆二店")
    clerk = cast.sign_in(Client(), cast.INTAKE_CLERK)
    address = reverse("clue_step", args=[clue.number, "match"])
    page, key = form(clerk, address)
    assert "disabled" in choice(page, HER)
    answer = clerk.post(
        address,
        {"key": key, "item": "QH-CG-001", "subject": "NEW", "subject_kind": "SOLE",
         "subject_name": "面馆二店", "handler": cast.account(HER).pk, "match_note": "派她核查。",
         "reason": ""},
    )  # fmt: skip
    assert answer.status_code == 422
    assert "请换证并更新登记，或安排其他持证人员。" in answer.content.decode()
    clue.refresh_from_db()
    assert clue.handler is None
