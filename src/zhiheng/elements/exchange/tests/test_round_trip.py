"""What is taken away and brought back as it was changes nothing; what was edited changes that."""

import io

import openpyxl
import pytest

from tests import cast
from zhiheng.elements.exchange import services
from zhiheng.elements.exchange.tests.conftest import AT, applied, checked, counts, exported, said
from zhiheng.elements.models import Body, Subject
from zhiheng.elements.registers import REGISTERS

pytestmark = pytest.mark.usefixtures("county")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("slug", REGISTERS)
def test_an_export_brought_back_changes_nothing(slug, form):
    content = exported(slug, form)
    batch = checked(slug, content, name=f"a.{form}")
    assert batch.problem == ""
    assert said(batch) == ""
    rows = REGISTERS[slug].model.objects.as_of(cast.ON).count()
    assert counts(batch) == (0, 0, rows, 0)


def edited(content: bytes, title: str, row: int, value: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    column = [cell.value for cell in sheet[1]].index(title) + 1
    sheet.cell(row, column).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_an_edited_cell_becomes_a_new_version_from_the_chosen_day():
    before = Body.objects.as_of(cast.ON).order_by("code", "id").first()
    content = edited(exported("bodies", "xlsx"), "地址", 2, "新地址 8 号")
    book = openpyxl.load_workbook(io.BytesIO(content))
    titles = [cell.value for cell in book.worksheets[0][1]]
    book.worksheets[0].delete_cols(titles.index("生效日") + 1)
    out = io.BytesIO()
    book.save(out)
    batch = applied("bodies", out.getvalue())
    assert batch.state == "APPLIED"
    assert counts(batch)[:2] == (0, 1)
    after = Body.objects.as_of(cast.ON).get(uid=before.uid)
    assert (after.address, after.version, after.valid_from) == ("新地址 8 号", 2, cast.ON)
    assert after.approved_by == cast.actor(cast.AGENCY_HEAD).name
    assert Body.objects.as_of(before.valid_from).get(uid=before.uid).address == before.address
    assert not batch.lines.exists()


def test_the_same_file_a_second_time_changes_nothing():
    content = edited(exported("bodies", "xlsx"), "地址", 2, "新地址 8 号")
    applied("bodies", content)
    rows = Body.objects.count()
    again = checked("bodies", content)
    assert counts(again)[:2] == (0, 0)
    with pytest.raises(Exception, match="没有要新增或变更"):
        services.approve(batch=again, actor=cast.actor(cast.AGENCY_HEAD), at=AT)
    assert Body.objects.count() == rows


def test_masked_personal_fields_stay_as_they_are_and_cannot_be_typed_in():
    content = exported("subjects", "xlsx")
    assert "****" in str(
        [c.value for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0] for c in row]
    )
    wrong = checked("subjects", edited(content, "联系电话", 2, "138****0000"))
    assert "遮蔽后的内容" in said(wrong)
    number = Subject.objects.exclude(phone="").count()
    assert number


def test_those_whose_work_needs_it_take_personal_fields_away_open():
    assert b"****" not in exported("subjects", "csv", by=cast.AGENCY_HEAD)
