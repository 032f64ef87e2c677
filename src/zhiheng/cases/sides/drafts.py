"""A side proceeding that has not begun: what its first step would see."""

from zhiheng.cases.models import Case, Side
from zhiheng.ledger import api as ledger
from zhiheng.procedures import api as procedures
from zhiheng.rulebook.api import Procedure


def draft_side(case: Case, procedure: Procedure) -> Side:
    """An unsaved side of the case in the procedure's first state, for showing the form."""
    dossier = ledger.Dossier(
        kind="SIDE", number="", region_code=case.region_code, agency_code=case.agency_code,
        title=procedure.title, procedure_id=procedure.id, procedure_version=procedure.version,
        state=procedure.initial, parent=case.dossier,
    )  # fmt: skip
    dossier.run = procedures.Run(
        dossier=dossier, procedure_id=procedure.id, procedure_version=procedure.version,
        domain=case.dossier.run.domain,
    )  # fmt: skip
    return Side(
        dossier=dossier, case=case, number=0, procedure_id=procedure.id, state=procedure.initial,
        opened_on=case.proposed_on,
    )  # fmt: skip
