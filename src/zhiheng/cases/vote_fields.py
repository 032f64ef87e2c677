"""The form of a collective discussion: a row a person of the agency, some rows for others by name.

Rows are fixed, so that the form works without scripts; what was typed stays when it is sent back.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from zhiheng.cases.models import Case, Handler
from zhiheng.cases.votes import ABSENT, PRESENT, VOTES, Seat, read
from zhiheng.people import api as people

ROLES = ("agency_head", "unit_head", "legal_reviewer", "hearing_host")
OTHERS, MOST = 3, 24
LEFT_OUT = "不列入"
LONGEST = {"name": 40, "post": 40, "opinion": 1000}


class SeatsInput(forms.Widget):
    """Fixed rows; `seats` are those whose names are known."""

    kind = "group"
    seats: tuple[Seat, ...] = ()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """All rows with what was typed into them."""
        typed = [seat for seat in read(str(value or "")) if seat.name]
        known = {seat.name: seat for seat in typed}
        fixed = {seat.name for seat in self.seats}
        rows = [
            known.get(s.name) or (Seat(s.name, s.post, LEFT_OUT) if typed else s)
            for s in self.seats
        ]
        others = [seat for seat in typed if seat.name not in fixed]
        blank = [Seat("", there=LEFT_OUT)] * max(OTHERS - len(others), 0)
        return render_to_string("cases/_seats.html", {
            "name": name, "rows": [*rows, *others, *blank], "fixed": len(rows),
            "places": (PRESENT, ABSENT, LEFT_OUT), "votes": VOTES, "longest": LONGEST,
        })  # fmt: skip

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        """The rows as they are kept; who is left out has none."""
        found = []
        for number in range(MOST):
            row = {part: str(data.get(f"{name}-{number}-{part}") or "").strip()
                   for part in ("name", "post", "there", "vote", "opinion")}  # fmt: skip
            if row["name"] and row["there"] in (PRESENT, ABSENT):
                row |= {part: row[part][:most] for part, most in LONGEST.items()}
                row["vote"] = row["vote"] if row["there"] == PRESENT else ""
                found.append(Seat(**row).line())
        return "\n".join(found) or str(data.get(name) or "")

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Never: an empty table is an answer too, and refused as one."""
        return False


def votes_field(case: Case, *, on: date) -> forms.Field:
    """The table of those of the agency who may discuss; who handles the case only reports."""
    handle = set(Handler.objects.filter(case=case, until=None).values_list("account_id", flat=True))
    found: dict[int, Seat] = {}
    for role in ROLES:
        for account in people.accounts_with_role(role, case.agency_code, on):
            if account.pk not in handle:
                found.setdefault(account.pk, Seat(account.name, str(people.Role(role).label)))
    widget = SeatsInput()
    widget.seats = tuple(found.values())[: MOST - OTHERS]
    return forms.CharField(
        label="参加人员、意见和表决", widget=widget, max_length=30_000,
        help_text="到会的写意见、选表决；缺席的写原因；与讨论无关的选“不列入”。办案人员只汇报，不表决。",
        error_messages={"required": "请写明谁参加了讨论、怎样表决。"},
    )  # fmt: skip
