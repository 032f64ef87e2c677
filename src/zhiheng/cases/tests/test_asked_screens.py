"""What leaves a case for those asked from outside: no name, number, address; few queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import cast
from zhiheng.cases.demo.player import Player
from zhiheng.cases.sides.services import open_side
from zhiheng.cases.sides.veil import Veil

pytestmark = pytest.mark.django_db
WHO = "卫专家（青衡县司法局，QH-ZX-01）"


@pytest.fixture
def case():
    cast.county()
    return cast.living_case()


@pytest.mark.parametrize("hidden", [
    "110105194912310024", "11010519491231002X", "91330100MA2BBBBB1C", "13912345678", "139 1234 5678",
    "0571-87654321", "浙A12345", "清波路18号后巷", "人民街道12号3幢201室",
])  # fmt: skip
def test_numbers_and_addresses_are_hidden_wherever_they_stand(case, hidden):
    text = Veil(case).over(f"他说{hidden}，请回复。")
    assert hidden not in text
    assert text.startswith("他说") or "〔" in text


def test_those_whom_the_case_knows_are_hidden_by_what_they_are(case):
    person = case.subject.legal_representative or case.party_name
    text = Veil(case).over(f"{case.party_name}的{person}在{case.place}告诉李执法")
    assert "当事人" in text
    assert not any(word in text for word in (case.party_name, person, case.place, "李执法"))


def test_plain_words_and_amounts_stay(case):
    text = "罚款8,000.00元，油烟浓度2.5mg/m³，第一千一百三十二条第一款。"
    assert Veil(case).over(text) == text


def test_a_longer_list_takes_no_more_queries(case, client):
    player = Player(day=date(2026, 11, 20), fine=800000, prefix="many")
    cast.sign_in(client, cast.EXPERT)

    def queries(n):
        open_side(
            case=case, procedure_id="consultation", actor=player.actor("officer"), at=player.now(),
            values={"consult_expert": WHO, "consult_question": "怎样选档？"}, idempotency_key=f"q{n}",
        )  # fmt: skip
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(reverse("consult_list")).status_code == 200
        return len(caught)

    queries(0)
    assert queries(1) == queries(2)
