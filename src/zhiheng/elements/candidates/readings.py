"""Reading the laws in force for penalty clauses, in the background, with how far it has come."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from procrastinate.contrib.django import app

from zhiheng.elements.candidates.services import find_candidates
from zhiheng.elements.models import CandidateReading
from zhiheng.kernel.errors import Invalid
from zhiheng.laws.api import LawVersion
from zhiheng.people.api import Actor

TASK, QUEUE = "elements.candidates.read", "exchange"
NATION = "中华人民共和国"
State = CandidateReading.State


def versions_in_force(*, law: str, on: date) -> QuerySet[LawVersion]:
    """Versions that hold on a day or later, of one law by its name or of all, in a fixed order.

    The name may stand in 《》 and may leave out the country.
    """
    rows = LawVersion.objects.exclude(valid_until__lte=on).select_related("law").order_by("pk")
    short = law.strip().strip("《》").removeprefix(NATION)
    return rows.filter(law__short=short) if short else rows


def ask(*, law: str, actor: Actor, on: date, at: datetime) -> CandidateReading:
    """Have the laws read by the worker; one reading at a time, a second wish joins the first.

    Raises:
        Invalid: the corpus holds no such law in force, or no law at all.
    """
    total = versions_in_force(law=law, on=on).count()
    if not total:
        raise Invalid("还没有可以识别的法律。", fields={"law": _nothing(law)})
    try:
        with transaction.atomic():
            reading = CandidateReading.objects.create(
                law=law.strip(), total=total, on=on, asked_by_id=actor.account_id, asked_at=at
            )
            app.configure_task(TASK, queue=QUEUE, lock="candidates").defer(reading_id=reading.pk)
    except IntegrityError:
        return CandidateReading.objects.get(state=State.RUNNING)
    return reading


def _nothing(law: str) -> str:
    if law.strip():
        return "法条库里没有这部现行法律，请核对名称，或先导入它的文本。"
    return "法条库还是空的，请系统管理员先导入法律文本。"


def run(*, reading_id: int, at: datetime) -> None:
    """Read version after version from where it stands; run again, it adds nothing twice."""
    reading = CandidateReading.objects.get(pk=reading_id)
    if reading.state != State.RUNNING:
        return
    mine = CandidateReading.objects.filter(pk=reading_id)
    left = versions_in_force(law=reading.law, on=reading.on).filter(pk__gt=reading.last_version)
    for version in left.iterator(chunk_size=200):
        with transaction.atomic():
            found = find_candidates(version=version, at=at)
            mine.update(read=F("read") + 1, found=F("found") + found, last_version=version.pk)
    mine.update(state=State.DONE, ended_at=at)


def give_up(*, reading_id: int, at: datetime) -> None:
    """Say that a reading has failed so often that it is not tried again; what was found stays."""
    CandidateReading.objects.filter(pk=reading_id, state=State.RUNNING).update(
        state=State.FAILED, ended_at=at
    )


def latest() -> CandidateReading | None:
    """The reading that runs, or the last one."""
    return CandidateReading.objects.select_related("asked_by").order_by("-pk").first()
