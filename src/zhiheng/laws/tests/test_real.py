"""The real corpus, where it is at hand: known traps are reported, known days are right."""

from datetime import UTC, date, datetime

import pytest

from tests.shared_data import shared_data
from zhiheng.laws import api as laws
from zhiheng.laws import services
from zhiheng.laws.lighter import compare_days
from zhiheng.laws.models import LawVersion
from zhiheng.laws.reading.jsonl import read_jsonl
from zhiheng.laws.reading.raw import UnreadableSource
from zhiheng.laws.reading.tree import grow
from zhiheng.laws.reading.wheel import read_wheel

pytestmark = pytest.mark.django_db
AT, ON = datetime(2026, 11, 26, tzinfo=UTC), date(2026, 11, 26)
WANTED = ("生态环境法典", "污染防治法", "污染环境防治法", "环境保护法", "环境影响评价法", "清洁生产", "食品安全法", "农业法",
          "农村土地承包法", "行政处罚法", "刑法", "民事诉讼法")  # fmt: skip


@pytest.fixture
def corpus():
    source = read_jsonl(shared_data("laws/national-2026.jsonl.gz"))
    source.laws[:] = [one for one in source.laws if any(word in one.title for word in WANTED)]
    services.import_source(source=source, at=AT, on=ON, clock=lambda: AT)


def codes(title):
    return {one["code"] for one in laws.versions_of(laws.find_law(title))[0].findings}


def test_known_traps_are_reported_and_known_days_are_right(corpus):
    ended = LawVersion.objects.filter(valid_until=date(2026, 8, 15))
    assert ended.count() == 10
    assert {one.ended_by.law.short for one in ended} == {"生态环境法典"}
    code = laws.versions_of(laws.find_law("生态环境法典"))[0]
    gaps = {one["where"] for one in code.findings if one["code"] == "GAP"}
    assert gaps == {"第一千一百二十条", "第一千二百零一条"}
    glued = {one["where"] for one in code.findings if one["code"] == "GLUED"}
    assert glued == {"第一千一百一十九条", "第一千二百条"}
    assert laws.node_at(code, "1120") is None

    food = laws.version_on(laws.find_law("食品安全法"), date(2025, 12, 1))
    assert food.valid_from == date(2025, 12, 1)
    changed = food.nodes.filter(valid_from=date(2025, 12, 1), kind="ARTICLE")
    assert set(changed.values_list("number", flat=True)) == {"41", "81", "82", "124", "132"}
    assert laws.node_at(food, "132", "1").valid_from is None

    farming = laws.find_law("农业法")
    assert laws.version_on(farming, ON).valid_until == date(2027, 1, 1)
    assert codes("农业法") == {"NOT_YET"}
    assert "STATUS_UNFOUNDED" in codes("农村土地承包法")
    assert laws.versions_of(laws.find_law("农村土地承包法"))[0].valid_until is None
    assert laws.versions_of(laws.find_law("民事诉讼法"))[0].valid_from is None
    crime = laws.versions_of(laws.find_law("刑法"))[0]
    assert laws.node_at(crime, "133-1").label == "第一百三十三条之一"
    assert laws.node_at(crime, "133-1", "1", "2").kind == "ITEM"


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        (
            "《大气污染防治法》第一百一十八条第三款",
            "《生态环境法典》第一千一百三十二条第三款",
            "LIGHTER",
        ),
        ("《大气污染防治法》第九十九条", "《生态环境法典》第一千一百零二条", "HEAVIER"),
        (
            "《固体废物污染环境防治法》第一百一十一条",
            "《生态环境法典》第一千一百六十九条",
            "UNSURE",
        ),
    ],
)
def test_the_comparison_goes_both_ways_and_says_when_it_cannot_tell(corpus, old, new, verdict):
    (cited,), (successor,) = laws.recognise(old), laws.recognise(new)
    days = {"acted_on": date(2026, 8, 1), "decided_on": date(2026, 9, 1)}
    found = compare_days(cited=cited, successor=successor, **days)
    assert found.opinion.verdict == verdict
    alone = compare_days(cited=cited, **days)
    assert alone.opinion is None
    if verdict == "LIGHTER":
        assert alone.successors[0][1] == new


def test_the_package_and_the_file_hold_the_same_texts():
    try:
        packaged = read_wheel()
    except UnreadableSource as error:
        pytest.skip(str(error))
    filed = read_jsonl(shared_data("laws/national-2026.jsonl.gz"))
    assert {one.key: grow(one).digest for one in packaged.laws} == {
        one.key: grow(one).digest for one in filed.laws
    }
