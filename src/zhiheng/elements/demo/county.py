"""The county in its small scale."""

import random
from collections.abc import Iterable
from datetime import date
from typing import Any

from zhiheng.elements.demo import lawbook, parties, places, staff
from zhiheng.elements.demo.material import fake_uscc, read, uid
from zhiheng.elements.demo.store import header, store
from zhiheng.elements.models import Area, Body, CaseExample, DocTemplate, Grant, Item
from zhiheng.people.api import Account

HOLDER = {
    "urban": "QH-ZF", "market": "QH-SCJG", "ecology": "QH-STHJ", "safety": "QH-YJ",
    "fire": "QH-XF", "agri": "QH-NY", "transport": "QH-JT", "water": "QH-SL", "culture": "QH-WL",
}  # fmt: skip
TOWN_ITEMS = ("008", "018", "019", "020", "021", "023", "024", "025")
ENTRUSTED_ITEMS = ("023", "024", "025")


def load(*, seed: int, accounts: dict[str, Account]) -> dict[str, int]:
    """Load the small county."""
    rng = random.Random(seed)
    held = bodies()
    nodes = lawbook.clauses(laws=lawbook.laws())
    items = lawbook.items(nodes=nodes)
    counted: dict[str, Iterable[Any]] = {
        "body": held.values(),
        "basisnode": nodes.values(),
        "item": items,
        "benchmark": lawbook.benchmarks(items=items),
        "grant": grants(items=items, bodies=held),
        "officer": staff.officers(rng=rng, bodies=held, accounts=accounts),
        "subject": parties.subjects(rng=rng, count=60),
        "area": areas(),
        "doctemplate": templates(),
        "caseexample": examples(items=items),
    }
    return {kind: len(list(rows)) for kind, rows in counted.items()}


def bodies(*, name: str = "bodies.yaml") -> dict[str, Body]:
    """The county's bodies of a data file, by code."""
    rows: dict[str, Body] = {}
    for spec in read(name):
        code, name, short, serial, kind, level, domains, region, prefix, entrusted_by = spec
        rows[code] = Body(
            uid=uid("body", code),
            code=code,
            name=name,
            short_name=short,
            serial=serial,
            uscc=fake_uscc(prefix="11", number=int(serial)),
            kind=kind,
            level=level,
            domains=domains,
            qualification_notice="青政公告〔2023〕1号",
            legal_basis="行政处罚法第十七条、第十八条"
            if kind != "ENTRUSTED"
            else "行政处罚法第二十条",
            address=f"青衡县衡山路{int(serial) * 8}号",
            phone=f"0000-6600{serial}",
            complaint_phone="12345",
            reconsideration_organ="青衡县人民政府",
            court="青衡县人民法院",
            bank_name="青衡农村商业银行营业部",
            bank_account=f"3399010000{serial}",
            doc_prefix=prefix,
            **places.seat(region=region, number=int(serial)),
            **header(region_code=region, source_id=entrusted_by),
        )
    # An entrusted body points at the one that entrusts it: stored after that has an id.
    entrusted = [row for row in rows.values() if row.kind == Body.Kind.ENTRUSTED]
    store([row for row in rows.values() if row.kind != Body.Kind.ENTRUSTED])
    for row in entrusted:
        row.entrusted_by = rows[row.source_id]
    store(entrusted)
    return rows


def grants(*, items: list[Item], bodies: dict[str, Body]) -> list[Grant]:
    """Who may do what: by law, concentrated, granted to towns, entrusted."""
    newest = [item for item in items if item.valid_until is None]
    first = [_grant(item=item, body=bodies[HOLDER[item.domain]]) for item in newest]
    store(first)
    by_code = {grant.item.code: grant for grant in first}
    town = [
        _grant(
            item=by_code[f"QH-CG-{number}"].item, body=bodies[code], mode=Grant.Mode.EMPOWERED,
            doc_no="青政发〔2024〕3号", doc_title="青衡县乡镇街道综合行政执法事项清单",
            approve_doc="浙政函〔2024〕12号",
        )
        for code in ("QH-CD", "QH-YS")
        for number in TOWN_ITEMS
    ]  # fmt: skip
    entrusted = [
        _grant(
            item=by_code[f"QH-CG-{number}"].item, body=bodies["QH-HW"],
            mode=Grant.Mode.ENTRUSTED, doc_no="青综执委〔2024〕1号", doc_title="行政执法委托书",
            derived_from=by_code[f"QH-CG-{number}"], valid_until=date(2027, 1, 1),
        )
        for number in ENTRUSTED_ITEMS
    ]  # fmt: skip
    return [*first, *store([*town, *entrusted])]


def _grant(*, item: Item, body: Body, mode: str = "", **more: Any) -> Grant:
    """One grant; without a mode the law itself, or for the urban line the county's notice."""
    by_notice = item.domain == "urban"
    begins = _grant_from(item=item)
    notice = "青政通〔2026〕3号" if begins >= lawbook.CODE_FROM else "青政通〔2023〕5号"
    default = {
        "doc_no": notice if by_notice else "",
        "doc_title": "青衡县人民政府关于集中行使行政处罚权的通告"
        if by_notice
        else "罚则所定的主管部门",
    }
    mode = mode or (Grant.Mode.CENTRALISED if by_notice else Grant.Mode.STATUTORY)
    key = uid("grant", item.code, body.code)
    values = header(region_code=body.region_code, valid_from=begins) | default | more
    return Grant(uid=key, item=item, body=body, mode=mode, **values)


def _grant_from(*, item: Item) -> date:
    """The oil-fume item was granted before the code; the others with their own first day."""
    return date(2024, 1, 1) if item.code == "QH-CG-001" else item.valid_from


def areas() -> list[Area]:
    """The county, its towns, patrol districts and special areas."""
    shapes = [("339901", "青衡县", Area.Kind.COUNTY, "", places.county())]
    outlines = places.towns()
    shapes += [(c, n, Area.Kind.TOWN, "", outlines[c]) for c, n in places.TOWNS]
    names = {"PQ-D": "东片执法区", "PQ-X": "西片执法区"}
    shapes += [(c, names[c], Area.Kind.DISTRICT, "", g) for c, g in places.districts().items()]
    shapes += [(c, n, Area.Kind.SPECIAL, k, g) for c, (n, k, g) in places.specials().items()]
    rows = [
        Area(
            uid=uid("area", code),
            code=code,
            name=name,
            kind=kind,
            special_kind=special,
            basis="青政通〔2024〕8号" if special else "",
            geometry=geometry,
            **header(region_code=code if kind == Area.Kind.TOWN else "339901"),
        )
        for code, name, kind, special, geometry in shapes
    ]
    return list(store(rows))


def templates() -> list[DocTemplate]:
    """The forms in use."""
    rows = [
        DocTemplate(
            uid=uid("template", code), code=code, name=name, stage=stage, sealed=sealed,
            template_version="1", **header(region_code="330000"),
        )
        for code, name, stage, sealed in read("papers.yaml")["templates"]
    ]  # fmt: skip
    return list(store(rows))


def examples(*, items: list[Item]) -> list[CaseExample]:
    """Published cases that name nobody."""
    newest = {item.code: item for item in items if item.valid_until is None}
    rows = [
        CaseExample(
            uid=uid("example", spec["code"]),
            source="青衡县典型案例汇编",
            item=newest[spec["item"]],
            **header() | {name: value for name, value in spec.items() if name != "item"},
        )
        for spec in read("papers.yaml")["examples"]
    ]
    return list(store(rows))
