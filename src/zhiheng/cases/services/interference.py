"""Recording interference with a case, and reading it (干预登记)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from zhiheng.cases.models import Case, Interference
from zhiheng.kernel.ciphers import open_field, seal_field
from zhiheng.kernel.clock import local_date
from zhiheng.kernel.errors import Invalid
from zhiheng.people import api as people
from zhiheng.people.api import Actor


@transaction.atomic
def record_interference(
    *, case: Case, happened_on: date, way: str, who: str, post: str, what: str, actor: Actor,
    at: datetime, idempotency_key: str,
) -> Interference:  # fmt: skip
    """Write down who meddled, how and what was said; the same key again gives the same row.

    Raises:
        Invalid: who or what is missing, or the day has not come.
    """
    wrong = {}
    if not who.strip():
        wrong["who"] = "请写明是谁；不知道姓名的，写能认出来的称呼。"
    if not what.strip():
        wrong["what"] = "请照原话写，不用评价。"
    if happened_on > local_date(at):
        wrong["happened_on"] = "这一天还没有到，请填实际发生的日期。"
    if wrong:
        raise Invalid("还不能登记。", next_step="请改正标红的内容。", fields=wrong)
    found, _ = Interference.objects.get_or_create(
        idempotency_key=idempotency_key,
        defaults={
            "case": case, "region_code": case.region_code, "agency_code": case.agency_code,
            "happened_on": happened_on, "way": way, "who": seal_field(who.strip()),
            "post": seal_field(post.strip()), "what": seal_field(what.strip()),
            "recorded_by_id": actor.account_id, "recorded_at": at,
        },
    )  # fmt: skip
    return found


def interferences(*, actor: Actor) -> QuerySet[Interference]:
    """What supervisors may read: those of their region, the newest first by key."""
    within = people.within(people.scope(actor, "interference.view"))
    return Interference.objects.filter(within).select_related("case", "recorded_by")


def opened(row: Interference) -> dict[str, str]:
    """The sealed words of a row."""
    return {"who": open_field(row.who), "post": open_field(row.post), "what": open_field(row.what)}
