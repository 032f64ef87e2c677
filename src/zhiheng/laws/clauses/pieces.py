"""A clause cut at its commas, and the branch each piece belongs to."""

import re
from dataclasses import dataclass

from zhiheng.laws.clauses.findings import Limb

_CUT = re.compile(r"[，；。：:;\n,]")
_ITEM = re.compile(r"[（(][一二三四五六七八九十百]+[）)]|\d+[.．、]")
_REFUSAL = re.compile(
    r"^(?:[^，；。]{0,16}?)(?:拒不|拒绝(?:改正|整改|执行|履行|缴纳|恢复)|逾期(?:仍|还)?[不未]|仍不|不改正|"
    r"(?:不|未)(?:改正|整改|停止|停止违法行为|拆除)的?$|到期不|限期内(?:仍)?[不未]|未及时(?:制止|改正))"
)
_AGGRAVATED = re.compile(
    r"情节(?:特别|较为|比较)?(?:严重|较重|恶劣)|(?:严重|恶劣)(?:后果|影响)|后果(?:特别)?严重|"
    r"(?:^|或者|并|且)(?:造成|导致|致使|引起|引发|发生)|屡教不改|再次|两次以上|多次"
)
_THRESHOLD = re.compile(
    r"违法所得|非法所得|违法收入|货值|金额|价款|销售额|营业额|不足|超过|以上的$|以下的$|没有|不满|无法计算"
)
_GRAVE_ACT = re.compile(
    r"情节(?:特别|较为|比较)?(?:严重|较重|恶劣)|特别严重(?:后果|影响)|造成严重后果的?$"
)
_BEFORE_REFUSAL = re.compile(r"责令|限期|劝阻|制止|通知|改正|整改")
_CONSEQUENCE = re.compile(r"处|责令|给予|没收|警告|吊销|由")
_CIVIL = re.compile(r"(?:损失|损害|损坏|伤害|丢失)的$|治安管理|构成犯罪|触犯|犯罪的")


@dataclass(frozen=True)
class Piece:
    """Words between two cuts; `condition` when they only say when; `act` within an item of acts."""

    start: int
    end: int
    words: str
    condition: bool
    act: bool
    limb: int
    segment: int


def cut(text: str) -> tuple[list[Piece], list[Limb]]:
    """Pieces in order and the branches; branch 0 is the plain one, it has no condition."""
    pieces: list[Piece] = []
    limbs = [Limb(0, 0, "BASE")]
    limb = segment = start = 0
    in_items, listed = False, _lists_penalties(text)
    for mark in [*_CUT.finditer(text), None]:
        end = mark.start() if mark else len(text)
        words = text[start:end]
        in_items = in_items or bool(_ITEM.match(words))
        if _ITEM.match(words):
            limb = 0
        act = in_items and not listed
        condition = _is_condition(words, mark.group() if mark else "", act)
        for when in _branches(words, before=text[:start]) if condition else ():
            limbs.append(Limb(start, end, when))
            limb = len(limbs) - 1
        if words.strip():
            pieces.append(Piece(start, end, words, condition, act, limb, segment))
        if mark and mark.group() in "；。;\n":
            segment += 1
            limb = limb if mark.group() in "；;" and _goes_on(text[end + 1 :]) else 0
        start = end + 1
    return pieces, limbs


def _goes_on(rest: str) -> bool:
    """Whether the next sentence speaks of somebody within the same branch."""
    return bool(re.match(r"(?:并)?对(?:其)?(?:直接|主要|单位|个人|法定|负有)", rest))


def _lists_penalties(text: str) -> bool:
    """Whether items hold penalties (处罚 by 下列规定), not acts."""
    first = re.search(r"\n[（(]", text)
    if first is None:
        return False
    tail = text[first.start() :]
    return bool(
        re.search(r"处以?[^，；。\n]{1,40}(?:罚款|拘留)|责令|给予警告|\d元|[十百千万]元", tail)
    )


def _is_condition(words: str, mark: str, act: bool) -> bool:
    """Words that end in 的 before a comma, or say a branch before one."""
    if act or mark not in "，,、" or mark == "":
        return False
    bare = words.strip()
    if re.search(r"罚款的?$|处罚的?$", bare) and not bare.endswith("处罚的"):
        return False
    return bare.endswith(("的", "严重")) or bool(_REFUSAL.match(bare))


def _branches(words: str, *, before: str) -> list[str]:
    """What kind of branch a condition opens; two where 拒不改正或者造成严重后果; none for the act."""
    bare, found = words.strip(), []
    if _CIVIL.search(words):
        return ["OTHER"] if before else []
    if _REFUSAL.match(bare) and _BEFORE_REFUSAL.search(before):
        found.append("REFUSAL")
    begun = bool(_CONSEQUENCE.search(before))
    if (begun and _AGGRAVATED.search(bare)) or (not begun and _GRAVE_ACT.search(bare)):
        found.append("AGGRAVATED")
    elif begun and not found and _THRESHOLD.search(words):
        found.append("THRESHOLD")
    return found
