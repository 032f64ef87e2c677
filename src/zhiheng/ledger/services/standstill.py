"""Standstills told for a time: what ends early counts again from the next day."""

from datetime import date, datetime

from django.db import transaction

from zhiheng.kernel.calendar import WorkCalendar
from zhiheng.ledger.models import Deadline, Dossier, Suspension
from zhiheng.ledger.policies import Actor
from zhiheng.ledger.services.clock import count_again, open_of, tell


@transaction.atomic
def cut_short(
    *, dossier: Dossier, reason_code: str, last_on: date, actor: Actor | None, at: datetime,
    document_ref: str = "", calendar: WorkCalendar | None = None,
) -> list[Deadline]:  # fmt: skip
    """End standstills that were told for longer: `last_on` is the last day that does not count.

    Only those of this reason and document; one that had not begun is dropped. Nothing to cut
    short is no fault.
    """
    longer = Suspension.objects.filter(
        deadline__in=open_of(dossier), reason_code=reason_code, document_ref=document_ref,
        until_on__gt=last_on,
    ).select_related("deadline")  # fmt: skip
    cut = []
    for suspension in longer:
        if suspension.from_on > last_on:
            suspension.delete()
        else:
            suspension.until_on = last_on
            suspension.save(update_fields=["until_on"])
        count_again(deadline=suspension.deadline, calendar=calendar)
        cut.append(suspension.deadline)
    if cut:
        tell(dossier, "deadline.resume", "期限恢复计算", actor, at, cut, reason=reason_code)
    return cut
