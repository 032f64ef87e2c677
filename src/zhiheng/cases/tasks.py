"""What cases do by themselves: when a period has ended, say who is expected to act now."""

from datetime import datetime

from django.db import connection, transaction
from procrastinate.contrib.django import app

from zhiheng.cases.goods.services import refresh_due
from zhiheng.cases.matters import CaseMatter
from zhiheng.cases.models import Side
from zhiheng.cases.selectors import case_of_dossier
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.cases.sides.selectors import side_of_dossier
from zhiheng.cases.sides.services import let_happen
from zhiheng.cases.spot import cards
from zhiheng.kernel import clock
from zhiheng.ledger import api as ledger
from zhiheng.procedures import api as procedures


def hold(dossier_id: int) -> None:
    """The case first, then what runs beside it: the same order as in casework."""
    case_id = Side.objects.filter(pk=dossier_id).values_list("case_id", flat=True).first()
    for found in (case_id, dossier_id):
        if found:
            ledger.lock_dossier(found)


@app.task(name="cases.period_ended")
def period_ended(act_id: int) -> None:
    """A period of a dossier has ended: the next step may be open now, for somebody else."""
    try:
        follow(act_id, at=clock.now())
    finally:
        connection.close()


@transaction.atomic
def follow(act_id: int, *, at: datetime) -> None:
    """Say who is expected to act now; what takes effect by itself, the platform does."""
    act = ledger.Act.objects.get(pk=act_id)
    hold(act.dossier_id)
    case, side = case_of_dossier(act.dossier_id), side_of_dossier(act.dossier_id)
    if case is not None and case.dossier.closed_at is None:
        procedures.refresh_tasks(CaseMatter(case), at=at)
    if side is not None and side.closed_on is None:
        refresh_due(side)
        procedures.refresh_tasks(SideMatter(side, at=at), at=at)
        let_happen(side, act, at=at)


@app.task(name=cards.READ_TASK)
def read_card(token: str) -> None:
    """Read the words on a card that an officer held before the phone."""
    try:
        cards.read(token)
    finally:
        connection.close()
