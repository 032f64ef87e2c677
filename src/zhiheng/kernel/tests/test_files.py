"""Files are kept whole or not at all, and what comes back is what went in."""

import errno
import io
import os
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.kernel import ciphers, files
from zhiheng.kernel.errors import Invalid, NotFound

JPEG = b"\xff\xd8\xff\xe0" + b"photo" * 100


@pytest.fixture(autouse=True)
def root(tmp_path: Path) -> Iterator[Path]:
    before = dict(files._place)
    files.configure(root=tmp_path)
    yield tmp_path
    files._place.clear()
    files._place.update(before)


def office(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", "_rels/.rels", *names):
            archive.writestr(name, "<x/>" * 50)
    return buffer.getvalue()


def left_behind(root: Path) -> list[str]:
    return [path.name for path in root.rglob("*") if path.is_file()]


@given(st.binary(max_size=3000))
def test_digests_in_one_pass_are_those_of_the_whole(content: bytes) -> None:
    found = files.digests(io.BytesIO(content))
    assert found == (ciphers.sha256(content), ciphers.sm3(content), len(content))


def test_a_file_lies_under_its_digest_and_the_same_content_lies_once(root: Path) -> None:
    stored = files.store(io.BytesIO(JPEG))
    again = files.store(io.BytesIO(JPEG))
    assert again == stored
    assert stored.mime == "image/jpeg"
    assert files.read(stored.sha256) == JPEG
    assert files.exists(stored.sha256)
    assert left_behind(root) == [stored.sha256]
    digest = stored.sha256
    assert (root / "evidence" / digest[:2] / digest[2:4] / digest).is_file()
    assert files.verify(digest).sm3 == stored.sm3


@pytest.mark.parametrize(
    ("head", "mime"),
    [
        (JPEG, "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"%PDF-1.7", "application/pdf"),
        (b"\x00\x00\x00\x20ftypisom", "video/mp4"),
        (b"\x00\x00\x00\x20ftypheic", None),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"ID3\x04\x00", "audio/mpeg"),
        (b"\xff\xfb\x90\x64", "audio/mpeg"),
        (b"\xff\xfe\x00\x00", None),
        (b"MZ\x90\x00", None),
        (b"<html><script>", None),
        (b"<svg xmlns=", None),
        (b"PK\x03\x04", None),
        (b"", None),
    ],
)
def test_a_file_is_what_its_content_says(head: bytes, mime: str | None) -> None:
    assert files.sniff(head) == mime


def test_word_and_excel_are_told_apart_and_macros_are_refused() -> None:
    word, excel = files.sniff(office("word/document.xml")), files.sniff(office("xl/workbook.xml"))
    assert word is not None
    assert word.endswith("wordprocessingml.document")
    assert excel is not None
    assert excel.endswith("spreadsheetml.sheet")
    assert files.sniff(office("word/document.xml", "word/vbaProject.bin")) is None
    assert files.sniff(office("anything.txt")) is None


@given(st.binary(max_size=200))
def test_any_bytes_get_an_answer(head: bytes) -> None:
    assert files.sniff(head) is None or "/" in str(files.sniff(head))


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "是空的"), (b"MZ" + b"x" * 50, "不是可接受的类型"), (JPEG * 10, "上限")],
)
def test_what_cannot_be_taken_gets_a_sentence_and_leaves_nothing(
    root: Path, content: bytes, says: str
) -> None:
    with pytest.raises(Invalid, match=says) as error:
        files.store(io.BytesIO(content), limit=1000, accepted={"image/jpeg"})
    assert error.value.next_step
    assert left_behind(root) == []


class BrokenDisk(io.BytesIO):
    """A stream whose reading shows what happens when the disk below fills up."""

    def __init__(self, code: int) -> None:
        super().__init__(JPEG)
        self.code = code

    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise OSError(self.code, os.strerror(self.code))
        return super().read(size)


@pytest.mark.parametrize(
    ("code", "says"), [(errno.ENOSPC, "存储空间已满"), (errno.EROFS, "不能写入")]
)
def test_a_full_disk_is_one_sentence_and_leaves_nothing(root: Path, code: int, says: str) -> None:
    with pytest.raises(files.StorageError, match=says) as error:
        files.store(BrokenDisk(code))
    assert error.value.next_step
    assert left_behind(root) == []


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "", "g" * 64, "a" * 63, "A" * 64, "a" * 64 + "\n"]
)
def test_no_name_leads_out_of_the_store(name: str) -> None:
    with pytest.raises(NotFound):
        files.read(name)
    with pytest.raises(ValueError, match="no such area"):
        files.store(io.BytesIO(JPEG), area="../elsewhere")


def test_a_link_planted_in_the_store_is_not_followed(root: Path) -> None:
    digest = "a" * 64
    place = root / "evidence" / "aa" / "aa"
    place.mkdir(parents=True)
    (place / digest).symlink_to("/etc/hostname")
    with pytest.raises(NotFound):
        files.read(digest)


def test_what_is_missing_or_damaged_is_never_handed_out(root: Path) -> None:
    stored = files.store(io.BytesIO(JPEG))
    path = root / "evidence" / stored.sha256[:2] / stored.sha256[2:4] / stored.sha256
    path.chmod(0o600)
    path.write_bytes(JPEG.replace(b"photo", b"phot0"))
    for look in (files.read, files.verify):
        with pytest.raises(files.StorageError, match="与登记的摘要不符"):
            look(stored.sha256)
    path.write_bytes(JPEG[:10])
    with pytest.raises(files.StorageError):
        files.open_stored(stored.sha256, size=stored.size)
    path.unlink()
    with pytest.raises(NotFound, match="没有这份文件"):
        files.open_stored(stored.sha256)


def test_a_damaged_file_is_healed_by_uploading_it_again(root: Path) -> None:
    stored = files.store(io.BytesIO(JPEG))
    path = root / "evidence" / stored.sha256[:2] / stored.sha256[2:4] / stored.sha256
    path.chmod(0o600)
    path.write_bytes(b"half")
    files.store(io.BytesIO(JPEG))
    assert files.read(stored.sha256) == JPEG


def test_what_a_killed_process_left_is_swept_when_old(root: Path) -> None:
    (root / "evidence" / ".incoming").mkdir(parents=True)
    (root / "evidence" / ".incoming" / "half").write_bytes(b"x")
    here = datetime.now(tz=UTC)
    assert files.sweep(before=here - timedelta(days=1)) == 0
    assert files.sweep(before=here + timedelta(days=1)) == 1
