"""Who punishes: the organs behind 由, or in front of the verb."""

import re
from collections.abc import Iterator

from zhiheng.laws.clauses.findings import Body
from zhiheng.laws.clauses.pieces import Piece

_SUFFIXES = (
    "行政主管部门", "行政管理部门", "监督管理部门", "综合执法部门", "监督管理机构", "主管部门", "行政部门",
    "管理部门", "监管部门", "执法部门", "管理机构", "监管机构", "主管机构", "监督机构", "执法机构", "执法机关", "主管机关",
    "部门", "机关", "机构", "管理局", "局", "委员会", "人民政府", "政府", "海关", "总队", "支队", "大队", "站", "办事处", "管委会", "分行", "人民银行", "海事法院", "总局", "厅", "委",
)  # fmt: skip
SUFFIX = "|".join(_SUFFIXES)
_ENDS = re.compile(rf"(?:{SUFFIX})$")
_VERB = (
    r"(?:责令|责成|处|给予|予以|没收|吊销|按照|根据|依照|依据|依法|依职|可以|可处|可并|取消|收缴|撤销|决定|并处|"
    r"暂扣|追回|代为|应当|对|按|分别|在各自|依各自|各自|限期|降低|注销|通报|制止|通知|强制|组织|采取|进行|追缴|"
    r"列入|拆除|参照|视情|批评|警告|并|提请|报|限制|立即|监督|劝阻|有权|从重|及时|先行|自|在|，|；|。|$)"
)
_BY = re.compile(rf"由(?P<who>[^，；。：]{{0,60}}?(?:{SUFFIX}|银行|公司))(?={_VERB})")
_PLAIN = re.compile(
    rf"^(?P<who>[^，；。：由]{{1,40}}?(?:{SUFFIX}))(?:可以|应当|有权|依法)*(?=责令|处(?!理|于)|给予|没收|吊销|暂扣)"
)
_RANK = re.compile(
    r"^(?:[^，；。]{0,16}?人民政府(?:的|其)?(?=.{3})|"
    r"(?:县|省|市|设区的市|区县（市）|乡镇)级(?:以上|及以上)?(?:地方)?(?:各级)?|"
    r"省、自治区、直辖市|省、设区的市|市、县（市、区）|市、县（市）|市、县|市、区|区、县（市）|区县（市）|区、县|"
    r"(?:市|省|县|区)(?!场|容|政)(?=.{5})|所在地的?|当地|(?:本)?辖区(?:内)?的?)"
)
_OTHERS = re.compile(
    r"处分|治安管理处罚|依法处理|另行处理|依照[^，；。]{2,30}规定(?:处罚|处理)|赔偿"
)
_ITEM = re.compile(r"[（(][一二三四五六七八九十百]+[）)]")
_NO_NAME = re.compile(
    r"^(?:对|被|提请|可以|建议|因|拒绝|除|依法|吊销|停业|并|拖延|（|）|他|指定|向)|责令|罚款"
)
_NO_BODY = re.compile(
    r"所在单位|设立单位|其单位|用人单位|违法行为人|当事人|本单位|任免机关|监察机关|监察委|纪检|人民法院|主管人员"
)


def bodies(pieces: list[Piece]) -> list[Body]:
    """The organs that order or punish, each once."""
    found: list[Body] = []
    apart = next((one.start for one in pieces if not one.act and _ITEM.match(one.words)), None)
    for index, piece in enumerate(pieces):
        if piece.act:
            continue
        for match in [*_BY.finditer(piece.words), *_PLAIN.finditer(piece.words)]:
            if piece.condition and not re.search(r"由[^，；。]+(?:责令|处|给予)", piece.words):
                continue
            rest = _until_stop(pieces, index, piece.words[match.end() :])
            leads = apart is not None and piece.start < apart
            if (_only_others(rest) and not leads) or _NO_BODY.search(match["who"]):
                continue
            start = piece.start + match.start("who")
            found += split(match["who"], start)
    inside = [one for one in found if apart is not None and one.start >= apart]
    return list({one.name: one for one in reversed(inside or found)}.values())[::-1]


def _until_stop(pieces: list[Piece], index: int, rest: str) -> str:
    """What the organ does: the rest of the sentence."""
    segment = pieces[index].segment
    more = [one.words for one in pieces[index + 1 : index + 6] if one.segment == segment]
    return "，".join([rest, *more])


def _only_others(rest: str) -> bool:
    """Whether the organ only disciplines its own people or acts under another law."""
    first = rest.split("，由")[0]
    if re.search(r"(?:下列|以下)[^，；。]{0,4}(?:规定|标准)", first):
        return False
    own = re.search(
        r"责令|罚款|没收|吊销|警告(?!.{0,16}处分)|拘留|暂扣|停业|通报批评|处罚|取消|降低|撤销|追缴",
        first,
    )
    if _OTHERS.search(first) and not re.search(
        r"责令|罚款|没收|吊销|拘留|暂扣|停业|警告(?!.{0,16}处分)", first
    ):
        return True
    if re.match(r"(?:依法)?(?:予以|给予)(?:行政)?处罚", first):
        return True
    return own is None


def split(words: str, start: int) -> Iterator[Body]:
    """The organs of a list, the last one's ending lent to those that lack one: 卫生、农业主管部门."""
    words = re.sub(
        r"(?:根据|按照|依据|依照|在)?(?:各自)?(?:的)?职(?:责|权)(?:分工|范围)?(?:内)?$|(?:依法|分别|应当|可以)$",
        "",
        words,
    )
    parts = [words] if re.search(r"负(?:责|有)[^，；。]*的[^，；。]*$", words) else _parts(words)
    tail = _ENDS.search(words)
    ending = re.sub("等", "", tail[0]) if tail else ""
    at = start
    for part in parts:
        begin = at
        at += len(part) + 1
        bare = re.sub(r"^(?:者|或者|和|会同|以及|及)(?=.{4,})", "", part).strip()
        bare = re.sub(r"等(?=(?:有关|相关)?(?:主管|行政|管理)*部门$)|等$", "", bare)
        if not bare:
            continue
        if ending and not _ENDS.search(bare):
            bare += ending
        if not _ENDS.search(bare) and "银行" not in bare and "公司" not in bare:
            continue
        name, rank = _without_rank(bare)
        if _NO_NAME.search(name):
            continue
        yield Body(begin, min(begin + len(part), start + len(words)), name=name, rank=rank)


def _parts(words: str) -> list[str]:
    """Cut at 、 或者 会同; at 和 only between two that are organs by themselves."""
    if re.search(r"自治区、直辖市|、设区的市|市、县|、区|区、县", words):
        words = re.sub(
            r"^(?:市、县（市、区）|县（市、区）|省、自治区、直辖市|省、设区的市级?|市、县|市、区|区、县（市）)(?:人民政府)?",
            "",
            words,
        )
    parts: list[str] = []
    for one in re.split(r"、|或者?|会同|以及", words):
        pair = re.split(r"和|及其|及", one)
        parts += pair if len(pair) > 1 and all(_ENDS.search(half) for half in pair) else [one]
    if any(re.fullmatch(rf"(?:{SUFFIX})", part) for part in parts):
        return [words]
    return parts


def _without_rank(words: str) -> tuple[str, str]:
    """The organ's own name, and the rank that stood in front."""
    rank = ""
    while (found := _RANK.match(words)) and found.end() < len(words) - 1:
        rest = words[found.end() :]
        if re.fullmatch(r"(?:有关|相关)?(?:部门|机关|机构)", rest) and "人民政府" not in found[0]:
            break
        if len(rest) < 2 or rest in ("人民政府", "政府") or rest[:2] == "指定":
            break
        rank, words = rank + found[0], rest
    return words, rank
