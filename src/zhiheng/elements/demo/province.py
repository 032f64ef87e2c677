"""Scale province: the numbers of one province, by COPY; names are numbers, codes check."""

import random
from collections.abc import Iterator

from zhiheng.elements.demo import county
from zhiheng.elements.demo.material import fake_name, fake_uscc, uid
from zhiheng.elements.demo.staff import CERT_FROM, CERT_UNTIL
from zhiheng.elements.demo.store import header, store
from zhiheng.elements.models import Body, Grant, Item, Officer, Subject
from zhiheng.people import api as people

BODIES, OFFICERS, ITEMS, SUBJECTS = 4_024, 90_360, 10_952, 120_000
GRANTS_PER_BODY = 12
FIRST_ITEM = "ZJ-SX-00001"
_LINES = ("urban", "market", "ecology", "transport", "agri", "safety", "fire", "culture", "water")
_SEATS = (people.Role.UNIT_HEAD, people.Role.LEGAL_REVIEWER, people.Role.AGENCY_HEAD)


def load(*, seed: int) -> dict[str, int]:
    """Load what the small county lacks to make a province."""
    rng = random.Random(seed)
    bodies = _bodies(count=BODIES - Body.objects.known().count())
    base = county.real_items()
    items = county.variants(
        base=base,
        count=ITEMS - Item.objects.known().filter(valid_until=None).count(),
        prefix="ZJ-SX-",
    )
    officers = _officers(rng=rng, bodies=bodies, count=OFFICERS - Officer.objects.known().count())
    granted = _grants(bodies=bodies, items=items)
    subjects = _subjects(rng=rng, count=SUBJECTS)
    return {
        "body": len(bodies),
        "item": len(items),
        "officer": officers,
        "grant": granted,
        "subject": subjects,
    }


def _regions() -> Iterator[tuple[str, str, str]]:
    """Code, name and level of the province's regions: 11 cities of 8 counties, all invented."""
    yield "330000", "衡省", Body.Level.PROVINCE
    for city in range(3389, 3400):
        yield f"{city}00", f"衡省第{city - 3388}市", Body.Level.CITY
        for number in range(1, 9):
            code = f"{city}{number:02d}"
            yield code, f"第{city - 3388}市{number}县", Body.Level.COUNTY


def _bodies(*, count: int) -> list[Body]:
    """Bodies spread over the regions, the lines taking turns."""
    regions = list(_regions())
    rows = []
    for number in range(count):
        region, name, level = regions[number % len(regions)]
        seat = number // len(regions) + 1
        code = f"{region}-{seat:02d}"
        rows.append(
            Body(
                uid=uid("body", code),
                code=code,
                name=f"{name}第{seat}执法局",
                short_name=f"{name}{seat}局",
                serial=f"{seat:04d}",
                uscc=fake_uscc(prefix="11", number=seat, region=region),
                kind=Body.Kind.ORGAN,
                level=level,
                domains=[_LINES[seat % len(_LINES)]],
                reconsideration_organ=f"{name}人民政府",
                court=f"{name}人民法院",
                doc_prefix=f"{name}{seat}罚",
                **header(region_code=region),
            )
        )
    return list(store(rows))


def _officers(*, rng: random.Random, bodies: list[Body], count: int) -> int:
    """Officers with accounts: in each body a unit head, a reviewer, a head, and officers."""
    staff = [
        people.DemoPerson(
            username=f"p{number:06d}",
            name=fake_name(rng=rng),
            role=_SEATS[seat] if (seat := number // len(bodies)) < len(_SEATS) else "officer",
            agency_code=bodies[number % len(bodies)].code,
            unit=f"{seat % 4 + 1}中队",
            certificate_no=f"33{number:09d}",
            region_code=bodies[number % len(bodies)].region_code,
        )
        for number in range(count)
    ]
    accounts = people.load_accounts(people=staff, password=None)
    rows = [
        Officer(
            uid=uid("officer", person.certificate_no),
            account_id=accounts[person.username].pk,
            name=person.name,
            body=bodies[number % len(bodies)],
            unit=person.unit,
            certificate_no=person.certificate_no,
            cert_category=bodies[number % len(bodies)].domains,
            cert_from=CERT_FROM,
            cert_until=CERT_UNTIL,
            **header(region_code=person.region_code),
        )
        for number, person in enumerate(staff)
    ]
    return len(store(rows))


def _grants(*, bodies: list[Body], items: list[Item]) -> int:
    """Each body holds a dozen items, spread so that each item has holders."""
    rows = []
    for index, body in enumerate(bodies):
        for step in range(GRANTS_PER_BODY):
            item = items[(index * GRANTS_PER_BODY + step * 7) % len(items)]
            rows.append(
                Grant(
                    uid=uid("grant", item.code, body.code),
                    item=item,
                    body=body,
                    mode=Grant.Mode.STATUTORY,
                    doc_title="省级行政处罚事项目录",
                    **header(region_code=body.region_code, valid_from=item.valid_from),
                )
            )
    return len(store(rows))


def _subjects(*, rng: random.Random, count: int) -> int:
    """Businesses of the province; no personal data, so nothing has to be sealed."""
    regions = [code for code, _, level in _regions() if level == Body.Level.COUNTY]
    rows = [
        Subject(
            uid=uid("subject", "province", number),
            kind=Subject.Kind.SOLE if number % 3 else Subject.Kind.ORG,
            name=f"第{number}号商户",
            uscc=fake_uscc(
                prefix="92" if number % 3 else "91",
                number=number,
                region=regions[number % len(regions)],
            ),
            legal_representative=fake_name(rng=rng),
            industry="6210",
            scene="restaurant",
            **header(region_code=regions[number % len(regions)]),
        )
        for number in range(count)
    ]
    return len(store(rows))
