"""Who may be in a copied case: bodies with their staff and competences, items, parties.

Read straight from the registers' tables in four statements; the loader alone uses it.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, NamedTuple

from django.db import connection

BODIES = """
SELECT code, left(region_code, 6), serial, coalesce(nullif(doc_prefix, ''), nullif(short_name, ''), code)
FROM elements_body
WHERE known_until IS NULL AND valid_until IS NULL AND status = 'ACTIVE' AND serial <> ''
ORDER BY id
"""
STAFF = """
SELECT g.agency_code, g.role, a.id, a.name
FROM people_rolegrant g JOIN people_account a ON a.id = g.account_id
WHERE a.is_active AND g.valid_until IS NULL AND g.role = ANY(%s) AND (
    g.role <> 'officer' OR EXISTS (
        SELECT 1 FROM elements_officer o
        WHERE o.account_id = a.id AND o.known_until IS NULL AND o.valid_until IS NULL
          AND o.cert_status = 'VALID' AND o.cert_until >= current_date
    )
)
ORDER BY a.id
"""
GRANTS = """
SELECT b.code, g.id, i.id, i.code, i.name, coalesce(i.fine_min_cents, 0),
       coalesce(i.fine_max_cents, 0)
FROM elements_grant g JOIN elements_body b ON b.id = g.body_id JOIN elements_item i ON i.id = g.item_id
WHERE g.known_until IS NULL AND g.valid_until IS NULL AND i.valid_until IS NULL AND i.kind = 'PENALTY'
ORDER BY g.id
"""
PARTIES = """
SELECT left(region_code, 6), id, name, address, coalesce(nullif(legal_representative, ''), name)
FROM elements_subject WHERE known_until IS NULL AND valid_until IS NULL AND address <> '' ORDER BY id
"""
SEATS = ("unit_head", "legal_reviewer", "agency_head")
FLATTEN = 20  # the larger, the more alike are the bodies' shares
CLOSE_AT_HAND = 50  # parties in a body's own region that suffice


class Person(NamedTuple):
    """An account."""

    id: int
    name: str


class Competence(NamedTuple):
    """A grant of a body with its item."""

    grant_id: int
    item_id: int
    item_code: str
    item_name: str
    fine_min: int
    fine_max: int


class Party(NamedTuple):
    """A subject."""

    id: int
    name: str
    place: str
    person: str


@dataclass
class Office:
    """A body that handles cases."""

    code: str
    region: str
    serial: int
    prefix: str
    seats: dict[str, Person] = field(default_factory=dict)
    officers: list[Person] = field(default_factory=list)
    grants: list[Competence] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)

    @property
    def works(self) -> bool:
        """Whether a case can go its whole way here."""
        return len(self.officers) > 1 and len(self.seats) == len(SEATS) and bool(self.grants)


def offices() -> list[Office]:
    """Bodies that can handle cases, the demo county's own first."""
    found = {row[0]: Office(row[0], row[1], int(row[2]), row[3]) for row in _rows(BODIES)}
    for agency, role, account_id, name in _rows(STAFF, ["officer", *SEATS]):
        if office := found.get(agency):
            person = Person(account_id, _plain(name))
            if role == "officer":
                office.officers.append(person)
            else:
                office.seats.setdefault(role, person)
    for code, *grant in _rows(GRANTS):
        found[code].grants.append(Competence(*grant)) if code in found else None
    near: dict[str, list[Party]] = defaultdict(list)
    everywhere: list[Party] = []
    for region, number, *words in _rows(PARTIES):
        party = Party(number, *map(_plain, words))
        near[region].append(party)
        everywhere.append(party)
    taken: set[tuple[str, int]] = set()
    working = []
    for office in found.values():
        # The identity code names region and serial: two bodies that share both cannot both file.
        if office.works and (office.region, office.serial) not in taken:
            taken.add((office.region, office.serial))
            own = near[office.region]
            office.parties = own if len(own) >= CLOSE_AT_HAND else everywhere
            working.append(office)
    return working


def shares(working: list[Office]) -> list[float]:
    """Running shares by which cases fall to bodies: few have many, many have few."""
    return list(accumulate(len(o.officers) / (n + FLATTEN) for n, o in enumerate(working)))


def _rows(statement: str, *parameters: list[str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def _plain(text: str) -> str:
    """A text that needs no escaping, in JSON or in COPY."""
    return "".join(sign for sign in text if sign not in '"\\\t\r\n%')
