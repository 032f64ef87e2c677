"""What a register already holds under the keys of many rows, in a query or two."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q

from zhiheng.elements.exchange.columns import columns_of, identity_of
from zhiheng.elements.exchange.links import related_names
from zhiheng.elements.models import ElementRecord, Subject
from zhiheng.elements.models.header import UNPUBLISHED

Versions = list[Any]


class Existing:
    """Versions known now for the uids and the natural keys of a chunk of rows.

    Each row is a mapping of its values; links stand under `<name>` as the element found.
    """

    def __init__(self, model: type[ElementRecord], rows: Sequence[Mapping[str, Any]]) -> None:
        self.model = model
        self.identity = identity_of(model)
        columns = {column.name: column for column in columns_of(model)}
        self._links = {name for name in self.identity if columns[name].kind == "link"}
        self._all = (
            model.objects.known()
            .exclude(status__in=UNPUBLISHED)
            .select_related(*related_names(tuple(columns.values())))
        )
        self._by_uid: dict[str, Versions] = defaultdict(list)
        self._by_key: dict[Any, Versions] = defaultdict(list)
        self._read_uids({row["uid"] for row in rows if row.get("uid")})
        self._read_keys(rows)

    def of(self, row: Mapping[str, Any]) -> Versions:
        """Versions under the row's natural key."""
        found: Versions = []
        for key in self._keys(row)[:1]:
            found += self._by_key.get(key, [])
        return found

    def by_uid(self, uid: str) -> Versions:
        """Versions of one element."""
        return self._by_uid.get(uid, [])

    def _read_uids(self, uids: set[str]) -> None:
        for version in self._all.filter(uid__in=uids).order_by("valid_from") if uids else ():
            self._by_uid[str(version.uid)].append(version)

    def _read_keys(self, rows: Sequence[Mapping[str, Any]]) -> None:
        near = self._near([row for row in rows if self._keys(row)])
        for version in self._all.filter(near).order_by("valid_from") if near else ():
            for key in self._keys(_Held(version, self._links)):
                self._by_key[key].append(version)

    def _near(self, rows: Sequence[Mapping[str, Any]]) -> Q:
        """A filter that finds at least all versions under the keys of the rows."""
        if not rows:
            return Q()
        if self.model is Subject:
            parts = [
                Q(uscc__in={row["uscc"] for row in rows if row.get("uscc")}),
                Q(citizen_id_hash__in=_all_of(rows, "citizen_id_hash")),
                Q(name__in=_all_of(rows, "name"), region_code__in=_all_of(rows, "region_code")),
            ]
            return parts[0] | parts[1] | parts[2]
        near = Q()
        for name in self.identity:
            if name in self._links:
                near &= Q(**{f"{name}__uid__in": {row[name].uid for row in rows}})
            else:
                near &= Q(**{f"{name}__in": _all_of(rows, name)})
        return near

    def _keys(self, row: Any) -> list[Any]:
        """The keys of a row, the strongest first; none while a part of it is missing."""
        if self.model is Subject:
            keys = [("uscc", row.get("uscc")), ("citizen", row.get("citizen_id_hash"))]
            strong = [key for key in keys if key[1]]
            name, region = row.get("name"), row.get("region_code")
            weak = ("name", name, region, row.get("address") or "")
            return [*strong, weak] if name and region else strong
        parts = tuple(
            getattr(row.get(name), "uid", None) if name in self._links else row.get(name)
            for name in self.identity
        )
        return [parts] if parts and all(parts) else []


class _Held:
    """A version read like a row of a file."""

    def __init__(self, version: Any, links: set[str]) -> None:
        self._version = version

    def get(self, name: str) -> Any:
        """A field."""
        return getattr(self._version, name, None)


def _all_of(rows: Sequence[Mapping[str, Any]], name: str) -> set[Any]:
    return {row[name] for row in rows if row.get(name)}
