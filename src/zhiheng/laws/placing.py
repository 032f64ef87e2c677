"""位阶与区划：从来源的说法和名称得出。"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from zhiheng.laws.models.texts import Level
from zhiheng.laws.reading.raw import RawLaw

PROVINCES = Path(__file__).parent / "data" / "provinces.json"
NATION = "100000"
LEVELS = {
    "宪法": Level.CONSTITUTION, "法律": Level.LAW, "行政法规": Level.REGULATION,
    "地方性法规": Level.LOCAL, "部门规章": Level.RULE, "地方政府规章": Level.RULE, "规章": Level.RULE,
    "司法解释": Level.INTERPRETATION, "规范性文件": Level.DOCUMENT,
}  # fmt: skip
DECISION = re.compile(r"关于(?:修改|废止).*的决定$|修正案(?:（.{1,6}）)?$")


@cache
def provinces() -> dict[str, str]:
    """Names of provinces as titles and sources write them → GB/T 2260 code."""
    return dict(json.loads(PROVINCES.read_text(encoding="utf-8")))


def level_of(raw: RawLaw) -> str:
    """The rank; decisions that amend or repeal are a rank of their own."""
    if raw.doc_type in ("修正案", "修改决定") or DECISION.search(raw.title):
        return Level.DECISION
    if raw.level not in LEVELS and _province(raw.title):
        return Level.LOCAL
    return LEVELS.get(raw.level, Level.OTHER)


def region_of(raw: RawLaw) -> str:
    """The province's code, from the source or the head of the title; the nation's otherwise."""
    return provinces().get(raw.region) or (
        _province(raw.title) if raw.level in ("", "地方性法规", "地方政府规章") else ""
    ) or NATION


def _province(title: str) -> str:
    return next((code for name, code in provinces().items() if title.startswith(name)), "")
