"""What changed between the versions of an element, field by field, as known at each moment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from zhiheng.elements import values
from zhiheng.elements.models import ElementRecord
from zhiheng.web import words

_HEADER = ("status", "region_code", "owner")


@dataclass(frozen=True)
class Change:
    """One field before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Moment:
    """What became known at one moment: from which day on, by whom, which fields changed."""

    at: datetime
    title: str
    who: str
    changes: tuple[Change, ...]


def kept(row: ElementRecord) -> dict[str, Any]:
    """All own fields of a row as JSON keeps them."""
    return {f.name: values.value_of(row, f) for f in values.own_fields(type(row))}


def changes(
    *, before: dict[str, Any], after: dict[str, Any], reader: values.Reader
) -> tuple[Change, ...]:
    """Fields that differ, in words; `reader` has been prepared with both."""
    return tuple(
        Change(
            values.label_of(field),
            reader.words(field, before.get(field.name)) or "—",
            reader.words(field, after.get(field.name)) or "—",
        )
        for field in values.own_fields(reader.model)
        if field.name != "citizen_id_hash"
        and not values.same(reader.model, field, before.get(field.name), after.get(field.name))
    )


def moments(*, versions: Sequence[ElementRecord], open_personal: bool) -> list[Moment]:
    """The element's life, the newest first: each moment at which something became known."""
    if not versions:
        return []
    reader = values.Reader(type(versions[0]), open_personal=open_personal)
    reader.prepare(kept(one) for one in versions)
    told = []
    for at in sorted({one.known_from for one in versions}, reverse=True):
        written = sorted((v for v in versions if v.known_from == at), key=lambda v: v.valid_from)
        told.append(_moment(at=at, written=written, versions=versions, reader=reader))
    return told


def _moment(
    *,
    at: datetime,
    written: list[ElementRecord],
    versions: Sequence[ElementRecord],
    reader: values.Reader,
) -> Moment:
    closed = [one for one in versions if one.known_until == at]
    found: list[Change] = []
    begins = written[0].valid_from
    for row in written:
        earlier = next((one for one in closed if _overlap(one, row)), None)
        if earlier is None:
            continue
        told = changes(before=kept(earlier), after=kept(row), reader=reader)
        told += tuple(_header(earlier, row))
        if told:
            begins = row.valid_from
            found += told
    found += _span(closed, written)
    title = f"自{words.day_zh(begins)}起" if found or not closed else "登记"
    last = written[-1]
    who = " ".join(filter(None, (last.approved_by, last.approve_doc))) or "未写批准人"
    return Moment(at, title if closed else f"首次登记，{title}有效", who, tuple(found))


def _header(earlier: ElementRecord, row: ElementRecord) -> Iterable[Change]:
    for name in _HEADER:
        field: Any = row._meta.get_field(name)
        before, after = getattr(earlier, field.attname), getattr(row, field.attname)
        if before == after:
            continue
        if name == "owner":
            before, after = (str(one.owner or "") for one in (earlier, row))
        if name == "status":
            before, after = earlier.get_status_display(), row.get_status_display()
        yield Change(str(field.verbose_name), str(before or "—"), str(after or "—"))


def _span(closed: list[ElementRecord], written: list[ElementRecord]) -> list[Change]:
    """A change of the whole stretch of validity, such as an end that was set."""
    if not closed:
        return []
    pairs = (
        ("生效日", min(v.valid_from for v in closed), min(v.valid_from for v in written)),
        ("失效日", _last(closed), _last(written)),
    )
    return [
        Change(label, words.day(before) or "未定", words.day(after) or "未定")
        for label, before, after in pairs
        if before != after
    ]


def _last(rows: list[ElementRecord]) -> date | None:
    """The end of the last stretch; None while it is open."""
    ends = [one.valid_until for one in rows]
    return None if None in ends else max(end for end in ends if end is not None)


def _overlap(one: ElementRecord, other: ElementRecord) -> bool:
    """Whether two rows share a day."""
    return one.ends_after(other.valid_from) and other.ends_after(one.valid_from)
