"""Kinds of penalty (行政处罚法 9) and orders, by the words that impose them."""

import re
from collections.abc import Iterator

from zhiheng.laws.clauses.findings import Kind, Span
from zhiheng.laws.clauses.pieces import Piece

_SURE: tuple[tuple[str, str], ...] = (
    ("DETENTION", r"日以[上下][^，；。]{0,12}拘留|(?:处以?|并处|给予)(?:行政)?拘留"),
    ("REVOKE_LICENCE", r"(?<!被)吊销(?!之日|情况|的(?:$|[，；]))"),
    ("SUSPEND_LICENCE", r"暂扣|暂停[^，；。]{0,24}(?:资格|资质|许可证|执业证|证书)(?!的)"),
    ("DOWNGRADE", r"降低(?:其)?[^，；。]{0,8}(?:资质|等级|资格)"),
    ("HALT", r"停产停业|停产|停业整顿|停业|停止(?:营业|办学|招生)"),
    (
        "CLOSE",
        r"(?<!自行)关闭(?!的)(?=网站|[^，；。]{0,6}(?:$|或者|并|、|和|；|。|，|，|企业|[^，；。]{1,12}$))",
    ),
    (
        "RESTRICT",
        r"(?:责令|限制|决定)[^，；。]{0,12}(?:暂停|停止)[^，；。]{0,16}(?:业务|服务|作业|(?<!执业)活动|新增用户)|"
        r"暂停(?:相关|新增|部分)?[^，；。]{0,10}业务|限制(?:其)?(?:开展|生产|经营|业务)|停产整治|停止[^，；。]{0,10}作业",
    ),
    (
        "BAN_WORK",
        r"(?:终身|终生|[年月日]内|期限内|不得再)[^，；。]{0,16}(?:不得|禁止|不予|不受理)[^，；。]{0,40}"
        r"(?:从事|担任|申请|参加|聘用|受理|任职|注册|取得|执业|投标)|(?:终身|终生)(?:不得|禁止)|"
        r"(?:决定|禁止)[^，；。]{0,20}(?:担任|从事)[^，；。]{0,40}(?:董事|高级管理|职业|活动|工作|行业)|"
        r"(?:取消|撤销)[^，；。]{0,24}任职资格|(?:责令)?[^，；。]{0,14}(?:暂停|停止)[^，；。]{0,16}执业(?:活动|业务)?|市场禁入|不得担任",
    ),
    ("OTHER", r"限期出境|驱逐出境"),
)
_WARNING = re.compile(r"警告(?!标|信|牌|线|函|语|[^，；。]{0,24}处分)")
_CRITICISM = re.compile(r"通报批评(?![^，；。]{0,12}处分)")
_FINE = re.compile(
    r"按日(?:连续)?[处计]罚|罚款(?=(?:金额|数额)按)|(?:处|罚款(?:数额|金额)|[元倍下]的?|警告、|警告和|予以|给予|课以|科处)[^，；。]{0,60}?罚款|^罚款"
)
_NO_FINE = re.compile(
    r"罚款处罚决定|缴纳罚款|罚款决定|罚款收缴|加处罚款|滞纳|的罚款(?:的)?(?:行政处罚)?(?:，|由)|处以罚款时"
)
_TAKEN = re.compile(
    r"(?:没收|收缴)(?P<what>[^，；。]*)|(?P<passive>[^，；。]*?)(?:予以|应当|一律)没收"
)
_GAINS = re.compile(r"违法所得|非法所得|违法收入|非法收入|违法获得的?|所获收入|非法获利|收入")
_ORDER = re.compile(
    r"责令(?:其|当事人|[^，；。]{0,14}?)?(?:限期|立即|停止|改正|整改|恢复|采取|退还|补|拆除|治理|清|消除|重新|召回|缴纳|赔|封|公开|搬迁|撤换|纠正|履行|修复|收回|改|监督|限期|交|办|承担|更换|种植|离开)"
    r"|(?<!限期内)限期(?:改正|拆除|整改|治理|恢复|清除|补办|办理|缴纳|清理|采取|退还)"
)
_TRANSFER = re.compile(r"构成犯罪的?|触犯刑律的?|涉嫌犯罪的?|追究刑事责任")
_PROCEDURE = re.compile(r"不得给予|记分|执行完毕|救济|复议|诉讼|申请行政|管辖|期限不得|立案标准")


def kinds(pieces: list[Piece]) -> list[Kind]:
    """Every kind of penalty that a clause imposes, in the order of the text."""
    found: list[Kind] = []
    for piece in pieces:
        if piece.act or _PROCEDURE.search(piece.words):
            continue
        if piece.condition and not re.search(r"处(?!罚|理|分)|给予|没收(?!的)", piece.words):
            continue
        may = "可以" in piece.words or "可处" in piece.words
        for code, start, end in sorted(_of(piece.words), key=lambda one: one[1]):
            found.append(
                Kind(piece.start + start, piece.start + end, code=code, limb=piece.limb, may=may)
            )
    return found


def _of(words: str) -> Iterator[tuple[str, int, int]]:
    if "处分" not in words or "罚" in words:
        for warned in _WARNING.finditer(words):
            if not words[: warned.start()].endswith(("口头", "受过", "受到", "或者受到")):
                yield "WARNING", *warned.span()
        if match := _CRITICISM.search(words):
            yield "CRITICISM", *match.span()
    if (match := _FINE.search(words)) and not _NO_FINE.search(words):
        yield "FINE", match.end() - 2, match.end()
    for code, pattern in _SURE:
        if match := re.search(pattern, words):
            yield code, *match.span()
    for taken in _TAKEN.finditer(words):
        yield from _confiscated(taken)


def _confiscated(match: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    """Gains, goods or both, by what is taken; 没收保证金 is neither."""
    what = re.split(r"并处|并按|并可|处以|后", match["what"] or match["passive"] or "")[0]
    if "保证金" in what or re.match(r"的", what):
        return
    if _GAINS.search(what):
        yield "CONFISCATE_GAINS", *match.span()
    things = [one for one in re.split(r"、|和|以及|及|或者", what) if one.strip("的其全部 并")]
    if not things or any(not _GAINS.search(one) for one in things):
        yield "CONFISCATE_GOODS", *match.span()


def correction(pieces: list[Piece]) -> Span | None:
    """The first order to put right or to stop."""
    for piece in pieces:
        if not piece.act and (match := _ORDER.search(piece.words)):
            return Span(piece.start + match.start(), piece.start + match.end())
    return None


def transfer(pieces: list[Piece]) -> Span | None:
    """Where the clause hands a crime on to the criminal law."""
    for piece in pieces:
        if not piece.act and (match := _TRANSFER.search(piece.words)):
            if piece.words[: match.start()].endswith(("尚不", "尚未", "不")):
                continue
            return Span(piece.start + match.start(), piece.start + match.end())
    return None
