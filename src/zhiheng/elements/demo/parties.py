"""Subjects of the demo: restaurants, shops, sites and people, all invented."""

import random

from zhiheng.elements.demo import places
from zhiheng.elements.demo.material import (
    fake_citizen_id,
    fake_name,
    fake_phone,
    fake_uscc,
    uid,
)
from zhiheng.elements.demo.store import header, store
from zhiheng.elements.models import Body, Subject
from zhiheng.kernel import ciphers

_WORDS = [
    "老渡口",
    "梅溪人家",
    "云杉里",
    "石门坎",
    "青岭",
    "竹坞",
    "白鹿",
    "小南门",
    "衡江",
    "月半弯",
    "三岔口",
    "稻香",
    "桥头",
    "西井",
    "花石",
    "柿子红",
]
_TRADES = {
    "restaurant": (
        ["土菜馆", "面馆", "烧烤店", "火锅店", "小炒店", "海鲜酒楼", "农家乐", "夜宵店"],
        "6210",
    ),
    "shop": (["水果店", "便利店", "五金店", "服装店", "建材店", "烟酒行"], "5211"),
    "garage": (["汽车维修部", "干洗店"], "8111"),
    "site": (["建设工程有限公司", "置业有限公司", "园林绿化有限公司"], "4710"),
    "company": (["食品有限公司", "物流有限公司", "环保科技有限公司", "物业服务有限公司"], "7020"),
}
_LUCK = "福顺和兴隆盛源泰丰裕鑫瑞祥茂达"
_ROADS = ["衡山路", "渡口街", "梅溪路", "老街", "南门巷", "云杉大道", "石门路", "竹坞街"]


def subjects(
    *, rng: random.Random, count: int, first: int = 1, restaurants: bool = False
) -> list[Subject]:
    """Invented subjects; one in eight of a mixed lot is a natural person."""
    rows = []
    for number in range(first, first + count):
        if number % 8 == 0 and not restaurants:
            rows.append(_citizen(rng=rng, number=number))
        else:
            scene = "restaurant" if restaurants or number % 2 else rng.choice(list(_TRADES))
            rows.append(_business(rng=rng, number=number, scene=scene))
    return list(store(rows))


def _business(*, rng: random.Random, number: int, scene: str) -> Subject:
    """A sole trader, or a company where the trade is one of companies."""
    trades, industry = _TRADES[scene]
    trade = trades[number % len(trades)]
    is_company = trade.endswith("公司")
    word = _WORDS[number % len(_WORDS)]
    mark = "" if number <= len(_WORDS) else _mark(number)
    town_code, town, lon, lat = places.somewhere(rng=rng)
    return Subject(
        uid=uid("subject", number),
        kind=Subject.Kind.ORG if is_company else Subject.Kind.SOLE,
        name=f"青衡县{word}{mark}{trade}",
        uscc=fake_uscc(prefix="91" if is_company else "92", number=number),
        legal_representative=fake_name(rng=rng),
        phone=ciphers.seal_field(fake_phone(rng=rng)),
        address=f"青衡县{town}{rng.choice(_ROADS)}{rng.randrange(1, 280)}号",
        lon=lon,
        lat=lat,
        grid_code=f"{town_code}{rng.randrange(1, 20):03d}",
        industry=industry,
        scene=scene,
        **header(),
    )


def trade_name(*, rng: random.Random, place: str, sole: bool) -> tuple[str, str, str]:
    """A business name of a place with its industry and scene; two may share a name, as in life."""
    scene = rng.choice(("restaurant", "shop", "garage") if sole else ("site", "company"))
    trades, industry = _TRADES[scene]
    mark = rng.choice(_LUCK) + rng.choice(_LUCK)
    return f"{place}{rng.choice(_WORDS)}{mark}{rng.choice(trades)}", industry, scene


def street(*, rng: random.Random) -> str:
    """A street with a number."""
    return f"{rng.choice(_ROADS)}{rng.randrange(1, 999)}号"


def _mark(number: int) -> str:
    """Two characters that tell businesses of one word apart."""
    first, second = "东西南北中新大小", "福顺和兴隆盛源泰丰裕"
    return first[number // 10 % len(first)] + second[number // 80 % len(second)]


def _citizen(*, rng: random.Random, number: int) -> Subject:
    """A natural person; identity and telephone are sealed."""
    citizen_id = fake_citizen_id(rng=rng, number=number)
    _, town, lon, lat = places.somewhere(rng=rng)
    return Subject(
        uid=uid("subject", number),
        kind=Subject.Kind.CITIZEN,
        name=fake_name(rng=rng),
        citizen_id=ciphers.seal_field(citizen_id),
        citizen_id_hash=ciphers.match_hash(citizen_id),
        phone=ciphers.seal_field(fake_phone(rng=rng)),
        address=f"青衡县{town}{rng.choice(_ROADS)}{rng.randrange(1, 280)}号",
        lon=lon,
        lat=lat,
        **header(),
    )


def towns_and_bureaus(*, first: int, count: int) -> list[Body]:
    """Further bodies of the county, numbered on."""
    rows = [
        Body(
            uid=uid("body", number),
            code=f"QH-{number:04d}",
            name=f"青衡县第{number}执法主体",
            serial=f"{number:04d}",
            uscc=fake_uscc(prefix="11", number=number),
            kind=Body.Kind.ORGAN,
            level=Body.Level.COUNTY,
            reconsideration_organ="青衡县人民政府",
            court="青衡县人民法院",
            **places.seat(region="339901", number=number),
            **header(),
        )
        for number in range(first, first + count)
    ]
    return list(store(rows))
