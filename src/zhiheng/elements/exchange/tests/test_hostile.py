"""Whatever is sent in ends in a sentence that says what to do, quickly and in little memory."""

import io
import resource
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhiheng.elements.exchange.sheets import open_sheet
from zhiheng.elements.exchange.tests import corpus
from zhiheng.elements.exchange.tests.conftest import checked, said, workbook
from zhiheng.kernel.errors import Invalid

pytestmark = pytest.mark.usefixtures("county")


def outcome(content: bytes, name: str) -> str:
    """The sentence that a file ends with, at the upload or in the check."""
    try:
        return checked("bodies", content, name=name).problem
    except Invalid as refused:
        return str(refused)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [(m, s) for _, m, s in corpus.REFUSED],
    ids=[n for n, _, _ in corpus.REFUSED],
)
def test_a_hostile_file_ends_in_a_sentence(make, sentence):
    content = make()
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    said_ = outcome(content, "表.xlsx")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert sentence in said_
    assert "请" in said_
    assert time.monotonic() - began < 5
    assert grown < 150 * 1024


def test_an_empty_file_is_refused_by_the_form(client):
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.urls import reverse

    from tests import cast

    admin = cast.sign_in(client, cast.ELEMENT_ADMIN)
    file = SimpleUploadedFile("a.csv", b"")
    answer = admin.post(reverse("import_start", args=["bodies"]), {"file": file})
    assert "文件是空的" in answer.content.decode()


def test_formulas_are_never_evaluated_their_stored_result_is_taken_with_a_warning():
    batch = checked("bodies", corpus.formulas(with_result=True))
    assert "B2是公式" in "".join(batch.warnings)
    assert batch.lines.get().cells == ["X-1", "42"]


def test_a_formula_without_a_result_is_an_error_of_its_row():
    batch = checked("bodies", corpus.formulas(with_result=False))
    assert "没有存下结果" in said(batch)


def test_a_million_declared_rows_with_nothing_in_them_are_passed_over():
    batch = checked("bodies", corpus.a_million_empty_rows())
    assert batch.rows == 1


def test_hidden_sheets_are_named_and_not_read():
    batch = checked("bodies", corpus.hidden(all_of_them=False))
    assert "隐藏的工作表“旧数据”没有读取" in "".join(batch.warnings)
    assert batch.lines.get().cells[0] == "X-1"


def test_a_merged_title_above_the_header_does_no_harm():
    rows = [["全县登记表", None], ["主体代码", "名称"], ["X-1", "甲"]]
    batch = checked("bodies", workbook(*rows))
    assert (batch.header_line, batch.rows) == (2, 1)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_usual_encodings_are_found(encoding):
    batch = checked("bodies", corpus.csv("X-1,𠮷野家㐀", "X-2,乙").encode(encoding), name="a.csv")
    assert [row.cells for row in batch.lines.order_by("line")] == [
        ["X-1", "𠮷野家㐀"],
        ["X-2", "乙"],
    ]


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_other_separators_are_found(separator):
    text = corpus.csv("X-1,甲").replace(",", separator)
    assert checked("bodies", text.encode(), name="a.csv").lines.get().cells == ["X-1", "甲"]


def test_long_numbers_that_lost_their_end_are_refused():
    batch = checked("bodies", workbook(["主体代码", "名称"], [123456789012345678, "甲"]))
    assert "超过 15 位的尾数已经丢失" in said(batch)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf"]))
def test_random_bytes_give_rows_or_a_sentence(content, head):
    try:
        found = [line.cells for line in open_sheet(io.BytesIO(head + content), title="表").lines()]
    except Invalid as refused:
        found = [[refused.next_step]]
    assert all(found)
    assert found != [[""]]
