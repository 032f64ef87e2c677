"""Which table judges a case: its item's own, or one made of what the register says of the item."""

from datetime import date

from zhiheng.cases.models import Case
from zhiheng.elements import api as elements
from zhiheng.kernel.errors import Invalid
from zhiheng.rulebook import api as rulebook


def table_of(case: Case, *, on: date) -> rulebook.Table:
    """The table in force for the item of a case on a day.

    Raises:
        Invalid: the item carries no fine, so that there is nothing to weigh.
    """
    book, item = rulebook.current(), case.item
    if own := rulebook.table_for(tables=book.tables, item=item.code, on=on):
        return own
    if not item.fine_max_cents:
        raise Invalid(
            "这个事项没有罚款幅度。", next_step="不用测算，直接在“调查终结”里写明处理建议。"
        )
    benchmark = elements.benchmark_for(item, on)
    tiers = [
        (tier["tier"], tier["min_cents"], tier["max_cents"])
        for tier in (benchmark.tiers if benchmark else ())
        if tier["tier"] in ("LIGHT", "NORMAL", "HEAVY")
    ]
    return rulebook.generic_table(
        book=book,
        item=rulebook.ItemRange(
            code=item.code, name=item.name, domain=item.domain, low=item.fine_min_cents or None,
            high=item.fine_max_cents, basis=str(item.penalty_basis or ""),
            refusal_required=item.refusal_required, tiers=tiers,
            benchmark=benchmark.title if benchmark else "",
        ),
    )  # fmt: skip


def scale_for(case: Case, table: rulebook.Table, *, on: date) -> rulebook.Scale:
    """Shares, rounding and floor for the table's domain, in the case's region on a day."""
    return rulebook.scale_of(
        book=rulebook.current(), domain=table.domain, on=on, region=case.region_code
    )
