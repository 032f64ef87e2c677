"""manage.py ledger verify | prove | head | sequence."""

import json

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zhiheng.kernel import clock
from zhiheng.kernel.errors import ZhihengError
from zhiheng.ledger import api as ledger
from zhiheng.ledger.selectors.audit import audit


class Command(BaseCommand):
    help = "存证日志：verify 核验全部记录，prove 出具证明，head 显示日志头，sequence 写入日志。"

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, title="动作")
        actions.add_parser("verify", help="逐条核验行为记录、日志条目、哈希与签名")
        prove = actions.add_parser("prove", help="出具一条行为或一个摘要在日志中的证明（JSON）")
        prove.add_argument("what", help="行为的编号，或 64 位十六进制摘要")
        actions.add_parser("head", help="显示最新的已签名日志头（JSON）")
        sequence = actions.add_parser("sequence", help="把等待的行为和证据摘要写入日志")
        sequence.add_argument("--new-key", action="store_true", help="旧签名密钥丢失时更换密钥")

    def handle(self, *, action: str, **options: object) -> None:
        try:
            getattr(self, action)(**options)
        except ZhihengError as error:
            raise CommandError(str(error)) from error

    def verify(self, **_: object) -> None:
        result = audit()
        for finding in result.findings:
            self.stderr.write(finding)
        told = f"核验了 {result.acts} 条行为、{result.leaves} 片叶、{result.heads} 个日志头"
        if result.findings:
            raise CommandError(
                f"{told}，发现 {len(result.findings)} 处不符。请保留现场，通知系统管理员和执法监督机构。"
            )
        self.stdout.write(f"{told}，全部相符。")

    def prove(self, *, what: str, **_: object) -> None:
        proof = ledger.prove_named(what)
        self.stdout.write(json.dumps(proof.as_json(), ensure_ascii=False, indent=2))

    def head(self, **_: object) -> None:
        newest = ledger.head()
        if newest is None:
            raise CommandError("存证日志还是空的。请先运行 manage.py ledger sequence。")
        self.stdout.write(json.dumps(ledger.head_json(newest), ensure_ascii=False, indent=2))

    def sequence(self, *, new_key: bool, **_: object) -> None:
        signed = ledger.sequence(at=clock.now(), renew_key=new_key)
        ledger.sequence_all(at=clock.now())
        newest = ledger.head()
        size = newest.size if newest else 0
        self.stdout.write(f"{'已写入' if signed else '没有等待写入的记录'}，日志现有 {size} 片叶。")
