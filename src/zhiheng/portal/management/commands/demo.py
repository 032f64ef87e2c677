"""`manage.py demo --scale small|county|province --seed N`: load the demo county."""

import importlib.util
import time
from importlib import import_module

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from zhiheng.kernel.errors import ZhihengError

SCALES = ("small", "county", "province")
LOADERS = ("zhiheng.elements.demo", "zhiheng.cases.demo", "zhiheng.elements.demo.upkeep")


class Command(BaseCommand):
    help = "装入演示县青衡县；再次运行只补缺，不重复。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", choices=SCALES, default="small", help="规模")
        parser.add_argument("--seed", type=int, default=1, help="随机种子，同种子得同样的数据")

    def handle(self, *args: object, scale: str, seed: int, **options: object) -> None:
        for name in LOADERS:
            if importlib.util.find_spec(name) is None:
                continue
            began = time.perf_counter()
            try:
                added = import_module(name).load_demo(scale, seed) or {}
            except ZhihengError as error:
                raise CommandError(str(error)) from error
            seconds = time.perf_counter() - began
            what = "，".join(f"{kind} {number:,}" for kind, number in added.items() if number)
            self.stdout.write(f"{name.split('.')[1]}：{what or '已在库中'}（{seconds:.1f} 秒）")
        if lacking := import_module(LOADERS[0]).shortage(scale):
            self.stdout.write(lacking)
        self.stdout.write(f"数据库大小：{_size()}。")


def _size() -> str:
    """How large the database is, in words of its own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        return str(cursor.fetchone()[0])
