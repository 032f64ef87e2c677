"""Personal fields are sealed; whoever lacks the key or alters a letter reads nothing."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhiheng.kernel import ciphers

OLD = "k1:0123456789abcdeffedcba9876543210"
NEW = "k2:fedcba98765432100123456789abcdef"
same_key = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    before = dict(ciphers._place)
    monkeypatch.delenv(ciphers.ENVIRONMENT, raising=False)
    path = tmp_path / "field-key"
    ciphers.configure(key_path=path)
    yield path
    ciphers._place.clear()
    ciphers._place.update(before)
    ciphers._keys.cache_clear()


@same_key
@given(st.text(max_size=50))
def test_what_is_sealed_opens_again_and_never_looks_the_same_twice(plain: str) -> None:
    sealed = ciphers.seal_field(plain)
    assert ciphers.open_field(sealed) == plain
    assert sealed != ciphers.seal_field(plain)
    assert sealed.startswith("sm4.k1.")


@same_key
@given(st.integers(7, 60), st.sampled_from("ABCdef019"))
def test_an_altered_field_is_refused(at: int, letter: str) -> None:
    sealed = ciphers.seal_field("330123199001011234")
    at = min(at, len(sealed) - 3)
    altered = sealed[:at] + letter + sealed[at + 1 :]
    if altered != sealed:
        with pytest.raises(ciphers.CipherError):
            ciphers.open_field(altered)


def test_the_key_file_is_made_for_its_owner_only_and_kept(key_file: Path) -> None:
    sealed = ciphers.seal_field("张三")
    assert key_file.stat().st_mode & 0o777 == 0o600
    ciphers.configure(key_path=key_file)
    assert ciphers.open_field(sealed) == "张三"
    assert [path.name for path in key_file.parent.iterdir()] == ["field-key"]


def test_processes_that_start_together_agree_on_one_key(key_file: Path) -> None:
    made: list[str] = []
    threads = [
        threading.Thread(target=lambda: made.append(ciphers._read_or_make(key_file)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1
    assert len(made) == 8


def test_a_rotated_key_seals_while_the_old_one_still_opens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(ciphers.ENVIRONMENT, OLD)
    ciphers._keys.cache_clear()
    old, match = ciphers.seal_field("张三"), ciphers.match_hash("11010519491231002x")
    monkeypatch.setenv(ciphers.ENVIRONMENT, f"{OLD}\n{NEW}")
    ciphers._keys.cache_clear()
    assert ciphers.open_field(old) == "张三"
    assert ciphers.seal_field("张三").startswith("sm4.k2.")
    assert ciphers.match_hash(" 110105 19491231 002X ") == match
    monkeypatch.setenv(ciphers.ENVIRONMENT, NEW)
    ciphers._keys.cache_clear()
    with pytest.raises(ciphers.CipherError, match="密钥 k1"):
        ciphers.open_field(old)


@pytest.mark.parametrize(
    "text", ["k1:zz", "0123456789abcdeffedcba9876543210", f"{OLD}\n{OLD}", "é"]
)
def test_a_malformed_key_gets_a_sentence(key_file: Path, text: str) -> None:
    key_file.write_text(text, encoding="utf-8")
    with pytest.raises(ciphers.CipherError) as error:
        ciphers.seal_field("张三")
    assert error.value.next_step


@pytest.mark.parametrize("sealed", ["", "张三", "sm4.k1.", "sm4.k1.AAAA", "sm4.k9.AAAA"])
def test_what_was_never_sealed_gets_a_sentence(sealed: str) -> None:
    with pytest.raises(ciphers.CipherError) as error:
        ciphers.open_field(sealed)
    assert error.value.message.endswith("。")


def test_digests_are_those_of_the_standards() -> None:
    assert ciphers.sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert ciphers.sha256(b"abc").startswith("ba7816bf8f01cfea")
