"""`manage.py rulebook …`: the rulebook's own commands; `impact` also names open matters."""

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhiheng.cases.models import Case
from zhiheng.ledger import api as ledger
from zhiheng.rulebook import api as rulebook
from zhiheng.rulebook import cli

SHOWN = 50


class Command(BaseCommand):
    """Check, show, verify, try, count, draw and compare rules."""

    help = "规则书：检查、查看、证明、试办、算期限、画图、看改动波及谁"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        cli.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = argparse.Namespace(**options)
        if cli.run(chosen, out=self.stdout.write, touched=touched):
            raise CommandError("没有通过，见上。", returncode=1)


def touched(changes: Sequence[rulebook.Change]) -> Iterator[str]:
    """Yield the open matters that still have a changed step before them."""
    book = rulebook.current()
    reached = _reached(changes, book)
    count, told = 0, set[int]()
    # One item's matters first, with all that reaches them; then the rest of the procedure.
    for name, item in sorted(reached, key=lambda each: (each[0], not each[1], each[1])):
        steps = reached[name, item] | reached.get((name, ""), set())
        procedure = book.procedure(name)
        ahead = {
            code: rulebook.still_ahead(procedure=procedure, state=code, steps=sorted(steps))
            for code in procedure.states
        }
        states = [code for code, titles in ahead.items() if titles]
        for pk, number, title, state in _standing(name, states, item):
            if pk in told:
                continue
            told.add(pk)
            count += 1
            if count <= SHOWN:
                where = procedure.states[state].title
                todo = "、".join(procedure.steps[step].title for step in ahead[state])
                yield f"  {number} {title}（{where}）：还要走 {todo}"
    rest = f"，只列前 {SHOWN} 件" if count > SHOWN else ""
    yield f"在办事项 {count} 件还要走到改动的步骤{rest}。"


def _reached(
    changes: Sequence[rulebook.Change], book: rulebook.Rulebook
) -> dict[tuple[str, str], set[str]]:
    """Steps that changed, by procedure and, for a discretion table, by its item."""
    reached: dict[tuple[str, str], set[str]] = {}
    for change in changes:
        for name, found in change.steps.items():
            if name in book.procedures:
                reached.setdefault((name, change.item), set()).update(found)
    return reached


def _standing(procedure_id: str, states: list[str], item: str) -> Iterator[tuple[Any, ...]]:
    """Open matters of a procedure, cases and what runs beside them, in one of the states."""
    rows = ledger.Dossier.objects.filter(
        procedure_id=procedure_id, state__in=states, closed_at__isnull=True
    )
    if item:
        rows = rows.filter(pk__in=Case.objects.filter(item__code=item).values("pk"))
    yield from rows.order_by("id").values_list("pk", "number", "title", "state").iterator()
