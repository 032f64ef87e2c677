"""Import and export on screen: each step over HTTP, by the people who take it."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import cast
from zhiheng.elements.exchange import services
from zhiheng.elements.exchange.tests.conftest import AT, checked, exported, said, workbook
from zhiheng.elements.models import Body, ElementExport, ImportBatch, ImportMemory, Item
from zhiheng.people.models import SecurityEvent

pytestmark = pytest.mark.usefixtures("county")


@pytest.fixture
def admin(client):
    return cast.sign_in(client, cast.ELEMENT_ADMIN)


def send(client, slug, content, name="表.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("import_start", args=[slug]), {"file": file})


def a_new_body(code="T-900", **more) -> bytes:
    cells = {
        "主体代码": code, "名称": "测试大队", "统一社会信用代码": "11339901MB0000017M",
        "类型": "行政机关", "层级": "县级", "区划代码": 339901, "生效日": "2026年1月2日",
    } | more  # fmt: skip
    return workbook(list(cells), list(cells.values()))


def good_code() -> str:
    return Body.objects.as_of(cast.ON).first().uscc


def test_a_file_goes_from_upload_over_columns_and_check_to_the_register(admin, client):
    answer = send(admin, "bodies", a_new_body(统一社会信用代码=good_code()))
    batch = ImportBatch.objects.get()
    assert answer.url == reverse("import_columns", args=[batch.pk])
    words = admin.get(answer.url).content.decode()
    assert "表头在第 1 行" in words
    assert "表里填的：测试大队" in words
    chosen = {f"c{at}": name for at, name in enumerate(batch.mapping)}
    answer = admin.post(answer.url, {**chosen, "valid_from": "2026-11-20"})
    assert answer.url == reverse("import_show", args=[batch.pk])
    assert "正在读取" in admin.get(answer.url).content.decode()
    services.check(batch_id=batch.pk, at=AT)
    words = admin.get(answer.url).content.decode()
    assert "测试大队" in words
    assert "等待上传人以外的人批准" in words
    assert cast.actor(cast.AGENCY_HEAD).name in words
    assert "批准并生效" not in words
    head = cast.sign_in(client, cast.AGENCY_HEAD)
    assert "等您批准" in head.get(reverse("element_home")).content.decode()
    assert "批准并生效" in head.get(answer.url).content.decode()
    for _ in range(2):  # a double click
        assert head.post(reverse("import_approve", args=[batch.pk])).status_code == 302
    services.apply(batch_id=batch.pk, at=AT)
    services.apply(batch_id=batch.pk, at=AT)
    assert Body.objects.filter(code="T-900").count() == 1
    assert "已生效" in head.get(answer.url).content.decode()
    assert "表.xlsx" in head.get(reverse("import_list")).content.decode()


def test_whoever_uploaded_cannot_approve(admin):
    batch = checked("bodies", a_new_body(统一社会信用代码=good_code()))
    assert said(batch) == ""
    answer = admin.post(reverse("import_approve", args=[batch.pk]))
    assert answer.status_code == 403
    assert "不能自己批准" in answer.content.decode()
    batch.refresh_from_db()
    assert batch.state == "CHECKED"


def test_an_unreadable_file_is_answered_beside_the_field(admin):
    answer = send(admin, "items", b"%PDF-1.7 nothing")
    assert answer.status_code == 422
    assert "这是PDF" in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_errors_are_shown_row_by_row_and_come_as_a_workbook(admin):
    batch = checked("bodies", a_new_body(层级="太空级", 区划代码="99", 上级="没有的代码"))
    words = admin.get(reverse("import_show", args=[batch.pk])).content.decode()
    for piece in ("E 列“层级”", "太空级", "可选：省级、市级", "没有这个执法主体", "都不生效"):
        assert piece in words
    assert "批准并生效" not in words
    answer = admin.get(reverse("import_errors", args=[batch.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [sheet.cell(1, 9).value, sheet.cell(1, 10).value] == ["原行号", "怎样改"]
    assert "太空级" in sheet.cell(2, 10).value
    head = cast.sign_in(admin, cast.AGENCY_HEAD)
    assert head.post(reverse("import_approve", args=[batch.pk])).status_code == 409


def test_columns_chosen_by_hand_are_remembered(admin):
    content = workbook(["暗号", "名称"], ["T-1", "甲"])
    send(admin, "bodies", content)
    first = ImportBatch.objects.latest("id")
    assert first.mapping == ["", "name"]
    address = reverse("import_columns", args=[first.pk])
    refused = admin.post(address, {"c0": "-", "c1": "name", "valid_from": "2026-11-20"})
    assert refused.status_code == 422
    assert "没有哪一列能认出" in refused.content.decode()
    admin.post(address, {"c0": "code", "c1": "name", "valid_from": "2026-11-20"})
    assert ImportMemory.objects.get().choices["暗号"] == "code"
    send(admin, "bodies", content)
    assert ImportBatch.objects.latest("id").mapping == ["code", "name"]


def test_a_withdrawn_batch_leaves_nothing_behind(admin, tmp_path):
    batch = checked("bodies", a_new_body(统一社会信用代码=good_code()))
    kept = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert kept
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.transaction.on_commit", lambda run: run())
        admin.post(reverse("import_withdraw", args=[batch.pk]))
    batch.refresh_from_db()
    assert batch.state == "WITHDRAWN"
    assert not batch.lines.exists()
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_template_explains_itself_and_its_example_is_never_read(admin, form):
    content = admin.get(reverse("import_template", args=["items"]), {"form": form}).content
    batch = checked("items", content, name=f"模板.{form}")
    assert batch.state == "REFUSED"
    assert "表头下面没有数据" in batch.problem
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        assert book.sheetnames == ["执法事项", "说明", "可选值"]
        assert "生态环境" in [cell.value for row in book["可选值"] for cell in row]


def test_an_export_is_filtered_dated_digested_and_noted(admin):
    answer = admin.post(
        reverse("export_start", args=["items"]),
        {"q": "QH-CG-001", "on": "2026-11-20", "form": "csv"},
    )
    content = b"".join(answer.streaming_content)
    export = ElementExport.objects.get()
    assert answer["Digest"] == f"sha-256={export.file_sha256}"
    text = content.decode("utf-8-sig")
    lines = text.split("\r\n")
    assert lines[1].startswith("QH-CG-001")
    assert lines[2].startswith("# 登记簿")
    import hashlib

    assert export.rows_sha256 == hashlib.sha256((lines[1] + "\r\n").encode()).hexdigest()
    assert export.rows_sha256 in text
    event = SecurityEvent.objects.get(kind="EXPORTED")
    assert event.detail["query"] == "QH-CG-001"


def test_a_large_export_is_made_in_the_background(admin, monkeypatch):
    from zhiheng.elements.exchange import exports

    monkeypatch.setattr(exports, "AT_ONCE", 1)
    given = {"q": "", "on": "2026-11-20", "form": "xlsx"}
    answer = admin.post(reverse("export_start", args=["items"]), given)
    export = ElementExport.objects.get()
    assert answer.url == reverse("export_show", args=[export.pk])
    assert "正在后台生成" in admin.get(answer.url).content.decode()
    exports.make(export_id=export.pk, at=AT)
    polled = admin.get(answer.url, headers={"HX-Request": "true"})
    assert polled["HX-Refresh"] == "true"
    file = admin.get(reverse("export_file", args=[export.pk]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(file.streaming_content)))
    assert book.worksheets[0].max_row == Item.objects.as_of(cast.ON).count() + 1
    other = cast.sign_in(admin, cast.SUPERVISOR)
    assert other.get(answer.url).status_code == 404


def test_a_cell_that_looks_like_a_formula_leaves_harmless_and_comes_back_whole():
    body = Body.objects.as_of(cast.ON).order_by("code", "id").first()
    from zhiheng.elements import services as elements

    elements.amend(
        row=body, changes={"address": "=HYPERLINK(1)"}, valid_from=body.valid_from, at=AT
    )
    content = exported("bodies", "csv")
    assert "'=HYPERLINK(1)" in content.decode()
    assert checked("bodies", content, name="a.csv").rows_changed == 0


def test_the_list_offers_import_and_export_only_to_those_who_may(client):
    address = reverse("element_list", args=["items"])
    assert "导入" in cast.sign_in(client, cast.ELEMENT_ADMIN).get(address).content.decode()
    assert "导入</a>" not in cast.sign_in(client, cast.OFFICER).get(address).content.decode()


def test_a_page_of_a_batch_needs_few_queries(admin, django_assert_max_num_queries):
    batch = checked("items", exported("items", "xlsx"))
    with django_assert_max_num_queries(14):
        admin.get(reverse("import_show", args=[batch.pk]))
