"""Officers of the demo: those who can sign in, and colleagues at every body."""

import random
from datetime import date

from zhiheng.elements.demo.material import fake_citizen_id, fake_name, uid
from zhiheng.elements.demo.store import header, store
from zhiheng.elements.models import Body, Officer
from zhiheng.kernel import ciphers
from zhiheng.people import api as people

CERT_FROM, CERT_UNTIL = date(2024, 1, 1), date(2028, 12, 31)
EXPIRED = "sunguoqi"
EXPIRED_FROM, EXPIRED_UNTIL = date(2021, 3, 1), date(2026, 2, 28)
REVIEWERS = (people.Role.LEGAL_REVIEWER, people.Role.HEARING_HOST)


def officers(
    *, rng: random.Random, bodies: dict[str, Body], accounts: dict[str, people.Account]
) -> list[Officer]:
    """Everybody of the cast who holds a certificate, and two colleagues in each other body."""
    rows = [
        _officer(
            rng=rng, number=int(person.certificate_no[-5:]), name=person.name,
            body=bodies[person.agency_code], unit=person.unit,
            certificate_no=person.certificate_no, account=accounts[person.username],
            expired=person.username == EXPIRED, reviewer=person.role in REVIEWERS,
        )
        for person in (*people.CAST, *people.SECOND_AGENCY)
        if person.certificate_no
    ]  # fmt: skip
    staffed = {row.body.code for row in rows}
    for body in bodies.values():
        if body.code in staffed or not body.domains:
            continue
        for seat in (1, 2):
            number = 20000 + int(body.serial) * 10 + seat
            rows.append(
                _officer(
                    rng=rng, number=number, name=fake_name(rng=rng), body=body,
                    unit="执法队", certificate_no=f"339901{number}",
                )
            )  # fmt: skip
    return list(store(rows))


def _officer(
    *,
    rng: random.Random,
    number: int,
    name: str,
    body: Body,
    unit: str,
    certificate_no: str,
    account: people.Account | None = None,
    expired: bool = False,
    reviewer: bool = False,
) -> Officer:
    citizen_id = fake_citizen_id(rng=rng, number=number)
    return Officer(
        uid=uid("officer", certificate_no),
        account=account,
        name=name,
        body=body,
        unit=unit,
        citizen_id=ciphers.seal_field(citizen_id),
        citizen_id_hash=ciphers.match_hash(citizen_id),
        certificate_no=certificate_no,
        cert_category=body.domains,
        cert_from=EXPIRED_FROM if expired else CERT_FROM,
        cert_until=EXPIRED_UNTIL if expired else CERT_UNTIL,
        legal_qualification=f"A2020339901{number % 10000:04d}" if reviewer else "",
        **header(),
    )
