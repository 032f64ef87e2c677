"""What a loader of many matters needs to know of the elements: ids and names, in bulk."""

from dataclasses import dataclass
from datetime import date

from zhiheng.elements.models import Body, Item, Officer, Subject


@dataclass(frozen=True)
class Frame:
    """Bodies, their officers, items and subjects of a region, as plain tuples.

    bodies: (id, code, name, region_code, serial); officers by body code:
    (account_id, name, certificate_no); items: (id, code, name, domain);
    subjects: (id, name, kind, region_code).
    """

    bodies: list[tuple[int, str, str, str, str]]
    officers: dict[str, list[tuple[int, str, str]]]
    items: list[tuple[int, str, str, str]]
    subjects: list[tuple[int, str, str, str]]


def frame(*, region_prefix: str, on: date, most_subjects: int) -> Frame:
    """Read a region's elements as they hold on a day."""
    here = {"region_code__startswith": region_prefix}
    officers: dict[str, list[tuple[int, str, str]]] = {}
    rows = Officer.objects.active(on).filter(**here).exclude(account=None).order_by("id")
    for code, account_id, name, certificate in rows.values_list(
        "body__code", "account_id", "name", "certificate_no"
    ):
        officers.setdefault(code, []).append((account_id, name, certificate))
    bodies = Body.objects.active(on).filter(**here).order_by("id")
    subjects = Subject.objects.active(on).filter(**here).order_by("id")[:most_subjects]
    items = Item.objects.active(on).order_by("id")
    return Frame(
        bodies=list(bodies.values_list("id", "code", "name", "region_code", "serial")),
        officers=officers,
        items=list(items.values_list("id", "code", "name", "domain")),
        subjects=list(subjects.values_list("id", "name", "kind", "region_code")),
    )
