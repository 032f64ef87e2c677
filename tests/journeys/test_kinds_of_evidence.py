"""Evidence with conditions of its own: devices, children, appraisals, foreign words; daily fines."""

import uuid
from datetime import date

import pytest
from django.utils import timezone

from tests import cast
from zhiheng.elements.models import Body, MonitoringDevice, Status


def device(code, **known):
    usual = {
        "uid": uuid.uuid4(), "code": code, "name": f"油烟监测{code}", "kind": "FUME",
        "body": Body.objects.get(code="QH-ZF"), "items": ["QH-CG-001"], "location": "清波路18号",
        "calibrated_until": date(2026, 12, 31), "legal_audit_on": date(2025, 2, 1),
        "technical_audit_on": date(2025, 2, 1), "publish_url": "https://qingheng.example/devices",
        "published_on": date(2025, 3, 1), "sign_posted": True, "status": Status.ACTIVE,
        "valid_from": date(2025, 1, 1), "known_from": timezone.now(),
    }  # fmt: skip
    return MonitoringDevice.objects.create(**{**usual, **known})


def admitted(walk, code, **typed):
    form = walk.sees(cast.OFFICER, walk.url("admit_monitoring"))
    named = next(v for words, v in form.options("monitor_device").items() if code in words)
    record = next(iter(form.options("monitor_evidence").values()))
    return walk.does("admit_monitoring", monitor_device=named, monitor_evidence=record,
                     monitor_captured_on="2026年3月3日", **typed)  # fmt: skip


@pytest.mark.law("apl-2021:41")
def test_a_record_of_a_device_that_was_not_fit_proves_nothing(walk_from):
    walk = walk_from(stage="collected")
    device("QH-SB-90", calibrated_until=date(2026, 3, 2))
    device("QH-SB-91")
    admitted(walk, "QH-SB-90")
    walk.go_to(date(2026, 3, 9))
    walk.does("conclude", "countersign")
    page = walk.cannot("review")
    assert any("检定过期" in line for line in page.errors)
    walk.does("return_report")
    admitted(walk, "QH-SB-91")
    walk.does("conclude", "countersign", "review")
    page = walk.cannot("issue_notice")
    assert any("告知监控记录" in line for line in page.errors)
    walk.does("tell_monitoring")
    walk.does("issue_notice")


@pytest.mark.law("apl-2021:41")
def test_monitoring_alone_needs_a_law_or_regulation(walk_from):
    walk = walk_from(stage="collected")
    device("QH-SB-91")
    admitted(walk, "QH-SB-91", monitor_basis_level="OTHER")
    walk.go_to(date(2026, 3, 9))
    walk.does("conclude", "countersign")
    assert any("法律、行政法规" in line for line in walk.cannot("review").errors)


def test_a_child_is_not_questioned_alone_and_foreign_words_are_translated(walk_from):
    walk = walk_from(stage="filed")
    walk.does("show_id", "add_photo")
    page = walk.cannot("record_interview", interviewee_minor="true", reason="")
    assert any("监护人" in line for line in page.errors)
    walk.does("record_interview", interviewee_minor="true", guardian_present="true")
    page = walk.cannot("verify_evidence", foreign_language="true", reason="")
    assert any("译本" in line for line in page.errors)
    walk.does("verify_evidence", foreign_language="true", translation_signed="true")


def test_the_result_of_a_test_is_told_and_the_laboratory_accredited(walk_from):
    walk = walk_from(stage="collected")
    walk.does("add_photo", evidence_kind="EXPERT", evidence_title="检测报告")
    walk.does("verify_evidence")
    page = walk.cannot("conclude")
    assert any("检测意见" in line for line in page.errors)
    walk.does("tell_appraisal", appraisal_body="没有这家")
    assert walk.fine_facts()["appraisal_qualified"] is False
    walk.does("tell_appraisal", appraisal_body="衡州市青岭检测技术有限公司")
    walk.does("conclude")


def test_no_daily_fine_without_an_earlier_fine_and_a_re_check(walk_from):
    walk = walk_from(stage="collected")
    walk.go_to(date(2026, 3, 9))
    assert any("按日连续处罚" in line for line in walk.cannot("conclude", daily_fine="true").errors)
    walk.does("conclude")
