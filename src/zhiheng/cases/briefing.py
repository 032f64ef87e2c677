"""What a person reads before taking a step: what has been reported, found, proposed so far."""

from datetime import date
from typing import Any

from zhiheng.cases import leniency
from zhiheng.cases.matters import CaseMatter
from zhiheng.cases.models import Case
from zhiheng.elements import api as elements
from zhiheng.evidence import api as evidence
from zhiheng.kernel import money
from zhiheng.people.api import Actor
from zhiheng.procedures import api as procedures
from zhiheng.rulebook import api as rulebook

REPORT = ("facts_found", "tier_code", "fine_proposed", "discretion_reason")
# Facts by step; they are shown in this order where they are known.
FACTS = {
    "countersign": REPORT,
    "review": (*REPORT, "unit_opinion"),
    "review_again": ("facts_found", "fine_notified", "hearing_report", "defence_text"),
    "issue_notice": (*REPORT, "review_opinion"),
    "answer_defence": ("defence_text", "defence_points"),
    "discuss": ("facts_found", "fine_notified", "defence_text", "defence_answers"),
    "decide": ("facts_found", "fine_notified", "defence_text", "defence_answers", "hearing_report",
               "review_opinion", "discussion_conclusion"),
    "hear": ("facts_found", "fine_notified"),
    "approve": (*REPORT, "admission_text", "review_opinion"),
    "recheck_correction": ("correction_content", "correction_due"),
    "decide_no_penalty": ("facts_found", "tier_code", "discretion_reason", "review_opinion",
                          "harm_level", "harm_points", "recheck_result", "recheck_findings"),
    "confirm_performance": ("fine_decided", "paid_in_full", "correction_content"),
    "review_publication": ("facts_found", "fine_decided", "decision_reason"),
    "close": ("fine_decided", "paid_in_full", "performance_note"),
}  # fmt: skip
FILING = ("file", "refuse_filing", "return_filing")
AMOUNTS = ("conclude", "issue_notice", "decide", "tell")
EVIDENCE = ("conclude", "countersign", "review", "approve", "discuss", "decide", "tell")
LENIENCY = ("assess_leniency", "decide_no_penalty")


def briefing(matter: CaseMatter, *, step_id: str, on: date, actor: Actor) -> list[tuple[str, Any]]:
    """Pairs of label and text for one step; empty where there is nothing to read."""
    return [
        *(of_report(matter.case) if step_id in FILING else []),
        *(of_amounts(matter.case, on=on) if step_id in AMOUNTS else []),
        *of_facts(matter, names=FACTS.get(step_id, ())),
        *(leniency.told(matter.case, actor=actor, on=on) if step_id in LENIENCY else []),
        *(of_evidence(matter.case) if step_id in EVIDENCE else []),
    ]


def of_report(case: Case) -> list[tuple[str, Any]]:
    """What was reported and found before filing, and who would handle it."""
    told = case.clue.dossier.run.facts if case.clue else {}
    handlers = case.handlers.filter(until=None).select_related("account").order_by("-part")
    rows = [
        ("反映的问题", case.clue.description if case.clue else ""),
        ("地点", case.place),
        ("核查情况", told.get("check_findings", "")),
        ("立案建议", told.get("proposal_note", "")),
        ("涉嫌违反", str(case.item.conduct_basis or "")),
        ("处罚依据", str(case.item.penalty_basis or "")),
        ("办案人员", "、".join(f"{h.account.name}（{h.get_part_display()}）" for h in handlers)),
    ]
    return [row for row in rows if row[1]]


def of_amounts(case: Case, *, on: date) -> list[tuple[str, Any]]:
    """What the norm and the benchmark allow, for whoever proposes or decides an amount."""
    item, rows = case.item, []
    if item.fine_max_cents:
        low, high = money.yuan(item.fine_min_cents or 0), money.yuan(item.fine_max_cents)
        rows.append(("法定幅度", f"罚款 {low} 至 {high} 元（{item.penalty_basis}）"))
    benchmark = elements.benchmark_for(item, on)
    for tier in benchmark.tiers if benchmark else ():
        low, high = money.yuan(tier["min_cents"]), money.yuan(tier["max_cents"])
        rows.append((f"裁量基准：{tier['title']}", f"{low} 至 {high} 元"))
    return rows


def of_facts(matter: CaseMatter, *, names: tuple[str, ...]) -> list[tuple[str, Any]]:
    """The facts of these names that have been established."""
    known, kept = rulebook.current().all_facts, procedures.kept_facts(matter.run)
    return [
        (known[name].title, rulebook.display(fact=known[name], value=kept[name]))
        for name in names
        if name in kept and matter.run.facts.get(name) not in (None, "", 0)
    ]


def of_evidence(case: Case) -> list[tuple[str, Any]]:
    """The evidence, one piece a line, with whether it has been verified."""
    items = evidence.evidence_of(case.dossier)
    lines = [f"{item}（{item.get_status_display()}）" for item in items]
    return [("证据", "\n".join(lines))] if lines else []
