"""Notices of the demo, really drafted, approved and published: numbers invented, effects measured."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from zhiheng.elements.demo.material import KNOWN_FROM, read, uid
from zhiheng.elements.demo.store import header, store
from zhiheng.elements.models import AdjustmentAction, AdjustmentNotice, Body, Grant, Item
from zhiheng.elements.notices import counts, drafting, life
from zhiheng.kernel import bulk
from zhiheng.people import api as people

Kind = AdjustmentAction.Kind
CENTRE = "QH-ZF"
ISSUER = "青衡县人民政府"
DRAFTER, REVIEWER, PUBLISHER = "chuyaosu", "wangshenhe", "zhaojuzhang"
LEAD, APART = timedelta(days=20), timedelta(days=25)


@dataclass(frozen=True)
class Planned:
    """A notice to come: how many items the centre holds afterwards, of at most so many domains."""

    number: int
    on: date
    items: int
    domains: int


# 318 → 3,143 → 2,681 items of 9 → 31 domains in five notices (mission.md F21).
PLAN = (
    Planned(6, date(2024, 3, 1), 318, 9),
    Planned(19, date(2024, 10, 1), 1_246, 20),
    Planned(4, date(2025, 4, 1), 3_143, 31),
    Planned(17, date(2025, 11, 1), 2_874, 31),
    Planned(8, date(2026, 10, 1), 2_681, 31),
)


def load_small() -> int:
    """Two small notices: one in force since last year, one still a draft."""
    bodies = _bodies()
    town = drafting.Terms(
        kind=Kind.ADD, to_body=bodies["QH-YS"], handover_docs="办案指引一册",
        remaining_body=bodies[CENTRE],
    )  # fmt: skip
    _publish(
        number="青政通〔2025〕11号", title="关于调整乡镇街道行政执法事项的通告",
        on=date(2025, 7, 1), batches=[(town, _items(["QH-CG-022", "QH-CG-026"], date(2025, 7, 1)))],
        approval="浙政函〔2025〕31号",
    )  # fmt: skip
    on = date(2027, 3, 1)
    notice = _draft(
        number="青政通〔2026〕21号", title="关于向城东街道下放行政执法事项的通告", on=on,
        at=datetime(2026, 11, 16, 2, tzinfo=UTC), approval="",
    )  # fmt: skip
    terms = drafting.Terms(
        kind=Kind.DELEGATE, from_body=bodies[CENTRE], to_body=bodies["QH-CD"],
        training_due=date(2027, 2, 20), handover_docs="在办案件清单、监管台账",
    )  # fmt: skip
    drafting.add_actions(
        notice_id=notice.pk, actor=_actor(DRAFTER, on), terms=terms,
        rows=_items(["QH-CG-015", "QH-CG-026", "QH-CG-028"], on),
    )  # fmt: skip
    return 2


def load_county() -> dict[str, int]:
    """Five notices one after the other; each brings the centre to its number on its day."""
    kept = {spec["code"] for spec in read("items.yaml")}
    bulk.count_anew(Body, Grant, Item)
    loose = _give_to_bureaus(kept)
    bulk.count_anew(Grant)
    after = KNOWN_FROM.date()
    for planned in PLAN:
        day = _first_day(planned, after + APART, kept)
        _bring_to(replace(planned, on=day), kept)
        after = day
    return {"grant": loose, "adjustmentnotice": len(PLAN)}


def _first_day(planned: Planned, earliest: date, kept: set[str]) -> date:
    """The planned day, or the first of a month by which enough items are in force."""
    rows = (
        Grant.objects.known()
        .filter(item__code__startswith="QH-", status="ACTIVE")
        .exclude(item__code__in=kept)
        .order_by("-valid_from")
        .values_list("item__uid", "valid_from")
    )
    begins = sorted(dict(rows).values())
    enough = begins[: planned.items][-1] if begins else planned.on
    day = max(planned.on, earliest, enough + timedelta(days=1))
    return day if day.day == 1 else (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _bodies() -> dict[str, Body]:
    return {one.code: one for one in Body.objects.known().filter(valid_until=None)}


def _actor(username: str, on: date) -> people.Actor:
    account = people.Account.objects.get(username=username)
    return people.actor_of(account, on)


def _items(codes: Iterable[str], on: date) -> list[tuple[Item, str]]:
    rows = Item.objects.active(on).filter(code__in=list(codes)).order_by("code")
    return [(one, "") for one in rows]


def _give_to_bureaus(kept: set[str]) -> int:
    """Items that nobody holds belong to the bureau of their line, as the penalty clause says."""
    held = set(Grant.objects.known().values_list("item__uid", flat=True))
    bodies = _bodies()
    rows = [
        Grant(
            uid=uid("grant", item.code, _bureau(item)), item=item, body=bodies[_bureau(item)],
            mode=Grant.Mode.STATUTORY, doc_title="罚则所定的主管部门",
            **header(valid_from=item.valid_from),
        )
        for item in Item.objects.known()
        .filter(code__startswith="QH-", valid_until=None)
        .exclude(uid__in=held)
        .exclude(code__in=kept)
    ]  # fmt: skip
    return len(store(rows))


def _bureau(item: Item) -> str:
    """The bureau of a line; the urban line has the housing bureau beside the centre."""
    if item.domain == "urban":
        return "QH-ZJ"
    return str(read("holders.yaml")["domains"][item.domain])


def _bring_to(planned: Planned, kept: set[str]) -> None:
    """Move as many items as it takes, in from the bureaus or back to them."""
    on, at = planned.on, _before(planned.on)
    now = counts.held_on(body_code=CENTRE, on=on)
    number = f"青政通〔{at.year}〕{planned.number}号"
    if planned.items >= now:
        rows = _movable(on, planned.items - now, planned.domains, kept)
        title = "关于划转行政执法事项的通告"
        batches = _from_bureaus(rows)
    else:
        rows = _returnable(on, now - planned.items, kept)
        title = "关于调整行政执法事项的通告"
        batches = _to_bureaus(rows)
    _publish(
        number=number, title=title, on=on, batches=batches, at=at,
        approval=f"衡政函〔{at.year}〕{on.month + 20}号", key=f"demo/county/{planned.number}",
    )  # fmt: skip


def _movable(on: date, count: int, domains: int, kept: set[str]) -> list[Grant]:
    """Grants of bureaus to move in, the domains taking turns so that each is met."""
    rows = (
        Grant.objects.active(on)
        .filter(mode="STATUTORY", valid_from__lt=on, item__code__startswith="QH-")
        .exclude(body__code=CENTRE)
        .exclude(item__code__in=kept)
        .select_related("item", "body")
        .order_by("item__code")
    )
    active = set(Item.objects.active(on).values_list("uid", flat=True))
    lines: dict[str, list[Grant]] = defaultdict(list)
    for grant in rows:
        if grant.item.uid in active:
            lines[grant.item.domain].append(grant)
    chosen: list[Grant] = []
    turns = [lines[name] for name in Item.Domain.values[:domains] if name in lines]
    while len(chosen) < count and any(turns):
        chosen += [line.pop(0) for line in turns if line][: count - len(chosen)]
    return chosen


def _returnable(on: date, count: int, kept: set[str]) -> list[Grant]:
    """Grants of the centre to give back, spread over what it holds so that each line keeps some."""
    rows = list(
        Grant.objects.active(on)
        .filter(body__code=CENTRE, valid_from__lt=on, source_sys="notice")
        .exclude(item__code__in=kept)
        .select_related("item", "body")
        .order_by("item__code")
    )
    step = max(len(rows) // max(count, 1), 1)
    return rows[::step][:count]


def _from_bureaus(rows: Sequence[Grant]) -> list[tuple[drafting.Terms, list[tuple[Item, str]]]]:
    groups: dict[str, list[Grant]] = defaultdict(list)
    for grant in rows:
        groups[grant.body.code].append(grant)
    bodies = _bodies()
    return [
        (
            drafting.Terms(
                kind=Kind.MOVE_IN, from_body=bodies[code], to_body=bodies[CENTRE],
                remaining_body=bodies[code], handover_docs="在办案件清单、监管台账",
            ),
            [(one.item, "") for one in group],
        )
        for code, group in groups.items()
    ]  # fmt: skip


def _to_bureaus(rows: Sequence[Grant]) -> list[tuple[drafting.Terms, list[tuple[Item, str]]]]:
    groups: dict[str, list[Grant]] = defaultdict(list)
    for grant in rows:
        groups[_bureau(grant.item)].append(grant)
    bodies = _bodies()
    return [
        (
            drafting.Terms(
                kind=Kind.MOVE_OUT, from_body=bodies[CENTRE], to_body=bodies[code],
                mode=Grant.Mode.STATUTORY,
            ),
            [(one.item, "") for one in group],
        )
        for code, group in groups.items()
    ]  # fmt: skip


def _before(on: date) -> datetime:
    """When the papers went round: three weeks before the day, never before anything was known."""
    return max(datetime.combine(on - LEAD, time(2), tzinfo=UTC), KNOWN_FROM + timedelta(days=1))


def _draft(
    *, number: str, title: str, on: date, at: datetime, approval: str, key: str = ""
) -> AdjustmentNotice:
    return drafting.draft(
        actor=_actor(DRAFTER, on), at=at, key=key or f"demo/{number}", region_code="339901",
        notice_no=number, title=title, issuer=ISSUER, level_approval=approval,
        issued_on=at.date(), publish_url="", effective_on=on,
    )  # fmt: skip


def _publish(
    *,
    number: str,
    title: str,
    on: date,
    batches: Sequence[tuple[drafting.Terms, list[tuple[Item, str]]]],
    approval: str,
    at: datetime | None = None,
    key: str = "",
) -> None:
    """Draft, fill, preview, approve and publish by three people, on the days it would take."""
    at = at or _before(on)
    notice = _draft(number=number, title=title, on=on, at=at, approval=approval, key=key)
    for terms, rows in batches:
        drafting.add_actions(notice_id=notice.pk, actor=_actor(DRAFTER, on), terms=terms, rows=rows)
    life.submit(notice_id=notice.pk, actor=_actor(DRAFTER, on), at=at)
    life.approve(notice_id=notice.pk, actor=_actor(REVIEWER, on), at=at + timedelta(days=2))
    life.publish(notice_id=notice.pk, actor=_actor(PUBLISHER, on), at=at + timedelta(days=5))
