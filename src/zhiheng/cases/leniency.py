"""首违不罚、轻微不罚: what the lists and the files of all agencies say, kept as a snapshot.

A first offence is looked for over all agencies: the same party (under any registration of its),
the same item, decisions that took effect within the look-back of the list. The snapshot stands in
the case's own facts; who may not see another agency's case sees that there is one, not which.
Law: 行政处罚法 (2021) 第三十三条.
"""

import calendar
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch

from zhiheng.cases.models import Case, Side
from zhiheng.cases.sides.pending import HELD, pending_facts
from zhiheng.elements import api as elements
from zhiheng.evidence import api as evidence
from zhiheng.kernel.errors import Invalid
from zhiheng.people import api as people
from zhiheng.rulebook.api import Step

if TYPE_CHECKING:
    from zhiheng.cases.matters import CaseMatter
    from zhiheng.procedures.api import Taken

SIDES = Side.objects.annotate(held=HELD).select_related("dossier__run").order_by("number")
WITHOUT_EFFECT = ("PROPOSED", "NOT_FILED", "WITHDRAWN", "TRANSFERRED", "DECIDED", "ENDED")
VIOLATION_ALL_THE_SAME = ("MINOR_CORRECTED", "FIRST_MINOR")  # let off, yet a violation
SHOWING = ("AUDIOVISUAL", "ELECTRONIC")


@dataclass(frozen=True)
class History:
    """Earlier decisions against the party for the item; `since` None looks at all time."""

    entry: elements.FlexibleEntry | None
    since: date | None
    earlier: list[Case]

    @property
    def digest(self) -> str:
        """What tells this result from any other."""
        rows = [[e.code, str(e.decided_on), e.agency_code] for e in self.earlier]
        text = json.dumps([self.entry.code if self.entry else "", rows], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def snapshot(self, case: Case, on: date) -> dict[str, Any]:
        """What is kept of the query: when, under which entry, how many, and the digest."""
        return {
            "on": on.isoformat(), "since": self.since.isoformat() if self.since else "",
            "entry": self.entry.code if self.entry else "", "found": len(self.earlier),
            "elsewhere": sum(e.agency_code != case.agency_code for e in self.earlier),
            "digest": self.digest,
        }  # fmt: skip


def months_before(on: date, months: int) -> date:
    """The corresponding day some months earlier, or the last of that month."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


def history_of(case: Case, *, entry: elements.FlexibleEntry | None, on: date) -> History:
    """Look over all agencies for earlier effective decisions within the entry's look-back."""
    since = months_before(on, entry.lookback_months) if entry and entry.lookback_months else None
    rows = (
        Case.objects.filter(
            subject_id__in=elements.subject_versions(case.subject.uid),
            item__code=case.item.code, decided_on__lte=on,
        )
        .exclude(pk=case.pk)
        .exclude(state__in=WITHOUT_EFFECT)
        .select_related("dossier__run")
        .prefetch_related(Prefetch("sides", SIDES))
        .order_by("decided_on", "code")
    )  # fmt: skip
    if since is not None:
        rows = rows.filter(decided_on__gte=since)
    return History(entry, since, [each for each in rows if _stands(each)])


def _stands(case: Case) -> bool:
    """Whether a violation was established and the decision has not been revoked."""
    if pending_facts(list(case.sides.all())).get("decision_revoked"):
        return False
    facts = case.dossier.run.facts
    let_off = facts.get("decision_kind") == "NO_PENALTY"
    return not let_off or facts.get("no_penalty_ground") in VIOLATION_ALL_THE_SAME


def facts_of(
    case: Case, *, kept: Mapping[str, Any], items: Iterable[evidence.EvidenceItem], on: date
) -> dict[str, Any]:
    """What G-051, G-520 and G-521 read."""
    entries = elements.flexible_entries(item=case.item, on=on)
    first, shot = entries.get("FIRST"), kept.get("_first_snapshot")
    # Without a snapshot nobody has asked yet, and G-051 holds a first offence back by that.
    found = history_of(case, entry=first, on=on) if shot else None
    asked = [each for kind in ("FIRST", "MINOR") if (each := entries.get(kind))]
    return {
        "first_list_in_force": first is not None,
        "first_history_clear": found is None or not found.earlier,
        "first_snapshot_current": not (found and shot) or shot["digest"] == found.digest,
        "commitment_due": any(each.commitment_template_id for each in asked),
        "correction_photo_count": _after_the_order(kept.get("_ordered_at"), items),
    }


def _after_the_order(ordered_at: str | None, items: Iterable[evidence.EvidenceItem]) -> int:
    if not ordered_at:
        return 0
    since = datetime.fromisoformat(ordered_at)
    return sum(
        e.status == "VERIFIED" and e.kind in SHOWING and e.collected_at > since for e in items
    )


def derived(
    case: Case, *, step: Step, values: Mapping[str, Any], on: date
) -> dict[str, Any] | None:
    """What follows from these steps' answers; None for any other step.

    Raises:
        Invalid: a re-check without a result.
    """
    if step.id == "recheck_correction":
        if values.get("recheck_result") == "NONE":
            wrong = {"recheck_result": "请选择复查结论。"}
            raise Invalid("复查没有结论。", next_step="请改正标红的内容。", fields=wrong)
        return {"correction_done": values.get("recheck_result") == "DONE"}
    if step.id == "assess_leniency":
        first = elements.flexible_entries(item=case.item, on=on).get("FIRST")
        found = history_of(case, entry=first, on=on)
        return {"_first_snapshot": found.snapshot(case, on)}
    return None


def after(matter: "CaseMatter", taken: "Taken") -> None:
    """Remember the instant of the order to correct: what is taken before it proves nothing."""
    if taken.step.id == "order_correction":
        matter.run.facts["_ordered_at"] = taken.at.isoformat()
        matter.run.save(update_fields=["facts"])


def told(case: Case, *, actor: people.Actor, on: date) -> list[tuple[str, Any]]:
    """What whoever judges leniency reads: the list, the earlier decisions, the snapshot."""
    entries = elements.flexible_entries(item=case.item, on=on)
    found = history_of(case, entry=entries.get("FIRST"), on=on)
    rows: list[tuple[str, Any]] = [
        (f"清单：{each.get_kind_display()}", "\n".join(_entry_lines(each)))
        for each in entries.values()
    ]
    rows.append(("全平台查询", "\n".join(_history_lines(case, found, actor))))
    shot = case.dossier.run.facts.get("_first_snapshot")
    if shot:
        state = "与现在一致" if shot["digest"] == found.digest else "之后又有变化，请重新核对"
        rows.append(
            (
                "查询快照",
                f"{shot['on']} 查得 {shot['found']} 件，摘要 {shot['digest'][:12]}，{state}",
            )
        )
    return rows


def _entry_lines(entry: elements.FlexibleEntry) -> list[str]:
    lines = [f"{entry.code}（{entry.legal_ground}）", f"条件：{'；'.join(entry.conditions)}"]
    if entry.excluded:
        lines.append(f"不适用：{'；'.join(entry.excluded)}")
    named = {"教育": entry.education_form, "复查": entry.recheck}
    return [*lines, *(f"{label}：{text}" for label, text in named.items() if text)]


def _history_lines(case: Case, found: History, actor: people.Actor) -> list[str]:
    since = f"{found.since} 以来" if found.since else "（本事项不在首违不罚清单，看全部记录）历来"
    if not found.earlier:
        return [f"{since}，各机关没有查到同一当事人、同一事项的已生效决定。"]
    reach = people.scope(actor, "case.view")
    seen = [
        e for e in found.earlier
        if reach.covers(region_code=e.region_code, agency_code=e.agency_code)
    ]  # fmt: skip
    lines = [f"{since}，查到 {len(found.earlier)} 件："]
    lines += [f"{e.number}，{e.decided_on} 决定" for e in seen]
    if hidden := len(found.earlier) - len(seen):
        lines.append(f"另有 {hidden} 件在您看不到的机关，案号不显示。")
    return lines
