"""A law changes: who cites what changed becomes a list with owners and a day, that empties.

A change is one law on one day. It is recorded when a version is stored or ends in the corpus, or
by hand. Its lines follow the facts: what no longer cites the old words closes itself; whatever is
left waits for a person, who says what was looked at.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from zhiheng.elements import citers
from zhiheng.elements.citers import Citer
from zhiheng.elements.models import Basis, LawChange, UpkeepItem
from zhiheng.elements.upkeep import places, rules, texts
from zhiheng.elements.upkeep.finders import titles_of
from zhiheng.elements.upkeep.lines import REASON, line_of, stands
from zhiheng.elements.upkeep.sweep import Swept, hold, key_of, reconcile, store
from zhiheng.kernel.clock import local_date
from zhiheng.laws import api as laws
from zhiheng.laws.api import LawVersion
from zhiheng.rulebook import api as rulebook

SETTLED = "已不再引用变动的条文，或者已经办结。"
ARRANGED = "变动日起已换用新的条文，不用再改。"
_LOOK_ANYHOW = frozenset({"examples"})


@transaction.atomic
def record(
    *,
    law_short: str,
    on: date,
    at: datetime,
    ended: LawVersion | None = None,
    began: LawVersion | None = None,
    always: bool = True,
) -> LawChange | None:
    """Record that a law changes on a day and list who cites what changed; twice is once.

    `always` False: nothing is recorded where nobody cites it, or where the day lies further back
    than the rulebook looks and all who cite it have moved on.
    """
    hold()
    change = _change(law_short=law_short, on=on, at=at, ended=ended, began=began)
    cited, left = wanted_lines(change, on=on, at=at)
    days = rules.number("upkeep.law.lookback", local_date(at))
    old = on < local_date(at) - timedelta(days=days)
    if not always and (not cited or (old and not left)):
        return None
    change.save()
    for row in (*left, *cited):
        row.change, row.cause = change, f"law-{change.pk}"
    _reconcile(change, left, at=at)
    have = {(row.register, row.key): row for row in change.lines.all()}
    _tell_anew(have, cited)
    moved_on = [row for row in cited if (row.register, row.key) not in have]
    for row in moved_on:
        row.state, row.closed_at, row.closed_note = UpkeepItem.State.MENDED.value, at, ARRANGED
    store(moved_on)
    return change


def _tell_anew(have: dict[tuple[str, str], UpkeepItem], cited: Iterable[UpkeepItem]) -> None:
    """A text that came later brings labels and candidates to lines that are closed already."""
    late = []
    for new in cited:
        row = have.get((new.register, new.key))
        if row is not None and (row.places, row.says) != (new.places, new.says):
            row.places, row.says = new.places, new.says
            late.append(row)
    UpkeepItem.objects.bulk_update(late, ["places", "says"], batch_size=1000)


def _reconcile(change: LawChange, left: Iterable[UpkeepItem], *, at: datetime) -> Swept:
    return reconcile(
        have=change.lines.all(), wanted={key_of(row): row for row in left}, at=at,
        mended={REASON: SETTLED},
    )  # fmt: skip


def _change(
    *, law_short: str, on: date, at: datetime, ended: LawVersion | None, began: LawVersion | None
) -> LawChange:
    """The row of the change, found or new, with what the two texts say."""
    change = LawChange.objects.filter(law_short=law_short, effective_on=on).first()
    if change is None:
        change = LawChange(law_short=law_short, effective_on=on, found_at=at, title=law_short)
    change.ended, change.began = ended or change.ended, began or change.began
    known = change.ended or change.began
    change.title = known.law.title if known and known.law.short == law_short else change.title
    _compare(change)
    return change


def _compare(change: LawChange) -> None:
    """Fill in which articles differ; without two texts of the one law all of it is touched."""
    old, new = change.ended, change.began
    change.whole = old is None or new is None or old.law_id != new.law_id
    if old is None or new is None or change.whole:
        return
    found = texts.differences(old=old, new=new)
    change.added, change.removed, change.changed = found.added, found.removed, found.changed
    change.moved = [list(one) for one in found.moved]


def articles_touched(change: LawChange) -> frozenset[str] | None:
    """The old numbers that no longer read as they did; None: the whole law."""
    if change.whole:
        return None
    return frozenset([*change.removed, *change.changed, *(one[0] for one in change.moved)])


def wanted_lines(
    change: LawChange, *, on: date, at: datetime
) -> tuple[list[UpkeepItem], list[UpkeepItem]]:
    """Everybody who cites the change, and of these who still has something to do on a day."""
    articles = articles_touched(change)
    day = max(on, change.effective_on)
    short, eve = change.law_short, change.effective_on - timedelta(days=1)
    before = _by_key(citers.citing(law_short=short, articles=articles, on=eve))
    after = _by_key(citers.citing(law_short=short, articles=articles, on=day))
    every = before | after
    numbers = {number for one in every.values() for number in one.articles}
    where = places.of(change, numbers=numbers, least=rules.number("upkeep.law.likeness", day))
    lines = {key: line_of(one, change, where, at=at) for key, one in every.items()}
    left = [
        lines[key]
        for key, one in every.items()
        if (key in after or one.kind in _LOOK_ANYHOW) and not stands(one, change)
    ]
    return list(lines.values()), left


def _by_key(found: Iterable[Citer]) -> dict[tuple[str, str], Citer]:
    return {(one.kind, one.key): one for one in found}


@transaction.atomic
def recheck(*, on: date, at: datetime, change: LawChange | None = None) -> Swept:
    """Close the lines of changes that are mended, open those that came up since.

    Looks at one change, or at all that have an open line.
    """
    hold()
    rows = LawChange.objects.filter(lines__state=UpkeepItem.State.OPEN).distinct()
    total = Swept()
    for one in [change] if change else rows.select_related("ended__law", "began__law"):
        _, left = wanted_lines(one, on=on, at=at)
        for row in left:
            row.change, row.cause = one, f"law-{one.pk}"
        done = _reconcile(one, left, at=at)
        total = Swept(
            total.found + done.found, total.reopened + done.reopened,
            total.mended + done.mended, total.changed + done.changed,
        )  # fmt: skip
    return total


def heard(*, version: LawVersion, at: datetime) -> None:
    """A version was stored or has ended in the corpus: record the changes that this makes."""
    law = version.law
    if not _is_cited(law.short):
        return
    if version.valid_until is not None:
        began = version.ended_by or LawVersion.objects.filter(
            law=law, valid_from=version.valid_until
        ).exclude(pk=version.pk).first()  # fmt: skip
        record(
            law_short=law.short, on=version.valid_until, at=at, ended=version, began=began,
            always=False,
        )  # fmt: skip
    if version.valid_from is not None and (old := _before(version)) is not None:
        record(
            law_short=law.short, on=version.valid_from, at=at, ended=old, began=version,
            always=False,
        )  # fmt: skip


def _before(version: LawVersion) -> LawVersion | None:
    """The text of the same law that held until this one began."""
    found = laws.versions_of(version.law)
    older = [n + 1 for n, one in enumerate(found) if one.pk == version.pk]
    return found[older[0]] if older and older[0] < len(found) else None


def _is_cited(law_short: str) -> bool:
    """Whether anything at all names the law: asked first, since most laws of a corpus are not."""
    if rulebook.statutes_named(book=rulebook.current(), law_short=law_short):
        return True
    return Basis.objects.known().filter(title__in=titles_of(law_short)).exists()


def versions_around(law_short: str, on: date) -> tuple[LawVersion | None, LawVersion | None]:
    """The corpus's versions that end and begin on a day; a successor law counts as beginning."""
    law = laws.find_law(law_short)
    if law is None:
        return None, None
    every = laws.versions_of(law)
    began = next((one for one in every if one.valid_from == on), None)
    ended = next((one for one in every if one.valid_until == on), None)
    if ended is None:
        ended = laws.version_on(law, on - timedelta(days=1))
    return ended, began or (ended.ended_by if ended else None)
