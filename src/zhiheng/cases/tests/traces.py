"""What a step leaves behind in the tables of casework, and values that people hardly ever give."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import connection

from zhiheng.kernel.errors import ZhihengError

CASEWORK = ("cases", "clues", "documents", "evidence", "ledger", "payments", "people", "procedures")


def odd(fact: Any, on: date, dice: random.Random) -> Any:
    """Any legal value of a fact."""
    if fact.type == "bool":
        return dice.choice([True, False])
    if fact.type == "cents":
        return dice.choice([0, 1, 500000, 800000, 5000000, 90000000])
    if fact.type == "enum":
        return dice.choice(list(fact.choices))
    if fact.type == "date":
        return on + timedelta(days=dice.randrange(-5, 40))
    if fact.type == "int":
        return dice.choice([0, 1, 30, 10**9])
    return dice.choice(
        ["无", "一行\n两行\n三行", "甲：乙：丙", "“引号”与<b>尖括号</b>#$%&{}\\", "字" * 1500]
    )


def traces() -> dict[str, tuple[int, int]]:
    """Every row of casework, summed up by table: whatever changes, this does."""
    tables = [
        model._meta.db_table
        for label in CASEWORK
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]
    each = (
        f"SELECT '{name}', count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) "
        f"FROM {name} t"
        for name in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return {name: (count, int(sums)) for name, count, sums in cursor.fetchall()}


def refused(attempt: Callable[[], Any], *, what: str) -> bool:
    """Whether it is refused; a refusal leaves no trace."""
    before = traces()
    try:
        attempt()
    except ZhihengError:
        after = traces()
    else:
        return False
    changed = [name for name, found in after.items() if found != before[name]]
    assert not changed, f"{what} 被拒却在 {changed} 留下了痕迹"
    return True
