"""The work list and law changes on screen: a law changes and the list empties line by line."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests import cast
from zhiheng.elements import services
from zhiheng.elements.models import Body, LawChange, UpkeepItem
from zhiheng.elements.tests import law_texts
from zhiheng.elements.tests.test_law_changes import HIGHER, OLD, ROADS, move_to_new_text
from zhiheng.elements.upkeep.run import sweep_all
from zhiheng.laws import hooks

pytestmark = pytest.mark.usefixtures("county")
ON = cast.ON
AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
DAY = date(2026, 12, 10)


@pytest.fixture(autouse=True)
def that_day():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def admin(client):
    return cast.sign_in(client, cast.ELEMENT_ADMIN)


@pytest.fixture
def swept():
    body = Body.objects.active(ON).get(code="QH-YS")
    services.amend(row=body, changes={"qualification_notice": ""}, valid_from=ON, at=AT)
    sweep_all(on=ON, at=AT)
    return body


def line(reason="body.notice") -> UpkeepItem:
    return UpkeepItem.objects.get(reason=reason)


def text(answer) -> str:
    return answer.content.decode()


def do(client: Client, item: UpkeepItem, what: str, **data):
    return client.post(reverse("upkeep_do", args=[item.pk, what]), data)


def test_the_list_shows_what_is_wrong_what_to_do_and_how_far_each_reason_is(admin, swept):
    page = text(admin.get(reverse("upkeep_list")))
    for word in ("没有资格公告", "委托到期", "已了结", "公告主体资格，把公告文号补到登记里"):
        assert word in page
    assert reverse("upkeep_item", args=[line().pk]) in page


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ({"reason": "body.notice"}, True), ({"reason": "officer.body"}, False),
        ({"severity": "MEDIUM"}, True), ({"severity": "HIGH"}, False), ({"owner": "none"}, True),
        ({"owner": "nobody"}, False), ({"due": "late"}, False), ({"state": "MENDED"}, False),
        ({"mine": "1"}, True), ({"state": "<b>"}, True), ({"after": "garbage"}, True),
    ],
)  # fmt: skip
def test_filters(admin, swept, asked, there):
    answer = admin.get(reverse("upkeep_list"), asked)
    assert answer.status_code == 200
    assert (reverse("upkeep_item", args=[line().pk]) in text(answer)) is there


def test_the_list_is_paged(admin, swept):
    item = line()
    for number in range(60):
        UpkeepItem.objects.create(
            reason="body.notice", register="bodies", key=f"k{number}", title=f"主体{number}",
            says="没有公告。", next_step="公告。", severity="MEDIUM", region_code="339901",
            due_on=item.due_on, found_at=AT,
        )  # fmt: skip
    first = text(admin.get(reverse("upkeep_list"), {"reason": "body.notice"}))
    assert "往后翻" in first
    token = first.split("after=")[1].split('"')[0].split("&")[0]
    second = admin.get(f"{reverse('upkeep_list')}?reason=body.notice&after={token}")
    assert "主体59" in text(second)


def test_queries_of_the_list_do_not_grow_with_it(admin, swept, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        admin.get(reverse("upkeep_list"))
    with django_assert_max_num_queries(16):
        admin.get(reverse("upkeep_item", args=[line().pk]))


def test_an_administrator_gives_a_line_to_somebody_who_then_sees_and_mends_it(admin, swept):
    officer = cast.account(cast.OFFICER)
    answer = do(admin, line(), "assign", **{"assign-to": officer.pk})
    assert answer.status_code == 302
    theirs = cast.sign_in(Client(), cast.OFFICER)
    home = text(theirs.get(reverse("element_home")))
    assert "条等您清理" in home
    mine = text(theirs.get(reverse("upkeep_list"), {"mine": "1"}))
    assert reverse("upkeep_item", args=[line().pk]) in mine
    row = Body.objects.active(ON).get(code="QH-YS")
    services.amend(row=row, changes={"qualification_notice": "有"}, valid_from=ON, at=AT)
    answer = theirs.post(reverse("upkeep_do", args=[line().pk, "again"]), follow=True)
    assert "复查过了，已经消除" in text(answer)
    assert line().state == "MENDED"
    assert reverse("upkeep_item", args=[line().pk]) not in text(theirs.get(
        reverse("upkeep_list"), {"mine": "1"}))  # fmt: skip


def test_looking_again_while_the_fault_is_there_says_so(admin, swept):
    assert "问题还在" in text(
        admin.post(reverse("upkeep_do", args=[line().pk, "again"]), follow=True)
    )


def test_a_form_that_is_not_complete_comes_back_with_what_was_typed(admin, swept):
    answer = do(admin, line(), "dismiss", **{"dismiss-text": ""})
    assert answer.status_code == 422
    assert "请写几个字说明" in text(answer)
    answer = do(admin, line(), "due", **{"due-due_on": "2026-01-01"})
    assert answer.status_code == 422
    assert "请选今天或以后的日子" in text(answer)
    assert "2026-01-01" in text(answer)
    assert line().state == "OPEN"


def test_put_aside_with_a_reason_that_stands_in_the_record(admin, swept):
    do(admin, line(), "dismiss", **{"dismiss-text": "年底撤并。"})
    page = text(admin.get(reverse("upkeep_item", args=[line().pk])))
    assert "年底撤并。" in page
    assert "褚要素" in page
    assert "搁置" in page


def test_who_is_not_responsible_reads_but_does_nothing(swept):
    other = cast.sign_in(Client(), cast.SUPERVISOR)
    page = text(other.get(reverse("upkeep_item", args=[line().pk])))
    assert "由责任人或者本地要素管理员清理" in page
    for what in ("comment", "dismiss", "again", "assign", "due"):
        data = {
            "comment-text": "x",
            "dismiss-text": "x",
            "assign-to": 1,
            "due-due_on": "2026-12-01",
        }
        assert do(other, line(), what, **data).status_code in (403, 404)
    assert line().state == "OPEN"
    assert do(other, line(), "explode").status_code == 404


def test_a_line_of_another_region_is_not_there(admin, swept):
    UpkeepItem.objects.filter(pk=line().pk).update(region_code="440101")
    assert admin.get(reverse("upkeep_item", args=[line().pk])).status_code == 404


def test_the_rail_counts_for_the_administrator(admin, swept):
    page = text(admin.get(reverse("people_me")))
    waiting = UpkeepItem.objects.filter(state="OPEN", owner=None).count()
    shown = str(waiting) if waiting <= 99 else "99+"
    rail = page.split('href="/elements/"')[1].split("</a>")[0]
    assert shown in rail


def test_a_law_changes_and_the_work_list_empties_item_by_item(admin):
    old = law_texts.version(ROADS, OLD, valid_from=date(2019, 3, 24), valid_until=DAY)
    new = law_texts.version(ROADS, HIGHER, valid_from=DAY)
    hooks.tell(versions=[old, new], at=AT)
    change = LawChange.objects.get()
    assert "条待核对" in text(admin.get(reverse("law_changes")))
    page = text(admin.get(reverse("law_change", args=[change.pk])))
    for word in ("改 1 条", "执法事项", "裁量基准", "第四十二条", "要素管理员", "0 / 2"):
        assert word in page
    benchmark = change.lines.get(register="benchmarks")
    answer = do(admin, benchmark, "settle")
    assert answer.status_code == 422
    assert "请选一个核对结果" in text(answer)
    answer = do(admin, benchmark, "settle", result="other", text="")
    assert answer.status_code == 422
    answer = do(admin, benchmark, "settle", result="same", text="幅度没有变。")
    assert answer.status_code == 302
    assert "1 / 2" in text(admin.get(reverse("law_change", args=[change.pk])))
    item = change.lines.get(register="items")
    assert "可能的新条款" in text(admin.get(reverse("upkeep_item", args=[item.pk])))
    move_to_new_text(change)
    admin.post(reverse("upkeep_do", args=[item.pk, "again"]))
    page = text(admin.get(reverse("law_change", args=[change.pk])))
    assert "2 / 2" in page
    assert "核对无影响。幅度没有变。" in page
    assert "清完了" in text(admin.get(reverse("law_changes")))


def test_a_candidate_chosen_is_what_the_record_says(admin):
    moved = {"5": OLD["5"], "30": OLD["27"], "45": OLD["42"]}
    old = law_texts.version(ROADS, OLD, valid_from=date(2019, 3, 24), valid_until=DAY)
    new = law_texts.version(ROADS, moved, valid_from=DAY)
    hooks.tell(versions=[old, new], at=AT)
    item = UpkeepItem.objects.get(register="items")
    node = next(p["new"][0]["node"] for p in item.places["articles"] if p["number"] == "42")
    assert do(admin, item, "settle", result=f"node-{node}", text="").status_code == 302
    item.refresh_from_db()
    assert item.closed_note.startswith("已改到第45条（与原第四十二条相像")


def test_what_does_not_exist_is_not_found(admin):
    assert admin.get(reverse("law_change", args=[99])).status_code == 404
    assert admin.get(reverse("upkeep_item", args=[99])).status_code == 404


def test_a_certificate_warns_before_it_ends_and_the_line_closes_when_it_is_renewed(admin, swept):
    from zhiheng.elements.models import Officer

    officer = Officer.objects.active(ON).get(account__username=cast.OFFICER)
    soon = services.amend(
        row=officer, changes={"cert_until": ON + timedelta(days=20)}, valid_from=ON, at=AT
    )
    sweep_all(on=ON, at=AT)
    found = UpkeepItem.objects.get(reason="officer.certificate", key=str(officer.uid))
    assert "有效到 2026-12-10，快到期了" in text(admin.get(reverse("upkeep_item", args=[found.pk])))
    services.amend(
        row=soon, changes={"cert_until": ON + timedelta(days=1500)}, valid_from=ON, at=AT
    )
    admin.post(reverse("upkeep_do", args=[found.pk, "again"]))
    found.refresh_from_db()
    assert (found.state, found.closed_note) == ("MENDED", "执法证已续期，或者登记已停用。")
