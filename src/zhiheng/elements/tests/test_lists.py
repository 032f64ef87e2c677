"""The lists and supports: dictionary, checks with a sentence per field, links that cannot dangle."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests import cast
from zhiheng.elements import links, services
from zhiheng.elements.demo.material import fake_uscc
from zhiheng.elements.dictionary import dictionary
from zhiheng.elements.models import (
    Body,
    DocTemplate,
    DutyBoundary,
    Expert,
    FlexibleEntry,
    Item,
    Laboratory,
    MonitoringDevice,
    OneThing,
    Reviewer,
    Seal,
    TransferStandard,
)
from zhiheng.elements.registers import REGISTERS
from zhiheng.elements.tests.factories import AT, FROM
from zhiheng.elements.validation import check_record
from zhiheng.kernel import ciphers
from zhiheng.kernel.errors import Conflict, Invalid

pytestmark = pytest.mark.usefixtures("county")
NEW = (
    DutyBoundary, TransferStandard, FlexibleEntry, OneThing, Reviewer, Expert, Laboratory,
    MonitoringDevice, Seal,
)  # fmt: skip
COMMON = {"region_code": "339901", "valid_from": FROM, "code": "X-1"}


def body(code: str = "QH-ZF") -> Body:
    return Body.objects.active(FROM).get(code=code)


def item() -> Item:
    return Item.objects.active(FROM).get(code="QH-CG-001")


def problems(row) -> dict[str, str]:
    try:
        check_record(row=row)
    except Invalid as wrong:
        return wrong.fields
    return {}


@pytest.mark.parametrize("slug", REGISTERS)
def test_every_field_of_every_register_has_a_name_a_meaning_a_type_and_a_source(slug):
    lines = dictionary(REGISTERS[slug])
    assert [one.name for one in lines if not (one.meaning and one.type and one.source)] == []
    assert all(any("一" <= c <= "鿿" for c in one.label) for one in lines)


def test_the_dictionary_is_a_page(client):
    page = cast.sign_in(client, cast.OFFICER).get(reverse("element_dictionary", args=["devices"]))
    words = page.content.decode()
    assert "法制审核文号" in words
    assert "行政处罚法第四十一条" in words


@pytest.mark.parametrize("model", NEW)
def test_what_the_demo_holds_would_pass_the_checks(model):
    rows = list(model.objects.known())
    assert len(rows) >= 6
    assert {row.code: problems(row) for row in rows if problems(row)} == {}


@pytest.mark.parametrize("model", NEW)
def test_the_database_refuses_a_change_in_place(model):
    row = model.objects.known().first()
    with pytest.raises(IntegrityError, match="不能就地修改"), transaction.atomic():
        model.objects.filter(pk=row.pk).update(code="偷改")
    with pytest.raises(IntegrityError, match="不能就地修改"), transaction.atomic():
        row.delete()


def wrong_rows():
    zf = body()
    return {
        "assist_bodies": DutyBoundary(matter="甲", lead_body=zf, assist_bodies=["QH-ZF"], **COMMON),
        "items": OneThing(name="甲", lead_body=zf, items=["QH-XX-9"], **COMMON),
        "to_body": TransferStandard(title="甲", kind="CRIMINAL", item=item(),
                                    trigger_facts=["甲"], **COMMON),
        "to_organ": TransferStandard(title="甲", kind="CRIMINAL", item=item(), to_body=zf,
                                     to_organ="公安", trigger_facts=["甲"], **COMMON),
        "trigger_facts": TransferStandard(title="甲", kind="CRIMINAL", item=item(),
                                          to_organ="公安", trigger_facts=[], **COMMON),
        "after_decision": FlexibleEntry(item=item(), kind="SERVICE", legal_ground="甲",
                                        conditions=["甲"], after_decision=True, **COMMON),
        "lookback_months": FlexibleEntry(item=item(), kind="FIRST", legal_ground="甲",
                                         conditions=["甲"], **COMMON),
        "conditions": FlexibleEntry(item=item(), kind="MINOR", legal_ground="甲",
                                    conditions=[], **COMMON),
        "legal_qualification": Reviewer(name="甲", kind="COUNSEL", body=zf,
                                        qualified_on=date(2020, 1, 1), **COMMON),
        "citizen_id": Expert(name="甲", kind="LEGAL",
                             citizen_id=ciphers.seal_field("110105194912310021"), **COMMON),
        "uscc": Laboratory(name="甲", uscc="91X", accreditation_no="1", methods=["甲"],
                           accredited_until=date(2030, 1, 1), **COMMON),
        "accredited_until": Laboratory(
            name="甲", uscc=fake_uscc(prefix="91", number=5), accreditation_no="1",
            methods=["甲"], accredited_from=date(2031, 1, 1), accredited_until=date(2030, 1, 1),
            **COMMON),
        "technical_audit_on": MonitoringDevice(name="甲", kind="VIDEO", body=zf, location="甲",
                                               technical_audit_no="1", **COMMON),
        "location": MonitoringDevice(name="甲", kind="VIDEO", body=zf, location=" ", **COMMON),
        "templates": Seal(name="甲", kind="ORGAN", body=zf, templates=["F-999"], **COMMON),
        "cert_until": Seal(name="甲", kind="ORGAN", body=zf, cert_from=date(2026, 1, 2),
                           cert_until=date(2026, 1, 1), **COMMON),
        "code": Seal(name="甲", kind="ORGAN", body=zf, **COMMON | {"code": " "}),
    }  # fmt: skip


def test_each_wrong_field_gets_a_sentence_that_says_what_to_do():
    found = {field: problems(row) for field, row in wrong_rows().items()}
    assert {field for field, said in found.items() if list(said) != [field]} == set()
    assert all(said[field].endswith("。") for field, said in found.items())


def test_personal_numbers_of_the_demo_are_sealed():
    assert all(row.phone.startswith("sm4.") for row in Expert.objects.known())
    assert all(row.contact.startswith("sm4.") for row in Laboratory.objects.known())


def test_pointers_are_found_by_key_and_by_code():
    found = {(one.kind, one.field) for one in links.pointing_at(row=item(), on=FROM)}
    assert {("授权", "事项"), ("裁量基准", "事项"), ("职责边界", "涉及事项"),
            ("监控设备", "用于事项"), ("柔性执法清单", "事项")} <= found  # fmt: skip


def test_a_template_in_use_does_not_end_alone_and_is_free_once_nobody_uses_it():
    template = DocTemplate.objects.known().get(code="F-01")
    services.end(row=template, valid_until=FROM, at=AT, also=())
    used = DocTemplate.objects.known().get(code="F-32")
    with pytest.raises(Conflict, match="印章"):
        services.end(row=used, valid_until=FROM, at=AT, also=())


def test_an_end_before_others_end_is_refused_and_after_them_is_not():
    seal = Seal.objects.known().first()
    keeper = seal.keeper
    services.end(row=seal, valid_until=FROM, at=AT, also=())
    for other in Seal.objects.known().filter(keeper__uid=keeper.uid).exclude(uid=seal.uid):
        services.end(row=other, valid_until=FROM, at=AT, also=())
    with pytest.raises(Conflict):
        services.end(row=keeper, valid_until=FROM - timedelta(days=1), at=AT, also=())
    pointing = [one.kind for one in links.pointing_at(row=keeper, on=FROM)]
    assert "印章" not in pointing


@pytest.mark.parametrize("slug", REGISTERS)
def test_a_list_and_a_page_cost_few_queries(slug, client, django_assert_max_num_queries):
    admin = cast.sign_in(client, cast.ELEMENT_ADMIN)
    listed = reverse("element_list", args=[slug])
    admin.get(listed)
    with django_assert_max_num_queries(9):
        admin.get(listed)
    row = REGISTERS[slug].model.objects.active(cast.ON).first()
    page = reverse("element_show", args=[slug, row.uid])
    with django_assert_max_num_queries(32):
        admin.get(page)
