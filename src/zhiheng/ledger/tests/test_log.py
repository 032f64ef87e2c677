"""The log: everything once, in order, provable, and any tampering found."""

import hashlib
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from zhiheng.kernel.errors import NotFound
from zhiheng.ledger import api as ledger
from zhiheng.ledger import merkle
from zhiheng.ledger.models import LogEntry, LogQueue, LogTile
from zhiheng.ledger.selectors.audit import audit
from zhiheng.ledger.services import log as sequencer
from zhiheng.ledger.services.keys import KeyMissing, key_path
from zhiheng.ledger.tests.factories import NOON, a_dossier, an_act
from zhiheng.ledger.tests.test_record_act import together

VERIFIER = Path(__file__).parents[4] / "tools" / "verify_proof.py"


@pytest.fixture(autouse=True)
def _own_key(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def some_acts(count, **changes):
    dossier = a_dossier()
    return [an_act(dossier, kind="case.note", **changes) for _ in range(count)]


@pytest.mark.django_db
def test_acts_and_evidence_become_leaves_once_and_in_order():
    dossier = a_dossier()
    act = an_act(dossier, evidence_digests=["aa" * 32, "bb" * 32])
    head = ledger.sequence(at=NOON)
    assert head.size == 4
    entries = LogEntry.objects.order_by("index").values_list("act_id", "part")
    assert list(entries)[1:] == [(act.pk, 0), (act.pk, 1), (act.pk, 2)]
    assert not LogQueue.objects.exists()
    assert ledger.sequence(at=NOON) is None
    later = an_act(dossier)
    assert ledger.sequence(at=NOON).size == 5
    assert ledger.prove(later).index == 4
    assert audit().findings == []


@pytest.mark.django_db
def test_proofs_hold_for_acts_and_files_and_growth():
    acts = some_acts(300, evidence_digests=["ab" * 32])
    first = ledger.sequence(at=NOON, limit=100)
    ledger.sequence_all(at=NOON, limit=90)
    newest = ledger.head()
    assert (first.size, newest.size) == (199, 601)
    for act in (acts[0], acts[150], acts[-1]):
        proof = ledger.prove(act)
        merkle.verify_inclusion(
            leaf=merkle.leaf_hash(act.digest),
            index=proof.index,
            size=proof.size,
            proof=proof.path,
            root=bytes(newest.root),
        )
    assert ledger.prove_digest(bytes.fromhex("ab" * 32)).part == 1
    merkle.verify_consistency(
        first=first.size,
        second=newest.size,
        first_root=bytes(first.root),
        second_root=bytes(newest.root),
        proof=ledger.prove_growth(first=first.size, second=newest.size),
    )


@pytest.mark.django_db
def test_a_proof_reads_the_log_in_three_queries(django_assert_num_queries):
    act = some_acts(3)[0]
    ledger.sequence(at=NOON)
    with django_assert_num_queries(3):
        ledger.prove(act)


@pytest.mark.django_db
def test_what_is_not_in_the_log_is_said():
    act = some_acts(1)[0]
    with pytest.raises(ledger.NotYet, match="一分钟"):
        ledger.prove(act)
    for unknown in ("99999999", "cd" * 32, "hello", "ü" * 64, "9" * 64):
        with pytest.raises(NotFound):
            ledger.prove_named(unknown)
    with pytest.raises(NotFound):
        ledger.prove_growth(first=0, second=1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["_grow", "root_at", "sign_head", "signing_key"])
def test_killed_in_the_middle_nothing_is_lost_and_nothing_is_there_twice(moment, monkeypatch):
    acts = some_acts(5)
    ledger.sequence(at=NOON, limit=2)

    def killed(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sequencer, moment, killed)
        with pytest.raises(KeyboardInterrupt):
            ledger.sequence(at=NOON)
    assert ledger.head().size == LogEntry.objects.count() == 2
    assert LogQueue.objects.count() == 4
    ledger.sequence(at=NOON)
    assert [entry.act_id for entry in LogEntry.objects.order_by("index")][1:] == [
        act.pk for act in acts
    ]
    assert audit().findings == []


@pytest.mark.django_db(transaction=True)
def test_sequencers_at_the_same_moment_leave_every_act_once():
    acts = some_acts(60)
    together(*[lambda: ledger.sequence_all(at=NOON, limit=7)] * 4, lambda: some_acts(20))
    ledger.sequence_all(at=NOON)
    assert LogEntry.objects.filter(part=0).count() == ledger.Act.objects.count() == len(acts) + 22
    assert audit().findings == []


def tampering(statement, *tables):
    """As a superuser could: the guards off, the change, the guards on again."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE ledger_{table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE ledger_{table} ENABLE TRIGGER USER")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "table", "finding"),
    [
        ("UPDATE ledger_act SET title = '改' WHERE seq = 2", "act", "内容与其摘要不符"),
        ("UPDATE ledger_act SET facts = '{\"fine\": 1}' WHERE seq = 3", "act", "内容与其摘要不符"),
        ("UPDATE ledger_act SET recorded_at = now() WHERE seq = 3", "act", "内容与其摘要不符"),
        (
            "UPDATE ledger_act SET title = '改', digest = sha256('x') WHERE seq = 2",
            "act",
            "登记的摘要不符",
        ),
        ("DELETE FROM ledger_logentry WHERE index = 1", "logentry", "既不在存证日志中"),
        ("DELETE FROM ledger_logentry WHERE index = 3", "logentry", "日志被截短"),
        (
            "DELETE FROM ledger_logentry WHERE act_id = (SELECT max(id) FROM ledger_act);"
            "DELETE FROM ledger_act WHERE id = (SELECT max(id) FROM ledger_act)",
            "act",
            "记录有缺失",
        ),
        ("UPDATE ledger_logentry SET digest = sha256('x') WHERE index = 0", "logentry", "根不一致"),
        ("UPDATE ledger_logtile SET hashes = hashes || sha256('x')", "logtile", "末尾"),
        ("UPDATE ledger_logtile SET hashes = sha256('x')", "logtile", "哈希不符"),
        ("UPDATE ledger_loghead SET signature = sha256('x') || sha256('x')", "loghead", "签名无效"),
        ("UPDATE ledger_loghead SET root = sha256('x')", "loghead", "签名文本不一致"),
    ],
)
def test_whoever_tampers_with_the_database_is_found_out(statement, table, finding):
    some_acts(3)
    ledger.sequence(at=NOON)
    call_command("ledger", "verify", stdout=StringIO())
    tampering(statement, table, "logentry")
    assert any(finding in each for each in audit().findings), audit().findings
    with pytest.raises(CommandError, match="不符"):
        call_command("ledger", "verify", stderr=StringIO())


@pytest.mark.django_db
def test_tiles_only_grow():
    some_acts(3)
    ledger.sequence(at=NOON)
    for change in ("sha256('x')", "substring(hashes FROM 1 FOR 32)", "hashes"):
        with pytest.raises(Exception, match="只能增长"), transaction.atomic():
            connection.cursor().execute(f"UPDATE ledger_logtile SET hashes = {change}")
    assert LogTile.objects.count() == 1


@pytest.mark.django_db
def test_the_key_is_private_and_never_replaced_in_silence():
    some_acts(1)
    ledger.sequence(at=NOON)
    assert key_path().stat().st_mode & 0o777 == 0o600
    key_path().unlink()
    some_acts(1)
    with pytest.raises(KeyMissing, match="不见了"), transaction.atomic():
        ledger.sequence(at=NOON)
    call_command("ledger", "sequence", "--new-key", stdout=StringIO())
    assert len({bytes(head.public_key) for head in ledger.heads()}) == 2
    assert audit().findings == []


def verifier(*arguments):
    return subprocess.run(
        [sys.executable, str(VERIFIER), *map(str, arguments)], capture_output=True, text=True
    )


@pytest.mark.django_db
def test_an_outsider_checks_a_proof_without_the_project(tmp_path):
    file = tmp_path / "photo.jpg"
    file.write_bytes(b"photo")
    digest = hashlib.sha256(b"photo").hexdigest()
    act = an_act(a_dossier(), evidence_digests=[digest])
    ledger.sequence(at=NOON)
    old = tmp_path / "old.json"
    seen = ledger.head()
    old.write_text(json.dumps(ledger.head_json(seen)))
    some_acts(5)
    ledger.sequence(at=NOON)
    out = StringIO()
    call_command("ledger", "prove", digest, stdout=out)
    proof = tmp_path / "proof.json"
    proof.write_text(out.getvalue())
    key = bytes(ledger.head().public_key).hex()
    assert verifier(proof, "--file", file, "--key", key).returncode == 0
    act_proof = tmp_path / "act.json"
    act_proof.write_text(json.dumps(ledger.prove(act).as_json()))
    content = tmp_path / "content.json"
    content.write_text(json.dumps(ledger.sealed_content(act), ensure_ascii=False))
    told = verifier(act_proof, "--act", content)
    assert told.returncode == 0, told.stdout
    assert "相符" in told.stdout

    file.write_bytes(b"photo, retouched")
    assert verifier(proof, "--file", file).returncode == 1
    assert verifier(proof, "--key", "00" * 32).returncode == 1
    changed = json.loads(proof.read_text())
    changed["path"][0] = "00" * 32
    proof.write_text(json.dumps(changed))
    assert verifier(proof).returncode == 1
    proof.write_text("{}")
    assert verifier(proof).returncode == 2
    growth = tmp_path / "growth.json"
    newest = ledger.head()
    growth.write_text(json.dumps(ledger.growth_json(first=seen.size, second=newest.size)))
    told = verifier("--growth", growth, "--old", old)
    assert told.returncode == 0, told.stdout + told.stderr
