"""Reading the laws for candidates: asked for with a button, done by the worker, once at a time."""

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import cast
from zhiheng.elements.candidates import readings, services
from zhiheng.elements.models import CandidateReading, ItemCandidate
from zhiheng.elements.tests import clause_maker
from zhiheng.laws.api import LawVersion

pytestmark = pytest.mark.usefixtures("county")
AT = clause_maker.AT
ON = AT.date()


@pytest.fixture
def keeper(client):
    return cast.sign_in(client, cast.ELEMENT_ADMIN)


def press(client, law=""):
    return client.post(reverse("candidate_reading"), {"law": law}, follow=True)


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name=readings.TASK).count()


def test_the_button_puts_it_to_the_worker_and_the_page_shows_how_far(keeper):
    clause_maker.version()
    seen = press(keeper, "《风筝管理办法》").content.decode()
    reading = CandidateReading.objects.get()
    assert (reading.state, reading.total, reading.read, jobs()) == ("RUNNING", 1, 0, 1)
    assert "正在识别罚则" in seen
    readings.run(reading_id=reading.pk, at=AT)
    seen = keeper.get(reverse("candidate_list")).content.decode()
    assert '读了 <span class="num">1</span> 个法律版本，新增 <span class="num">3</span> 条' in seen
    assert ItemCandidate.objects.count() == 3


def test_a_second_wish_joins_the_reading_that_runs(keeper):
    clause_maker.version()
    press(keeper)
    press(keeper)
    assert (CandidateReading.objects.count(), jobs()) == (1, 1)


def test_a_law_that_is_not_there_is_told_and_what_was_typed_stays(keeper):
    clause_maker.version()
    seen = press(keeper, "纸鸢法").content.decode()
    assert "法条库里没有这部现行法律" in seen
    assert 'value="纸鸢法"' in seen
    assert (CandidateReading.objects.count(), jobs()) == (0, 0)


def test_an_empty_corpus_is_told(keeper):
    LawVersion.objects.all().update(valid_until=ON)
    assert "法条库还是空的" in press(keeper).content.decode()


def test_a_broken_reading_goes_on_where_it_stood(monkeypatch):
    for name in ("风筝管理办法", "陀螺管理办法", "毽子管理办法"):
        clause_maker.version(name)
    asked = {"law": "", "actor": cast.actor(cast.ELEMENT_ADMIN), "on": ON, "at": AT}
    reading, read = readings.ask(**asked), []

    def breaks_at_the_third(*, version, at):
        read.append(version.pk)
        if len(read) == 3:
            raise RuntimeError
        return services.find_candidates(version=version, at=at)

    monkeypatch.setattr(readings, "find_candidates", breaks_at_the_third)
    with pytest.raises(RuntimeError):
        readings.run(reading_id=reading.pk, at=AT)
    readings.run(reading_id=reading.pk, at=AT)
    reading.refresh_from_db()
    assert (reading.state, reading.read, reading.total) == ("DONE", reading.total, len(set(read)))
    assert read[2] == read[3]


def test_a_reading_given_up_says_so_and_may_be_asked_for_again(keeper):
    clause_maker.version()
    press(keeper)
    readings.give_up(reading_id=CandidateReading.objects.get().pk, at=AT)
    assert "上次没有识别完" in keeper.get(reverse("candidate_list")).content.decode()
    press(keeper)
    assert CandidateReading.objects.filter(state="RUNNING").count() == 1


def test_the_bar_asks_for_the_whole_page_once_it_has_ended(keeper):
    clause_maker.version()
    press(keeper)
    address, htmx = reverse("candidate_reading"), {"HTTP_HX_REQUEST": "true"}
    assert "HX-Refresh" not in keeper.get(address, **htmx).headers
    readings.run(reading_id=CandidateReading.objects.get().pk, at=AT)
    assert keeper.get(address, **htmx).headers["HX-Refresh"] == "true"
    assert keeper.get(address).status_code == 302
