"""A law changes: who cites what changed is listed, with owner and day; and the list empties."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command

from tests import cast
from zhiheng.cases.models import Case
from zhiheng.elements import citers, services
from zhiheng.elements.models import Basis, BasisNode, Benchmark, Item, LawChange, UpkeepItem
from zhiheng.elements.tests import law_texts
from zhiheng.elements.upkeep import changes, texts, work
from zhiheng.elements.upkeep.run import after_publication, sweep_all
from zhiheng.laws import hooks
from zhiheng.rulebook import api as rulebook

pytestmark = pytest.mark.usefixtures("county")
ON, DAY = cast.ON, date(2026, 12, 10)
AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
ROADS = "城市道路管理条例"
OLD = {
    "5": "县级以上城市人民政府负责本行政区域内的城市道路管理工作。",
    "27": "城市道路范围内禁止擅自占用或者挖掘城市道路，禁止履带车擅自上路行驶。",
    "42": "违反本条例规定擅自占用或者挖掘的，责令限期改正，可以处以罚款，造成损失的赔偿。",
}


def amended(new: dict[str, str], on: date = DAY):
    """Two texts of the roads regulation, the second from a day on; the change they make."""
    old = law_texts.version(ROADS, OLD, valid_from=date(2019, 3, 24), valid_until=on)
    began = law_texts.version(ROADS, new, valid_from=on)
    old.ended_by = began
    old.save()
    hooks.tell(versions=[old, began], at=AT)
    return LawChange.objects.filter(law_short=ROADS).first()


def lines(change: LawChange, **by) -> dict[str, UpkeepItem]:
    return {f"{one.register}/{one.title}": one for one in change.lines.filter(**by)}


HIGHER = OLD | {
    "42": "违反本条例规定擅自占用或者挖掘的，责令限期改正，处以更高的罚款，造成损失的赔偿。"
}
RENUMBERED = {"5": OLD["5"], "30": OLD["27"], "45": OLD["42"]}


def test_a_changed_article_lists_the_item_and_its_benchmark_by_the_day_it_takes_effect():
    change = amended(HIGHER)
    assert (change.effective_on, change.changed, change.added) == (DAY, ["42"], [])
    found = lines(change)
    assert set(found) == {
        "items/擅自占用或者挖掘城市道路（QH-CG-028）", "benchmarks/擅自占用或者挖掘城市道路裁量基准",
    }  # fmt: skip
    item = found["items/擅自占用或者挖掘城市道路（QH-CG-028）"]
    assert item.says == "引用《城市道路管理条例》第四十二条，2026-12-10起有改动。"
    assert (item.due_on, item.severity, item.state) == (DAY, "HIGH", "OPEN")


def test_a_change_of_an_article_that_nobody_cites_is_no_work():
    assert amended(OLD | {"5": "城市道路由省人民政府统一管理。"}) is None
    assert not UpkeepItem.objects.exists()


def test_a_law_that_nobody_cites_is_not_even_compared(django_assert_num_queries):
    made = law_texts.version("测试条例", OLD, valid_from=DAY)
    with django_assert_num_queries(1):
        changes.heard(version=made, at=AT)


def test_articles_that_moved_are_suggested_and_decided_by_nobody_but_a_person():
    change = amended(RENUMBERED)
    assert {(old, new) for old, new, _ in change.moved} == {("27", "30"), ("42", "45")}
    item = change.lines.get(register="items")
    best = {p["number"]: p["new"][0]["number"] for p in item.places["articles"]}
    assert best == {"27": "30", "42": "45"}
    assert item.state == "OPEN"


def test_hearing_the_same_twice_changes_nothing():
    change = amended(HIGHER)
    before = list(change.lines.order_by("id").values())
    for version in (change.ended, change.began):
        changes.heard(version=version, at=AT + timedelta(days=1))
    assert LawChange.objects.count() == 1
    assert list(change.lines.order_by("id").values()) == before


def test_the_owner_of_the_element_owns_its_line():
    item = Item.objects.active(ON).get(code="QH-CG-028")
    owner = cast.account(cast.UNIT_HEAD)
    services.amend(row=item, changes={"owner_id": owner.pk}, valid_from=item.valid_from, at=AT)
    assert amended(HIGHER).lines.get(register="items").owner == owner


def move_to_new_text(change: LawChange) -> None:
    """The element administrator registers the new version and moves the item to it."""
    law = Basis.objects.active(ON).get(code="roads-2019")
    old = Item.objects.active(ON).get(code="QH-CG-028")
    services.end(row=law, valid_until=DAY, at=AT)
    new = services.record(
        row=Basis(code="roads-2026", title=ROADS, level="REGULATION", region_code="100000",
                  valid_from=DAY), at=AT,
    )  # fmt: skip
    node = services.record(
        row=BasisNode(basis=new, article="42", label="第四十二条", region_code="100000",
                      valid_from=DAY), at=AT,
    )  # fmt: skip
    services.amend(
        row=old, changes={"penalty_basis_id": node.pk, "conduct_basis_id": node.pk},
        valid_from=DAY, at=AT,
    )  # fmt: skip


def test_the_list_empties_line_by_line_by_mending_and_by_looking():
    change = amended(HIGHER)
    admin = cast.actor(cast.ELEMENT_ADMIN)
    benchmark = change.lines.get(register="benchmarks")
    work.settle(item=benchmark, note="核对无影响。", actor=admin, at=AT)
    assert change.lines.filter(state="OPEN").count() == 1
    assert sweep_all(on=ON, at=AT).mended == 0, "还没有改，复查不会划掉"
    move_to_new_text(change)
    sweep_all(on=ON, at=AT)
    item = change.lines.get(register="items")
    assert (item.state, item.closed_note) == ("MENDED", changes.SETTLED)
    assert change.lines.filter(state="OPEN").count() == 0
    sweep_all(on=ON + timedelta(days=1), at=AT + timedelta(days=1))
    benchmark.refresh_from_db()
    assert benchmark.state == "DONE", "核对过的不再打开"


def test_what_a_law_in_the_rulebook_touches_guards_parameters_steps_forms_and_open_cases():
    case = cast.living_case()
    found = citers.citing(law_short="行政处罚法", articles=frozenset({"45"}), on=ON)
    kinds = {one.kind for one in found}
    assert {"guard", "procedure", "case"} <= kinds
    assert case.code in {one.key for one in found if one.kind == "case"}
    assert all(set(one.articles) <= {"45"} for one in found)
    documents = citers.citing(law_short="民事诉讼法", articles=frozenset({"87"}), on=ON)
    assert "F-43" in {one.key for one in documents if one.kind == "document"}


def test_an_article_that_no_rule_cites_touches_no_rule_and_no_case():
    cast.living_case()
    assert citers.citing(law_short="行政处罚法", articles=frozenset({"2"}), on=ON) == []


def test_a_closed_case_is_not_touched():
    case = cast.living_case()
    asked = {"law_short": "生态环境法典", "articles": None, "on": ON}
    assert case.code in {one.key for one in citers.citing(**asked)}
    type(case.dossier).objects.filter(pk=case.dossier_id).update(closed_at=AT)
    assert case.code not in {one.key for one in citers.citing(**asked)}
    assert Case.objects.count() == 1


def test_finders_ask_a_constant_number_of_questions(django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        found = citers.citing(law_short="生态环境法典", articles=None, on=ON)
    assert len(found) > 40


def test_a_repeal_recorded_by_hand_without_texts_shows_who_moved_and_who_has_to_look(capsys):
    call_command("elements", "law-change", "《大气污染防治法》", "--on", "2026-08-15")
    said = capsys.readouterr().out
    change = LawChange.objects.get(law_short="大气污染防治法")
    assert "按整部变动处理" in said
    item = change.lines.get(register="items")
    assert item.state == "MENDED"
    assert "QH-CG-001" in item.title
    assert item.closed_note == changes.ARRANGED
    assert {p["number"] for p in item.places["articles"]} == {"81", "118"}
    example = change.lines.get(register="examples")
    assert example.state == "OPEN", "旧法下的案例要人看一眼"
    assert example.says.startswith("引用《大气污染防治法》第八十一条、第一百一十八条")


def test_real_history_the_code_of_2026_repealed_the_air_law_and_suggests_where_118_went(tmp_path):
    changes.record(law_short="大气污染防治法", on=date(2026, 8, 15), at=AT)
    law_texts.real("大气污染防治法", "生态环境法典", folder=tmp_path, at=AT)
    change = LawChange.objects.get(law_short="大气污染防治法", effective_on=date(2026, 8, 15))
    assert change.whole
    assert change.began.law.short == "生态环境法典"
    item = change.lines.get(register="items")
    assert item.state == "MENDED"
    assert example_of(change).state == "OPEN"
    near = {p["number"]: [n["number"] for n in p["new"]] for p in item.places["articles"]}
    assert "1132" in near["118"]
    assert "250" in near["81"]


def example_of(change: LawChange) -> UpkeepItem:
    return change.lines.get(register="examples")


def test_real_history_the_food_law_amended_from_december_2025(tmp_path):
    law_texts.real("中华人民共和国食品安全法", folder=tmp_path, at=AT)
    call_command("elements", "law-change", "食品安全法", "--on", "2025-12-01")
    change = LawChange.objects.get(law_short="食品安全法")
    items = change.lines.filter(register="items")
    codes = {f"QH-SC-00{n}" for n in range(1, 6)}
    assert {one.title.split("（")[-1].rstrip("）") for one in items} == codes
    assert {one.state for one in items} == {"MENDED"}, "都已指向新文本"
    law = Basis.objects.active(ON).get(code="food-2025")
    assert law.valid_from == change.effective_on
    left = change.lines.filter(state="OPEN")
    assert {one.register for one in left} <= {"examples"}


def test_likeness_is_one_for_the_same_words_and_nothing_for_others():
    one, other = texts.pairs_of("擅自占用城市道路"), texts.pairs_of("乱扔果皮纸屑")
    assert texts.likeness(one, one) == 1
    assert texts.likeness(one, other) == 0
    assert texts.likeness(texts.pairs_of(""), one) == 0


def test_every_statute_of_the_rulebook_can_be_asked_who_cites_it():
    book = rulebook.current()
    for id, statute in book.statutes.items():
        short = citers.short_of(statute.title)
        assert id in rulebook.statutes_named(book=book, law_short=short)
    assert Benchmark.objects.exists()


def test_a_publication_asks_for_one_sweep_however_many_there_are():
    from procrastinate.contrib.django.models import ProcrastinateJob

    for _ in range(3):
        after_publication()
    assert ProcrastinateJob.objects.filter(task_name="elements.sweep_now").count() == 1
