"""Writing a batch is seen while it goes on; one that fails five times says so and can go on."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from tests import cast
from zhiheng.elements.exchange import applying, pages, services, tasks
from zhiheng.elements.exchange.tests.conftest import AT, checked, workbook
from zhiheng.elements.models import ImportBatch, Item

HEAD = ["事项编码", "名称", "执法领域", "权力类型", "区划代码"]


def lines(count: int) -> bytes:
    rows = [[f"K-{n:05d}", f"事项{n}", "消防", "行政检查", "339901"] for n in range(count)]
    return workbook(HEAD, *rows, title="执法事项")


class Context:
    """A job as the worker gives it: tried so often before."""

    def __init__(self, attempts: int) -> None:
        self.job = type("Job", (), {"attempts": attempts})()


@pytest.mark.django_db(transaction=True)
def test_the_bar_moves_while_rows_are_written_and_nothing_holds_before_the_end(monkeypatch):
    cast.county()
    batch = checked("items", lines(300))
    services.approve(batch=batch, actor=cast.actor(cast.AGENCY_HEAD), at=AT)
    monkeypatch.setattr(applying, "CHUNK", 100)
    seen: list[tuple[int, str, int]] = []
    real = applying.bulk.copy_rows

    def look() -> None:
        now = ImportBatch.objects.get(pk=batch.pk)
        seen.append((*pages.progress(now), Item.objects.filter(code__startswith="K-").count()))
        connection.close()

    def copy_and_look(**given):
        monkeypatch.setattr("zhiheng.elements.exchange.meter.PAUSE", 0)
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        return real(**given)

    monkeypatch.setattr(applying.bulk, "copy_rows", copy_and_look)
    services.apply(batch_id=batch.pk, at=AT)
    assert [percent for percent, _, _ in seen] == [0, 33, 66]
    assert "已写 100 / 300 行" in seen[1][1]
    assert {written for _, _, written in seen} == {0}
    batch.refresh_from_db()
    assert batch.state == "APPLIED"
    assert Item.objects.filter(code__startswith="K-").count() == 300


def broken(**_) -> None:
    raise OSError("disk")


@pytest.fixture
def batch(county):
    return checked("items", lines(3))


def test_five_times_in_vain_the_batch_has_failed_and_goes_on_when_asked(client, batch, monkeypatch):
    services.approve(batch=batch, actor=cast.actor(cast.AGENCY_HEAD), at=AT)
    monkeypatch.setattr(applying, "apply_now", broken)
    monkeypatch.setattr(tasks.connection, "close", lambda: None)
    for attempts in range(5):
        batch.refresh_from_db()
        assert batch.state == "APPLYING"
        with pytest.raises(OSError, match="disk"):
            tasks.apply(Context(attempts), batch_id=batch.pk)
    batch.refresh_from_db()
    assert batch.state == "FAILED"
    head, address = cast.sign_in(client, cast.AGENCY_HEAD), reverse("import_show", args=[batch.pk])
    words = head.get(address).content.decode()
    assert "写入试了 5 次都没有成功，登记簿没有变化" in words
    assert "再试一次" in words
    monkeypatch.undo()
    monkeypatch.setattr(tasks.connection, "close", lambda: None)
    head.post(reverse("import_retry", args=[batch.pk]))
    batch.refresh_from_db()
    assert (batch.state, batch.problem) == ("APPLYING", "")
    services.apply(batch_id=batch.pk, at=AT)
    assert Item.objects.filter(code__startswith="K-").count() == 3


def test_a_check_that_failed_goes_on_with_checking(batch, monkeypatch):
    ImportBatch.objects.filter(pk=batch.pk).update(state="COMPARING")
    monkeypatch.setattr(services, "check", broken)
    monkeypatch.setattr(tasks.connection, "close", lambda: None)
    with pytest.raises(OSError, match="disk"):
        tasks.check(Context(4), batch_id=batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.problem) == ("FAILED", "核对试了 5 次都没有成功，登记簿没有变化。")
    assert services.try_again(batch=batch)
    assert not services.try_again(batch=batch)
    batch.refresh_from_db()
    assert batch.state == "COMPARING"


def test_a_failed_batch_can_be_withdrawn(batch):
    ImportBatch.objects.filter(pk=batch.pk).update(state="COMPARING")
    services.give_up(batch_id=batch.pk, times=5)
    services.withdraw(batch=batch)
    batch.refresh_from_db()
    assert batch.state == "WITHDRAWN"


def test_the_approver_finds_it_on_the_to_do_list_and_the_uploader_does_not(client, batch):
    words = cast.sign_in(client, cast.AGENCY_HEAD).get(reverse("todo")).content.decode()
    assert "批准导入" in words
    assert reverse("import_show", args=[batch.pk]) in words
    own = cast.sign_in(client, cast.ELEMENT_ADMIN).get(reverse("todo")).content.decode()
    assert "批准导入" not in own
