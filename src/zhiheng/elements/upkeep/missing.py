"""缺少的东西: an item that nobody holds or that has no benchmark, a body that nobody announced."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from zhiheng.elements.models import Benchmark, Body, CaseExample, DocTemplate, Grant, Item, Severity
from zhiheng.elements.upkeep.rules import Fault, Rule
from zhiheng.rulebook import api as rulebook


def faults_of(rows: QuerySet[Any], *, label: str, says: str, agency: str = "") -> Iterator[Fault]:
    """One fault per row, all saying the same."""
    names = ("uid", "region_code", "owner_id", label, *((agency,) if agency else ()))
    for uid, region, owner, title, *rest in rows.values_list(*names):
        yield Fault(
            key=str(uid), title=str(title), says=says, region_code=region, owner_id=owner,
            agency_code=rest[0] if rest else "",
        )  # fmt: skip


def item_without_holder(on: date, _: date) -> Iterable[Fault]:
    """Items in use that no body may do."""
    held = Grant.objects.active(on).filter(item__uid=OuterRef("uid"))
    rows = Item.objects.active(on).filter(~Exists(held))
    return faults_of(rows, label="name", says="没有任何主体持有办理它的授权，没有人能办。")


def item_without_benchmark(on: date, _: date) -> Iterable[Fault]:
    """Items whose fine has a range, but no benchmark says how far."""
    benchmark = Benchmark.objects.active(on).filter(item__uid=OuterRef("uid"))
    ranged = Q(fine_max_cents__gt=F("fine_min_cents")) | Q(
        fine_min_cents=None, fine_max_cents__isnull=False
    )
    rows = Item.objects.active(on).filter(ranged, ~Exists(benchmark))
    return faults_of(rows, label="name", says="罚款有幅度，却没有有效的裁量基准。")


def body_without_notice(on: date, _: date) -> Iterable[Fault]:
    """Bodies in use whose qualification was never announced."""
    rows = Body.objects.active(on).filter(qualification_notice="")
    return faults_of(rows, label="name", agency="code", says="没有登记主体资格公告，资格无从查对。")


def example_withdrawn(on: date, _: date) -> Iterable[Fault]:
    """Examples that were withdrawn but still stand in use."""
    rows = CaseExample.objects.active(on).filter(withdrawn=True)
    return faults_of(rows, label="title", says="案例已经撤回，却还在用。")


def template_without_version(on: date, _: date) -> Iterable[Fault]:
    """Forms in use that say no version, or that the rulebook holds no template for."""
    folder = rulebook.current().root / "documents"
    held = [one.parent.name for one in folder.glob("*/manifest.yaml")]
    rows = DocTemplate.objects.active(on).filter(Q(template_version="") | ~Q(code__in=held))
    return faults_of(rows, label="name", says="没有现行的模板版本，生成不了文书。")


_M, _L = Severity.MEDIUM, Severity.LOW
RULES = (
    Rule("item.holder", "没有人能办的事项", "items", _M, "登记授权，或者停用这个事项。",
         "已有主体持有授权，或者事项已停用。", item_without_holder),
    Rule("item.benchmark", "有幅度没有基准", "items", _M, "制定并公布裁量基准，再登记到要素中心。",
         "已有有效的裁量基准，或者事项已停用。", item_without_benchmark),
    Rule("body.notice", "没有资格公告", "bodies", _M, "公告主体资格，把公告文号补到登记里。",
         "已登记资格公告，或者主体已停用。", body_without_notice),
    Rule("example.withdrawn", "已撤回的案例还在用", "examples", _L, "把案例停用，或者恢复公布。",
         "案例已停用或者恢复公布。", example_withdrawn),
    Rule("template.version", "文书没有现行模板", "templates", _M, "补上模板版本，或者停用这份文书。",
         "已有现行模板，或者文书已停用。", template_without_version),
)  # fmt: skip
