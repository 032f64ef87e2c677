"""What several screens of the element centre need."""

import uuid

from django.http import HttpRequest
from django.urls import reverse

from zhiheng.elements import privacy, registers
from zhiheng.elements.models import ElementRecord
from zhiheng.elements.proposals import applying
from zhiheng.elements.registers import Register
from zhiheng.kernel.clock import today
from zhiheng.kernel.errors import NotFound
from zhiheng.people import api as people
from zhiheng.web.faces import Link


def prefixes(request: HttpRequest) -> tuple[str, ...]:
    """Regions in reach; a register of people or parties shows no other."""
    scope = people.scope(request.actor, "element.view")
    return tuple({reach.region_prefix for reach in scope.reaches})


def current(versions: list[ElementRecord]) -> ElementRecord:
    """What is known now and holds today, else the newest knowledge."""
    on = today()
    known = [one for one in versions if one.known_until is None]
    holding = [one for one in known if one.valid_from <= on and one.ends_after(on)]
    return next(iter(holding or known or versions))


def known_row(request: HttpRequest, register: Register, uid: uuid.UUID) -> ElementRecord:
    """The version to edit: known now, holding today or the latest; within reach.

    Raises:
        NotFound: there is none, or it has been merged into another.
    """
    registers.get_versions(register=register, uid=uid, prefixes=prefixes(request))
    found = applying.newest_of(model=register.model, uid=uid, on=today())
    if found is None:
        raise NotFound(
            f"这条{register.title}已经不在登记簿里，可能已并入另一条。",
            next_step="请从列表重新查找。",
        )
    return found


def crumbs(
    request: HttpRequest, register: Register, row: ElementRecord | None, *more: str
) -> list[Link]:
    """The way from the element centre to here."""
    way = [
        Link("要素中心", reverse("element_home")),
        Link(register.title, reverse("element_list", args=[register.slug])),
    ]
    if row is not None:
        may_open = people.may(request.actor, "element.personal")
        title = privacy.title_of(row=row, open_personal=may_open)
        way.append(Link(title, reverse("element_show", args=[register.slug, row.uid])))
    return way + [Link(label) for label in more]
