"""Which rules cite a statute: the other direction of `basis`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from zhiheng.rulebook.book import Rulebook
from zhiheng.rulebook.model import Basis

STATE_PREFIX = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class CitingRule:
    """One rule that cites a statute.

    Attributes:
        kind: guard, parameter, table or procedure.
        articles: the article numbers cited, as digits.
        stands_on: first day of the statute's version that is cited.
    """

    kind: str
    id: str
    title: str
    articles: tuple[str, ...]
    stands_on: date


def statutes_named(*, book: Rulebook, law_short: str) -> frozenset[str]:
    """Return the ids of the statutes of a title, with or without 中华人民共和国."""
    return frozenset(
        id for id, one in book.statutes.items() if one.title.removeprefix(STATE_PREFIX) == law_short
    )


def citing(
    *, book: Rulebook, law_short: str, articles: frozenset[str] | None, on: date
) -> list[CitingRule]:
    """Return the rules that cite one of the articles (None: any), as they speak on a day."""
    ids = {
        id for id in statutes_named(book=book, law_short=law_short)
        if book.statutes[id].in_force.from_ <= on
    }  # fmt: skip
    if not ids:
        return []
    found = []
    for kind, id, title, basis in _rules(book, on):
        hits = [
            b for b in basis if b.statute in ids and (articles is None or b.article in articles)
        ]
        if hits:
            begun = min(book.statutes[b.statute].in_force.from_ for b in hits)
            numbers = tuple(dict.fromkeys(b.article for b in hits))
            found.append(CitingRule(kind, id, title, numbers, begun))
    return found


def steps_citing(
    *, book: Rulebook, law_short: str, articles: frozenset[str] | None, on: date
) -> dict[str, tuple[str, ...]]:
    """Return, by procedure, the steps whose own basis or whose guards cite one of the articles."""
    ids = statutes_named(book=book, law_short=law_short)
    rules = citing(book=book, law_short=law_short, articles=articles, on=on)
    guards = {one.id for one in rules if one.kind == "guard"}
    found = {}
    for id in book.procedures if ids else ():
        steps = tuple(
            step.id
            for step in book.procedure(id).steps.values()
            if guards & {*step.guards, *step.guards_after}
            or any(
                b.statute in ids and (articles is None or b.article in articles)
                for b in (*step.basis, *step.law)
            )
        )
        if steps:
            found[id] = steps
    return found


def _rules(book: Rulebook, on: date) -> Iterator[tuple[str, str, str, Iterable[Basis]]]:
    for guard in book.guards.values():
        if guard.in_force(on):
            yield "guard", guard.id, guard.title, guard.basis
    for one in book.parameters.values():
        basis = [b for value in one.values if value.span.contains(on) for b in value.basis]
        yield "parameter", one.id, one.title, basis
    for table in book.tables.values():
        yield "table", table.id, table.title, table.basis
    for id in book.procedures:
        procedure = book.procedure(id)
        basis = [b for step in procedure.steps.values() for b in (*step.basis, *step.law)]
        yield "procedure", id, procedure.title, basis
