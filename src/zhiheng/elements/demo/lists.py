"""The lists and supports of the demo county, and two registrations that are one shop."""

import random
from collections.abc import Iterable
from datetime import date
from typing import Any

from zhiheng.elements.demo.material import fake_phone, fake_uscc, read, uid
from zhiheng.elements.demo.store import header, store
from zhiheng.elements.models import (
    Body,
    DocTemplate,
    DutyBoundary,
    ElementRecord,
    Expert,
    FlexibleEntry,
    Item,
    Laboratory,
    MonitoringDevice,
    Officer,
    OneThing,
    Reviewer,
    Seal,
    Subject,
    TransferStandard,
)
from zhiheng.kernel import ciphers
from zhiheng.people import api as people

SEAL_FROM, SEAL_UNTIL = date(2025, 1, 1), date(2028, 1, 1)
ADVISERS = ("weizhuanjia", "zhangshouzheng")
TWINS = (
    ("青衡县月半弯茶餐厅", "92", 990001, "何月", "青衡县城东街道渡口街66号"),
    ("青衡县月半弯茶餐厅", "", 0, "", "青衡县城东街道渡口街66号"),
    ("青衡县柿子红果业有限公司", "91", 990002, "窦红", "青衡县白鹿镇石门路9号"),
    ("柿子红果业", "91", 990002, "", ""),
)


def load(*, seed: int) -> dict[str, int]:
    """Load lists, supports and twins beside the county's elements."""
    rng = random.Random(seed + 7)
    bodies = {row.code: row for row in Body.objects.known().order_by("id")}
    items = {row.code: row for row in Item.objects.known().order_by("valid_from", "id")}
    made: dict[str, Iterable[ElementRecord]] = {
        "dutyboundary": _boundaries(bodies),
        "transferstandard": _transfers(bodies, items),
        "flexibleentry": _flexible(items),
        "onething": _things(bodies),
        "reviewer": _reviewers(rng, bodies),
        "expert": _experts(rng, bodies),
        "laboratory": _laboratories(rng),
        "monitoringdevice": _devices(bodies),
        "seal": _seals(bodies),
        "twins": _twins(rng),
    }
    return {kind: len(store(list(rows))) for kind, rows in made.items()}


def _specs(kind: str) -> list[list[Any]]:
    found: list[list[Any]] = read("lists.yaml")[kind]
    return found


def _boundaries(bodies: dict[str, Body]) -> Iterable[DutyBoundary]:
    for code, matter, domain, lead, assist, penalty, items, source, daily, test in _specs(
        "boundaries"
    ):
        yield DutyBoundary(
            uid=uid("boundary", code), code=code, matter=matter, domain=domain,
            lead_body=bodies[lead], assist_bodies=assist, penalty_body=bodies[penalty],
            items=items, source_supervision=source, daily_inspection=daily, testing_duty=test,
            evidence_duty="处罚主体取证，配合主体提供审批和检查记录",
            after_care="行业主管部门按职责继续监管", handover_condition="发现违法行为，附现场照片",
            dispute_channel="县司法局执法协调", doc_title="青衡县行政执法职责边界清单",
            doc_no="青政办发〔2024〕18号", **header(),
        )  # fmt: skip


def _transfers(bodies: dict[str, Body], items: dict[str, Item]) -> Iterable[TransferStandard]:
    for code, title, kind, item, sender, receiver, organ, facts, evidence in _specs("transfers"):
        crime = kind == TransferStandard.Kind.CRIMINAL
        yield TransferStandard(
            uid=uid("transfer", code), code=code, title=title, kind=kind, item=items[item],
            from_body=bodies.get(sender), to_body=bodies.get(receiver), to_organ=organ,
            trigger_facts=facts, minimum_evidence=evidence,
            goods="随案移交，附清单" if crime else "不移交，登记保管",
            send_within="批准移送后24小时内" if crime else "发现之日起5个工作日内",
            receipt_within="接受移送后3日内" if crime else "收到之日起5个工作日内",
            refuse_reasons=["不属于接收机关管辖", "材料不全，一次告知补正"],
            return_rule="书面说明理由，材料一并退回", doc_title="青衡县行政执法移送标准",
            doc_no="青政办发〔2024〕19号", **header(valid_from=items[item].valid_from),
        )  # fmt: skip


def _flexible(items: dict[str, Item]) -> Iterable[FlexibleEntry]:
    for code, item, kind, ground, conditions, excluded, months, level in _specs("flexible"):
        yield FlexibleEntry(
            uid=uid("flexible", code), code=code, item=items[item], kind=kind,
            legal_ground=ground, conditions=conditions, excluded=excluded,
            lookback_months=months, evidence=["改正前后照片"], education_form="当面讲解，发告知单",
            recheck="七日内复查一次", approve_level=level,
            publish_url="https://qingheng.example/flexible",
            **header(valid_from=items[item].valid_from),
        )  # fmt: skip


def _things(bodies: dict[str, Body]) -> Iterable[OneThing]:
    for code, name, domain, lead, others, items in _specs("things"):
        yield OneThing(
            uid=uid("thing", code), code=code, name=name, domain=domain, lead_body=bodies[lead],
            bodies=others, items=items, doc_title="青衡县综合监管一件事清单",
            doc_no="青政办发〔2025〕6号",
            chain=["准入指导", "日常监管", "线索", "执法", "信用", "服务"],
            tasks=["建一户一档", "统一检查表", "问题闭环"], **header(),
        )  # fmt: skip


def _advisers() -> dict[str, people.Account]:
    """The accounts of those who are asked for advice, by name."""
    rows = people.Account.objects.filter(username__in=ADVISERS)
    return {row.name: row for row in rows}


def _reviewers(rng: random.Random, bodies: dict[str, Body]) -> Iterable[Reviewer]:
    officers = {row.name: row for row in Officer.objects.known().exclude(account=None)}
    accounts = _advisers()
    for code, name, kind, body, number, served in _specs("reviewers"):
        yield Reviewer(
            uid=uid("reviewer", code), code=code, name=name, kind=kind, body=bodies[body],
            officer=officers.get(name), legal_qualification=number, domains=bodies[body].domains,
            served_bodies=served, account=accounts.get(name),
            phone=ciphers.seal_field(fake_phone(rng=rng)), **header(),
        )  # fmt: skip


def _experts(rng: random.Random, bodies: dict[str, Body]) -> Iterable[Expert]:
    accounts = _advisers()
    for code, name, kind, place, title, domains, specialties, ties in _specs("experts"):
        yield Expert(
            uid=uid("expert", code), code=code, name=name, kind=kind, organisation=place,
            title=title, domains=domains, specialties=specialties, recusal_ties=ties,
            appointed_by=bodies["QH-SF"], account=accounts.get(name),
            phone=ciphers.seal_field(fake_phone(rng=rng)), **header(),
        )  # fmt: skip


def _laboratories(rng: random.Random) -> Iterable[Laboratory]:
    for place, (code, name, number, until, methods) in enumerate(_specs("laboratories")):
        yield Laboratory(
            uid=uid("laboratory", code), code=code, name=name, accreditation_no=number,
            uscc=fake_uscc(prefix="91", number=980_000 + place), methods=methods,
            accredited_until=date.fromisoformat(until),
            contact=ciphers.seal_field("联系人"),
            phone=ciphers.seal_field(fake_phone(rng=rng)), **header(),
        )  # fmt: skip


def _devices(bodies: dict[str, Body]) -> Iterable[MonitoringDevice]:
    for code, name, kind, body, items, place, until, legal, technical in _specs("devices"):
        yield MonitoringDevice(
            uid=uid("device", code), code=code, name=name, kind=kind, body=bodies[body],
            items=items, location=place, model_no="QH-2025", serial_no=f"SN{code[-2:]}2025",
            calibrated_until=date.fromisoformat(until) if until else None,
            legal_audit_no=legal, legal_audit_on=date(2025, 2, 10) if legal else None,
            technical_audit_no=technical, technical_audit_on=date(2025, 2, 12) if technical else None,
            publish_url="https://qingheng.example/devices" if legal else "",
            published_on=date(2025, 3, 1) if legal else None, sign_posted=bool(legal),
            **header(valid_from=date(2026, 8, 15) if items else date(2025, 3, 1)),
        )  # fmt: skip


def _seals(bodies: dict[str, Body]) -> Iterable[Seal]:
    keepers: dict[int, Officer] = {}
    for officer in Officer.objects.known().order_by("id"):
        keepers.setdefault(officer.body_id, officer)
    codes = list(DocTemplate.objects.known().filter(sealed=True).values_list("code", flat=True))
    for number, body in enumerate(bodies.values(), start=1):
        code = f"QH-YZ-{number:02d}"
        if not body.code.startswith("QH-"):
            continue
        yield Seal(
            uid=uid("seal", code), code=code, name=body.name, kind=Seal.Kind.ORGAN, body=body,
            keeper=keepers.get(body.pk), record_no=f"339901{number:07d}",
            cert_serial=f"DEMO{number:08d}", cert_issuer="执衡演示证书机构",
            cert_from=SEAL_FROM, cert_until=SEAL_UNTIL, templates=sorted(codes), **header(),
        )  # fmt: skip


def _twins(rng: random.Random) -> Iterable[Subject]:
    """Two shops that were registered twice: same name and place, and same code."""
    for place, (name, prefix, number, operator, address) in enumerate(TWINS):
        yield Subject(
            uid=uid("twin", place), kind="ORG" if prefix == "91" else "SOLE", name=name,
            uscc=fake_uscc(prefix=prefix, number=number) if prefix else "",
            legal_representative=operator, address=address,
            phone=ciphers.seal_field(fake_phone(rng=rng)) if operator else "", **header(),
        )  # fmt: skip
