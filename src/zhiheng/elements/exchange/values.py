"""From the text of a cell to a value and back; a wrong cell gets a sentence, never a guess."""

import json
import re
import unicodedata
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from zhiheng.elements.exchange.columns import Column
from zhiheng.elements.exchange.sheets import NO_RESULT, TOO_LONG
from zhiheng.elements.exchange.sheets.common import unguard
from zhiheng.kernel import ciphers, codes, masking
from zhiheng.kernel.errors import Invalid
from zhiheng.kernel.money import parse_yuan

KEEP = object()
"""The cell says nothing: leave the field as it is."""
_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+0?0:00(?::00)?)?"
)
_POWER = re.compile(r"\d(\.\d+)?E\+\d{2}")
_FAULTS = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")
_SPLIT = re.compile(r"[、;；,，\n]+")
_YES = {"是", "有", "true", "1", "y", "yes", "√", "同意"}
_NO = {"否", "无", "false", "0", "n", "no", "×", "不同意", "未同意"}
_TEXTS = ("text", "sealed", "link", "account")


class Wrong(Exception):
    """What is wrong with a cell, as a sentence with the next step."""


def tidy(raw: str) -> str:
    """A cell's text: ends trimmed, line ends alike, the guard against formulas taken off."""
    return unguard(raw).replace("\r\n", "\n").replace("\r", "\n").strip()


def parse(column: Column, raw: str) -> Any:
    """The value of a cell; `KEEP` for an empty cell that must not empty the field.

    Links come back as their text: they are looked up for many rows at once.

    Raises:
        Wrong: a sentence with the next step.
    """
    text = tidy(raw)
    if text.startswith(NO_RESULT):
        raise Wrong("是公式，文件里没有存下结果。请复制后“只粘贴值”。")
    if text in _FAULTS:
        raise Wrong("是出错的公式。请改正公式，或直接填写内容。")
    if text == TOO_LONG:
        return KEEP
    if not text:
        if column.required:
            raise Wrong("必须填写。")
        return _empty(column) if column.clearable else KEEP
    if column.kind in _TEXTS and _POWER.fullmatch(text):
        raise Wrong("是数字格式，超过 15 位的尾数已经丢失。请把这一列设为“文本”格式后重新填写。")
    return _PARSERS[column.kind](column, text)


def _empty(column: Column) -> Any:
    if column.kind in ("text", "sealed"):
        return ""
    return {"list": [], "json": {}}.get(column.kind)


def _text(column: Column, text: str) -> str:
    if column.limit and len(text) > column.limit:
        raise Wrong(f"有 {len(text)} 字，最多 {column.limit} 字。请缩短。")
    if column.name in ("uscc", "certificate_no", "region_code"):
        return codes.normalise(text)
    return text


def _sealed(column: Column, text: str) -> str:
    return codes.normalise(text) if column.name == "citizen_id" else text


def _uid(_: Column, text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise Wrong("不是要素标识。新登记的请留空；修改的请照导出文件原样保留。") from None


def _int(_: Column, text: str) -> int:
    plain = unicodedata.normalize("NFKC", text).replace(",", "")
    if not re.fullmatch(r"-?\d{1,15}", plain):
        raise Wrong("应为整数。请只填数字。")
    return int(plain)


def _float(_: Column, text: str) -> float:
    try:
        number = float(unicodedata.normalize("NFKC", text))
    except ValueError:
        raise Wrong("应为数字。请只填数字，例如 120.15。") from None
    if not abs(number) < 1e15:
        raise Wrong("数字过大。请核对。")
    return number


def _bool(_: Column, text: str) -> bool:
    plain = text.lower()
    if plain in _YES | _NO:
        return plain in _YES
    raise Wrong("应为“是”或“否”。")


def _date(_: Column, text: str) -> date:
    """2026-01-02, 2026/1/2, 2026年1月2日, 20260102, or a spreadsheet's count of days."""
    plain = unicodedata.normalize("NFKC", text)
    if re.fullmatch(r"\d{5}", plain):
        return date(1899, 12, 30) + timedelta(days=int(plain))
    if re.fullmatch(r"\d{8}", plain):
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    found = _DAY.fullmatch(plain)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        raise Wrong("没有这一天。请核对月份和日子。") from None
    if day is None or not 1900 <= day.year <= 2200:
        raise Wrong("不是日期。请写成 2026-01-02 或 2026年1月2日。")
    return day


def _money(_: Column, text: str) -> int:
    try:
        return parse_yuan(text)
    except Invalid as error:
        raise Wrong(f"{error.message}{error.next_step}") from None


def _choice(column: Column, text: str) -> str:
    for code, label in column.choices:
        if text in (code, label):
            return code
    allowed = "、".join(label for _, label in column.choices[:20])
    raise Wrong(f"不在可选值里。可选：{allowed}。")


def _list(column: Column, text: str) -> list[Any]:
    if text[0] == "[":
        return _json(column, text)
    parts = [part.strip() for part in _SPLIT.split(text) if part.strip()]
    if not column.choices:
        return parts
    return [_choice(column, part) for part in parts]


def _json(column: Column, text: str) -> Any:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise Wrong("不是有效的结构化内容。请照导出文件的写法填写。") from None
    if not isinstance(value, list if column.kind == "list" else dict):
        raise Wrong("结构不对。请照导出文件的写法填写。")
    return value


_PARSERS: dict[str, Callable[[Column, str], Any]] = {
    "uid": _uid, "text": _text, "sealed": _sealed, "int": _int, "float": _float, "bool": _bool,
    "date": _date, "money": _money, "choice": _choice, "list": _list, "json": _json,
    "link": _text, "account": _text,
}  # fmt: skip


def write(column: Column, value: Any) -> str:
    """A value as the cell's text; `parse` of it gives the value again.

    A sealed value comes opened; links come as the text that names them (see `links`).
    """
    if value in (None, "", [], {}):
        return ""
    kind = column.kind
    if kind == "sealed":
        return tidy(ciphers.open_field(value))
    if kind == "date":
        return value.isoformat() if isinstance(value, date) else str(value)
    if kind == "bool":
        return "是" if value else "否"
    if kind == "money":
        whole, part = divmod(value, 100)
        return f"{whole}.{part:02d}" if part else str(whole)
    if kind == "choice":
        return dict(column.choices).get(value, str(value))
    if kind == "float":
        return f"{value:.15g}"
    return _write_more(column, value)


def _write_more(column: Column, value: Any) -> str:
    if column.kind in ("list", "json"):
        plain = isinstance(value, list) and all(
            isinstance(one, str) and one.strip() == one and one and not _SPLIT.search(one)
            for one in value
        )
        if not plain or value[0][0] == "[":
            return json.dumps(value, ensure_ascii=False, sort_keys=True)
        words = dict(column.choices)
        return "、".join(words.get(one, one) for one in value)
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def masked(column: Column, text: str, *, is_citizen: bool) -> str:
    """The text of a personal field as those may see it whose work does not need it."""
    if not text or not column.masked:
        return text
    how = column.masked.removeprefix("citizen ")
    if column.masked.startswith("citizen ") and not is_citizen:
        return text
    if how == "name":
        return masking.mask_name(text)
    if how.endswith("address"):
        return masking.mask_address(text)
    if how == "phone":
        return masking.mask_phone(text)
    return masking.mask_citizen_id(text) if how == "citizen_id" else "****"
