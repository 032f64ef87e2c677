"""By which ends of enforcement a case may be closed; a court's acceptance only where a rule says so."""

import pytest

from tests import cast
from zhiheng.cases.models import Side
from zhiheng.cases.sides.endings import ending_facts
from zhiheng.ledger import api as ledger
from zhiheng.payments.tests.factories import AT
from zhiheng.procedures.models import Run

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    cast.county()
    return cast.living_case()


def beside(case, state, procedure="execution.court"):
    dossier = ledger.open_dossier(
        kind="SIDE", number=f"{case.number}-9", region_code=case.region_code,
        agency_code=case.agency_code, title="执行", procedure_id=procedure, procedure_version=1,
        state=state, at=AT, actor=None, parent=case.dossier,
    )  # fmt: skip
    return Side.objects.create(
        dossier=dossier, case=case, number=9, procedure_id=procedure, state=state, opened_on=cast.ON
    )


@pytest.mark.parametrize(
    ("state", "end"),
    [
        ("URGED", "NONE"), ("EXECUTED", "EXECUTED"), ("ENDED", "ENDED"), ("PARTLY", "ENDED"),
        ("REFUSED", "NONE"), ("SETTLED", "NONE"), ("ACCEPTED", "NONE"),
    ],
)  # fmt: skip
def test_each_end_of_enforcement(case, state, end):
    beside(case, state)
    assert ending_facts(case, on=cast.ON, sides=list(case.sides.all())) == {"execution_end": end}


@pytest.mark.parametrize(("thing", "end"), [("MONEY", "EXECUTED"), ("DEMOLITION", "NONE")])
def test_what_was_pulled_down_does_not_pay_the_fine(case, thing, end):
    side = beside(case, "EXECUTED", procedure="execution.own")
    Run.objects.create(
        dossier=side.dossier, procedure_id="execution.own", procedure_version=1,
        facts={"execution_object": thing}, updated_at=AT,
    )  # fmt: skip
    assert ending_facts(case, on=cast.ON, sides=list(case.sides.all())) == {"execution_end": end}


@pytest.mark.parametrize("state", ["ACCEPTED", "RULED"])
def test_a_court_that_accepted_closes_a_case_of_transport(case, state):
    beside(case, state)
    case.dossier.run.domain = "transport"
    assert ending_facts(case, on=cast.ON, sides=list(case.sides.all())) == {
        "execution_end": "COURT_ACCEPTED"
    }
