"""The public log: anyone may read it, and it tells nothing but digests."""

import json

import pytest
from django.urls import reverse

from tests import cast
from zhiheng.ledger import api as ledger
from zhiheng.ledger.tests.factories import NOON, a_dossier, an_act

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_key(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def act():
    act = an_act(a_dossier(title="王某某餐馆"), evidence_digests=["ab" * 32])
    ledger.sequence(at=NOON)
    return act


def test_the_log_of_nothing(client):
    assert "日志还是空的" in client.get(reverse("log")).content.decode()
    assert client.get(reverse("log_head")).status_code == 404
    assert client.get(reverse("log_heads")).json() == {"heads": []}


def test_the_log_shows_heads_and_no_names(client, act):
    told = client.get(reverse("log")).content.decode()
    assert bytes(ledger.head().root).hex() in told
    pages = [told, client.get(reverse("log_proof", args=[act.pk])).content.decode()]
    pages.append(client.get(reverse("log_proof_json", args=[act.pk])).content.decode())
    for page in pages:
        assert "王某某" not in page
        assert act.dossier.number not in page
        assert act.actor_name not in page


def test_asking_for_a_digest_leads_to_its_proof(client, act):
    for what in (str(act.pk), bytes(act.digest).hex(), ("AB" * 32)):
        response = client.get(reverse("log"), {"what": what}, follow=True)
        assert response.status_code == 200
        assert "没有被改动" in response.content.decode()
    proof = client.get(reverse("log_proof_json", args=["ab" * 32])).json()
    assert (proof["kind"], proof["digest"]) == ("evidence", "ab" * 32)
    missing = client.get(reverse("log"), {"what": "cd" * 32})
    assert missing.status_code == 404
    assert "cd" * 32 in missing.content.decode()


def test_what_waits_is_said_to_be_on_its_way(client, act):
    later = an_act(act.dossier)
    assert client.get(reverse("log_proof_json", args=[later.pk])).status_code == 202
    assert client.get(reverse("log_proof_json", args=["99999999999"])).status_code == 404
    assert client.get(reverse("log_proof", args=["99999999999"])).status_code == 404


def test_growth_between_signed_heads(client, act):
    first = ledger.head().size
    an_act(act.dossier)
    second = ledger.sequence(at=NOON).size
    growth = client.get(reverse("log_growth", args=[first, second])).json()
    assert [growth["first"]["size"], growth["second"]["size"]] == [first, second]
    assert client.get(reverse("log_growth", args=[1, second])).status_code == 404
    assert client.get(reverse("log") + "?before=zzz").status_code == 200
    assert len(client.get(reverse("log_heads") + f"?before={second}").json()["heads"]) == 1


def test_the_verifier_can_be_downloaded(client):
    response = client.get(reverse("log_verifier"))
    assert b"RFC 9162" in b"".join(response.streaming_content)


def test_the_sealed_content_is_for_those_in_scope_alone(client, act):
    url = reverse("log_act_sealed", args=[act.pk])
    assert client.get(url).status_code == 302
    for username, status in ((cast.OFFICER, 200), (cast.OTHER_OFFICER, 404)):
        cast.sign_in(client, username)
        response = client.get(url)
        assert response.status_code == status
        if status == 200:
            assert json.loads(response.content)["number"] == act.dossier.number
    cast.sign_in(client, cast.SYSTEM_ADMIN)
    assert client.get(url).status_code == 403
    cast.sign_in(client, cast.OFFICER)
    assert client.get(reverse("log_act_sealed", args=[10**12])).status_code == 404
