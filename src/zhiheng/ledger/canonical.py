"""How an act is written down so that it can be sealed: the same bytes for ever.

Content: one JSON object in UTF-8, after the manner of RFC 8785: keys sorted by Unicode code
point, no blanks, strings unescaped where JSON allows. Numbers: integers up to 2^53 − 1 in
plain digits; a float with a whole value is written as that integer; other floats in their
shortest form. Times: UTC, microseconds, `2026-11-21T04:05:06.000007Z`. Days: `2026-11-21`.

Digest: SHA-256 over five lines of text, each ended by a newline:

    zhiheng-act-v1
    <number of the dossier>
    <number of the act in it>
    <time of record by the database's clock>
    <SHA-256 of the content, hexadecimal>

So anyone who holds the content can seal it again, with nothing but SHA-256.
"""

import hashlib
import json
import math
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

BIGGEST = 2**53 - 1
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


class NotPlain(ValueError):
    """A value that cannot be written down the same way for ever."""


def instant(moment: datetime | None) -> str | None:
    """The moment as text in UTC; a moment without a zone is refused."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise NotPlain(f"时间 {moment} 缺少时区，请传入带时区的时间。")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def plain(value: Any) -> Any:
    """The value in JSON's own types, as the database will give it back; refuses the rest."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, Mapping):
        return {_key(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, set | frozenset):
        return sorted(plain(inner) for inner in value)
    raise NotPlain(f"不能记录 {type(value).__name__} 类型的内容，请改为文字、数字、日期或列表。")


def _text(value: str) -> str:
    if "\x00" in value:
        raise NotPlain("文字中含有空字符，请删除后再提交。")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise NotPlain("文字中含有无法保存的字符，请删除后再提交。") from error
    return str(value)


def _key(name: Any) -> str:
    if not isinstance(name, str):
        raise NotPlain(f"名称 {name!r} 不是文字，请改为文字。")
    return _text(name)


def _number(value: float) -> int | float:
    if isinstance(value, float) and not math.isfinite(value):
        raise NotPlain("数字不是有限数，请核对。")
    if abs(value) > BIGGEST:
        raise NotPlain(f"数字 {value} 过大，无法准确保存，请改为文字。")
    return int(value) if value == int(value) else value


def text_of(content: Any) -> str:
    """Canonical text of content that is already plain."""
    return _ENCODER.encode(content)


def encode(content: Mapping[str, Any]) -> bytes:
    """Canonical bytes of content that is already plain."""
    return text_of(content).encode()


def content_digest(content: Mapping[str, Any]) -> bytes:
    """SHA-256 of the canonical bytes."""
    return hashlib.sha256(encode(content)).digest()


def seal(*, number: str, seq: int, recorded_at: datetime, content: bytes) -> bytes:
    """The digest of an act; the database computes the same (migration 0003)."""
    text = f"zhiheng-act-v1\n{number}\n{seq}\n{instant(recorded_at)}\n{content.hex()}\n"
    return hashlib.sha256(text.encode()).digest()


def content_of(act: Any) -> dict[str, Any]:
    """What of an act is sealed, from the row as it stands."""
    return {
        "acting_for": act.acting_for,
        "actor_id": act.actor_id,
        "actor_name": act.actor_name,
        "actor_role": act.actor_role,
        "agency_code": act.agency_code,
        "device_at": instant(act.device_at),
        "evidence_digests": act.evidence_digests,
        "facts": act.facts,
        "idempotency_key": act.idempotency_key,
        "kind": act.kind,
        "lat": None if act.lat is None else _number(act.lat),
        "lon": None if act.lon is None else _number(act.lon),
        "occurred_at": instant(act.occurred_at),
        "payload": act.payload,
        "place": act.place,
        "region_code": act.region_code,
        "rule_id": act.rule_id,
        "rule_version": act.rule_version,
        "title": act.title,
        "to_state": act.to_state,
    }
