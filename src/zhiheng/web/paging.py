"""Keyset paging: lists that stay fast at any depth and never count.

    page = keyset(Task.objects.filter(…), order=("due_on", "id"), after=request.GET.get("after"))

The token is signed, tied to its order, and holds the last row's values. The last order key must be
unique. Empty values sort last. A token that was changed or made for another order starts the list
anew and says so (`restarted`), since a list is better than an error.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, Q, QuerySet

M = TypeVar("M", bound=Model)
SALT = "zhiheng.paging"
MOST = 200
"""The longest page anybody may ask for."""


@dataclass(frozen=True)
class Page(Generic[M]):
    """One page of a list."""

    items: list[M]
    next_token: str | None = None
    started_after: bool = False
    restarted: bool = False

    def __iter__(self) -> Iterator[M]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __bool__(self) -> bool:
        return bool(self.items)


@dataclass(frozen=True)
class _Key:
    name: str
    down: bool
    nullable: bool


def keyset(
    queryset: QuerySet[M],
    *,
    order: Sequence[str] = ("due_on", "id"),
    after: str | None = None,
    size: int = 50,
) -> Page[M]:
    """The `size` rows that follow the token, in the given order ("-field" for descending)."""
    keys = [_key(queryset, name) for name in order]
    size = max(1, min(size, MOST))
    rows = queryset.order_by(*[_ordering(k) for k in keys])

    def fetch(last: Sequence[Any] | None, count: int) -> list[M]:
        return list((rows if last is None else rows.filter(_beyond(keys, last)))[:count])

    return keyset_from(fetch, order=order, after=after, size=size)


def keyset_from(
    fetch: Callable[[Sequence[Any] | None, int], list[M]],
    *,
    order: Sequence[str],
    after: str | None = None,
    size: int = 50,
) -> Page[M]:
    """A page of rows that `fetch(last, count)` finds: those behind the values `last`, in order."""
    last = _read(after, order)
    found = fetch(last, size + 1)
    items = found[:size]
    names = [name.removeprefix("-") for name in order]
    token = _write(items[-1], names, order) if len(found) > size else None
    return Page(
        items, token, started_after=last is not None, restarted=bool(after) and last is None
    )


def _key(queryset: QuerySet[Any], name: str) -> _Key:
    plain = name.removeprefix("-")
    try:
        nullable = bool(getattr(queryset.model._meta.get_field(plain), "null", False))
    except FieldDoesNotExist:
        nullable = False
    return _Key(plain, name.startswith("-"), nullable)


def _ordering(key: _Key) -> Any:
    # Plain asc/desc where nothing is empty, so that the index serves; asc puts empties last anyway.
    if key.down:
        return F(key.name).desc(nulls_last=True) if key.nullable else f"-{key.name}"
    return key.name


def _beyond(keys: Sequence[_Key], last: Sequence[Any]) -> Q:
    """(a, b) > (x, y) spelled out, with a plain bound on the first key so that an index can start there."""
    any_of, same = Q(pk__in=[]), Q()
    for key, value in zip(keys, last, strict=True):
        any_of |= same & _past(key, value)
        same &= Q(**{f"{key.name}__isnull": True}) if value is None else Q(**{key.name: value})
    first = keys[0]
    if first.nullable or last[0] is None:
        return any_of
    return Q(**{f"{first.name}__{'lte' if first.down else 'gte'}": last[0]}) & any_of


def _past(key: _Key, value: Any) -> Q:
    if value is None:
        return Q(pk__in=[])
    beyond = Q(**{f"{key.name}__{'lt' if key.down else 'gt'}": value})
    return beyond | Q(**{f"{key.name}__isnull": True}) if key.nullable else beyond


def _write(row: Model, names: Sequence[str], order: Sequence[str]) -> str:
    values = [_pack(getattr(row, name)) for name in names]
    return signing.dumps([list(order), values], salt=SALT, compress=True)


def _read(token: str | None, order: Sequence[str]) -> list[Any] | None:
    if not token:
        return None
    try:
        made_for, values = signing.loads(token, salt=SALT)
        return [_unpack(v) for v in values] if made_for == list(order) else None
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _pack(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    return value if value is None or isinstance(value, int | float) else str(value)


def _unpack(value: Any) -> Any:
    if isinstance(value, dict):
        return (
            datetime.fromisoformat(value["t"]) if "t" in value else date.fromisoformat(value["d"])
        )
    return value
