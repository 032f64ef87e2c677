"""New, changed, unchanged, wrong: what a row means for the register."""

from datetime import date

import pytest

from tests import cast
from zhiheng.elements import services as elements
from zhiheng.elements.exchange import services
from zhiheng.elements.exchange.tests.conftest import (
    AT,
    applied,
    checked,
    counts,
    said,
    upload,
    workbook,
)
from zhiheng.elements.models import Body, Grant, ImportBatch, Item, Subject

pytestmark = pytest.mark.usefixtures("county")
ITEM = ["事项编码", "名称", "执法领域", "权力类型", "区划代码"]


def item(code, **more) -> dict:
    return {
        "事项编码": code, "名称": f"事项{code}", "执法领域": "生态环境", "权力类型": "PENALTY",
        "区划代码": "339901",
    } | more  # fmt: skip


def items(*rows: dict) -> bytes:
    titles = list(rows[0])
    return workbook(titles, *[[row.get(t) for t in titles] for row in rows], title="执法事项")


def test_values_are_read_as_people_write_them():
    row = item(
        "N-1", **{"罚款下限": "1,000元", "罚款上限（元）": "0.8万", "责令改正": "是",
                  "处罚种类": "罚款；警告", "生效日": 46054},
    )  # fmt: skip
    batch = applied("items", items(row))
    assert batch.state == "APPLIED", said(batch)
    made = Item.objects.get(code="N-1")
    assert (made.fine_min_cents, made.fine_max_cents) == (100_000, 800_000)
    assert made.order_correction is True
    assert made.penalty_kinds == ["FINE", "WARNING"]
    assert made.valid_from == date(2026, 2, 1)
    assert made.domain == "ecology"
    assert made.known_from == AT


def test_one_wrong_row_keeps_all_others_out():
    batch = checked("items", items(item("N-1"), item("N-2", 执法领域="海洋考古")))
    assert counts(batch) == (1, 0, 0, 1)
    with pytest.raises(Exception, match="还不能生效"):
        services.approve(batch=batch, actor=cast.actor(cast.AGENCY_HEAD), at=AT)
    assert not Item.objects.filter(code="N-1").exists()


def test_a_key_twice_in_a_file_is_an_error_on_both_rows():
    batch = checked("items", items(item("N-1"), item("N-2"), item("N-1", 名称="另一个")))
    assert counts(batch) == (1, 0, 0, 2)
    assert "与第 4 行重复" in said(batch)
    assert "与第 2 行重复" in said(batch)


def test_a_row_may_name_an_element_that_the_same_file_registers():
    uscc = Body.objects.as_of(cast.ON).first().uscc
    head = ["主体代码", "名称", "统一社会信用代码", "类型", "层级", "区划代码", "上级"]
    rows = [["P-2", "中队", uscc, "行政机关", "县级", "339901", "P-1"],
            ["P-1", "大队", uscc, "行政机关", "县级", "339901", ""]]  # fmt: skip
    batch = applied("bodies", workbook(head, *rows))
    assert batch.state == "APPLIED", said(batch)
    assert Body.objects.get(code="P-2").parent == Body.objects.get(code="P-1")


def test_a_file_of_a_few_columns_changes_only_those():
    was = Item.objects.as_of(cast.ON).get(code="QH-CG-001")
    batch = applied("items", workbook(["事项编码", "俗称与关键词"], ["QH-CG-001", "油烟 排烟"]))
    assert counts(batch) == (0, 1, 0, 0)
    now = Item.objects.as_of(cast.ON).get(code="QH-CG-001")
    assert now.keywords == "油烟 排烟"
    assert (now.name, now.fine_max_cents, now.uid) == (was.name, was.fine_max_cents, was.uid)
    before = Item.objects.as_of(date(2026, 11, 19)).get(code="QH-CG-001")
    assert before.keywords == was.keywords


def test_whoever_keeps_a_register_in_memory_is_told(monkeypatch):
    from zhiheng.elements.exchange import applying

    heard = []
    monkeypatch.setattr(applying, "_listeners", [lambda **what: heard.append(what)])
    applied("items", items(item("N-1")))
    assert heard == [{"model": Item, "at": AT}]


def test_the_number_of_queries_does_not_grow_with_the_rows(django_assert_max_num_queries):
    batch = upload("items", items(*[item(f"N-{n}") for n in range(300)]))
    actor = cast.actor(cast.ELEMENT_ADMIN)
    services.settle_columns(batch=batch, mapping=batch.mapping, valid_from=cast.ON, actor=actor)
    with django_assert_max_num_queries(40):
        services.check(batch_id=batch.pk, at=AT)
    services.approve(batch=batch, actor=cast.actor(cast.AGENCY_HEAD), at=AT)
    with django_assert_max_num_queries(30):
        services.apply(batch_id=batch.pk, at=AT)
    assert Item.objects.filter(code__startswith="N-").count() == 300


def test_what_a_new_element_needs_is_named():
    batch = checked("items", workbook(["事项编码", "名称"], ["N-1", "甲"]))
    assert "执法领域" in said(batch)
    assert "请补上" in said(batch)


def test_a_change_before_the_register_begins_is_refused():
    batch = checked("items", items(item("QH-CG-001", 生效日="1999-01-01")))
    assert "起才有记录" in said(batch)


def test_an_element_outside_ones_region_cannot_be_registered():
    batch = checked("items", items(item("N-1", 区划代码="110101")))
    assert "不在您的辖区" in said(batch)


def test_a_grant_is_told_by_item_body_region_and_way():
    grant = Grant.objects.active(cast.ON).first()
    head = ["事项", "主体", "区划代码", "方式", "文号"]
    row = [grant.item.code, grant.body.code, grant.region_code, grant.get_mode_display(), "新〔1〕"]
    batch = applied("grants", workbook(head, row))
    assert counts(batch) == (0, 1, 0, 0), said(batch)
    assert Grant.objects.active(cast.ON).get(uid=grant.uid).doc_no == "新〔1〕"


def test_a_subject_is_found_by_its_credit_code():
    subject = Subject.objects.as_of(cast.ON).exclude(uscc="").first()
    batch = applied(
        "subjects",
        workbook(["统一社会信用代码", "行业代码"], [subject.uscc.lower(), "9999"]),
    )
    assert counts(batch) == (0, 1, 0, 0), said(batch)
    assert Subject.objects.as_of(cast.ON).get(uid=subject.uid).industry == "9999"


def test_if_the_register_moves_on_between_check_and_approval_it_is_checked_again():
    content = workbook(["事项编码", "俗称与关键词"], ["QH-CG-001", "油烟 排烟"])
    batch = checked("items", content)
    other = Item.objects.as_of(cast.ON).get(code="QH-CG-001")
    elements.amend(row=other, changes={"keywords": "别人改的"}, valid_from=cast.ON, at=AT)
    services.approve(batch=batch, actor=cast.actor(cast.AGENCY_HEAD), at=AT)
    services.apply(batch_id=batch.pk, at=AT)
    batch.refresh_from_db()
    assert batch.state == "CHECKED"
    assert "已重新核对" in "".join(batch.warnings)
    assert batch.lines.get().diff == [["俗称与关键词", "别人改的", "油烟 排烟"]]
    services.approve(batch=batch, actor=cast.actor(cast.AGENCY_HEAD), at=AT)
    services.apply(batch_id=batch.pk, at=AT)
    assert Item.objects.as_of(cast.ON).get(code="QH-CG-001").keywords == "油烟 排烟"


def test_two_batches_with_the_same_new_element_register_it_once():
    first, second = (checked("items", items(item("N-1"))) for _ in range(2))
    for batch in (first, second):
        services.approve(batch=batch, actor=cast.actor(cast.AGENCY_HEAD), at=AT)
    for batch in (first, second):
        services.apply(batch_id=batch.pk, at=AT)
    assert Item.objects.filter(code="N-1").count() == 1
    second.refresh_from_db()
    assert counts(second) == (0, 0, 1, 0)


def test_a_killed_check_goes_on_where_it_stood(monkeypatch):
    from zhiheng.elements.exchange import comparing, staging

    monkeypatch.setattr(staging, "CHUNK", 10)
    monkeypatch.setattr(comparing, "CHUNK", 10)
    content = items(*[item(f"N-{n:03d}") for n in range(95)])
    batch = upload("items", content)
    actor = cast.actor(cast.ELEMENT_ADMIN)
    services.settle_columns(batch=batch, mapping=batch.mapping, valid_from=cast.ON, actor=actor)
    for stage, name in ((staging, "_take"), (comparing, "_write")):
        _kill_at_fourth(monkeypatch, stage, name, batch)
    batch.refresh_from_db()
    assert (batch.state, batch.rows, batch.rows_compared) == ("COMPARING", 95, 30)
    services.check(batch_id=batch.pk, at=AT)
    batch.refresh_from_db()
    assert counts(batch) == (95, 0, 0, 0)
    assert batch.lines.count() == 95


class Killed(BaseException):
    """Stands for kill -9."""


def _kill_at_fourth(monkeypatch, module, name, batch) -> None:
    real, calls = getattr(module, name), []

    def dying(*given, **more):
        calls.append(1)
        if len(calls) == 4:
            raise Killed
        return real(*given, **more)

    with monkeypatch.context() as patch:
        patch.setattr(module, name, dying)
        with pytest.raises(Killed):
            services.check(batch_id=batch.pk, at=AT)
    assert ImportBatch.objects.get(pk=batch.pk).rows >= 30
