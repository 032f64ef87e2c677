"""Duty boundaries, transfer standards and experts in the numbers of the seeds' counties."""

import random
from collections.abc import Iterator

from zhiheng.elements.demo.material import fake_name, fake_phone, uid
from zhiheng.elements.demo.store import header, store
from zhiheng.elements.models import Body, DutyBoundary, Expert, Grant, Item, TransferStandard
from zhiheng.kernel import ciphers

BOUNDARIES, TRANSFERS, EXPERTS = 2_097, 260, 52
_TITLES = ("教授", "高级工程师", "主任医师", "律师", "研究员", "副教授")
_PLACES = (
    "衡州大学",
    "衡州市检验检测院",
    "青衡县人民医院",
    "衡州某律师事务所",
    "衡州市环境科学研究所",
)
_SPECIAL = {
    "ecology": "环境监测", "market": "食品检验", "construction": "结构安全", "health": "公共卫生",
    "transport": "道路运输安全", "agri": "动植物检疫", "safety": "危险化学品", "fire": "消防工程",
    "water": "水工结构", "natural": "测绘与规划", "urban": "城市管理", "labour": "劳动保障",
    "culture": "文物鉴定", "development": "节能评估", "industry": "无线电监测",
    "education": "校外培训", "ethnic": "宗教场所安全", "police": "道路交通", "civil": "养老服务",
    "finance": "会计审计", "commerce": "价格认定", "forestry": "林业有害生物", "weather": "防雷检测",
    "quake": "抗震设防", "grain": "粮油质量", "defence": "人防工程", "statistics": "统计调查",
    "archives": "档案保护", "sport": "体育设施", "press": "出版物鉴定", "other": "行政法",
}  # fmt: skip


def load(*, rng: random.Random, bodies: dict[str, Body], items: list[Item]) -> dict[str, int]:
    """Fill each register up to its number; what is there already counts."""
    holders = dict(Grant.objects.known().order_by("-id").values_list("item__code", "body__code"))
    return {
        "dutyboundary": len(store(list(_boundaries(bodies, items, holders)))),
        "transferstandard": len(store(list(_transfers(rng, bodies, items, holders)))),
        "expert": len(store(list(_experts(rng, bodies)))),
    }


def _boundaries(
    bodies: dict[str, Body], items: list[Item], holders: dict[str, str]
) -> Iterator[DutyBoundary]:
    """One boundary an item: the holder leads and punishes, town and police assist."""
    have = DutyBoundary.objects.known().count()
    step = max(1, len(items) // max(BOUNDARIES - have, 1))
    for number, item in enumerate(items[::step][: BOUNDARIES - have], start=have + 1):
        holder = bodies[holders[item.code]]
        yield DutyBoundary(
            uid=uid("boundary", "county", number), code=f"QH-BJ-{number:04d}", matter=item.name,
            domain=item.domain, lead_body=holder, penalty_body=holder,
            assist_bodies=["QH-CD", "QH-YS"], items=[item.code],
            source_supervision=f"{holder.short_name}按法定职责审批和监管",
            daily_inspection=f"{holder.short_name}检查，乡镇街道巡查发现后报告",
            evidence_duty=f"{holder.short_name}取证", testing_duty=f"{holder.short_name}委托",
            after_care="行业主管部门按职责继续监管", handover_condition="发现违法行为，附现场照片",
            dispute_channel="县司法局执法协调", doc_title="青衡县行政执法职责边界清单",
            doc_no="青政办发〔2024〕18号", **header(valid_from=item.valid_from),
        )  # fmt: skip


def _transfers(
    rng: random.Random, bodies: dict[str, Body], items: list[Item], holders: dict[str, str]
) -> Iterator[TransferStandard]:
    """Items found by one body that another punishes; the comprehensive bureau hands them on."""
    have = TransferStandard.objects.known().count()
    finder = bodies["QH-ZF"]
    others = [item for item in items if holders[item.code] != finder.code]
    for number, item in enumerate(rng.sample(others, TRANSFERS - have), start=have + 1):
        receiver = bodies[holders[item.code]]
        yield TransferStandard(
            uid=uid("transfer", "county", number), code=f"QH-YS-{number:03d}",
            title=f"{item.name}线索移送"[:200], kind=TransferStandard.Kind.ADMINISTRATIVE,
            item=item, from_body=finder, to_body=receiver, trigger_facts=["巡查中发现这一行为"],
            minimum_evidence=["现场照片", "现场检查笔录"], goods="不移交，登记保管",
            send_within="发现之日起5个工作日内", receipt_within="收到之日起5个工作日内",
            refuse_reasons=["不属于接收机关管辖", "材料不全，一次告知补正"],
            return_rule="书面说明理由，材料一并退回", doc_title="青衡县行政执法移送标准",
            doc_no="青政办发〔2024〕19号", **header(valid_from=item.valid_from),
        )  # fmt: skip


def _experts(rng: random.Random, bodies: dict[str, Body]) -> Iterator[Expert]:
    """Invented experts over all lines."""
    have = Expert.objects.known().count()
    lines = list(_SPECIAL)
    for number in range(have + 1, EXPERTS + 1):
        domain = lines[number % len(lines)]
        kind = Expert.Kind.LEGAL if domain == "other" else Expert.Kind.TECHNICAL
        yield Expert(
            uid=uid("expert", "county", number), code=f"QH-ZJK-{number:03d}",
            name=fake_name(rng=rng), kind=kind, organisation=rng.choice(_PLACES),
            title=rng.choice(_TITLES), domains=[domain], specialties=[_SPECIAL[domain]],
            appointed_by=bodies["QH-SF"], phone=ciphers.seal_field(fake_phone(rng=rng)), **header(),
        )  # fmt: skip
