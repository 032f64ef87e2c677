"""Acts by the million, for filling a platform: cast from acts that were recorded in earnest.

An `ActMould` is an act whose changing parts are places to fill (`%(party)s`). Each act cast from
it is sealed as `ledger_record_act` seals one, so that `manage.py ledger verify` finds them in
order. They get no idempotency key and call no subscriber; they wait in the log's queue like any.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import connection

from zhiheng.kernel import bulk
from zhiheng.ledger import canonical
from zhiheng.ledger.models import Act, LogQueue

COLUMNS = (
    "dossier_id", "seq", "kind", "title", "to_state", "actor_id", "actor_name", "actor_role",
    "acting_for", "agency_code", "region_code", "place", "occurred_at", "recorded_at", "rule_id",
    "rule_version", "facts", "payload", "evidence_digests", "digest",
)  # fmt: skip
GIVEN = {
    "dossier_id": "%(dossier_id)d",
    "recorded_at": "%(recorded_at)s",
    "digest": r"\\x%(digest)s",
}


@dataclass(frozen=True)
class ActMould:
    """The places to fill: `dossier_id`, `number`, `recorded_at`, and those that `mark` put in.

    Attributes:
        seq: the act's number in the dossier.
        content: what is sealed.
        line: the row as COPY takes it.
    """

    seq: int
    content: str
    line: str

    @staticmethod
    def of(act: Act, *, seq: int, actor_id: str, mark: Callable[[str], str]) -> "ActMould":
        """The mould of an act.

        Args:
            act: the act as it stands.
            seq: the number that cast acts get.
            actor_id: the place for the account's number, empty for the system.
            mark: puts places to fill into a text and doubles its percent signs.
        """
        content = canonical.content_of(act) | {"idempotency_key": None, "actor_id": "@actor"}
        cells = {
            name: mark(bulk.escaped(it if isinstance(it, str) else canonical.text_of(it)))
            for name, it in content.items()
        }
        cells |= {"seq": str(seq), "actor_id": actor_id or r"\N", **GIVEN}
        text = mark(canonical.text_of(content)).replace('"@actor"', actor_id or "null")
        return ActMould(seq, text, "\t".join(cells[name] for name in COLUMNS))

    def cast(self, values: Mapping[str, object]) -> str:
        """The row of one act, sealed. The values hold no quotes, backslashes or tabs."""
        content = hashlib.sha256((self.content % values).encode()).hexdigest()
        seal = (
            f"zhiheng-act-v1\n{values['number']}\n{self.seq}\n{values['recorded_at']}\n{content}\n"
        )
        return self.line % {**values, "digest": hashlib.sha256(seal.encode()).hexdigest()}


def copy_acts(lines: list[str]) -> int:
    """COPY cast acts."""
    return bulk.copy_lines(table=Act._meta.db_table, columns=COLUMNS, lines=lines)


def last_act_id() -> int:
    """The number of the newest act, 0 where there is none."""
    newest = Act.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def queue_acts(*, after_id: int) -> None:
    """Let acts that were copied wait for the log, as those that are recorded do."""
    table, acts = LogQueue._meta.db_table, Act._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (act_id) SELECT id FROM {acts} WHERE id > %s",  # noqa: S608
            [after_id],
        )
