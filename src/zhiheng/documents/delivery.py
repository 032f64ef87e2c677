"""Which ways of service the law allows in a situation, and which day counts as served. Pure.

The conditions are data: rulebook/documents/_lib/service_modes.yaml.
Law: 行政处罚法第六十一条；民事诉讼法第八十七条至第九十五条.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml

RELATIONS = (
    "本人",
    "同住成年家属",
    "法定代表人",
    "主要负责人",
    "负责收件的人",
    "代理人",
    "指定代收人",
)
ARTICLES_ZH = {
    "apl-2021": "《中华人民共和国行政处罚法》",
    "cpl-2023": "《中华人民共和国民事诉讼法》",
}


@dataclass(frozen=True, kw_only=True)
class Need:
    """One condition: at least one of the facts must hold, else `says` tells what to do."""

    any: tuple[str, ...]
    says: str


@dataclass(frozen=True, kw_only=True)
class ModeRule:
    """What one way of service needs, how long it takes, and what proves it."""

    code: str
    title: str
    needs: tuple[Need, ...]
    days: int
    proof: str
    basis: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Situation:
    """The facts of one service as the platform knows them (送达情况)."""

    party_present: bool = False
    signed: bool = False
    refusal_noted: bool = False
    relation_allowed: bool = False
    witnessed: bool = False
    filmed: bool = False
    electronic_consent: bool = False
    address_confirmed: bool = False
    direct_is_difficult: bool = False
    direct_and_post_failed: bool = False
    whereabouts_unknown: bool = False


@cache
def mode_rules(*, root: Path) -> dict[str, ModeRule]:
    """The rules of all ways of service, by code; `root` is rulebook/documents."""
    with (root / "_lib" / "service_modes.yaml").open(encoding="utf-8") as source:
        raw = yaml.safe_load(source)
    known = set(Situation.__dataclass_fields__)
    rules = {}
    for code, entry in raw.items():
        needs = tuple(Need(any=tuple(n["any"]), says=n["says"]) for n in entry["needs"])
        unknown = {fact for need in needs for fact in need.any} - known
        if unknown:
            raise ValueError(f"service_modes.yaml：{code} 引用了未知事实 {sorted(unknown)}")
        rules[code] = ModeRule(
            code=code,
            title=entry["title"],
            needs=needs,
            days=entry.get("days", 0),
            proof=entry["proof"],
            basis=tuple(f"{b['statute']}:{b['article']}" for b in entry["basis"]),
        )
    return rules


def unmet_needs(*, rule: ModeRule, situation: Situation) -> list[str]:
    """What still stands against this way of service, one sentence each."""
    return [
        need.says for need in rule.needs if not any(getattr(situation, fact) for fact in need.any)
    ]


def served_on(*, rule: ModeRule, handed_on: date | None, published_on: date | None) -> date | None:
    """The day that counts as the day of service.

    An announcement counts from the day after publication and is served when its period is over
    (民事诉讼法第九十五条：自发出公告之日起，经过三十日); any other way on the day that its proof shows.
    """
    if rule.days:
        return published_on + timedelta(days=rule.days) if published_on else None
    return handed_on


def allowed_relation(*, relation: str) -> bool:
    """Whether a person in this relation may sign for the receiver (民事诉讼法第八十八条)."""
    return relation in RELATIONS


def attempts_failed(*, modes: Sequence[str]) -> bool:
    """Whether both direct and postal service were tried and failed."""
    return {"DIRECT", "POST"} <= set(modes)
