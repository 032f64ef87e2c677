"""导入：一个来源全部收进来，或者一条也不收。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection, transaction

from zhiheng.kernel import bulk
from zhiheng.laws import hooks
from zhiheng.laws.citations import plain_title
from zhiheng.laws.models import Law, LawImport, LawNode, LawVersion
from zhiheng.laws.placing import level_of, region_of
from zhiheng.laws.reading.raw import RawLaw, Source
from zhiheng.laws.reading.tree import Tree, grow
from zhiheng.laws.services.settling import settle
from zhiheng.laws.validity.clauses import read_closing
from zhiheng.laws.validity.deciding import Text, decide_start

LOCK = 0x1A3
COLUMNS = (
    "id", "version_id", "parent_id", "kind", "number", "path", "label", "position", "text",
    "text_digest", "valid_from", "valid_until",
)  # fmt: skip
Progress = Callable[[int, int], None]


@dataclass
class Outcome:
    """What an import did: counts, findings with their law, versions that changed their days."""

    counts: dict[str, int] = field(default_factory=dict)
    findings: list[dict[str, str]] = field(default_factory=list)


@dataclass
class _Plan:
    """A text that is new, with its tree."""

    raw: RawLaw
    tree: Tree
    law: Law
    version: LawVersion


def import_source(
    *, source: Source, at: datetime, on: date, clock: Callable[[], datetime],
    progress: Progress = lambda done, total: None,
) -> Outcome:  # fmt: skip
    """Store every text of a source that is not there yet, and settle all days anew.

    One transaction: a killed import leaves nothing. Importing the same again changes nothing and
    leaves no line in the list of imports.

    Args:
        source: as read by `zhiheng.laws.reading`.
        at: when the import began.
        on: the day on which "not yet in force" is judged.
        clock: tells the moment of the end.
        progress: called with texts read so far and all of them.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        plans = _plan(source, at, progress)
        nodes = _store(plans)
        changed = settle(on=on)
        outcome = _outcome(source, plans, nodes, changed)
        if plans or changed:
            LawImport.objects.create(
                source=source.name[:200], source_digest=source.digest, began_at=at,
                ended_at=clock(), counts=outcome.counts, findings=outcome.findings,
            )  # fmt: skip
        hooks.tell(versions=_told(plans, changed), at=at)
    return outcome


def _plan(source: Source, at: datetime, progress: Progress) -> list[_Plan]:
    """Texts that are new, with laws (stored where new) and versions (not stored yet)."""
    laws = {(one.short, one.region_code): one for one in Law.objects.all()}
    known = set(LawVersion.objects.values_list("law_id", "text_digest"))
    plans = []
    for done, raw in enumerate(source.laws, start=1):
        tree = grow(raw)
        key = (plain_title(raw.title), region_of(raw))
        law = laws.get(key)
        if law is None:
            law = laws[key] = Law.objects.create(
                title=raw.title, short=key[0], level=level_of(raw), issuer=raw.issuer,
                region_code=key[1],
            )  # fmt: skip
        if (law.pk, tree.digest) not in known:
            known.add((law.pk, tree.digest))
            plans.append(_Plan(raw, tree, law, _version(source, raw, tree, law, at)))
        progress(done, len(source.laws))
    return plans


def _version(source: Source, raw: RawLaw, tree: Tree, law: Law, at: datetime) -> LawVersion:
    day = raw.published_on
    label = f"{day.year}年{day.month}月{day.day}日公布" if day else "公布日不详"
    return LawVersion(
        law=law, label=label, published_on=day, effective_claimed=raw.effective_on,
        status_claimed=raw.status[:20], source=source.name[:120], source_digest=source.digest,
        text_digest=tree.digest, article_count=tree.article_count, findings=tree.findings,
        imported_at=at,
    )  # fmt: skip


def _store(plans: list[_Plan]) -> int:
    """COPY versions and nodes; returns how many nodes."""
    ids = bulk.take_ids(model=LawVersion, count=len(plans)) if plans else []
    for plan, number in zip(plans, ids, strict=True):
        plan.version.pk = number
    bulk.copy_rows(model=LawVersion, rows=[plan.version for plan in plans])
    total = sum(len(plan.tree.nodes) for plan in plans)
    if not total:
        return 0
    numbers = iter(bulk.take_range(model=LawNode, count=total))
    return bulk.copy_values(
        table=LawNode._meta.db_table, columns=COLUMNS,
        rows=(row for plan in plans for row in _rows(plan, numbers)),
    )  # fmt: skip


def _rows(plan: _Plan, numbers: object) -> list[tuple[object, ...]]:
    """A tree as rows; a text that starts whole gives its day to every place."""
    starts = _whole_start(plan)
    ids: dict[str, int] = {}
    rows: list[tuple[object, ...]] = []
    for position, node in enumerate(plan.tree.nodes, start=1):
        ids[node.path] = number = next(numbers)  # type: ignore[call-overload]
        rows.append(
            (
                number, plan.version.pk, ids.get(node.parent), node.kind, node.number[:16],
                node.path[:64], node.label[:80], position, node.text, node.digest, starts, None,
            )
        )  # fmt: skip
    return rows


def _whole_start(plan: _Plan) -> date | None:
    """The day on which the whole text came into force, where the text itself says so."""
    articles = [one.path for one in plan.tree.nodes if one.kind == "ARTICLE"][-3:]
    lines = [one.text for one in plan.tree.nodes if one.path.split("/")[0] in articles and one.text]
    text = Text(
        0, 0, "", plan.law.title, plan.version.published_on, plan.version.effective_claimed, "",
        read_closing(lines),
    )  # fmt: skip
    decide_start(text)
    return text.starts_on if text.whole else None


def _outcome(
    source: Source, plans: list[_Plan], nodes: int, changed: dict[int, list[dict[str, str]]]
) -> Outcome:
    """Counts and findings; findings of days come from the settled versions."""
    ids = {plan.version.pk for plan in plans} | set(changed)
    findings = [
        {**one, "law": version.law.title, "version": version.label}
        for version in LawVersion.objects.filter(pk__in=ids).select_related("law").order_by("id")
        for one in version.findings
    ]
    counts = {
        "texts_read": len(source.laws), "texts_new": len(plans), "nodes_new": nodes,
        "articles_new": sum(plan.tree.article_count for plan in plans),
        "days_settled": len(changed), "findings": len(findings),
    }  # fmt: skip
    return Outcome(counts, findings)


def _told(plans: list[_Plan], changed: dict[int, list[dict[str, str]]]) -> list[LawVersion]:
    ids = {plan.version.pk for plan in plans} | set(changed)
    if not ids:
        return []
    return list(LawVersion.objects.filter(pk__in=ids).select_related("law").order_by("id"))
