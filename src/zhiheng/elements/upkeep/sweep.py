"""The sweep: brings the list in step with what the rules find, in one transaction.

New faults get a line; lines whose fault is gone close themselves and say why; closed lines whose
fault is back open again. What a person set (owner, due day, dismissal) stays. Twice is once.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.urls import reverse

from zhiheng.elements.models import UpkeepItem, UpkeepNote
from zhiheng.elements.upkeep import rules
from zhiheng.elements.upkeep.rules import Fault, Rule
from zhiheng.kernel import bulk
from zhiheng.kernel.clock import local_date

State, Kind = UpkeepItem.State, UpkeepNote.Kind
Key = tuple[str, str, str, str]
_LOCK = "elements.sweep"
_TOLD = (
    "title",
    "places",
    "says",
    "next_step",
    "severity",
    "region_code",
    "agency_code",
    "happens_on",
)
_CHANGED = (
    *_TOLD,
    "href",
    "owner",
    "due_on",
    "due_fixed",
    "state",
    "found_at",
    "closed_at",
    "closed_note",
)
_BATCH = 1000


@dataclass(frozen=True)
class Swept:
    """What a sweep did, in numbers of lines."""

    found: int = 0
    reopened: int = 0
    mended: int = 0
    changed: int = 0

    def __str__(self) -> str:
        return (
            f"新发现 {self.found} 条，重新出现 {self.reopened} 条，"
            f"已消除 {self.mended} 条，内容有变 {self.changed} 条。"
        )


@transaction.atomic
def sweep(*, on: date, at: datetime, only: Collection[str] = ()) -> Swept:
    """Look for every fault on a day and bring the list in step; `only` names rules to look at.

    Another sweep at the same time waits and then finds nothing left to do.
    """
    hold()
    chosen = [one for id, one in rules.every().items() if not only or id in only]
    wanted = {
        key: row
        for rule in chosen
        for fault in rule.faults(on)
        for row in [_line(rule, fault, at=at)]
        for key in [key_of(row)]
    }
    return reconcile(
        have=UpkeepItem.objects.filter(reason__in=[one.id for one in chosen]),
        wanted=wanted, at=at, mended={one.id: one.mended for one in chosen},
    )  # fmt: skip


def hold() -> None:
    """Let only one transaction at a time work on the list."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_LOCK])


def key_of(row: UpkeepItem) -> Key:
    """What makes a line the same line."""
    return row.reason, row.register, row.key, row.cause


def _line(rule: Rule, fault: Fault, *, at: datetime) -> UpkeepItem:
    """The line that a fault asks for, as it would look if found today."""
    slug, uid = fault.slug or rule.register, fault.uid or fault.key
    return UpkeepItem(
        reason=rule.id, register=rule.register, key=fault.key, cause=fault.cause,
        title=fault.title[:240], says=fault.says[:400], next_step=rule.next_step,
        href=reverse("element_show", args=[slug, uid]), severity=rule.severity.value,
        region_code=fault.region_code, agency_code=fault.agency_code,
        happens_on=fault.happens_on, owner_id=fault.owner_id, state=State.OPEN.value, found_at=at,
        due_on=rules.due_on(happens_on=fault.happens_on, found_on=local_date(at), severity=rule.severity),
    )  # fmt: skip


def reconcile(
    *, have: Iterable[UpkeepItem], wanted: dict[Key, UpkeepItem], at: datetime, mended: Any
) -> Swept:
    """Write the difference between the lines there are and the lines that are wanted."""
    touched: list[UpkeepItem] = []
    notes: list[UpkeepNote] = []
    counted: Counter[str] = Counter()
    for row in have:
        new = wanted.pop(key_of(row), None)
        if new is None:
            what = _close(row, at=at, note=mended.get(row.reason, "")) and "mended"
        elif row.state == State.MENDED:
            what = _reopen(row, new, at=at)
        else:
            what = _renew(row, new)
        if what:
            touched.append(row)
            counted[what] += 1
        if what in ("mended", "reopened"):
            kind = Kind.MENDED if what == "mended" else Kind.REOPENED
            notes.append(UpkeepNote(item=row, kind=kind, text=row.closed_note or row.says, at=at))
    UpkeepItem.objects.bulk_update(touched, _CHANGED, batch_size=_BATCH)
    UpkeepNote.objects.bulk_create(notes, batch_size=_BATCH)
    store(list(wanted.values()))
    return Swept(
        found=len(wanted), reopened=counted["reopened"], mended=counted["mended"],
        changed=counted["changed"],
    )  # fmt: skip


def store(rows: Sequence[UpkeepItem]) -> None:
    """Put new lines into the table by COPY."""
    if not rows:
        return
    for row, number in zip(rows, bulk.take_ids(model=UpkeepItem, count=len(rows)), strict=True):
        row.pk = number
    bulk.copy_rows(model=UpkeepItem, rows=rows)


def _close(row: UpkeepItem, *, at: datetime, note: str) -> bool:
    """The fault is gone: an open or dismissed line says so; one that a person settled stays."""
    if row.state not in (State.OPEN, State.DISMISSED):
        return False
    row.state, row.closed_at, row.closed_note = State.MENDED.value, at, note
    return True


def _reopen(row: UpkeepItem, new: UpkeepItem, *, at: datetime) -> str:
    """The fault is back: the line starts anew, with a new due day."""
    row.state, row.found_at, row.closed_at, row.closed_note = State.OPEN.value, at, None, ""
    row.due_fixed = False
    _renew(row, new)
    row.due_on = new.due_on
    return "reopened"


def _renew(row: UpkeepItem, new: UpkeepItem) -> str:
    """Say what is true now; keep what a person set and count the due day from the first finding."""
    before = [getattr(row, name) for name in (*_TOLD, "href", "owner_id", "due_on")]
    for name in (*_TOLD, "href"):
        setattr(row, name, getattr(new, name))
    if not row.owner_fixed:
        row.owner_id = new.owner_id
    if not row.due_fixed:
        row.due_on = rules.due_on(
            happens_on=row.happens_on, found_on=local_date(row.found_at), severity=row.severity
        )
    after = [getattr(row, name) for name in (*_TOLD, "href", "owner_id", "due_on")]
    return "changed" if before != after else ""
