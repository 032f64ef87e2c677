"""`manage.py seals setup|list|verify`: the demonstration authority and the seals of files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhiheng.documents import authority, sealcheck
from zhiheng.kernel import clock


class Command(BaseCommand):
    help = (
        "演示签章：setup 建立演示根证书和机关证书（可重复执行），list 列出，verify 查验一份 PDF。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        setup = actions.add_parser("setup", help="建立演示根证书，以及列出的机关的证书")
        setup.add_argument("--organ", action="append", default=[], help="机关名称，可以写多次")
        actions.add_parser("list", help="列出已有的证书")
        verify = actions.add_parser("verify", help="查验 PDF 的签章")
        verify.add_argument("file", type=Path)

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        getattr(self, f"_{action}")(**options)

    def _setup(self, *, organ: list[str], **options: Any) -> None:
        at = clock.now()
        authority.root_credential(at=at)
        for name in organ:
            authority.organ_credential(organ=name, at=at)
        self.stdout.write(f"演示证书已就绪（模拟签章，不具有法律效力）：{authority.folder()}")

    def _list(self, **options: Any) -> None:
        root = authority.root_certificate()
        if root is None:
            raise CommandError("还没有演示证书。请先运行 manage.py seals setup。")
        self.stdout.write(root.subject.rfc4514_string())
        for path in sorted(authority.folder().glob("organ-*.pem")):
            kept = authority.read_credential(path=path)
            if kept:
                until = kept.certificate.not_valid_after_utc.date()
                self.stdout.write(f"  {kept.certificate.subject.rfc4514_string()}　至 {until}")

    def _verify(self, *, file: Path, **options: Any) -> None:
        try:
            pdf = file.read_bytes()
        except OSError as error:
            raise CommandError(f"不能读取 {file}：{error.strerror}。请核对路径。") from error
        reading = sealcheck.read_seal(pdf=pdf)
        self.stdout.write(f"{reading.sentence}{reading.signer}")
        if not reading.valid:
            raise CommandError("签章未通过查验。")
