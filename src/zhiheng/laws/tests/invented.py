"""Invented laws for tests: lanterns, kites and what repeals them. None of it is anybody's law."""

from datetime import UTC, date, datetime

from zhiheng.laws import services
from zhiheng.laws.reading.raw import RawArticle, RawLaw, Source

AT = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
ON = date(2026, 11, 26)


def law(title, articles, **claims):
    """A law from (label, text) or (label, text, chapter); keywords as in RawLaw."""
    rows = [
        RawArticle(label=one[0], text=one[1], chapter=one[2] if len(one) > 2 else "")
        for one in articles
    ]
    return RawLaw(key=title, title=title, articles=rows, **({"level": "行政法规"} | claims))


def source(*laws, name="invented"):
    return Source(name=name, digest="0" * 64, laws=list(laws))


def store(*laws, at=AT, on=ON):
    """Import laws, the lanterns of 2020 and 2025 where none are given."""
    return services.import_source(
        source=source(*(laws or lanterns())), at=at, on=on, clock=lambda: at
    )


def lanterns():
    """Two texts of one regulation: the second, from 2025-06-01, halves a fine and adds an article."""
    return (
        law("灯笼管理条例", [
            ("第一条", "为了灯笼的安全，制定本条例。", "第一章 总则"),
            ("第二条", "挂灯笼应当牢固。\n有下列情形之一的，不得挂灯笼：\n（一）刮大风；\n（二）没有绳子。", "第一章 总则"),
            ("第三条", "违反本条例第二条规定，挂灯笼不牢固的，处一千元以上二万元以下的罚款。", "第二章 罚则"),
            ("第四条", "本条例自2020年3月1日起施行。", "第二章 罚则"),
        ], published_on=date(2020, 1, 5), effective_on=date(2020, 3, 1), status="历史版本"),
        law("灯笼管理条例", [
            ("第一条", "为了灯笼的安全，制定本条例。", "第一章 总则"),
            ("第二条", "挂灯笼应当牢固。\n有下列情形之一的，不得挂灯笼：\n（一）刮大风；\n（二）没有绳子。", "第一章 总则"),
            ("第三条", "灯笼应当每月检查一次，检查的结果要写在本子上。", "第一章 总则"),
            ("第四条", "违反本条例第二条规定，挂灯笼不牢固的，处五百元以上一万元以下的罚款。", "第二章 罚则"),
            ("第五条", "本条例自2025年6月1日起施行。《走马灯管理办法》同时废止。", "第二章 罚则"),
        ], published_on=date(2025, 3, 2), effective_on=date(2025, 6, 1), status="现行有效"),
        law("走马灯管理办法", [
            ("第一条", "走马灯应当转得慢。"),
            ("第二条", "本办法自2010年1月1日起施行。"),
        ], published_on=date(2009, 12, 1), effective_on=date(2010, 1, 1), status="现行有效"),
    )  # fmt: skip
