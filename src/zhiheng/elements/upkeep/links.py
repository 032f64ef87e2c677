"""断开的链接: an element that points at another which is gone, or will be within the days ahead.

Out of use for a time is not gone: what points at it waits with it and needs no mending, save
where people would go on working on nothing: a clause under an item, a body over its officers,
the organ behind an entrusted body.

An element points at one version of another. Whether that other still holds is asked by its uid:
on the day, and on the last day looked ahead to, so that a change arranged in time is no fault.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Least

from zhiheng.elements.models import (
    Basis,
    BasisNode,
    Benchmark,
    Body,
    CaseExample,
    ElementRecord,
    Grant,
    Item,
    Officer,
    Severity,
    Status,
)
from zhiheng.elements.models.header import UNPUBLISHED
from zhiheng.elements.upkeep.rules import Fault, Rule
from zhiheng.web import words

_LAW, _LINK = "upkeep.ahead.law", "upkeep.ahead.link"


def standing_nodes(day: date) -> QuerySet[Any]:
    """Clauses that hold on a day, in laws that hold on that day."""
    law = Basis.objects.active(day).filter(uid=OuterRef("basis__uid"))
    return BasisNode.objects.active(day).filter(Exists(law))


@dataclass(frozen=True)
class Link:
    """One foreign key between elements: where it is, what it is called, how its rows are named.

    `waits`: a target that is out of use for a time is no fault.
    """

    model: type[ElementRecord]
    path: str
    noun: str
    label: tuple[str, ...]
    target: tuple[str, ...]
    to: type[ElementRecord]
    agency: str = ""
    standing: Callable[[date], QuerySet[Any]] | None = None
    waits: bool = False

    def __call__(self, on: date, until: date) -> Iterable[Fault]:
        """Faults on the day, then those that come by `until` and are not there yet."""
        found: dict[str, Fault] = {}
        for day in dict.fromkeys((on, until)):
            for fault in self._broken(day, on):
                found.setdefault(fault.key, fault)
        return found.values()

    def _broken(self, day: date, on: date) -> Iterable[Fault]:
        targets = self.standing(day) if self.standing else self.to.objects.active(day)
        if self.waits:
            targets = self.to.objects.as_of(day).exclude(status=Status.REPEALED)
        rows = (
            self.model.objects.active(day)
            .exclude(**{self.path: None})
            .filter(~Exists(targets.filter(uid=OuterRef(f"{self.path}__uid"))))
            .annotate(ends_on=self._ends())
        )
        extra = (self.agency,) if self.agency else ()
        names = ("uid", "region_code", "owner_id", "ends_on", *self.label, *self.target, *extra)
        for uid, region, owner, ends, *rest in rows.values_list(*names):
            cut = len(self.label)
            yield Fault(
                key=str(uid), title=" ".join(rest[:cut]), region_code=region, owner_id=owner,
                says=self._says("".join(map(str, rest[cut : cut + len(self.target)])), ends, on),
                agency_code=rest[-1] if extra else "", happens_on=ends,
            )  # fmt: skip

    def _ends(self) -> Any:
        """The day on which the newest known stretch of the target ends; a clause with its law."""
        ends = _end_of(self.to, f"{self.path}__uid")
        return Least(ends, _end_of(Basis, f"{self.path}__basis__uid")) if self.standing else ends

    def _says(self, target: str, ends: date | None, on: date) -> str:
        if ends is None:
            return f"{self.noun}“{target}”已停用、废止或查不到。"
        if ends > on:
            return f"{self.noun}“{target}”{words.day(ends)}起失效，还没有安排接替的。"
        return f"{self.noun}“{target}”{words.day(ends)}起已失效。"


def _end_of(model: type[ElementRecord], path: str) -> Subquery:
    rows = model.objects.known().exclude(status__in=[str(one) for one in UNPUBLISHED])
    newest = rows.filter(uid=OuterRef(path)).order_by("-valid_from", "-id")
    return Subquery(newest.values("valid_until")[:1], output_field=DateField())


def _clause(path: str, noun: str) -> Link:
    return Link(
        Item, path, noun, ("name",), (f"{path}__basis__title", f"{path}__label"), BasisNode,
        standing=standing_nodes,
    )  # fmt: skip


_H, _M = Severity.HIGH, Severity.MEDIUM
RULES = (
    Rule("item.penalty", "罚则失效", "items", _H, "打开事项，改到新的罚则条款，或者废止事项。",
         "罚则已换成有效的条款，或者事项已停用。", _clause("penalty_basis", "罚则"), _LAW),
    Rule("item.conduct", "行为规范失效", "items", _M, "打开事项，改到新的行为规范条款。",
         "行为规范已换成有效的条款，或者事项已停用。", _clause("conduct_basis", "行为规范"), _LAW),
    Rule("benchmark.item", "基准的事项没了", "benchmarks", _M, "废止这份基准，或者改挂到接替的事项。",
         "事项已恢复，或者基准已改挂、停用。",
         Link(Benchmark, "item", "事项", ("title",), ("item__name",), Item, waits=True), _LINK),
    Rule("example.item", "案例的事项没了", "examples", Severity.LOW, "撤下案例，或者改挂到接替的事项。",
         "事项已恢复，或者案例已改挂、撤下。",
         Link(CaseExample, "item", "事项", ("title",), ("item__name",), Item, waits=True), _LINK),
    Rule("officer.body", "所属主体没了", "officers", _H, "把人员转到接替的主体，或者停用登记。",
         "人员已转到有效的主体，或者登记已停用。",
         Link(Officer, "body", "所属主体", ("name",), ("body__name",), Body, "body__code"), _LINK),
    Rule("grant.item", "授权的事项没了", "grants", _M, "收回这项授权，或者改到接替的事项。",
         "事项已恢复，或者授权已收回、改挂。",
         Link(Grant, "item", "事项", ("body__name", "item__name"), ("item__name",), Item,
              "body__code", waits=True), _LINK),
    Rule("grant.body", "授权的主体没了", "grants", _H, "收回这项授权，另授给接替的主体。",
         "主体已恢复，或者授权已收回。",
         Link(Grant, "body", "主体", ("body__name", "item__name"), ("body__name",), Body,
              "body__code", waits=True), _LINK),
    Rule("grant.source", "授权来源没了", "grants", _H, "核对来源文件：续上来源，或者收回这项授权。",
         "来源已续上，或者授权已收回。",
         Link(Grant, "derived_from", "授权来源", ("body__name", "item__name"),
              ("derived_from__doc_title", "derived_from__doc_no"), Grant, "body__code",
              waits=True), _LINK),
    Rule("body.entruster", "委托机关没了", "bodies", _H, "办理新的委托，或者停用这个主体。",
         "委托机关已恢复，或者主体已停用。",
         Link(Body, "entrusted_by", "委托机关", ("name",), ("entrusted_by__name",), Body, "code"),
         _LINK),
)  # fmt: skip
