"""Two people press at the same moment: one of them takes the step, the other is told who did."""

import pytest
from django.urls import reverse

from tests import cast
from tests.faults.office import in_the_background, stuck, usual
from tests.faults.test_web_is_killed import kinds
from tests.journeys.driver import Beside
from zhiheng.cases.models import Good

pytestmark = pytest.mark.faults
OFFICERS = (cast.OFFICER, cast.SECOND_OFFICER)


def at_once(office, path, typed):
    """Both have the form open, both send it; the second while the first is in the middle of it."""
    people = [office.as_(username) for username in OFFICERS]
    forms = [each.opens(path) for each in people]
    with stuck("ledger_task") as held:
        waiting = [
            in_the_background(lambda each=each, form=form: each.sends(path, form, typed))
            for each, form in zip(people, forms, strict=True)
        ]
        held.by(2)
    pages = [each.result(40) for each in waiting]
    (lost,) = [page for page in pages if page.status == 422]
    (won,) = [page for page in pages if page is not lost]
    assert won.status == 200
    return won, lost


def test_of_two_officers_one_concludes_and_the_other_is_told_and_keeps_the_words(office, case):
    player = case("confirm_address")
    path = reverse("case_step", args=[player.case.code, "conclude"])
    typed = usual(player, "conclude")
    won, lost = at_once(office, path, typed)
    won.says("已办：")
    told = "".join(lost.errors)
    assert "执法刚刚办理了“" in told
    assert "请回到卷宗页查看最新进展" in told
    assert "".join(lost.fields["facts_found"]).split() == typed["facts_found"].split()
    assert kinds(player.case.dossier).count("case.conclude") == 1


def test_of_two_officers_one_lists_the_goods_and_they_are_there_once(office, case):
    player = case("confirm_address")
    beside = Beside(player, "measure.registration")
    for step_id, who in (("apply", cast.OFFICER), ("approve", cast.AGENCY_HEAD)):
        person, path = office.as_(who), beside.url(step_id)
        page = person.sends(path, person.opens(path), beside.usual(step_id))
        assert page.path == beside.url(), page.errors
    _, lost = at_once(office, beside.url("register"), beside.usual("register"))
    assert "刚刚办理了“" in "".join(lost.errors)
    assert kinds(beside.side.dossier).count("side.register") == 1
    assert Good.objects.filter(case=player.case).count() == 1
