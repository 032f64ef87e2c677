"""Reading discretion tables, and the grounds that hold for all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from zhiheng.rulebook import draft as drafts
from zhiheng.rulebook.discretion_model import (
    Exemption,
    Factor,
    Ground,
    Grounds,
    Level,
    Precondition,
    Range,
    Table,
    Tier,
)
from zhiheng.rulebook.draft import Draft
from zhiheng.rulebook.expressions import Expression
from zhiheng.rulebook.model import Basis, Fact, Place, Span
from zhiheng.rulebook.read_law import BASE_DOMAIN, read_fact
from zhiheng.rulebook.source import Lined

CODES = {"减轻": "MITIGATED", "从轻": "LIGHT", "一般": "NORMAL", "从重": "HEAVY"}
PUBLISHED = ("issuer", "level", "doc_no", "publish_url", "filed_no", "supersedes")


def read_grounds(*, draft: Draft, path: Path) -> None:
    """Read the exemptions and grounds of the general law, and what has to be asked for them."""
    raw = draft.open(path, "grounds")
    if raw is None:
        return
    place = draft.place(path.relative_to(draft.root).as_posix(), raw, "id")
    reader = _Reader(draft, place.file, _inputs(draft, place.file, raw))
    draft.grounds[raw["id"]] = Grounds(
        id=raw["id"],
        title=raw["title"],
        inputs=MappingProxyType(reader.inputs),
        exemptions=tuple(reader.all("exemptions", raw, reader.exemption)),
        lighter=tuple(reader.all("lighter", raw, reader.ground)),
        heavier=tuple(reader.all("heavier", raw, reader.ground)),
        span=drafts.read_span(draft=draft, raw=raw, place=place),
        digest=hashlib.sha256(path.read_bytes()).hexdigest(),
        place=place,
    )


def read_table(*, draft: Draft, path: Path) -> None:
    """Read one discretion table; it may speak of its own inputs and of those of the grounds."""
    raw = draft.open(path, "discretion")
    if raw is None:
        return
    place = draft.place(path.relative_to(draft.root).as_posix(), raw, "id")
    if raw["id"] in draft.tables:
        draft.refuse(place, f"裁量表 {raw['id']} 已有一份。", "", "请换一个编号。")
        return
    own = _inputs(draft, place.file, raw)
    grounds = list(draft.grounds.values())
    common = {name: fact for one in grounds for name, fact in one.inputs.items()}
    reader = _Reader(draft, place.file, {**common, **own})
    ranges = tuple(reader.all("ranges", raw, reader.range))
    span: Span | None = None
    if "from" in raw:
        span = drafts.read_span(draft=draft, raw=raw, place=place)
    precondition = raw.get("precondition")
    draft.tables[raw["id"]] = Table(
        id=raw["id"],
        item=raw["item"],
        title=raw["title"],
        inputs=MappingProxyType({**own, **{n: f for n, f in common.items() if n not in own}}),
        tiers=_above(tuple(reader.all("tiers", raw, lambda body: reader.tier(body, ranges)))),
        factors=tuple(reader.all("factors", raw, reader.factor)),
        hit=raw["hit"],
        basis=drafts.read_basis(draft=draft, raw=raw["basis"], file=place.file, place=place),
        checked=drafts.read_checked(draft=draft, raw=raw["checked"], place=place),
        span=span,
        domain=raw.get("domain", BASE_DOMAIN),
        ranges=ranges,
        exemptions=(
            *reader.all("exemptions", raw, reader.exemption),
            *(row for one in grounds for row in one.exemptions),
        ),
        precondition=reader.precondition(precondition) if precondition else None,
        heavier=(
            *reader.all("heavier", raw, reader.ground),
            *_of_domain(grounds, raw.get("domain", BASE_DOMAIN)),
        ),
        lighter=tuple(row for one in grounds for row in one.lighter),
        considered=tuple(raw.get("considered", ())),
        common=frozenset(common) - frozenset(own),
        measures=tuple(raw.get("measures", ())),
        published=MappingProxyType({k: raw[k] for k in PUBLISHED if k in raw}),
        note=raw.get("note", ""),
        digest=hashlib.sha256(
            b"\0".join([path.read_bytes(), *(one.digest.encode() for one in grounds)])
        ).hexdigest()[:16],
        place=place,
    )


def _of_domain(grounds: list[Grounds], domain: str) -> list[Ground]:
    return [row for one in grounds for row in one.heavier if row.domain in ("", domain)]


def _above(tiers: tuple[Tier, ...]) -> tuple[Tier, ...]:
    """Say of each row whether its lower bound is the upper bound of another: then it is above."""
    tops = {(tier.range, tier.fine_max) for tier in tiers if tier.code}
    return tuple(
        replace(tier, above=(tier.range, tier.fine_min) in tops and tier.fine_min != tier.fine_max)
        if tier.code and tier.fine_min is not None
        else tier
        for tier in tiers
    )


def _inputs(draft: Draft, file: str, raw: Lined) -> dict[str, Fact]:
    return {
        name: read_fact(
            draft=draft, name=name, body=body, place=draft.place(file, raw["inputs"], name)
        )
        for name, body in (raw.get("inputs") or {}).items()
    }


class _Reader:
    """Reads the rows of one file against the inputs they may speak of."""

    def __init__(self, draft: Draft, file: str, inputs: Mapping[str, Fact]) -> None:
        """Keep what every row needs."""
        self.draft, self.file, self.inputs = draft, file, inputs

    def all(self, key: str, raw: Mapping[str, Any], read: Any) -> list[Any]:
        """The rows under a key; those that cannot be read are noted and left out."""
        rows = [body for body in raw.get(key) or () if isinstance(body, Lined)]
        return [found for found in map(read, rows) if found is not None]

    def place(self, body: Lined, key: str = "") -> Place:
        """Where a row, or a key of it, stands."""
        return self.draft.place(self.file, body, key)

    def when(self, body: Lined) -> Expression | None:
        """The condition of a row."""
        return drafts.read_predicate(
            draft=self.draft, source=body["when"], facts=self.inputs, place=self.place(body, "when")
        )

    def basis(self, body: Lined) -> tuple[Basis, ...]:
        """The citations of a row."""
        return drafts.read_basis(
            draft=self.draft, raw=body.get("basis"), file=self.file, place=self.place(body)
        )

    def range(self, body: Lined) -> Range | None:
        """A range of the law: its bounds in order, its base an amount of money."""
        place, base = self.place(body), body.get("base", "")
        low, high, unit = body.get("min"), body["max"], body.get("unit", "cents")
        if low is not None and low > high:
            self.draft.refuse(place, f"法定幅度 {body['id']} 的下限高于上限。", "", "请核对。")
        if (unit == "times") != bool(base):
            self.draft.refuse(
                place, f"法定幅度 {body['id']}：按倍数罚的须写明基数（base），按数额罚的不写。"
            )
        elif base and (base not in self.inputs or self.inputs[base].type != "cents"):
            self.draft.refuse(place, f"基数 {base} 须是一项金额（type: cents）的输入。")
        when = self.when(body) if "when" in body else None
        return Range(body["id"], unit, low, high, when, base, self.basis(body), place)

    def tier(self, body: Lined, ranges: tuple[Range, ...]) -> Tier | None:
        """A row: with a fine in its range, by the domain's shares, or without a fine."""
        place, fine = self.place(body, "when"), body.get("fine")
        low, high = (fine["min"], fine["max"]) if isinstance(fine, dict) else (None, None)
        if low is not None and high is not None and low > high:
            self.draft.refuse(place, f"档次“{body['tier']}”的下限高于上限。", "", "请核对 fine。")
        fined = fine == "shares" or low is not None
        code = body.get("code") or CODES.get(body["tier"], "")
        if fined and not code:
            self.draft.refuse(
                place, f"档次“{body['tier']}”有罚款，须写明是哪一种档次。",
                "code 可写 MITIGATED、LIGHT、NORMAL、HEAVY。", "请补上 code。",
            )  # fmt: skip
        own = body.get("range", ranges[0].id if len(ranges) == 1 else "")
        if fined and ranges:
            self.draft.known(
                word=own, choices=[one.id for one in ranges], place=place, what="法定幅度",
                next_step="请写 range: 本档所在幅度的编号。",
            )  # fmt: skip
        when = self.when(body)
        if when is None:
            return None
        return Tier(
            tier=body["tier"], when=when, fine_min=low, fine_max=high, text=body.get("text", ""),
            code=code if fined else "", range=own if fined else "", shared=fine == "shares",
            measures=tuple(body.get("measures", ())), place=place,
        )  # fmt: skip

    def exemption(self, body: Lined) -> Exemption | None:
        """A row that comes before all tiers."""
        when = self.when(body)
        if when is None:
            return None
        return Exemption(
            id=body["id"], title=body["title"], kind=body["kind"], when=when,
            text=body.get("text", ""), basis=self.basis(body), list_ref=body.get("list", ""),
            lookback_months=body.get("lookback_months", 0), place=self.place(body),
        )  # fmt: skip

    def precondition(self, body: Lined) -> Precondition | None:
        """What has to have happened before a fine is possible at all."""
        when = self.when(body)
        if when is None:
            return None
        return Precondition(when, body["text"], self.basis(body), self.place(body))

    def factor(self, body: Lined) -> Factor:
        """A factor and its degrees."""
        levels = [
            Level(each["score"], when, each.get("text", ""))
            for each in body["levels"]
            if (when := self.when(each)) is not None
        ]
        return Factor(
            body["id"], body["title"], body["weight"], tuple(levels), self.basis(body),
            self.place(body),
        )  # fmt: skip

    def ground(self, body: Lined) -> Ground | None:
        """A published ground; those with a condition are found, the others are chosen."""
        when = self.when(body) if "when" in body else None
        return Ground(
            id=body["id"], title=body["title"], text=body.get("text", ""), basis=self.basis(body),
            domain=body.get("domain", ""), when=when, duty=body.get("duty", True),
            place=self.place(body),
        )  # fmt: skip


def table_for(*, tables: Mapping[str, Table], item: str, on: date) -> Table | None:
    """The table of an item that is in force on a day; None where the item has none."""
    return next(
        (t for t in tables.values() if t.item == item and (t.span is None or t.span.contains(on))),
        None,
    )
