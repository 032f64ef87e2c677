"""Days that people type: what has happened lies behind us, and after what it rests on.

A day decides when a period runs out; a wrong one takes days from the party.
Law: 行政处罚法第四十四条、第六十四条、第八十五条.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from zhiheng.documents import api as documents

# Facts that tell of something that has happened, with the event that comes before it.
HAPPENED = {
    "served_on": "文书签发", "failed_on": "文书签发", "defended_on": "告知书送达",
    "hearing_requested_on": "告知书送达", "paid_on": "处罚决定", "cash_landed_on": "处罚决定",
    "remedy_received_on": "处罚决定", "police_decided_on": "收到通知", "transfer_receipt_on": "送交",
    "designation_on": "收到指定管辖决定", "cash_handed_on": "收缴现金", "cash_banked_on": "交回机关",
    "reconsidered_on": "收到复议申请", "handed_in_on": "处罚决定",
    "rechecked_on": "责令改正", "monitor_captured_on": "违法行为", "monitor_told_on": "取得记录",
    "appraisal_told_on": "取得意见", "written_on": "书写", "av_on": "录制",
}  # fmt: skip
TO_COME = ("correction_due", "hearing_on", "summon_on", "wanted_due")


def impossible_days(*, values: Mapping[str, Any], on: date, after: date | None) -> dict[str, str]:
    """What is wrong with each day that was typed, by fact, as a sentence.

    Args:
        values: what was typed.
        on: today.
        after: the day of the event that they rest on, if it is known.
    """
    wrong = {}
    for name, event in HAPPENED.items():
        day = values.get(name)
        if not isinstance(day, date):
            continue
        if day > on:
            wrong[name] = f"{_zh(day)}还没有到，请填实际发生的日期。"
        elif after is not None and day < after:
            wrong[name] = f"{event}是{_zh(after)}，不会早于那一天，请核对。"
    for name in TO_COME:
        day = values.get(name)
        if isinstance(day, date) and day < on:
            wrong[name] = f"{_zh(day)}已经过去，请填今天或者以后的日期。"
    return wrong


def hearing_too_early(*, outcome: str, hearing_on: date | None, on: date) -> str:
    """Why a hearing cannot have been held, or missed, today; a party may withdraw at any time."""
    if outcome == "WITHDRAWN" or hearing_on is None or on >= hearing_on:
        return ""
    return f"还没有到听证日（{_zh(hearing_on)}），听证之后再登记；当事人撤回申请的，选“当事人撤回申请”。"


def _zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def announced(values: Mapping[str, Any]) -> dict[str, Any]:
    """An announcement is served when its period is over, not when it is published."""
    published = values.get("served_on")
    waiting = documents.mode_rules()[str(values.get("service_mode"))].days
    if not waiting or published is None:
        return {}
    return {"_published_on": published, "served_on": published + timedelta(days=waiting)}
