"""按日连续处罚: an earlier fine with an order to correct, taken again for every day that passed.

The sum is the earlier fine times the days, and not bounded by the maximum of a single fine.
Law: 生态环境法典 第一千零六十条, 安全生产法 第一百一十二条; which laws allow it is a parameter.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from zhiheng.cases.leniency import history_of
from zhiheng.cases.models import Case
from zhiheng.kernel import money
from zhiheng.kernel.clock import local_date
from zhiheng.rulebook import api as rulebook

LISTED = "penalty.daily-fine-laws"
FAILED = ("NOT_DONE", "REFUSED")


def facts_of(case: Case, *, kept: Mapping[str, Any], on: date) -> dict[str, Any]:
    """What G-042-P, G-057 and G-057-B read; no file is opened before a re-check that failed.

    The earlier fine is the last one of a single act with an order to correct; the days run from
    the day after the last order to the re-check, or to today where there was none.
    """
    if kept.get("recheck_result") not in FAILED or not _allowing(case, on):
        return {
            "daily_fine_listed": False, "prior_fine_with_order": False,
            "daily_fine_original": 0, "daily_fine_days_most": 0,
        }  # fmt: skip
    ordered = [
        each for each in history_of(case, entry=None, on=on).earlier
        if each.fine_cents and each.dossier.run.facts.get("correction_ordered")
    ]  # fmt: skip
    single = [each for each in ordered if not each.dossier.run.facts.get("daily_fine")]
    until = _day(kept.get("rechecked_on")) or on
    orders = [day for each in ordered if (day := _day(each.dossier.run.facts.get("_ordered_at")))]
    return {
        "daily_fine_listed": True,
        "prior_fine_with_order": bool(ordered),
        "daily_fine_original": (single[-1].fine_cents or 0) if single else 0,
        "daily_fine_days_most": max((until - max(orders)).days, 0) if orders else 0,
    }


def _day(kept: Any) -> date | None:
    if not kept:
        return None
    moment = datetime.fromisoformat(str(kept))
    return local_date(moment) if moment.tzinfo else moment.date()


def _allowing(case: Case, on: date) -> list[rulebook.DatedValue]:
    """The values of the parameter that name the law of the norm, for this place and day."""
    node = case.item.penalty_basis
    title = node.basis.title if node else ""
    return [
        value for value in rulebook.current().parameters[LISTED].values
        if value.span.contains(on) and case.region_code.startswith(value.region)
        and any(title.endswith(law) for law in str(value.value).split())
    ]  # fmt: skip


def basis_of(case: Case, on: date) -> list[str]:
    """The provisions that allow the daily fine, in words, for notice and decision."""
    node, statutes = case.item.penalty_basis, rulebook.current().statutes
    title = node.basis.title if node else ""
    return [
        each.text for value in _allowing(case, on) for each in value.basis
        if title.endswith(statutes[each.statute].title)
    ]  # fmt: skip


def in_words(facts: Mapping[str, Any], cents: int) -> str:
    """How the sum came about; empty where the fine is an ordinary one."""
    original = facts.get("daily_fine_original") or 0
    if not facts.get("daily_fine") or not original:
        return ""
    return (
        f"，系自责令改正之日的次日起，按照原罚款数额{money.yuan(original)}元"
        f"按日连续处罚{cents // original}日"
    )
