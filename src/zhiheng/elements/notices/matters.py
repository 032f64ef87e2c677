"""What is open on an item: told by the contexts above, which register a finder here."""

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

MOST = 200


@dataclass(frozen=True)
class OpenMatter:
    """A matter under way: which, where it opens, who handles it, on which item."""

    kind: str
    number: str
    title: str
    href: str
    agency_code: str
    item_uid: uuid.UUID
    begun_on: date | None = None


Finder = Callable[..., list[OpenMatter]]
_finders: list[Finder] = []


def contribute_open_matters(finder: Finder) -> None:
    """Register `finder(item_uids=…, agency_codes=…, most=…)`; it returns open matters, capped."""
    if finder not in _finders:
        _finders.append(finder)


def find_open(
    *, item_uids: Collection[uuid.UUID], agency_codes: Collection[str], most: int = MOST
) -> list[OpenMatter]:
    """Matters under way on these items at these bodies, `most` + 1 of each kind at the most."""
    if not item_uids or not agency_codes:
        return []
    found: list[OpenMatter] = []
    for finder in _finders:
        found += finder(item_uids=item_uids, agency_codes=agency_codes, most=most + 1)
    return found
