"""Scale province: the numbers of one province, by COPY; names are invented, codes check."""

import random
from collections.abc import Iterator

from zhiheng.elements.demo import clauses, parties
from zhiheng.elements.demo.enlarge import ON
from zhiheng.elements.demo.material import fake_name, fake_uscc, uid
from zhiheng.elements.demo.staff import CERT_FROM, CERT_UNTIL
from zhiheng.elements.demo.store import header, store
from zhiheng.elements.models import Body, Grant, Item, Officer, Subject
from zhiheng.people import api as people

BODIES, OFFICERS, ITEMS, SUBJECTS = 4_024, 90_360, 10_952, 120_000
GRANTS_PER_BODY = 12
FIRST_ITEM = "ZJ-SX-00001"
_LINES = {
    "urban": "综合行政执法局", "market": "市场监督管理局", "ecology": "生态环境局",
    "transport": "交通运输局", "agri": "农业农村局", "safety": "应急管理局", "fire": "消防救援局",
    "culture": "文化和旅游局", "water": "水利局",
}  # fmt: skip
_CITIES, _COUNTIES = "白云石梅竹柳松兰桂枫青", "衡岭溪川湖浦塘桥"
_SEATS = (people.Role.UNIT_HEAD, people.Role.LEGAL_REVIEWER, people.Role.AGENCY_HEAD)


def load(*, seed: int) -> dict[str, int]:
    """Load what the small county lacks to make a province."""
    rng = random.Random(seed)
    bodies = _bodies(count=BODIES - Body.objects.known().count())
    wanted = ITEMS - Item.objects.known().filter(valid_until=None).count()
    chosen = clauses.choose(on=ON, laws=None, count=wanted, province=True)
    items = [item for item, _ in clauses.load(chosen=chosen, prefix="ZJ-SX-")]
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
    for city, first in enumerate(_CITIES, start=3389):
        yield f"{city}00", f"{first}州市", Body.Level.CITY
        for number, second in enumerate(_COUNTIES, start=1):
            yield f"{city}{number:02d}", f"{first}{second}县", Body.Level.COUNTY


def _bodies(*, count: int) -> list[Body]:
    """Bodies spread over the regions, the lines taking turns."""
    regions = list(_regions())
    rows = []
    for number in range(count):
        region, name, level = regions[number % len(regions)]
        seat = number // len(regions) + 1
        code = f"{region}-{seat:02d}"
        line = list(_LINES)[seat % len(_LINES)]
        squad = f"第{seat // len(_LINES) + 1}分局" if seat >= len(_LINES) else ""
        rows.append(
            Body(
                uid=uid("body", code),
                code=code,
                name=f"{name}{_LINES[line]}{squad}",
                short_name=f"{name[:-1]}{_LINES[line]}{squad}",
                serial=f"{seat:04d}",
                uscc=fake_uscc(prefix="11", number=seat, region=region),
                kind=Body.Kind.ORGAN,
                level=level,
                domains=[line],
                reconsideration_organ=f"{name}人民政府",
                court=f"{name}人民法院",
                doc_prefix=f"{name[:-1]}执{seat}",
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
    reviewers = range(len(bodies), 2 * len(bodies))  # the second seat of each body
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
            legal_qualification=f"A2020330000{number:04d}" if number in reviewers else "",
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
    regions = [(code, name) for code, name, level in _regions() if level == Body.Level.COUNTY]
    rows = []
    for number in range(count):
        region, county_name = regions[number % len(regions)]
        sole = number % 3 > 0
        name, industry, scene = parties.trade_name(rng=rng, place=county_name, sole=sole)
        rows.append(
            Subject(
                uid=uid("subject", "province", number),
                kind=Subject.Kind.SOLE if sole else Subject.Kind.ORG,
                name=name,
                uscc=fake_uscc(prefix="92" if sole else "91", number=number, region=region),
                legal_representative=fake_name(rng=rng),
                address=f"{county_name}{parties.street(rng=rng)}",
                industry=industry,
                scene=scene,
                **header(region_code=region),
            )
        )
    return len(store(rows))
