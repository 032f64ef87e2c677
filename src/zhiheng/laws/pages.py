"""What each screen of the law corpus may use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhiheng.laws.comparing import ArticleChange
from zhiheng.laws.lighter import Comparison
from zhiheng.laws.likeness import Mark
from zhiheng.laws.models import Law, LawImport, LawNode, LawVersion
from zhiheng.web.faces import Link, Table
from zhiheng.web.paging import Page


@dataclass(frozen=True)
class ListPage:
    """Laws found: rows paged, what was searched, ranks to filter by, the day looked at."""

    table: Table
    rows: Page[Law]
    query: str
    level: str
    levels: list[Link]
    on: date
    empty: bool


@dataclass(frozen=True)
class VersionFace:
    """One text on the time line: its days as words, where it opens, whether it is the one shown."""

    version: LawVersion
    since: str
    until: str
    note: str
    href: str
    shown: bool
    tone: str
    diff_href: str = ""


@dataclass
class Branch:
    """A heading with what is under it: headings, then articles."""

    label: str
    children: list[Branch] = field(default_factory=list)
    articles: list[Leaf] = field(default_factory=list)
    open: bool = False

    @property
    def leaves(self) -> list[Leaf]:
        """The first and the last article under it, or the only one, or none."""
        below = [leaf for child in self.children for leaf in child.leaves]
        every = [*self.articles[:1], *self.articles[-1:], *below]
        return [every[0], every[-1]] if len(every) > 1 and every[0] != every[-1] else every[:1]

    @property
    def reach(self) -> str:
        """From which article to which, in digits."""
        numbers = "—".join(leaf.number.replace("-", "之") for leaf in self.leaves)
        return f"{numbers} 条" if numbers else ""


@dataclass(frozen=True)
class Leaf:
    """An article in the tree: its label, its first words, where it opens."""

    label: str
    words: str
    href: str
    number: str = ""


@dataclass(frozen=True)
class LawPage:
    """A law: its texts on a time line, the tree of the one shown, what was found on import.

    `gone`: why no text holds on the day; the one shown is then the last before it.
    """

    law: Law
    version: LawVersion | None
    versions: list[VersionFace]
    tree: Branch
    facts: list[tuple[str, Any]]
    findings: list[dict[str, str]]
    on: date
    is_today: bool
    caution: str
    crumbs: list[Link]
    gone: str = ""


@dataclass(frozen=True)
class Line:
    """A paragraph or item: its words, its anchor, a note on its days where they differ."""

    node: LawNode
    anchor: str
    note: str


@dataclass(frozen=True)
class ArticlePage:
    """One article on a day: its lines, where it stands, its neighbours, the other texts.

    `gone` as in `LawPage`.
    """

    law: Law
    version: LawVersion
    article: LawNode
    above: str
    lines: list[Line]
    on: date
    is_today: bool
    caution: str
    days: str
    findings: list[dict[str, str]]
    versions: list[VersionFace]
    before: Link | None
    after: Link | None
    sides_href: str
    lighter_href: str
    crumbs: list[Link]
    gone: str = ""


@dataclass(frozen=True)
class SideFace:
    """An article in one text: heading, days, words with what changed from the text before."""

    title: str
    days: str
    marks: list[Mark]
    href: str
    note: str


@dataclass(frozen=True)
class SidesPage:
    """An article through all texts of its law, the oldest first."""

    law: Law
    title: str
    sides: list[SideFace]
    crumbs: list[Link]


@dataclass(frozen=True)
class DiffPage:
    """Two texts of a law, article by article."""

    law: Law
    old: LawVersion
    new: LawVersion
    changes: list[ArticleChange]
    kinds: list[Link]
    versions: list[LawVersion]
    crumbs: list[Link]


@dataclass(frozen=True)
class LighterPage:
    """The day of the act against the day of decision; `result` once a citation was given."""

    result: Comparison | None
    acted_on: date | None
    decided_on: date | None
    successors: list[tuple[int, str, str, str]]
    person: str
    crumbs: list[Link]


@dataclass(frozen=True)
class ReportPage:
    """What was found on import: a table of findings, kinds to filter by, the last imports."""

    table: Table
    rows: Page[LawVersion]
    kinds: list[Link]
    imports: list[LawImport]
    crumbs: list[Link]
