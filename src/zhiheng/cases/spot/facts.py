"""What registers say of a case on the spot, and of one to be handled fast (行政处罚法 51, 68)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from zhiheng.elements import api as elements

if TYPE_CHECKING:
    from zhiheng.cases.record_facts import Records

SUMMARY, FAST = "penalty.summary", "penalty.fast"
# A notice given on the spot is remembered when the case goes on: a defence never makes it worse.
WORSE_NEVER = ("DISPUTED", "CONSENT")


def facts(records: "Records") -> dict[str, Any]:
    """The facts of `rulebook/facts/summary.yaml` and `fast.yaml` that registers settle."""
    case, on, item = records.case, records.on, records.case.item
    kind = records.party_kind
    party = "organisation" if kind == "ORG" else "citizen"
    low, high = bounds(item, kind)
    return {
        "item_on_the_spot": item.on_the_spot,
        "refusal_required": item.refusal_required,
        "summary_cap": records.limit(f"penalty.summary.fine-cap.{party}"),
        "on_spot_cap": records.limit("payment.on-spot-cap"),
        "spot_fine_min": low, "spot_fine_max": high,
        "warning_allowed": "WARNING" in item.penalty_kinds,
        "fine_allowed": "FINE" in item.penalty_kinds,
        "fast_listed": elements.is_on_fast_list(item_code=item.code, region_code=case.region_code, on=on),
    }  # fmt: skip


def bounds(item: Any, kind: str) -> tuple[int, int]:
    """The range of the fine for a party of this kind: a citizen's own range where there is one."""
    if kind == "CITIZEN":
        for rule in item.fine_rules:
            if rule.get("party") == "CITIZEN" and not rule.get("when"):
                return rule["min_cents"], rule["max_cents"]
    return item.fine_min_cents or 0, item.fine_max_cents or 0


def tier_of(benchmark: Any, fine: int) -> str:
    """The tier of the benchmark that an amount lies in; without one, or for a warning, the lightest."""
    if not fine:
        return "LIGHT"
    for tier in benchmark.tiers if benchmark else ():
        if tier["min_cents"] <= fine <= tier["max_cents"]:
            return str(tier["tier"])
    return "NORMAL"


def process_links(kept: Mapping[str, Any], items: list[Any]) -> list[Any]:
    """The links of the process on the spot that must be on record (行政处罚法 47)."""
    links = [kept.get("id_shown"), kept.get("decision_served")]
    if kept.get("decision_kind") == "PENALTY":
        links += [
            items,
            kept.get("notice_told"),
            kept.get("statement_heard"),
            kept.get("filed_with_organ"),
        ]
    return links


def derived(
    step_id: str, values: Mapping[str, Any], kept: Mapping[str, Any], benchmark: Any
) -> dict[str, Any]:
    """Facts that follow from what was typed on the spot."""
    if step_id == "tell":
        return {"tier_code": tier_of(benchmark, values.get("fine_notified") or 0)}
    if step_id == "hear":
        return {"statement_checked": bool(str(values.get("statement_check") or "").strip())}
    if step_id == "to_ordinary" and values.get("to_ordinary_ground") in WORSE_NEVER:
        first = kept.get("fine_first_notified") or kept.get("fine_notified") or 0
        return {"fine_first_notified": first} if first else {}
    return {}
