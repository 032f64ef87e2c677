"""Numbers and citations in words: 第四十五条第二款第（一）项."""

from __future__ import annotations

from datetime import date

from zhiheng.rulebook.model import Fact, Statute, Value

DIGITS = "零一二三四五六七八九"
UNITS = ((1000, "千"), (100, "百"), (10, "十"))


def numeral(number: int) -> str:
    """Return a number below ten thousand in Chinese: 15 → 十五, 1105 → 一千一百零五."""
    text = ""
    gap = False
    for size, unit in UNITS:
        digit, number = divmod(number, size)
        if digit:
            text += ("零" if gap else "") + DIGITS[digit] + unit
            gap = False
        elif text:
            gap = True
    if number or not text:
        text += ("零" if gap and number else "") + DIGITS[number]
    return text.removeprefix("一") if text.startswith("一十") else text


def article_in_words(number: str) -> str:
    """Return 第四十五条, or 第四十五条之一 for "45-1"."""
    main, _, after = number.partition("-")
    return f"第{numeral(int(main))}条" + (f"之{numeral(int(after))}" if after else "")


def citation_in_words(
    *, statute: Statute, article: str, paragraph: str = "", item: str = ""
) -> str:
    """Return the citation as an officer reads it, with the statute's short name."""
    text = f"《{statute.short}》{article_in_words(article)}"
    if paragraph:
        text += f"第{numeral(int(paragraph)) if paragraph.isdigit() else paragraph}款"
    if item:
        text += f"第（{numeral(int(item)) if item.isdigit() else item}）项"
    return text


def money_in_words(cents: int) -> str:
    """Return 8,000.00 元 for 800000."""
    return f"{cents // 100:,}.{cents % 100:02d} 元"


def display(*, fact: Fact, value: object) -> str:
    """Return the value of a fact as an officer reads it."""
    if value is None:
        return "还不知道"
    if fact.type == "bool":
        return "是" if value else "否"
    if fact.type == "cents" and isinstance(value, int):
        return money_in_words(value)
    if fact.type == "enum":
        return fact.choices.get(str(value), str(value))
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, (tuple, list)):
        return "、".join(map(str, value)) or "无"
    return str(value) if value != "" else "空"


def value_error(*, fact: Fact, value: Value) -> str:
    """Return what is wrong with a value for this fact, or nothing."""
    if value is None:
        return ""
    fits = {
        "bool": isinstance(value, bool),
        "int": isinstance(value, int) and not isinstance(value, bool),
        "cents": isinstance(value, int) and not isinstance(value, bool),
        "date": isinstance(value, date),
        "text": isinstance(value, str),
        "enum": isinstance(value, str) and value in fact.choices,
        "list": isinstance(value, tuple),
    }[fact.type]
    if fits:
        return ""
    wanted = {
        "bool": "true 或 false",
        "int": "整数",
        "cents": "整数（分）",
        "date": "日期，如 2026-03-02",
        "text": "文字",
        "enum": "选项 " + "、".join(fact.choices),
        "list": "清单",
    }[fact.type]
    return f"事实 {fact.id}（{fact.title}）应是{wanted}，写的是 {value!r}"


def as_fact_value(*, fact: Fact, raw: object) -> Value:
    """Return the stored form of a raw value: ISO text of a date fact as a date, a list as a tuple."""
    if isinstance(raw, (list, tuple)):
        return tuple(str(entry) for entry in raw)
    if fact.type == "date" and isinstance(raw, str):
        try:
            return date.fromisoformat(raw)
        except ValueError:
            return raw
    if raw is None or isinstance(raw, (bool, int, str, date)):
        return raw
    return str(raw)
