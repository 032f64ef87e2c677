"""Whose act and what act."""

import re

from zhiheng.laws.clauses.findings import Act, Subject
from zhiheng.laws.clauses.pieces import Piece
from zhiheng.laws.clauses.quantities import party_of

_WHO = re.compile(
    r"^(?P<who>(?!从事|未|以|在|擅自|提交|因|将|为|对|向|明知|被)[^，；。：]{0,28}?(?:单位|经营者|(?<!或)者|人员|人|机构|企业|公司|组织|个人|银行|机关|学校|平台|船长|导游|领队|主体|"
    r"医师|律师|[^公]司机|驾驶员|船舶|船员|工厂|场所|厂|店|站|医院|协会|代表处|家庭|用户|业主|居民|集团|交易所|实验室|职工|教师|学生|网吧)"
    r"(?:（[^）]{1,12}）)?(?:、[^，；。：的]{1,16}?(?:单位|者|人员|人|机构|企业|公司|组织|领队))*(?:(?:或者|和|及其|以及)[^，；。：的]{0,12}?(?:单位|(?<!或)者|人员|人|机构|企业|公司|组织|个人))?)"
    r"(?=未|违反|有下列|有前|有以下|有上|有本|不|擅自|以|在|将|拒|没有|超|违法|非法|为|对|从|向|利用|发现|出|转|伪|隐|违|允许|逾|提供|使用|取得|进|弄|应|非|私|无|销|采|发|组|开|签|骗|损|因|把|被|泄|接|聘|与|向|故|虚|编|造|阻|存|或者其他|$)"
)
_TO = re.compile(r"对(?P<who>[^，；。]{2,24}?)(?=处|并处|给予|可以处|责令)")
_ORDERED = re.compile(r"责令(?P<who>[^，；。]{2,12}?)(?=限期|改正|停止|立即)")
_NAMED = re.compile(r"(?:单位|者|人员|人|机构|企业|公司|组织|个人)$")
_HEAD = re.compile(r"(?:\s*[（(][一二三四五六七八九十]+[）)])?(?:违反[^，；。]{2,40}?规定)?")
_BEHIND = re.compile(r"的，|(?:^|，)由")
_LEAD = re.compile(r"^(?:有)?违反(?:了)?[^，；。]*?(?:规定|条款|要求)?的?$")
_BREACH = re.compile(r"违反[^，；。]{2,60}?(?:规定|要求)的?，?")
_ITEM = re.compile(r"[（(]([一二三四五六七八九十百]+)[）)]")


def subject(pieces: list[Piece], text: str) -> Subject | None:
    """Who the clause speaks of, where it names somebody: the addressee first, else who acts."""
    acting, addressed = _acting(pieces), _addressed(pieces, _TO)
    if acting and addressed and addressed.name in acting.name:
        return acting
    return addressed or acting or _addressed(pieces, _ORDERED)


def _acting(pieces: list[Piece]) -> Subject | None:
    """The one in front of the act: 违反本法规定，经营者未…."""
    for piece in [one for one in pieces if not one.act][:4]:
        if _LEAD.match(piece.words) and not _WHO.match(piece.words):
            continue
        head = _HEAD.match(piece.words)
        shift = head.end() if head else 0
        if match := _WHO.match(piece.words[shift:]):
            begin, name = piece.start + shift, match["who"]
            return Subject(begin, begin + len(name), name=name, kind=party_of(name))
        return None
    return None


def _addressed(pieces: list[Piece], pattern: re.Pattern[str]) -> Subject | None:
    """The one whom a consequence names: 对承办者处…, 责令建设单位限期…."""
    for piece in pieces:
        match = None if piece.act or piece.condition else pattern.search(piece.words)
        if match is None or match["who"].startswith("其"):
            continue
        name = match["who"]
        if party_of(name) != "RESPONSIBLE" and name not in ("单位", "个人") and _NAMED.search(name):
            start = piece.start + match.start("who")
            return Subject(start, start + len(name), name=name, kind=party_of(name))
    return None


def acts(pieces: list[Piece], text: str, who: Subject | None) -> list[Act]:
    """The limbs of the act: each item of a list, else what stands before the consequence."""
    from zhiheng.laws.clauses.numbers import number_of

    listed = [piece for piece in pieces if piece.act]
    if listed:
        found: list[Act] = []
        for line in re.finditer(r"[^\n]+", text):
            if head := _ITEM.match(line[0]):
                body = line[0].rstrip("；。; ")
                found.append(
                    Act(
                        line.start() + head.end(), line.start() + len(body), str(number_of(head[1]))
                    )
                )
        return found
    begin = who.end if who and who.start < 60 and not _BEHIND.search(text[: who.start]) else 0
    rest = text[begin:]
    if lead := re.match(
        r"(?:[（(][一二三四五六七八九十]+[）)])?(?:违反[^，；。]{2,60}?规定，?)?", rest
    ):
        begin += lead.end()
    for piece in pieces:
        if piece.end <= begin:
            continue
        if re.search(
            r"由[^，；。]{2,40}(?:责令|处|给予|没收)|^由[^，；。]{2,60}(?:部门|机关|机构|局|政府)|^(?:责令|处|给予|没收|可以处|予以|并处|吊销|依法)",
            piece.words,
        ):
            cut = re.search(r"(?:的)?由|责令|处|给予|没收", piece.words)
            end = piece.start if piece.start > begin else piece.start + (cut.start() if cut else 0)
            end = max(begin, end)
            words = text[begin:end].rstrip("，的 ")
            return [Act(begin, begin + len(words))] if words else []
    return []
