"""公益服务: done before the decision it counts as proof; after it, it buys nothing."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.journeys.driver import photo
from tests.journeys.leniency import listed

TERMS = {"service_hours": "4", "service_due": "2026年3月8日"}
DONE = {"service_done_hours": "4", "service_proof_kind": "SHEET"}


@pytest.mark.law("apl-2021:32")
def test_service_done_before_the_decision_counts_as_proof(walk_from):
    walk = walk_from(stage="collected")
    listed(walk.case.item, "SERVICE", legal_ground="行政处罚法第三十二条")
    walk.go_to(date(2026, 3, 5))
    beside = walk.begins("community_service", **TERMS)
    page = beside.cannot("agree", service_voluntary="false")
    assert any("自愿" in line for line in page.errors)
    beside.does("agree", service_voluntary="true")
    walk.go_to(date(2026, 3, 9))
    page = walk.cannot("conclude", mitigation_proof="SERVICE")
    assert any("还没有经负责人认定" in line for line in page.errors)
    beside.does("finish", proof=photo("签到表"), **DONE)
    assert beside.side.dossier.acts.latest("seq").evidence_digests
    beside.does("count").says("予以认定")
    walk.does("conclude", mitigation_proof="SERVICE")
    assert walk.state == "INVESTIGATED"


def test_service_after_the_decision_is_refused(walk_from):
    walk = walk_from(stage="served")
    listed(walk.case.item, "SERVICE", legal_ground="行政处罚法第三十二条")
    page = walk.begins_not(
        "community_service",
        **TERMS,
    )
    assert any("不能再用公益服务折抵" in line for line in page.errors)


def test_what_was_agreed_before_and_done_after_the_decision_is_not_counted(walk_from):
    walk = walk_from(stage="notified")
    listed(walk.case.item, "SERVICE", legal_ground="行政处罚法第三十二条")
    beside = walk.begins("community_service", service_hours="4", service_due="2026年3月30日")
    beside.does("agree", service_voluntary="true")
    walk.go_to(date(2026, 3, 25))
    walk.does("decide")
    walk.go_to(date(2026, 3, 26))
    beside.does("finish", proof=photo("签到表"), **DONE)
    assert any("不能再用公益服务折抵" in line for line in beside.cannot("count").errors)
    beside.does("discount").says("不予认定")


def test_an_item_that_is_not_listed_and_a_file_that_is_none(walk_from):
    walk = walk_from(stage="collected")
    page = walk.begins_not("community_service", **TERMS)
    assert any("没有公益减罚" in line for line in page.errors)
    listed(walk.case.item, "SERVICE", legal_ground="行政处罚法第三十二条")
    beside = walk.begins("community_service", **TERMS)
    beside.does("agree", service_voluntary="true")
    beside.cannot("finish", **DONE)
    beside.cannot("finish", proof=SimpleUploadedFile("签到表.txt", b"abc", "text/plain"), **DONE)
