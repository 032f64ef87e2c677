"""Taking evidence in: digests, the ledger, idempotency, hostile files."""

import hashlib
import io
from datetime import datetime, timedelta

import pytest

from tests import cast
from zhiheng.evidence import api as evidence
from zhiheng.evidence import locks
from zhiheng.evidence.models import EvidenceItem
from zhiheng.evidence.tests.conftest import AT
from zhiheng.evidence.tests.samples import HOSTILE, photo
from zhiheng.kernel import files
from zhiheng.kernel.errors import Conflict, Invalid, NotAllowed, ZhihengError
from zhiheng.ledger import api as ledger

pytestmark = pytest.mark.django_db
COLLECTORS = [{"name": "李执法", "certificate_no": "339901-0001", "account_id": 1}]


def add(matter, content=None, **changes):
    facts = {
        "kind": "AUDIOVISUAL", "title": "排烟管口照片", "collectors": COLLECTORS,
        "collected_at": AT, "place": "老街路17号后巷", "source": "执法人员现场拍摄",
        "actor": None, "at": AT, "name": "IMG_001.jpg", **changes,
    }  # fmt: skip
    return evidence.add_evidence(dossier=matter, file=io.BytesIO(content or photo()), **facts)


@pytest.mark.law("apl-2021:46", "apl-2021:47")
def test_the_digests_are_in_the_ledger(matter):
    content = photo()
    item = add(matter, content)
    assert item.file_sha256 == hashlib.sha256(content).hexdigest()
    assert len(item.sm3) == 64
    assert item.act.evidence_digests == [item.file_sha256]
    assert item.act.payload["sm3"] == item.sm3
    assert evidence.open_file(item).read() == content


def test_the_same_key_gives_back_the_same_piece(matter):
    first = add(matter, idempotency_key="phone-1")
    second = add(matter, photo(size=(10, 10)), idempotency_key="phone-1")
    assert first.pk == second.pk
    assert len(ledger.acts_of(matter)) == 2


def test_a_key_of_another_dossier_is_a_conflict(matter):
    add(matter, idempotency_key="phone-1")
    other = ledger.open_dossier(
        kind="INSPECTION", number="青综执立〔2026〕000002", region_code="339901", agency_code="QH-ZF",
        title="别的案", state="FILED", at=AT, actor=None,
    )  # fmt: skip
    with pytest.raises(Conflict):
        add(other, idempotency_key="phone-1")


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_end_in_a_sentence_and_leave_nothing(matter, what, data_dir):
    name, content = HOSTILE[what]
    with pytest.raises(Invalid) as refused:
        evidence.add_evidence(
            dossier=matter, kind="AUDIOVISUAL", title="照片", file=io.BytesIO(content), name=name,
            collectors=COLLECTORS, collected_at=AT, place="后巷", source="拍摄", actor=None, at=AT,
        )  # fmt: skip
    assert refused.value.message.endswith("。")
    assert refused.value.next_step
    assert not EvidenceItem.objects.exists()
    assert not [path for path in data_dir.rglob("*") if path.is_file()]


def test_a_file_above_the_limit_is_refused(matter, settings):
    settings.EVIDENCE_LIMIT = 1000
    with pytest.raises(Invalid, match="上限"):
        add(matter, photo(size=(3000, 2000)))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"place": ""}, "place"),
        ({"source": ""}, "source"),
        ({"collectors": []}, "collectors"),
        ({"collected_at": AT + timedelta(hours=1)}, "collected_at"),
        ({"collected_at": datetime(2026, 11, 20)}, "collected_at"),
        ({"kind": "RUMOUR"}, "kind"),
    ],
)
def test_what_makes_it_evidence_must_be_there(matter, changes, field):
    with pytest.raises(Invalid) as refused:
        add(matter, **changes)
    assert field in refused.value.fields


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd.jpg"), ("C:\\a\\照片.PNG", "照片.jpg"), ("a\x00b\n.jpg", "ab.jpg"),
     ("", "排烟管口照片.jpg"), ("x" * 300 + ".jpg", "x" * 120 + ".jpg")],
)  # fmt: skip
def test_a_name_never_becomes_a_path(matter, given, kept):
    assert add(matter, name=given).name == kept


@pytest.mark.law("apl-2021:46")
def test_verifying_reads_the_file_again_and_is_recorded(matter):
    item = evidence.verify_item(item=add(matter), actor=None, at=AT, note="与原件一致")
    assert item.status == "VERIFIED"
    assert list(ledger.acts_of(matter))[-1].kind == "evidence.verify"
    assert evidence.evidence_rows(matter) == [
        {"kind": "视听资料", "title": "排烟管口照片", "proves": "", "source": "执法人员现场拍摄"}
    ]


def test_a_file_that_was_changed_on_disk_is_not_verified(matter, data_dir):
    item = add(matter)
    path = data_dir / "evidence" / item.file_sha256[:2] / item.file_sha256[2:4] / item.file_sha256
    path.chmod(0o600)
    path.write_bytes(photo(size=(9, 9)))
    with pytest.raises(ZhihengError, match="不符"):
        evidence.verify_item(item=item, actor=None, at=AT)
    item.refresh_from_db()
    assert item.status == "COLLECTED"


@pytest.mark.law("apl-2021:46")
def test_excluding_needs_a_reason_and_is_final(matter):
    item = add(matter)
    with pytest.raises(Invalid, match="写明理由"):
        evidence.exclude_item(item=item, reason=" ", actor=None, at=AT, ground="X2")
    evidence.exclude_item(item=item, reason="住宅内偷拍", actor=None, at=AT, ground="X2")
    item.refresh_from_db()
    assert item.status_reason == "以偷拍、偷录等手段侵害他人合法权益：住宅内偷拍"
    with pytest.raises(Conflict, match="重新依法收集"):
        evidence.verify_item(item=item, actor=None, at=AT)
    assert evidence.evidence_rows(matter) == []
    assert files.exists(item.file_sha256)


def test_the_uploader_is_named(matter):
    item = add(matter, actor=cast.actor(cast.OFFICER))
    assert item.created_by == "李执法"
    assert item.act.actor_name == "李执法"


def test_an_extraction_sheet_takes_its_facts_from_the_piece(matter):
    facts = evidence.extraction_facts(add(matter))
    assert facts["form"] == "PHOTO"
    assert facts["file_mime"] == "image/jpeg"
    assert facts["officers"] == [{"name": "李执法", "certificate_no": "339901-0001"}]


def test_a_dossier_that_a_context_closed_takes_nothing(matter, monkeypatch):
    monkeypatch.setattr(locks, "_locks", [lambda dossier, actor: "决定已经作出，不能再收集证据。"])
    with pytest.raises(NotAllowed, match="决定已经作出"):
        add(matter)
    assert not EvidenceItem.objects.exists()
