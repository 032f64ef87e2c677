"""`manage.py demo --scale small|county|province --seed N`: load the demo county."""

import importlib.util
import time
from importlib import import_module

from django.core.management.base import BaseCommand, CommandParser

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
            added = import_module(name).load_demo(scale, seed) or {}
            seconds = time.perf_counter() - began
            what = "，".join(f"{kind} {number:,}" for kind, number in added.items() if number)
            self.stdout.write(f"{name.split('.')[1]}：{what or '已在库中'}（{seconds:.1f} 秒）")
