"""Pictures say what the tables beside them say, and the question screen what the law says."""

import itertools
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import cast
from zhiheng.elements.models import Body, Item
from zhiheng.elements.naming_dots import _around, _meet, _name, named
from zhiheng.elements.notices import counts
from zhiheng.elements.pictures import (
    Dot,
    Projection,
    Stretch,
    middle,
    shade_of,
    step_chart,
    time_line,
)
from zhiheng.elements.tests.notice_tools import (
    CENTRE,
    NEXT_MONTH,
    TOWN,
    Kind,
    add,
    body,
    draft,
    many_items,
    publish,
)

SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]}


def test_a_stepped_line_stays_until_it_changes():
    chart = step_chart(
        points=[(date(2024, 1, 1), 0), (date(2025, 1, 1), 40)],
        marks=[(date(2025, 1, 1), 40, "40", "/n/1/", "通告")], on=date(2026, 1, 1),
    )  # fmt: skip
    assert chart.y_ticks[-1].label == "40"
    mark = chart.marks[0]
    assert f"H{mark.x}V{mark.y}" in chart.path
    assert mark.y == chart.y_ticks[-1].at
    assert chart.x_ticks[0].label == "2024"


def test_a_time_line_keeps_the_order_of_days_and_cuts_no_bar_off():
    day = date(2026, 8, 15)
    rows = [
        ("旧法", [Stretch(date(2018, 1, 1), day, "旧")]), ("新法", [Stretch(day, None, "新")]),
        ("通告", [Stretch(day, None, "通告", point=True, href="/n/")]),
    ]  # fmt: skip
    picture = time_line(lanes=rows, on=date(2026, 11, 20))
    old, new = picture.lanes[0].bars[0], picture.lanes[1].bars[0]
    assert old.x + old.width <= new.x
    assert new.open
    assert new.x + new.width <= picture.width
    assert picture.lanes[2].marks[0].x == new.x


def test_shapes_keep_their_proportions_and_their_middle():
    assert middle(SQUARE) == (1.0, 1.0)
    ground = Projection([SQUARE])
    assert ground.point(0, 2) == (12.0, 12.0)
    assert abs(ground.width - ground.height) < 1
    assert [shade_of(n, 8) for n in (0, 1, 2, 3, 5, 8)] == [0, 1, 1, 2, 3, 4]


def test_names_on_a_map_cover_neither_dots_nor_each_other_and_the_largest_go_first():
    crowd = [
        Dot(100 + 9 * n, 100 + 3 * n, 6, "县执法局", 40 - n, "/", named=True) for n in range(9)
    ]
    placed = named(crowd, [], most=8)
    shown = [one for one in placed if one.named]
    assert shown[0].count == 40
    assert len(shown) < len(crowd)
    boxes = [_name(one) for one in shown]
    assert not any(_meet(a, b) for a, b in itertools.combinations(boxes, 2))
    assert not any(_meet(box, _around(dot)) for box in boxes for dot in crowd)


def test_a_time_line_begins_a_year_before_its_first_lane_and_marks_what_is_older():
    rows = [
        ("事项", [Stretch(date(2024, 1, 1), None, "第1版")]),
        ("依据", [Stretch(date(2003, 1, 1), None, "《老法》第一条")]),
    ]
    picture = time_line(lanes=rows, on=date(2026, 11, 20))
    assert picture.x_ticks[0].label == "2024"
    assert picture.lanes[1].bars[0].label.startswith("← ")
    assert not picture.lanes[0].bars[0].label.startswith("←")


@pytest.mark.usefixtures("county")
def test_the_chart_opens_on_a_body_that_holds_items():
    page = cast.sign_in(Client(), cast.ELEMENT_ADMIN).get(reverse("item_counts"))
    assert "还没有授权" not in page.content.decode()


@pytest.mark.usefixtures("county")
def test_the_number_of_items_over_time_follows_the_notices():
    codes = many_items(40)
    before = counts.held_on(body_code=CENTRE, on=NEXT_MONTH)
    notice = draft()
    add(notice, codes, Kind.MOVE_OUT, from_body=body(CENTRE), to_body=body("QH-ZJ"))
    publish(notice)
    step = next(one for one in counts.steps_of(body=body(CENTRE)) if one.day == NEXT_MONTH)
    assert (step.items, step.notices) == (before - 40, (notice,))
    assert counts.held_on(body_code=CENTRE, on=NEXT_MONTH) == step.items
    assert counts.held_on(body_code=CENTRE, on=NEXT_MONTH - timedelta(days=1)) == before
    page = officer().get(reverse("item_counts") + f"?body={CENTRE}").content.decode()
    assert notice.notice_no in page
    assert f"{before - 40}" in page


@pytest.mark.usefixtures("county")
def test_the_time_line_of_an_item_shows_laws_holders_and_notices_and_says_it_in_a_table():
    uid = Item.objects.known().filter(code="QH-CG-001").first().uid
    page = words(officer().get(reverse("item_line", args=[uid])))
    for word in ("大气污染防治法", "生态环境法典", "县执法局", "相对集中行使", "裁量基准"):
        assert word in page
    moved = Item.objects.known().get(code="QH-CG-026").uid
    assert "青政通〔2025〕11号 新增" in words(officer().get(reverse("item_line", args=[moved])))


@pytest.mark.usefixtures("county")
def test_the_map_shows_each_body_with_its_number_and_a_click_lists_what_it_holds():
    client = officer()
    page = client.get(reverse("grant_map") + "?on=2026-11-20").content.decode()
    town = Body.objects.known().get(code=TOWN)
    number = counts.held_on(body_code=TOWN, on=date(2026, 11, 20))
    assert f'aria-label="{town.short_name}，{number} 项"' in page
    listed = words(client.get(reverse("grant_map") + f"?on=2026-11-20&body={TOWN}"))
    assert "擅自超出门窗店外经营" in listed
    assert "能办的事项" in listed or town.name in listed
    with CaptureQueriesContext(connection) as seen:
        client.get(reverse("grant_map"))
    assert len(seen) <= 14


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ({"body": CENTRE, "item": "QH-CG-001"}, "能办"),
        ({"body": "QH-HW", "item": "QH-CG-023"}, "行政执法委托书"),
        ({"body": CENTRE, "item": "QH-SC-001"}, "这里谁能办"),
        ({"body": "没有这个局", "item": "QH-CG-001"}, "请核对名称或代码"),
        ({"body": "街道", "item": "QH-CG-018"}, "能办"),
        ({"body": "青衡县", "item": "QH-CG-018"}, "您问的是哪一个"),
        ({"body": CENTRE, "item": "夜间施工噪声"}, "您问的是哪一个"),
        ({"body": "", "item": ""}, "请写主体的代码或名称"),
        ({"body": CENTRE, "item": "QH-CG-001", "on": "昨天"}, "日期请写成"),
    ],
)
def test_the_question_screen_answers_or_asks_back(asked, word):
    answer = officer().get(reverse("element_may"), {"on": "2026-11-20", **asked})
    assert word in words(answer)


@pytest.mark.usefixtures("county")
def test_the_chain_leads_to_each_document_s_own_page():
    asked = {"body": "QH-HW", "item": "QH-CG-023", "on": "2026-11-20"}
    client = officer()
    page = client.get(reverse("element_may"), asked).content.decode()
    papers = page.split('class="papers"')[1].split("</ol>")[0]
    links = re.findall(r'href="([^"]+)"', papers)
    assert len(links) == 3
    assert [client.get(link).status_code for link in links] == [200, 200, 200]


def officer() -> Client:
    return cast.sign_in(Client(), cast.OFFICER)


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))
