"""每个文本何日施行、何日失效、凭什么。"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from zhiheng.laws.validity.clauses import Closing, targets_of

ORIGINAL = re.compile(r"(?:决定|解释|决议|批复|修正案(?:（.{1,6}）)?)$")
"""Instruments that are never republished in amended form: what they say of themselves holds."""
DATE_CODES = frozenset(
    [
        "DATE_UNKNOWN",
        "DATE_CONFLICT",
        "END_UNKNOWN",
        "SAME_DAY",
        "NOT_YET",
        "STILL_IN_FORCE",
        "STATUS_UNFOUNDED",
        "STATUS_OUTDATED",
        "PARTLY_REPEALED",
        "AMEND_UNCONFIRMED",
    ]
)


@dataclass
class Text:
    """One version as far as dates are concerned; the decided days are filled in."""

    id: int
    law: int
    short: str
    title: str
    published_on: date | None
    claimed_on: date | None
    status: str
    closing: Closing
    starts_on: date | None = None
    starts_basis: str = ""
    whole: bool = False
    ends_on: date | None = None
    ended_by: int | None = None
    ends_basis: str = ""
    decision: int | None = None
    findings: list[dict[str, str]] = field(default_factory=list)

    @property
    def not_before(self) -> date:
        """The earliest day on which this text can have been in force."""
        return self.starts_on or self.published_on or self.claimed_on or date.min

    def find(self, code: str, says: str) -> None:
        """Note something for a person to settle."""
        self.findings.append({"code": code, "where": "", "says": says})


def decide(texts: Sequence[Text], on: date) -> None:
    """Fill in beginnings and ends of all texts, with their grounds and findings."""
    laws: dict[int, list[Text]] = defaultdict(list)
    by_short: dict[str, list[Text]] = defaultdict(list)
    for one in texts:
        laws[one.law].append(one)
        by_short[one.short].append(one)
        decide_start(one)
    for one in texts:
        for target in targets_of(one.title):
            _start_by_decision(one, by_short[target])
    for versions in laws.values():
        _succeed(versions)
    for one in texts:
        _repeal(one, by_short)
    for one in texts:
        _check_claims(one, laws[one.law], on)


def decide_start(text: Text) -> None:
    """When a text came into force, from its own words; `whole` when that holds for every place in it."""
    own, published = text.closing.starts_on, text.published_on
    if own and published and own >= published:
        text.starts_on, text.whole = own, True
        text.starts_basis = f"本文写明自{_zh(own)}起施行"
        if text.claimed_on and text.claimed_on != own:
            text.find(
                "DATE_CONFLICT",
                f"来源写的施行日是{_zh(text.claimed_on)}，本文写的是{_zh(own)}；以本文为准。",
            )
    elif published and ORIGINAL.search(text.title) and not own:
        text.starts_on, text.whole = max(published, text.claimed_on or published), True
        text.starts_basis = "决定、解释类文件自公布之日起施行，另有日期的从来源"
    elif published and text.claimed_on and text.claimed_on > published:
        text.starts_on = text.claimed_on
        text.starts_basis = "来源所载，晚于公布日；本文未写明"


def _start_by_decision(decision: Text, targets: Sequence[Text]) -> None:
    """A republished text starts on the day that the decision which amended it says."""
    for one in targets:
        if one.published_on == decision.published_on and decision.starts_on and not one.whole:
            one.starts_on, one.decision = decision.starts_on, decision.id
            one.starts_basis = f"《{decision.title}》"


def _succeed(versions: list[Text]) -> None:
    """Of one law's texts each ends where the next begins."""
    versions.sort(key=lambda one: (one.published_on or one.claimed_on or date.min, one.id))
    for old, new in itertools.pairwise(versions):
        if old.published_on == new.published_on:
            new.find(
                "SAME_DAY",
                f"同一公布日（{_zh(new.published_on)}）有两个不同的文本，请核对取哪一个。"
                if new.published_on
                else "有两个文本都没有公布日，分不出先后，请核对取哪一个。",
            )
        elif new.starts_on is None:
            old.find(
                "END_UNKNOWN",
                f"{_zh(new.published_on)}公布的文本何日起取代它没有确定，失效日留空。",
            )
        elif new.starts_on >= old.not_before:
            _end(
                old,
                new.starts_on,
                new,
                f"{_zh(new.published_on)}公布的文本自{_zh(new.starts_on)}起施行",
            )


def _repeal(text: Text, by_short: dict[str, list[Text]]) -> None:
    """End what the closing clause of a text repeals."""
    day = text.closing.starts_on or (text.starts_on if text.whole else None)
    for short in text.closing.repeals:
        for old in by_short.get(short, ()):
            if old.law == text.law or (old.published_on or date.max) > (
                text.published_on or date.max
            ):
                continue
            if day is None:
                old.find(
                    "END_UNKNOWN", f"《{text.title}》废止了它，但从哪一天起没有确定，失效日留空。"
                )
            elif old.not_before <= day and (old.ends_on is None or day < old.ends_on):
                _end(old, day, text, f"《{text.title}》自{_zh(day)}起施行，同时废止本文")
    for short in text.closing.partly:
        for old in by_short.get(short, ()):
            if old.law != text.law:
                old.find("PARTLY_REPEALED", f"《{text.title}》废止了其中一部分，请核对是哪几条。")


def _end(old: Text, day: date, by: Text, basis: str) -> None:
    if old.starts_on is not None and day < old.starts_on:
        return
    old.ends_on, old.ended_by, old.ends_basis = day, by.id, basis[:200]


def _check_claims(text: Text, versions: Sequence[Text], on: date) -> None:
    """Compare what the source claims with what was established."""
    if text.starts_on is None:
        text.find("DATE_UNKNOWN", _unknown(text))
    ended = text.ends_on is not None and text.ends_on <= on
    if text.starts_on and text.starts_on > on:
        text.find("NOT_YET", f"{_zh(text.starts_on)}起才施行，来源称“{text.status or '未注明'}”。")
    if text.status == "已废止" and text.ends_on is None:
        text.find(
            "STATUS_UNFOUNDED",
            "来源称“已废止”，法条库里没有找到废止它的条文；没有写失效日，请核对。",
        )
    if text.status == "历史版本" and not ended:
        until = f"到{_zh(text.ends_on)}以前" if text.ends_on else "在新文本施行以前"
        text.find("STILL_IN_FORCE", f"来源称“历史版本”，{until}它仍然有效。")
    if text.status in ("现行有效", "已被修改") and ended:
        text.find("STATUS_OUTDATED", f"来源称“{text.status}”，但它已于{_zh(text.ends_on)}失效。")


def _unknown(text: Text) -> str:
    """Why a beginning is left open."""
    head = "这个文本的施行日没有确定，已留空："
    if text.claimed_on and text.claimed_on == text.published_on:
        return f"{head}来源写的就是公布日（{_zh(text.published_on)}），而修改过的法律另有施行日的不少。"
    if text.claimed_on and text.published_on:
        return f"{head}来源写的{_zh(text.claimed_on)}早于公布日{_zh(text.published_on)}，是首次施行日。"
    return f"{head}来源写的施行日是{_zh(text.claimed_on)}，公布日是{_zh(text.published_on)}。"


def _zh(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "（未载）"
