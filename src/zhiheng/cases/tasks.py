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
from zhiheng.cases.sides.services import let_happen, renew
from zhiheng.cases.spot import cards
from zhiheng.kernel import clock
from zhiheng.ledger import api as ledger
from zhiheng.procedures import api as procedures

DEFERRAL = "execution.deferral"


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


@app.periodic(cron="10 16 * * *")  # 00:10 local
@app.task(name="cases.granted_days", queueing_lock="cases.granted_days", lock="cases.granted_days")
def granted_days(timestamp: int) -> None:
    """Every morning: was what a deferral granted paid by its day? No period of the law tells."""
    try:
        look_at_granted(at=clock.now())
    finally:
        connection.close()


def look_at_granted(*, at: datetime) -> None:
    """Renew the to-dos of granted deferrals, each by itself: a day has passed for all of them."""
    granted = Side.objects.filter(procedure_id=DEFERRAL, state="GRANTED", closed_on=None)
    for dossier_id in granted.values_list("pk", flat=True).order_by("pk").iterator():
        with transaction.atomic():
            hold(dossier_id)
            renew(dossier_id, at=at)


@app.task(name=cards.READ_TASK)
def read_card(token: str) -> None:
    """Read the words on a card that an officer held before the phone."""
    try:
        cards.read(token)
    finally:
        connection.close()
