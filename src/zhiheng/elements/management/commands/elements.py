"""manage.py elements sweep | law-change."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zhiheng.elements import citers
from zhiheng.elements.upkeep import changes
from zhiheng.elements.upkeep.run import sweep_all
from zhiheng.kernel import clock
from zhiheng.kernel.errors import ZhihengError


class Command(BaseCommand):
    help = "要素中心：sweep 复查待清理事项，law-change 登记一次法律变动并列出波及谁。"

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, title="动作")
        sweep = actions.add_parser("sweep", help="按规则复查一遍，列出、消除、重新列出")
        sweep.add_argument("--on", type=date.fromisoformat, help="看哪一天，例如 2026-11-26")
        change = actions.add_parser("law-change", help="登记一部法律在某一天的变动")
        change.add_argument("law", help="法律名称，可带书名号，可不写中华人民共和国")
        change.add_argument("--on", type=date.fromisoformat, required=True, help="变动日")

    def handle(self, *, action: str, **options: object) -> None:
        try:
            getattr(self, action.replace("-", "_"))(**options)
        except ZhihengError as error:
            raise CommandError(str(error)) from error

    def sweep(self, *, on: date | None, **_: object) -> None:
        done = sweep_all(on=on or clock.today(), at=clock.now())
        self.stdout.write(f"{on or clock.today()}：{done}")

    def law_change(self, *, law: str, on: date, **_: object) -> None:
        short = citers.short_of(law)
        ended, began = changes.versions_around(short, on)
        change = changes.record(law_short=short, on=on, at=clock.now(), ended=ended, began=began)
        assert change is not None  # noqa: S101 - recorded always
        total = change.lines.count()
        left = change.lines.filter(state="OPEN").count()
        self.stdout.write(f"《{change.title}》{on} 变动：波及 {total} 处，还要核对 {left} 处。")
        if ended is None:
            self.stdout.write(
                "法条库里没有它的条文，按整部变动处理；导入条文后再登记一次可得候选条款。"
            )
