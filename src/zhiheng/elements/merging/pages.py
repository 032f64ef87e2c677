"""What the screens of merging may use."""

from dataclasses import dataclass, field
from typing import Any

from zhiheng.web.faces import Link, Table


@dataclass(frozen=True)
class DuplicatesPage:
    """Pairs that look like one party."""

    table: Table
    crumbs: list[Link]


@dataclass(frozen=True)
class MergePage:
    """Two registrations side by side."""

    left: str
    right: str
    rows: list[dict[str, Any]]
    crumbs: list[Link]
    back_href: str
    swap_href: str
    masked: bool
    choices: dict[str, str] = field(default_factory=dict)
