"""Pure decisions about documents: what is missing, how a number reads, how values are shown.

No Django, no database, no clock.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any

from zhiheng.documents.manifests import Field, Template
from zhiheng.documents.remedy import PROCEDURES, Remedy, missing_remedy_parts, remedy_text
from zhiheng.kernel import money

LOCAL = timezone(timedelta(hours=8))
CHECK_CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{16}")
CHECK_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BLANKS: tuple[Any, ...] = ("", None, [], {})


def canonical(*, value: Any) -> bytes:
    """One byte form of a JSON value: sorted keys, no spaces, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def content_digest(*, template: Template, facts: Mapping[str, Any]) -> str:
    """SHA-256 over what a document says: its facts, its template and the template's version."""
    content = {"code": template.code, "version": template.version, "facts": facts}
    return hashlib.sha256(canonical(value=content)).hexdigest()


def at_path(*, facts: Mapping[str, Any], name: str) -> Any:
    """The value at a dotted path, or None."""
    value: Any = facts
    for part in name.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return None
        value = value[part]
    return value


def picked(*, template: Template, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Only the facts that the manifest names: a document keeps nothing that it does not show.

    So a caller may offer all that it knows of a case, and the digest changes only with what the
    document says.
    """
    kept: dict[str, Any] = {}
    for field in template.fields:
        value = at_path(facts=facts, name=field.name)
        if value is None:
            continue
        if field.type == "table" and isinstance(value, Sequence) and not isinstance(value, str):
            value = [_trimmed(field=field, row=row) for row in value]
        _put(target=kept, name=field.name, value=value)
    return kept


def _trimmed(*, field: Field, row: Any) -> Any:
    names = {name for name, _, _ in field.columns}
    return {k: v for k, v in row.items() if k in names} if isinstance(row, Mapping) else row


def is_required(*, field: Field, facts: Mapping[str, Any]) -> bool:
    """Whether this document with these facts must have the field.

    `required_if` names another field: the field is due when that one is true or filled;
    `name=VALUE` asks for that value, `name=A|B` for one of several, `!name` asks that it is
    absent or false.
    """
    if not field.required_if:
        return field.required
    condition = field.required_if
    if condition.startswith("!"):
        return at_path(facts=facts, name=condition[1:]) in (False, *BLANKS)
    name, _, wanted = condition.partition("=")
    value = at_path(facts=facts, name=name)
    return str(value) in wanted.split("|") if wanted else value not in (False, *BLANKS)


def _is_date(value: Any) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _is_moment(value: Any) -> bool:
    try:
        return datetime.fromisoformat(str(value)).tzinfo is not None
    except ValueError:
        return False


def _is_table(*, field: Field, value: Any) -> bool:
    names = {name for name, _, _ in field.columns}
    return isinstance(value, list) and all(
        isinstance(row, Mapping) and set(row) <= names for row in value
    )


def _fits(*, field: Field, value: Any) -> bool:
    if field.choices:
        return str(value) in dict(field.choices)
    checks = {
        "text": lambda: isinstance(value, str),
        "date": lambda: _is_date(value),
        "datetime": lambda: _is_moment(value),
        "cents": lambda: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
        "bool": lambda: isinstance(value, bool),
        "list": lambda: isinstance(value, list) and all(isinstance(v, str) for v in value),
        "table": lambda: _is_table(field=field, value=value),
        "remedy": lambda: isinstance(value, Mapping),
    }
    return checks[field.type]()


def missing_fields(*, template: Template, facts: Mapping[str, Any]) -> list[Field]:
    """The required fields that the facts leave empty, in the order of the document."""
    found = []
    for field in template.fields:
        value = at_path(facts=facts, name=field.name)
        empty = value in BLANKS or (isinstance(value, str) and not value.strip())
        if empty and is_required(field=field, facts=facts):
            found.append(field)
    return found


def ill_fitting_fields(*, template: Template, facts: Mapping[str, Any]) -> list[Field]:
    """The fields that are filled with something of another type."""
    found = []
    for field in template.fields:
        value = at_path(facts=facts, name=field.name)
        if value not in BLANKS and not _fits(field=field, value=value):
            found.append(field)
    return found


def refusal(*, template: Template, facts: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """Why the document cannot be made, as one sentence and per field; empty if it can.

    A document is refused rather than printed with a blank.
    """
    errors: dict[str, str] = {}
    missing = missing_fields(template=template, facts=facts)
    errors.update({f.name: f"缺少“{f.title}”" for f in missing})
    wrong = ill_fitting_fields(template=template, facts=facts)
    errors.update({f.name: f"“{f.title}”的内容格式不对" for f in wrong})
    for field in (f for f in template.fields if f.type == "remedy" and f.name not in errors):
        value = at_path(facts=facts, name=field.name)
        wrong_remedy = _remedy_fault(field=field, value=value)
        if wrong_remedy:
            errors[field.name] = wrong_remedy
    if not errors:
        return "", {}
    sentences = []
    if missing:
        sentences.append(f"缺少：{'、'.join(f.title for f in missing)}")
    if wrong:
        sentences.append(f"格式不对：{'、'.join(f.title for f in wrong)}")
    sentences += [text for text in errors.values() if text.startswith("救济")]
    return f"《{template.title}》不能制作，{'；'.join(sentences)}。", errors


def _remedy_fault(*, field: Field, value: Any) -> str:
    """What keeps the remedy paragraph from being written: gaps, or another kind of procedure."""
    parts = missing_remedy_parts(value) if value not in BLANKS else []
    if parts:
        return f"救济途径缺少{'、'.join(parts)}"
    if value not in BLANKS and field.procedures and value["procedure"] not in field.procedures:
        wanted = "、".join(PROCEDURES[key] for key in field.procedures)
        return f"救济途径的程序种类应当是{wanted}"
    return ""


def number_of(*, template: Template, organ_short: str, year: int, sequence: int) -> str:
    """The 文号, for example 青综执罚告字〔2026〕第000123号."""
    return template.number_pattern.format(organ=organ_short, year=year, seq=sequence)


def date_zh(*, value: str) -> str:
    """`2026-11-21` as 2026年11月21日."""
    day = date.fromisoformat(value)
    return f"{day.year}年{day.month}月{day.day}日"


def moment_zh(*, value: str) -> str:
    """An aware ISO instant as local time: 2026年11月21日 14时05分."""
    moment = datetime.fromisoformat(value).astimezone(LOCAL)
    return f"{moment.year}年{moment.month}月{moment.day}日{moment.hour}时{moment.minute:02d}分"


def _shown(*, kind: str, value: Any, choices: Mapping[str, str]) -> Any:
    if value in BLANKS and value != 0:
        return None
    if choices:
        return choices.get(str(value), str(value))
    if kind == "date":
        return date_zh(value=value)
    if kind == "datetime":
        return moment_zh(value=value)
    if kind == "cents":
        return {"yuan": money.yuan(value), "words": money.in_words(value)}
    if kind == "remedy":
        keys = Remedy.__dataclass_fields__
        return remedy_text(remedy=Remedy(**{k: v for k, v in value.items() if k in keys}))
    return value


def presented(*, template: Template, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as the template prints them: dates and money in words, remedy as a paragraph.

    Every field of the manifest is present; an optional one that is empty is None.
    """
    shown: dict[str, Any] = {}
    for field in template.fields:
        value = at_path(facts=facts, name=field.name)
        if field.type == "table" and value:
            value = [_row(columns=field.columns, row=row) for row in value]
        else:
            value = _shown(kind=field.type, value=value, choices=dict(field.choices))
        _put(target=shown, name=field.name, value=value)
    return shown


def _row(*, columns: Sequence[tuple[str, str, str]], row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _shown(kind=kind, value=row.get(name), choices={}) for name, _, kind in columns}


def _put(*, target: dict[str, Any], name: str, value: Any) -> None:
    *parents, last = name.split(".")
    for part in parents:
        target = target.setdefault(part, {})
    target[last] = value


def normal_check_code(*, text: str) -> str:
    """A check code as typed by a person, tidied: no spaces or dashes, O as 0, I and L as 1."""
    code = re.sub(r"[\s\-—]", "", text).upper()
    return code.translate(str.maketrans("OIL", "011"))
