"""The county at the size of the seeds' counties: exact numbers, everything made once, by COPY."""

import random
from datetime import date
from typing import Any

from zhiheng.elements.demo import clauses, county, growth, parties, places
from zhiheng.elements.demo.corpus import Deed
from zhiheng.elements.demo.material import read, uid
from zhiheng.elements.demo.store import header, store
from zhiheng.elements.models import Area, Basis, Benchmark, Body, CaseExample, Grant, Item

ON = date(2026, 11, 20)
BODIES, ITEMS, LAWS, BENCHMARKS, EXAMPLES, KINDS = 48, 5_100, 125, 485, 49, 38
RESTAURANTS = 3_200
FIRST_EXTRA = "QH-XS-00001"


def load(*, seed: int) -> dict[str, int]:
    """Add what the small county lacks; returns how many rows of each kind went in."""
    rng = random.Random(seed + 1)
    bodies = county.bodies(name="bodies_county.yaml")
    laws_left = LAWS - Basis.objects.known().filter(valid_until=None).count()
    in_force = Item.objects.known().filter(valid_until=None).count()
    chosen = _within(clauses.choose(on=ON, laws=None, count=1_000_000), laws_left, ITEMS - in_force)
    made = clauses.load(chosen=chosen, prefix="QH-XS-")
    every = {row.code: row for row in Body.objects.known().order_by("id")}
    restaurants = RESTAURANTS
    return {
        "body": len(bodies),
        "item": len(made),
        "grant": len(_grants(made, every)),
        "benchmark": len(_benchmarks(made)),
        "caseexample": len(_examples(rng, made)),
        "area": len(_areas(rng)),
        "subject": len(parties.subjects(rng=rng, count=restaurants, first=1000, restaurants=True)),
        **growth.load(
            rng=rng,
            bodies=every,
            items=[item for item, act in made if act.kind == Item.Kind.PENALTY],
        ),
    }


def _within(found: list[Any], laws: int, count: int) -> list[Any]:
    """At most so many new laws, and so many acts; laws that are bases already cost nothing.

    Where the texts at hand hold more than is wanted, the laws with the fewest acts of a county's
    lines fall out, so that the number of laws and of acts both come out exactly.
    """
    have = set(Basis.objects.known().filter(valid_until=None).values_list("title", flat=True))
    old = [one for one in found if one[0].title in have]
    new = [one for one in found if one[0].title not in have][:laws]
    left, taken = count, []
    for place, (text, acts) in enumerate([*old, *new]):
        behind = len(old) + len(new) - place - 1
        share = max(1, min(len(acts), left - behind))
        taken.append((text, acts[:share]))
        left -= share
    return taken


def _grants(made: list[tuple[Item, Deed]], bodies: dict[str, Body]) -> list[Grant]:
    """Each item to the body that the law names, as far as the county has it."""
    return list(
        store([
            Grant(
                uid=uid("grant", item.code, "law"), item=item, body=bodies[holder_of(act)],
                mode=Grant.Mode.STATUTORY, doc_title="罚则所定的主管部门",
                **header(valid_from=item.valid_from),
            )
            for item, act in made
        ])
    )  # fmt: skip


def holder_of(act: Deed) -> str:
    """The code of the body that stands for the organs a clause names."""
    table, named = read("holders.yaml"), "、".join(act.bodies)
    for sign, code in table["words"]:
        if sign in named:
            return str(code)
    return str(table["domains"][act.domain])


def _benchmarks(made: list[tuple[Item, Deed]]) -> list[Benchmark]:
    """Benchmarks for items with a range in money, until there are as many as wanted."""
    from zhiheng.elements.demo.lawbook import tiers

    wanted = BENCHMARKS - Benchmark.objects.known().count()
    ranged = [
        item
        for item, _ in made
        if item.fine_max_cents and (item.fine_min_cents or 0) < item.fine_max_cents
    ]
    step = max(1, len(ranged) // max(wanted, 1))
    return list(
        store([
            Benchmark(
                uid=uid("benchmark", item.code), code=item.code.replace("QH-", "QH-CL-", 1),
                item=item, title=f"{item.name}裁量基准"[:200], issuer="青衡县司法局",
                doc_no="青司〔2026〕9号",
                tiers=tiers(low=item.fine_min_cents or 0, high=item.fine_max_cents or 0),
                factors=["危害后果", "违法次数", "改正情况", "配合调查"],
                **header(valid_from=item.valid_from),
            )
            for item in ranged[::step][:wanted]
        ])
    )  # fmt: skip


def _examples(rng: random.Random, made: list[tuple[Item, Deed]]) -> list[CaseExample]:
    """Invented cases, one of each of many items; nobody is named."""
    wanted = EXAMPLES - CaseExample.objects.known().count()
    first = CaseExample.objects.known().count() + 1
    whose = ("某公司", "某个体工商户", "某经营部", "某合作社")
    penal = [item for item, act in made if act.kind == Item.Kind.PENALTY]
    picked = rng.sample(penal, wanted)
    return list(
        store([
            CaseExample(
                uid=uid("example", number), code=f"QH-AL-{number:03d}", item=item,
                title=f"{rng.choice(whose)}{item.name}案"[:200], level=CaseExample.Level.COUNTY,
                facts="检查中发现，当场拍照取证，责令改正；复查时已经改正。",
                issue="改正后的处罚幅度", reasoning="主动改正、初次发现，在法定幅度内从轻。",
                result="依法作出行政处罚，当事人已履行。", source="青衡县典型案例汇编",
                **header(valid_from=item.valid_from),
            )
            for number, item in enumerate(picked, start=first)
        ])
    )  # fmt: skip


def _areas(rng: random.Random) -> list[Area]:
    """One special area of each kind that is not there yet, inside the county."""
    have = set(Area.objects.known().exclude(special_kind="").values_list("special_kind", flat=True))
    kinds = [kind for kind in read("special_kinds.yaml") if kind not in have][: KINDS - len(have)]
    return list(
        store([
            Area(
                uid=uid("area", "special", kind), code=f"TQ-{number:03d}",
                name=f"青衡县{kind}{number}号", kind=Area.Kind.SPECIAL, special_kind=kind,
                basis="青政通〔2025〕11号", geometry=places.special(rng=rng), **header(),
            )
            for number, kind in enumerate(kinds, start=len(have) + 101)
        ])
    )  # fmt: skip
