"""What cases do by themselves: when a period has ended, say who is expected to act now."""

from django.db import connection, transaction
from procrastinate.contrib.django import app

from zhiheng.cases.matters import CaseMatter
from zhiheng.cases.selectors import case_of_dossier
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.cases.sides.selectors import side_of_dossier
from zhiheng.cases.spot import cards
from zhiheng.kernel import clock
from zhiheng.ledger import api as ledger
from zhiheng.procedures import api as procedures


@app.task(name="cases.period_ended")
def period_ended(act_id: int) -> None:
    """A period of a dossier has ended: the next step may be open now, for somebody else."""
    try:
        with transaction.atomic():
            act = ledger.Act.objects.get(pk=act_id)
            ledger.lock_dossier(act.dossier_id)
            case, side = case_of_dossier(act.dossier_id), side_of_dossier(act.dossier_id)
            if case is not None and case.dossier.closed_at is None:
                procedures.refresh_tasks(CaseMatter(case), at=clock.now())
            if side is not None and side.closed_on is None:
                procedures.refresh_tasks(SideMatter(side), at=clock.now())
    finally:
        connection.close()


@app.task(name=cards.READ_TASK)
def read_card(token: str) -> None:
    """Read the words on a card that an officer held before the phone."""
    try:
        cards.read(token)
    finally:
        connection.close()
