"""Parties: found before registered, sealed at rest, masked on the way out."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests import cast
from zhiheng.elements import api
from zhiheng.elements.demo.material import fake_uscc
from zhiheng.elements.models import Subject
from zhiheng.kernel.errors import Invalid

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 1, tzinfo=UTC)
NUMBER = "11010519491231002X"
USCC = fake_uscc(prefix="92", number=424242)


def shop(**more) -> Subject:
    known = {"kind": "SOLE", "name": "青衡县试味小馆", "region_code": "339901", "uscc": USCC}
    return api.ensure_subject(**known | more, at=AT)


def person(**more) -> Subject:
    known = {"kind": "CITIZEN", "name": "欧阳明", "region_code": "339901"}
    known |= {"citizen_id": NUMBER, "phone": "10001234567", "address": "青衡县城东街道老街8号"}
    return api.ensure_subject(**known | more, at=AT)


def test_the_same_code_is_the_same_subject():
    assert shop().pk == shop(name="写错的名字").pk
    assert Subject.objects.count() == 1


def test_a_citizen_is_found_by_the_number_that_nobody_can_read():
    first = person()
    assert NUMBER not in first.citizen_id
    assert first.citizen_id.startswith("sm4.")
    assert person(name="欧阳 明", phone="").pk == first.pk


def test_what_was_open_is_filled_and_what_was_said_is_kept():
    first = shop(address="青衡县渡口街1号")
    later = shop(address="别处", legal_representative="韩梅")
    assert later.uid == first.uid
    assert (later.address, later.legal_representative) == ("青衡县渡口街1号", "韩梅")
    assert later.version == 2
    assert set(api.subject_versions(first.uid)) == {first.pk, later.pk}
    assert api.latest_subject(first).pk == later.pk


def test_without_a_code_name_and_address_decide():
    plain = {"kind": "SOLE", "name": "无名小摊", "region_code": "339901", "uscc": ""}
    first = shop(**plain, address="青衡县老街1号")
    assert shop(**plain, address="青衡县老街1号").pk == first.pk
    assert shop(**plain, address="青衡县老街2号").pk != first.pk


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"uscc": "92339901MA00000011"}, "uscc"), ({"uscc": "", "name": " "}, "name")],
)
def test_a_wrong_code_is_refused_and_nothing_is_stored(wrong, field):
    with pytest.raises(Invalid) as refused:
        shop(**wrong)
    assert field in refused.value.fields
    assert not Subject.objects.exists()


def test_personal_data_is_open_for_casework_and_masked_for_all_others():
    party = person()
    full = api.subject_card(party, cast.actor(cast.OFFICER))
    masked = api.subject_card(party, cast.actor(cast.INTAKE_CLERK))
    assert (full.name, full.citizen_id, full.phone) == ("欧阳明", NUMBER, "10001234567")
    assert masked.masked
    assert masked.name == "欧阳某"
    shown = f"{masked}"
    assert not any(secret in shown for secret in (NUMBER, "10001234567", "欧阳明", "老街8号"))


def test_nobody_signed_in_sees_personal_data_masked():
    assert api.subject_card(person(), None).masked


def test_the_register_masks_by_role_and_notes_who_looked(client):
    cast.load()
    party = person()
    address = reverse("element_show", args=["subjects", party.uid])
    clerk = cast.sign_in(client, cast.INTAKE_CLERK).get(address).content.decode()
    assert NUMBER not in clerk
    assert "欧阳明" not in clerk
    officer = cast.sign_in(client, cast.OFFICER).get(address).content.decode()
    assert NUMBER in officer
    from zhiheng.people.models import SecurityEvent

    seen = SecurityEvent.objects.filter(kind="PERSONAL_DATA_SEEN")
    assert [event.username for event in seen] == [cast.OFFICER]


def test_a_citizen_number_typed_whole_finds_its_person(client):
    cast.load()
    person()
    found = cast.sign_in(client, cast.OFFICER).get(
        reverse("element_list", args=["subjects"]), {"q": NUMBER}
    )
    assert "欧阳明" in found.content.decode()
