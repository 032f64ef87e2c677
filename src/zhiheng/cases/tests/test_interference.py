"""Meddling is written down by whoever met it and read by supervisors alone; it stays as it was."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from tests import cast
from zhiheng.cases.models import Interference

pytestmark = pytest.mark.django_db
TOLD = {"happened_on": "2026-03-02", "way": "SPOKEN", "who": "某副县长", "post": "县政府",
        "what": "让我们先放一放", "key": "k1"}  # fmt: skip


def told(client, **changes):
    cast.county()
    case = cast.living_case()
    cast.sign_in(client, cast.OFFICER)
    address = reverse("interference_record", args=[case.code])
    return case, client.post(address, {**TOLD, **changes}, follow=True)


def test_an_officer_writes_it_down_and_only_the_supervisor_reads_it(client):
    case, page = told(client)
    assert "只有监督机构能看到" in page.content.decode()
    assert "某副县长" not in page.content.decode()
    assert not case.dossier.acts.filter(kind__contains="interference").exists()
    row = Interference.objects.get()
    assert "副县长" not in row.who, "存的是密文"
    cast.sign_in(client, cast.SUPERVISOR)
    seen = client.get(reverse("interference_list")).content.decode()
    assert "某副县长" in seen
    assert "先放一放" in seen
    cast.sign_in(client, cast.AGENCY_HEAD)
    assert client.get(reverse("interference_list")).status_code == 403


def test_sent_twice_it_stands_once(client):
    told(client)
    told(client)
    assert Interference.objects.count() == 1


def test_nobody_changes_or_removes_it(client):
    told(client)
    for change in (
        Interference.objects.all().delete,
        lambda: Interference.objects.update(way="OTHER"),
    ):
        with pytest.raises(DatabaseError, match="只能追加"), transaction.atomic():
            change()


def test_what_is_missing_is_said_and_what_was_typed_stays(client):
    _, page = told(client, who="", what="原话在这里")
    assert page.status_code == 422
    assert "请写明是谁" in page.content.decode()
    assert "原话在这里" in page.content.decode()
