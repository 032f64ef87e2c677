"""定日子：把整个法条库的施行与失效重新算一遍，只写变了的。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import connection

from zhiheng.laws.models import LawNode, LawVersion
from zhiheng.laws.validity.amending import changed_places, read_entry
from zhiheng.laws.validity.clauses import read_closing
from zhiheng.laws.validity.deciding import DATE_CODES, Text, decide

CLOSING = """
WITH lately AS (
    SELECT version_id, position,
           row_number() OVER (PARTITION BY version_id ORDER BY position DESC) AS place
    FROM laws_lawnode WHERE kind = 'ARTICLE'
), ends AS (
    SELECT version_id, min(position) AS since FROM lately WHERE place <= 3 GROUP BY version_id
)
SELECT n.version_id, n.text FROM laws_lawnode n
JOIN ends e ON e.version_id = n.version_id AND n.position >= e.since
WHERE n.text ~ '施行|废止|失效|生效|实施|执行' ORDER BY n.version_id, n.position
"""
FIELDS = (
    "valid_from", "valid_until", "ended_by_id", "ended_basis", "dates_basis", "findings",
)  # fmt: skip
WHOLE = """
UPDATE laws_lawnode n SET valid_from = v.valid_from FROM laws_lawversion v
WHERE v.id = n.version_id AND v.id = ANY(%s) AND n.valid_from IS DISTINCT FROM v.valid_from
"""
ENDS = """
UPDATE laws_lawnode n SET valid_until = v.valid_until FROM laws_lawversion v
WHERE v.id = n.version_id AND v.id = ANY(%s) AND n.valid_until IS DISTINCT FROM v.valid_until
"""


def settle(*, on: date) -> dict[int, list[dict[str, str]]]:
    """Work out all days anew from the texts themselves; returns findings of versions whose days changed.

    Args:
        on: the day on which "not yet in force" is judged; no other result depends on it.
    """
    versions = list(LawVersion.objects.select_related("law").order_by("id"))
    lines: dict[int, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(CLOSING)
        for version, words in cursor.fetchall():
            lines[version].append(words)
    texts = {one.pk: _text(one, lines[one.pk]) for one in versions}
    decide(list(texts.values()), on)
    amended = {
        one.id: _amended(one, texts[one.decision])
        for one in texts.values()
        if one.decision is not None
    }
    rows = {one.pk: one for one in versions}
    before = {one.pk: _days(one) for one in versions}
    touched = [one for one in texts.values() if _apply(rows[one.id], one)]
    _write(rows, touched)
    _write_amended(texts, amended)
    changed = [one.id for one in touched if _days(rows[one.id]) != before[one.id]]
    return {number: rows[number].findings for number in changed}


def _days(row: LawVersion) -> tuple[date | None, date | None, int | None]:
    """What others go by; that a sentence in the report reads differently concerns nobody else."""
    return row.valid_from, row.valid_until, row.ended_by_id


def _text(version: LawVersion, lines: list[str]) -> Text:
    return Text(
        version.pk, version.law_id, version.law.short, version.law.title, version.published_on,
        version.effective_claimed, version.status_claimed, read_closing(lines),
    )  # fmt: skip


def _apply(row: LawVersion, text: Text) -> bool:
    """Put what was decided on the row; whether that differs from what stood there."""
    kept = [one for one in row.findings if one["code"] not in DATE_CODES]
    before = [getattr(row, name) for name in FIELDS]
    row.valid_from, row.valid_until = text.starts_on, text.ends_on
    row.ended_by_id, row.ended_basis = text.ended_by, text.ends_basis
    row.dates_basis, row.findings = text.starts_basis[:200], kept + text.findings
    return before != [getattr(row, name) for name in FIELDS]


def _write(rows: dict[int, LawVersion], changed: list[Text]) -> None:
    if not changed:
        return
    LawVersion.objects.bulk_update(
        [rows[one.id] for one in changed],
        ["valid_from", "valid_until", "ended_by", "ended_basis", "dates_basis", "findings"],
        batch_size=500,
    )
    ids = [one.id for one in changed]
    with connection.cursor() as cursor:
        cursor.execute(WHOLE, [[one.id for one in changed if one.whole]])
        cursor.execute(ENDS, [ids])


def _amended(text: Text, decision: Text) -> set[str]:
    """Paths of the republished text that the decision changed; doubtful articles become findings."""
    words = dict(
        LawNode.objects.filter(version_id=text.id).exclude(text="").values_list("path", "text")
    )
    paths: set[str] = set()
    doubtful: set[str] = set()
    for lines in _entries(decision.id):
        hit, unsure = changed_places(read_entry(lines), words)
        paths.update(hit)
        doubtful.update(unsure)
    if left := sorted(doubtful - paths, key=_by_number):
        text.find(
            "AMEND_UNCONFIRMED",
            f"《{decision.title}》提到第{'、'.join(left)}条，"
            "在改后的文本里没有核实到改了什么，这些条的施行日留空。",
        )
    return paths


def _by_number(number: str) -> tuple[int, ...]:
    return tuple(int(one) for one in number.split("-") if one.isdigit())


def _entries(version: int) -> Iterable[list[str]]:
    entries: dict[str, list[str]] = defaultdict(list)
    for path, words in (
        LawNode.objects.filter(version_id=version)
        .exclude(text="")
        .order_by("position")
        .values_list("path", "text")
    ):
        entries[path.split("/")[0]] += words.split("\n")
    return entries.values()


def _write_amended(texts: dict[int, Text], amended: dict[int, set[str]]) -> None:
    """Places that an amendment changed hold from its day; the others from a day not established."""
    for version, paths in amended.items():
        nodes = LawNode.objects.filter(version_id=version)
        changed = nodes.filter(path__in=paths)
        changed.exclude(valid_from=texts[version].starts_on).update(
            valid_from=texts[version].starts_on
        )
        changed.filter(valid_from=None).update(valid_from=texts[version].starts_on)
        nodes.exclude(path__in=paths).exclude(valid_from=None).update(valid_from=None)
