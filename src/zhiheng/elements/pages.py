"""What each screen of the element centre may use."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from zhiheng.elements.models import ElementRecord
from zhiheng.elements.registers import Register
from zhiheng.web.faces import Link, Table
from zhiheng.web.paging import Page


@dataclass(frozen=True)
class HomePage:
    """The registers, each with its address; how many faults wait for the reader."""

    registers: list[tuple[Register, str]]
    waiting: int = 0


@dataclass(frozen=True)
class ListPage:
    """One register on a day: rows paged, as a table, what was searched."""

    register: Register
    rows: Page[Any]
    table: Table
    query: str
    on: date
    is_today: bool
    crumbs: list[Link]


@dataclass(frozen=True)
class ShowPage:
    """One element: the version shown, its facts, the grants or nodes it carries, its history."""

    register: Register
    title: str
    record: ElementRecord
    facts: list[tuple[str, Any]]
    masked: bool
    tables: list[Table]
    history: Table
    geometry: dict[str, Any]
    crumbs: list[Link]
