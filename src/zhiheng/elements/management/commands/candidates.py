"""`manage.py candidates [--law 法名]`: read laws for penalty clauses, store them as item candidates."""

import time

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zhiheng.elements.candidates.readings import versions_in_force
from zhiheng.elements.candidates.services import find_candidates
from zhiheng.kernel.clock import now, today


class Command(BaseCommand):
    help = "从法条库里现行的法律识别罚则，列为事项候选；再次运行只补新的。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--law", default="", help="只读这部法律（名称，可不带“中华人民共和国”）"
        )

    def handle(self, *args: object, law: str, **options: object) -> None:
        on = today()
        versions = versions_in_force(law=law, on=on)
        if not versions.exists():
            raise CommandError(
                f"法条库里没有现行的《{law}》。"
                if law
                else "法条库还是空的，请先运行 manage.py laws import。"
            )
        began, found, read = time.perf_counter(), 0, 0
        for version in versions:
            found += find_candidates(version=version, at=now())
            read += 1
        seconds = time.perf_counter() - began
        self.stdout.write(
            f"读了 {read:,} 个法律版本，新增事项候选 {found:,} 条（{seconds:.1f} 秒）。"
        )
