"""The register of things: rows on a form, the list of an agency, one thing's way, the list to keep."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests import cast
from zhiheng.cases.goods.rows import RowsField, RowsInput, rows_of
from zhiheng.cases.models import Good

ROW = {
    "name": "滤网",
    "quantity": "2",
    "unit": "片",
    "spec": "",
    "value": "1,200",
    "seal_no": "",
    "photo": "",
}


def test_rows_become_canonical_text_and_come_back():
    text = RowsField().clean([ROW])
    assert rows_of(text) == [{
        "name": "滤网", "quantity": "2", "unit": "片", "spec": "", "value_cents": 120000,
        "seal_no": "", "photos": [],
    }]  # fmt: skip
    assert text == RowsField().clean([dict(reversed(ROW.items()))])


@pytest.mark.parametrize(("change", "says"), [
    ({"quantity": ""}, "第 1 行：请填写数量"), ({"quantity": "两"}, "请写数字"),
    ({"quantity": "0"}, "大于零"), ({"quantity": "NaN"}, "大于零"), ({"quantity": "1e99"}, "大得离谱"),
    ({"quantity": "1.0001"}, "三位小数"), ({"unit": ""}, "请填写单位"), ({"name": "长" * 101}, "最多 100"),
    ({"value": "很贵"}, "第 1 行"), ({"value": "-1"}, "第 1 行"),
])  # fmt: skip
def test_a_faulty_row_is_named_by_its_number(change, says):
    with pytest.raises(ValidationError) as wrong:
        RowsField().clean([{**ROW, **change}])
    assert says in " ".join(wrong.value.messages)


def test_empty_rows_do_not_count_and_a_foreign_picture_is_dropped():
    data = {
        "g-0-name": "滤网",
        "g-0-quantity": "1",
        "g-0-unit": "片",
        "g-0-photo": "77",
        "g-1-name": " ",
    }
    rows = RowsInput().value_from_datadict(data, {}, "g")
    assert len(rows) == 1
    assert rows_of(RowsField(photos=[("5", "照片")]).clean(rows))[0]["photos"] == []


def goods(*due: date | None) -> list[Good]:
    cast.county()
    first = cast.living_good()
    side = first.side
    Good.objects.filter(pk=first.pk).update(name="净化器", due_on=due[0])
    for number, day in enumerate(due[1:], start=2):
        Good.objects.create(
            case=first.case, side=side, number=number, name=f"=第{number}件", quantity=number,
            unit="台", place="物证室", since=cast.ON, due_on=day, agency_code=first.agency_code,
            region_code=first.region_code,
        )  # fmt: skip
    return list(Good.objects.order_by("number"))


@pytest.mark.django_db
def test_the_overdue_comes_first_and_queries_do_not_grow(django_assert_max_num_queries):
    from zhiheng.kernel.clock import today

    on = today()
    goods(on + timedelta(days=20), on - timedelta(days=3), None, on + timedelta(days=2))
    client = cast.sign_in(Client(), cast.OFFICER)
    client.get(reverse("goods_list"))
    with django_assert_max_num_queries(16):
        html = client.get(reverse("goods_list")).content.decode()
    assert html.index("=第2件") < html.index("=第4件") < html.index("净化器") < html.index("=第3件")
    assert "逾期 3 天" in html
    late = client.get(reverse("goods_list"), {"which": "late"}).content.decode()
    assert "=第2件" in late
    assert "=第4件" not in late
    assert "=第4件" in client.get(reverse("goods_list"), {"which": "soon"}).content.decode()
    assert "这里没有物品" in client.get(reverse("goods_list"), {"which": "ended"}).content.decode()


@pytest.mark.django_db
def test_one_thing_shows_its_way_and_outsiders_do_not_find_it():
    (good,) = goods(cast.ON)
    html = (
        cast.sign_in(Client(), cast.OFFICER).get(reverse("good", args=[good.pk])).content.decode()
    )
    assert "净化器" in html
    assert "经手记录" in html
    assert (
        cast.sign_in(Client(), cast.OFFICER).get(reverse("good", args=[10**9])).status_code == 404
    )


@pytest.mark.django_db
def test_the_csv_holds_no_formulas():
    goods(cast.ON, cast.ON)
    client = cast.sign_in(Client(), cast.AGENCY_HEAD)
    got = client.get(reverse("goods_export"))
    text = got.content.decode()
    assert text.startswith("\ufeff案号,")
    assert ",'=第2件," in text
    assert len(text.strip().splitlines()) == 3
