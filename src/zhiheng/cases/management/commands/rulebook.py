"""`manage.py rulebook …`: the rulebook's own commands; `impact` also names open matters."""

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError

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
    reached: dict[str, set[str]] = {}
    for change in changes:
        for name, found in change.steps.items():
            reached.setdefault(name, set()).update(found)
    count = 0
    for name, steps in sorted(reached.items()):
        procedure = book.procedure(name)
        ahead = {
            code: rulebook.still_ahead(procedure=procedure, state=code, steps=sorted(steps))
            for code in procedure.states
        }
        states = [code for code, titles in ahead.items() if titles]
        matters = ledger.Dossier.objects.filter(
            procedure_id=name, state__in=states, closed_at__isnull=True
        ).order_by("id")
        for number, title, state in matters.values_list("number", "title", "state").iterator():
            count += 1
            if count <= SHOWN:
                where = procedure.states[state].title
                todo = "、".join(procedure.steps[step].title for step in ahead[state])
                yield f"  {number} {title}（{where}）：还要走 {todo}"
    rest = f"，只列前 {SHOWN} 件" if count > SHOWN else ""
    yield f"在办事项 {count} 件还要走到改动的步骤{rest}。"
