"""Pure decisions about elements: who may do what on a day, and how a change splits time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ChainLink:
    """One link of the chain that makes a competence: the law, a decision, an entrustment."""

    title: str
    doc_no: str
    holder: str
    mode: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True)
class GrantAnswer:
    """Whether a body may do an item in a region on a day, by which documents, or why not."""

    ok: bool
    reason: str
    chain: tuple[ChainLink, ...] = ()
    grant_id: int | None = None
    mode: str = ""


@dataclass(frozen=True)
class OfficerStanding:
    """Whether a person may act as enforcing officer on a day, or why not (行政处罚法 42)."""

    valid: bool
    reason: str
    name: str = ""
    certificate_no: str = ""
    category: tuple[str, ...] = ()
    body_code: str = ""
    cert_until: date | None = None


@dataclass(frozen=True)
class Slice:
    """A stretch of valid time and whether the change applies in it."""

    valid_from: date
    valid_until: date | None
    changed: bool


def slices_after_change(
    *,
    valid_from: date,
    valid_until: date | None,
    changed_from: date,
    changed_until: date | None = None,
) -> tuple[Slice, ...]:
    """Split a row's valid time at the days between which a change holds (the last excluded).

    A change from the row's own first day or earlier replaces it all (a correction); a later one
    leaves what was true before it. A change outside the row's time does not touch it.
    """
    if valid_until is not None and changed_from >= valid_until:
        return ()
    if changed_until is not None and changed_until <= max(valid_from, changed_from):
        return ()
    begins = max(valid_from, changed_from)
    ends = min((day for day in (valid_until, changed_until) if day), default=None)
    found = [Slice(valid_from, begins, changed=False)] if begins > valid_from else []
    found.append(Slice(begins, ends, changed=True))
    if ends != valid_until and ends is not None:
        found.append(Slice(ends, valid_until, changed=False))
    return tuple(found)


NATION = "100000"


def region_reaches(*, granted: str, wanted: str) -> bool:
    """Whether a grant for a region holds in another: 3399 covers 339901 and its towns."""
    if granted == NATION:
        return True
    prefix = granted.strip()
    while len(prefix) in (4, 6) and prefix.endswith("00"):
        prefix = prefix[:-2]
    return bool(prefix) and wanted.startswith(prefix)


def is_excepted(*, excepted: Sequence[str], wanted: str) -> bool:
    """Whether a region lies in a part that a grant no longer covers."""
    return any(wanted.startswith(part) for part in excepted)


def grant_reaches(*, granted: str, excepted: Sequence[str], wanted: str) -> bool:
    """Whether a grant holds in a region: within its own, outside what went to somebody else."""
    inside = region_reaches(granted=granted, wanted=wanted)
    return inside and not is_excepted(excepted=excepted, wanted=wanted)


def source_ended(*, doc: str) -> str:
    """Why not: what the grant rests on has ended."""
    return f"授权来源{doc}当日已失效。请要素管理员核对授权。"


def source_elsewhere(*, doc: str) -> str:
    """Why not: what the grant rests on no longer covers the place."""
    return f"授权来源{doc}当日已不及于本区域。请由承接主体办理，或要素管理员核对授权。"


def chain_fault(*, modes: Sequence[str], item_kind: str, body_kind: str) -> str:
    """Why a chain of grants, the body's own first, cannot carry the act; empty when it can.

    Law: 行政处罚法 20(3) 受委托组织不得再委托; 24 乡镇街道; 行政强制法 17(1) 强制措施不得委托.
    """
    if modes and modes[0] == "ENTRUSTED":
        if "ENTRUSTED" in modes[1:]:
            return "受委托的组织不得再委托（行政处罚法第二十条）。请改由委托机关办理。"
        if len(modes) < 2:
            return "委托没有写明来自哪个机关的职权（行政处罚法第二十条）。请要素管理员补登委托书。"
        if item_kind == "COERCION":
            return "行政强制措施权不得委托（行政强制法第十七条）。请改由委托机关办理。"
    if body_kind == "TOWN" and modes and modes[0] == "STATUTORY" and item_kind == "PENALTY":
        return "乡镇街道须有省级赋权决定才能处罚（行政处罚法第二十四条）。请要素管理员登记赋权。"
    return ""


def certificate_fault(
    *, status: str, cert_from: date, cert_until: date, record_active: bool, on: date
) -> str:
    """Why a certificate does not stand on a day; empty when it does.

    Law: 行政处罚法 42 (具有行政执法资格); the last day printed on it still counts.
    """
    if not record_active:
        return "执法人员登记已停用。请要素管理员核实后恢复登记。"
    if status == "SUSPENDED":
        return "执法证已暂扣，恢复前不能执法。请安排持有有效证件的人员。"
    if status == "REVOKED":
        return "执法证已注销，不能执法。请安排持有有效证件的人员。"
    if on < cert_from:
        return f"执法证自{cert_from:%Y年%-m月%-d日}起有效，此前不能执法。请安排其他持证人员。"
    if on > cert_until:
        return f"执法证已于{cert_until:%Y年%-m月%-d日}到期。请换证并更新登记，或安排其他持证人员。"
    return ""


_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """An article number as laws write it: 1132 is 一千一百三十二, 10 is 十, 110 is 一百一十."""
    text, zero = "", False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, size)
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + unit
        zero = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


def clause_label(*, article: str, paragraph: str = "", item: str = "") -> str:
    """第一千一百三十二条第一款第（一）项; "126-1" is 第一百二十六条之一."""
    number, _, sub = article.partition("-")
    label = f"第{chinese_number(int(number))}条" + (f"之{chinese_number(int(sub))}" if sub else "")
    if paragraph:
        label += f"第{chinese_number(int(paragraph))}款"
    if item:
        label += f"第（{chinese_number(int(item))}）项"
    return label
