"""Whether a decision is published is settled within its period, not only when the case is closed."""

from datetime import date

import pytest

from tests import cast
from zhiheng.documents import api as documents
from zhiheng.ledger import api as ledger

pytestmark = pytest.mark.law("apl-2021:48", "ogi:26")


def reviews(walk):
    return [one for one in walk.papers() if one.code == "F-53"]


def test_the_head_is_asked_right_after_service_and_asked_once(walk_from):
    walk = walk_from(stage="served")
    clock = walk.clock_of("publication.decision")
    page = walk.todo(cast.AGENCY_HEAD)
    page.says("公示审查")
    walk.cannot("review_publication", publication_conclusion="NOT_PUBLISH", publication_reason="")
    walk.does("review_publication")
    assert walk.clock_of("publication.decision").state == "MET"
    assert clock.due_on > walk.day
    assert "公示审查" not in walk.todo(cast.AGENCY_HEAD).words
    walk.cannot("review_publication").says("公示审查已经作过")
    assert {one.facts["variant"] for one in reviews(walk)} == {"REVIEW", "SUMMARY"}


def test_closing_writes_no_second_review_unless_it_comes_to_something_else(walk_from):
    walk = walk_from(stage="served")
    walk.does("review_publication", "record_payment", "confirm_performance")
    form = walk.sees(cast.AGENCY_HEAD, walk.url("close"))
    assert form.fields["publication_conclusion"] == ["PUBLISH"]
    before = len(reviews(walk))
    walk.does("close")
    assert len(reviews(walk)) == before


def test_a_conclusion_changed_at_the_end_is_written_down(walk_from):
    walk = walk_from(stage="served")
    walk.does("review_publication", "record_payment", "confirm_performance")
    walk.does(
        "close",
        publication_conclusion="NOT_PUBLISH",
        publication_reason="当事人是自然人，影响不大。",
    )
    newest = documents.latest_document(dossier=walk.case.dossier, code="F-53", variant="REVIEW")
    assert newest.facts["publication_conclusion"] == "NOT_PUBLISH"


def test_the_payment_is_not_pressed_by_the_period_of_publication(walk_from):
    walk = walk_from(stage="served")
    walk.go_to(date(2026, 3, 25))
    due = {task.step_id: task.due_on for task in ledger.open_tasks_of(walk.case.dossier_id)}
    assert due["review_publication"] == walk.clock_of("publication.decision").due_on
    assert due["record_payment"] is None
