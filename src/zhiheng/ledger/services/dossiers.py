"""Holding and closing dossiers, and handing them to another agency or title."""

from datetime import datetime

from django.db import connection, transaction

from zhiheng.kernel.errors import NotFound
from zhiheng.ledger.models import Act, Dossier
from zhiheng.ledger.policies import Actor
from zhiheng.ledger.selectors.dossiers import find_act_by_key
from zhiheng.ledger.services.acts import record_act
from zhiheng.ledger.services.clock import cancel_deadlines
from zhiheng.ledger.services.todo import close_tasks


def lock_dossier(dossier_id: int) -> Dossier:
    """The dossier as it stands now, held until the transaction ends.

    Call it before looking at the facts on which a step depends: who comes second then sees
    what the first has done.

    Raises:
        NotFound: no such dossier.
    """
    dossier = Dossier.objects.select_for_update(no_key=True).filter(pk=dossier_id).first()
    if dossier is None:
        raise NotFound("没有找到该卷宗。")
    return dossier


def hold_key(idempotency_key: str) -> Act | None:
    """The act that a request with this key has made; the same key sent meanwhile waits for us.

    For requests that open a dossier and so have none to lock: call it first.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [idempotency_key])
    return find_act_by_key(idempotency_key)


@transaction.atomic
def close_dossier(*, dossier: Dossier, at: datetime) -> Dossier:
    """Mark the end of a matter: no to-do and no period is left. The act is the caller's."""
    close_tasks(dossier=dossier, at=at, state="CANCELLED")
    cancel_deadlines(dossier=dossier, at=at)
    dossier.closed_at = at
    dossier.save(update_fields=["closed_at"])
    return dossier


@transaction.atomic
def hand_over(
    *, dossier: Dossier, agency_code: str, reason: str, actor: Actor, at: datetime
) -> Dossier:
    """Give the dossier to another agency of the region, with the reason, on the record.

    Law: 行政处罚法第二十五、二十六条 (管辖, 协助); the guards are the caller's.
    """
    record_act(
        dossier=dossier,
        kind="dossier.hand_over",
        title="卷宗移交",
        actor=actor,
        occurred_at=at,
        payload={"from": dossier.agency_code, "to": agency_code, "reason": reason},
    )
    dossier.agency_code = agency_code
    dossier.save(update_fields=["agency_code"])
    return dossier
