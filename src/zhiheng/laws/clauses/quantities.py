"""Fines: from–to in money, in multiples, in per cent; whose they are and whether they may or must be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhiheng.laws.clauses.findings import Amount
from zhiheng.laws.clauses.numbers import NUMBER, number_of
from zhiheng.laws.clauses.pieces import Piece

_ONE = rf"(?:(?P<{{0}}e>等值)|百分之(?P<{{0}}p>{NUMBER})|(?P<{{0}}n>{NUMBER})\s*(?P<{{0}}u>元|倍|%|％|‰)?)"
_RANGE = re.compile(
    rf"{_ONE.format('a')}(?P<low>以上|以外|至|到|－|-|—|~|～)[、，]?(?P<but>但?(?:最高|总额)?不(?:得)?超过|但)?"
    rf"{_ONE.format('b')}(?P<high>以下|以内)?"
)
_SINGLE = re.compile(
    rf"(?P<cap>(?:最高|总额)?不(?:得)?(?:超过|超出|高于))?{_ONE.format('b')}(?P<high>以下|以内|以上)?"
)
_PER = re.compile(r"每(?:一)?[^，；。处元罚]{1,10}?(?=[\d零一二两三四五六七八九十百千万])")
_OF = r"的(?:罚款|标准|幅度|数额|行政)"
_BASE = re.compile(
    r"(违法所得|非法所得|违法收入|货值金额|货值|[^，；。、处按以]{0,14}(?:金额|价款|数额|总额|收入|销售额|营业额|费用|款额|价值|造价|费|款|额|工资))"
    r"(?:的)?(?:处以?|按)?$"
)
_RESPONSIBLE = re.compile(
    r"直接负责|直接责任|主要负责人|责任人员|法定代表人|主管人员|有关负责人|责任人"
)
_UNIT = re.compile(r"单位|企业|机构|法人|组织|公司")
_PERSON = re.compile(r"个人|自然人|公民|人员")
_TO = re.compile(
    r"(?:^|并|可以|应当|分别)(?:对)(?P<who>[^，；。]{1,40}?)(?=处|并处|可以|可处|按|给予|责令|没收|予以|依|由|$)|^(?P<bare>单位|个人)(?=处|并处|可处|可以)"
)


@dataclass
class _Heard:
    """Whom the last 对…处 named, and in which sentence."""

    party: str = "ANY"
    segment: int = -1


def fines(pieces: list[Piece], *, listed: bool) -> list[Amount]:
    """Every fine of a clause; `listed`: the lead-in says that items hold fines."""
    found: list[Amount] = []
    heard = _Heard()
    for index, piece in enumerate(pieces):
        _hear(piece, heard)
        if piece.act or (piece.condition and "罚款" not in piece.words):
            continue
        for match in _ranges(piece.words):
            if _is_fine(piece.words, match, listed, bool(found), _next(pieces, index)):
                found.append(_amount(piece, match, heard.party))
    return found


def _next(pieces: list[Piece], index: int) -> str:
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    return after.words if after and after.segment == pieces[index].segment else ""


def _hear(piece: Piece, heard: _Heard) -> None:
    """Note whom a piece is addressed to; a new sentence starts anew."""
    if piece.segment != heard.segment:
        heard.party, heard.segment = "ANY", piece.segment
    words = piece.words
    for found in _TO.finditer(words):
        heard.party = party_of(found["who"] or found["bare"])
    if piece.condition:
        if re.search(r"(?:属于|系|为)?(?:个人|自然人)的?$", words):
            heard.party = "PERSON"
        elif re.search(r"(?:属于|系|为)?(?:单位|法人|组织)的?$", words):
            heard.party = "UNIT"


def party_of(words: str) -> str:
    """UNIT, PERSON, RESPONSIBLE or ANY for words that name somebody."""
    if _RESPONSIBLE.search(words):
        return "RESPONSIBLE"
    unit, person = _UNIT.search(words), _PERSON.search(words)
    if unit and not person:
        return "UNIT"
    return "PERSON" if person and not unit else "ANY"


def _ranges(words: str) -> Iterator[re.Match[str]]:
    """Ranges first, then what is left of single quantities."""
    taken: list[tuple[int, int]] = []
    for match in _RANGE.finditer(words):
        if match["bp"] or match["bu"] or match["be"]:
            taken.append(match.span())
            yield match
    for match in _SINGLE.finditer(words):
        free = all(match.end() <= begin or match.start() >= end for begin, end in taken)
        if free and (match["bp"] or match["bu"] or match["be"]):
            yield match


def _is_fine(words: str, match: re.Match[str], listed: bool, seen: bool, after: str) -> bool:
    """Whether a quantity is a fine and no threshold, surcharge or term."""
    before, behind = words[: match.start()], words[match.end() :]
    if re.search(r"滞纳金|加处|保证金|罚金|赔偿|利息|奖励|补偿", words):
        return False
    if (re.search(r"^的?[^罚]{0,8}计算", behind) and "罚款" not in after) or "按日加收" in before:
        return False
    if re.search(r"不足$|超过$|不满$|低于$|在$|达到$|达$", before) and "不超过" not in match[0]:
        return False
    if behind.startswith("的") and not re.match(_OF, behind):
        return False
    if "罚款" in behind or re.search(
        r"罚款(?:数额|金额|额度|幅度|标准|限额)?(?:为|是|按)?", before
    ):
        return True
    if seen and "cap" in match.groupdict() and match["cap"]:
        return True
    if re.search(r"处以?[^，；。]{0,24}$|按照?[^，；。]{0,24}$", before) and "罚款" in after:
        return True
    return listed and not behind.strip("。；;的 ") and not words.endswith("计算")


def _amount(piece: Piece, match: re.Match[str], party: str) -> Amount:
    groups = match.groupdict()
    low = (
        _value(groups, "a", groups.get("bu"))
        if any(groups.get(one) for one in ("an", "ap", "ae"))
        else None
    )
    high: tuple[str, float] | None = _value(groups, "b", None)
    fixed = low is None and not groups.get("high") and not groups.get("cap")
    if low is None and groups.get("high") == "以上":
        low, high = high, None
    elif fixed:
        low = high
    before = piece.words[: match.start()]
    base = _BASE.search(before)
    per = _PER.findall(piece.words[: match.start() + 1])
    operators = [groups.get(name) for name in ("low", "but", "cap", "high")]
    verb = re.findall(r"可以|可处|可并处|应当|并处|处", before)
    return Amount(
        piece.start + match.start(),
        piece.start + match.end(),
        low_cents=_cents(low, "元"),
        high_cents=_cents(high, "元"),
        low_hundredths=_cents(low, "倍"),
        high_hundredths=_cents(high, "倍"),
        base=base[1] if base and (low or high or ("", 0))[0] == "倍" else "",
        operators=tuple(one for one in operators if one),
        party=party,
        may=any(one.startswith("可") for one in verb),
        limb=piece.limb,
        per=per[-1] if per else "",
    )


def _value(groups: dict[str, str | None], key: str, default: str | None) -> tuple[str, float]:
    """Unit (元 or 倍) and value of one bound; per cent are parts of one time."""
    if groups.get(f"{key}e"):
        return "倍", 1
    if share := groups.get(f"{key}p"):
        return "倍", number_of(share) / 100
    value = number_of(groups[f"{key}n"] or "")
    unit = groups.get(f"{key}u") or default or "元"
    if unit in "%％‰":
        return "倍", value / (1000 if unit == "‰" else 100)
    return unit, value


def _cents(bound: tuple[str, float] | None, unit: str) -> int | None:
    return round(bound[1] * 100) if bound and bound[0] == unit else None
