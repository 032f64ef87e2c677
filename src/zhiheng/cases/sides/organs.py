"""Choosing another organ on the platform, and putting a question to it."""

from datetime import date, datetime

from django import forms

from zhiheng.cases.models import Asked
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.elements import api as elements
from zhiheng.kernel.errors import Conflict, Invalid
from zhiheng.people import api as people

COUNTY = 6


def organs(matter: SideMatter, on: date) -> dict[str, elements.Body]:
    """The other organs of the county that have a head on the platform, by how they are called."""
    case = matter.case
    region = case.region_code[:COUNTY]
    heads = people.agencies_with_role("agency_head", region, on)
    return {
        f"{body.name}（{body.code}）": body
        for body in elements.list_bodies(region, on)
        if body.code in heads and body.code != case.agency_code
    }


def organ_field(matter: SideMatter, on: date, *, label: str) -> forms.Field:
    """The choice of an organ instead of a line to type on."""
    choices = [(name, name) for name in organs(matter, on)]
    return forms.ChoiceField(
        label=label, choices=[("", "请选择"), *choices],
        help_text="只列出已在平台办案的机关；其他机关用书面函件。",
        error_messages={"required": "请选择机关。", "invalid_choice": "请从列出的机关里选。"},
    )  # fmt: skip


def chosen(matter: SideMatter, name: str, on: date, *, fact: str) -> elements.Body:
    """The organ of that name.

    Raises:
        Invalid: none of those to choose from.
    """
    found = organs(matter, on).get(name)
    if found is None:
        raise Invalid("没有这个机关。", fields={fact: "请从列出的机关里选。"})
    return found


def put_to(matter: SideMatter, *, agency_code: str, on: date, at: datetime) -> None:
    """Put the side to an organ: it waits for its head.

    Raises:
        Conflict: the organ has no head on the platform any more.
    """
    body = elements.get_body(agency_code, on)
    head = people.agencies_with_role("agency_head", body.region_code, on).get(body.code)
    if head is None:
        raise Conflict(
            f"{body.name}现在没有人在平台上办理。", next_step="请改用书面函件，或者撤回后另选机关。"
        )
    matter.asked = Asked.objects.create(
        side=matter.side, account=head, region_code=body.region_code, agency_code=body.code,
        asked_at=at,
    )  # fmt: skip
