"""What the record answers of a table's questions; what it does not know stays open."""

from datetime import date
from typing import Any

from zhiheng.cases.matters import CaseMatter
from zhiheng.elements import api as elements
from zhiheng.people import api as people
from zhiheng.rulebook import api as rulebook

REGISTERS = frozenset({"party_age_group", "limitation_ok"})
KEPT = "_discretion"
FIRST_QUERY = "_first_query"


def from_record(
    matter: CaseMatter, table: rulebook.Table, *, actor: people.Actor, on: date
) -> dict[str, tuple[Any, str]]:
    """Answers by input, each with where it comes from.

    Nothing is filled in because it is usual: only what a register or a finished step says.
    """
    run = matter.run.facts
    told = matter.records(actor=actor, on=on).all(REGISTERS)
    found: dict[str, tuple[Any, str]] = {
        "party_age_group": (told["party_age_group"], "执法对象登记"),
        "limitation_ok": (told["limitation_ok"], "线索核查"),
        "first_listed": (
            "FIRST" in elements.flexible_entries(item=matter.case.item, on=on),
            "柔性执法清单",
        ),
    }
    if shot := run.get("_first_snapshot"):
        found["first_time"] = (shot["found"] == 0, f"{shot['on']}的从宽核对")
    elif queried := run.get(FIRST_QUERY):
        found["first_time"] = (queried["count"] == 0, f"{queried['on']}的初次违法查询")
    if run.get("correction_done"):
        found["corrected_in_time"] = (True, "复查记录")
    for name, source in (("party_capacity", "卷宗"),):
        if run.get(name):
            found[name] = (run[name], source)
    return {name: pair for name, pair in found.items() if name in table.inputs}
