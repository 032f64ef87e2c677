"""An order to pay names the organ's account, once and for good (行政处罚法 67, 74)."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from zhiheng.elements import api as elements
from zhiheng.kernel.errors import Conflict
from zhiheng.payments import api as payments
from zhiheng.payments.models import PaymentOrder
from zhiheng.payments.tests.factories import AT, ON, order

pytestmark = pytest.mark.django_db


def test_the_account_of_an_order_is_never_changed():
    found = order()
    for changed in ({"account": "私人账户"}, {"bank": "别的银行"}):
        with pytest.raises(IntegrityError, match="不能改"), transaction.atomic():
            PaymentOrder.objects.filter(pk=found.pk).update(**changed)
    found.paid_cents = 1
    found.save()
    assert PaymentOrder.objects.get(pk=found.pk).account == found.account


def test_an_order_without_an_account_is_not_made():
    dossier = order().dossier
    claim = payments.Claim(
        case_number="甲", organ_name="某局", bank="某银行", account=" ", decision_number="",
        due_on=date(2026, 4, 7), party_number="", other_cents=100, kind=PaymentOrder.Kind.COST,
    )  # fmt: skip
    with pytest.raises(Conflict, match="没有登记收款账号"):
        payments.issue_order(dossier=dossier, claim=claim, at=AT, on=ON)
    payments.issue_order(dossier=dossier, claim=replace(claim, account="1"), at=AT, on=ON)


def test_the_order_of_a_case_names_the_account_that_the_register_has_for_its_organ():
    from zhiheng.cases.owing import claim_of

    cast.county()
    case = cast.living_case()
    claim = claim_of(case, on=ON, decision="", due_on=ON)
    body = elements.get_body(case.agency_code, ON)
    assert body.bank_account
    assert (claim.account, claim.bank) == (body.bank_account, body.bank_name)
