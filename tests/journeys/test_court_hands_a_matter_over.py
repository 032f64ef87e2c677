"""Police, procurator or court hand a matter over for an administrative penalty (行政处罚法 27, 35)."""

from datetime import date

import pytest
from django.urls import reverse

from tests import cast
from tests.journeys.driver import photo
from zhiheng.evidence import api as evidence

LETTER = {
    "source": "JUDICIAL", "judicial_organ": "青衡县人民检察院", "judicial_kind": "NOT_PROSECUTED",
    "judicial_no": "青检行意〔2026〕7号", "judicial_on": "2026年2月26日",
}  # fmt: skip


@pytest.fixture
def told(db):
    from tests.journeys.driver import Walk

    walk = Walk(date(2026, 3, 2))
    yield walk
    walk.close()


def to_notice(walk, **letter):
    walk.report(**{**LETTER, **letter})
    walk.match()
    walk.check()
    walk.propose()
    walk.does("file", "show_id", "record_site", "record_interview", "add_photo", "verify_evidence")
    walk.does("order_correction", "conclude", "countersign", "review", "issue_notice")
    walk.does("serve_notice", "waive_defence")


def test_the_letter_has_to_be_named(told):
    page = told.report(**{**LETTER, "judicial_no": "", "judicial_on": ""})
    assert told.clue is None or page.errors
    assert any("文书文号" in line for line in page.errors)
    told.report(**LETTER).says("司法机关移送").says("青检行意〔2026〕7号").says("检察意见")


@pytest.mark.law("apl-2021:27", "crpl-2018:177")
def test_what_the_procurator_handed_over_is_punished_and_answered(told):
    to_notice(told)
    told.does("decide", "serve_decision", "record_payment", "confirm_performance")
    page = told.cannot("close")
    page.says("请办“回复司法机关”再结案")
    reply = told.begins("transfer.reply", reply_result="罚款八千元，已经履行。")
    reply.does("send", reply_sent_how="专人送达检察院案管部门。").says("已回复")
    told.does("close")
    assert told.state == "CLOSED"


@pytest.mark.law("apl-2021:35")
def test_whom_the_court_has_fined_is_not_fined_again(told):
    to_notice(
        told, judicial_organ="青衡县人民法院", judicial_kind="SENTENCED",
        judicial_no="（2026）青刑初12号", judicial_fined="on",
    )  # fmt: skip
    told.cannot("decide").says("法院已对同一违法行为判处罚金")
    told.look(cast.AGENCY_HEAD)
    assert told.state == "NOTIFIED"


def test_the_evidence_of_the_file_goes_on_into_the_case(told):
    told.report(**LETTER)
    told.match()
    clue = told.clue
    told.sees(cast.OFFICER, told.clue_url()).says("还没有；有的在这里上传")
    url = reverse("evidence_add", args=[clue.pk])
    told.fills(
        cast.OFFICER, url, {
            "file": photo("卷宗"), "kind": "DOCUMENTARY", "title": "不起诉决定书",
            "collected_at": "2026-02-26 10:00", "place": "青衡县人民检察院", "source": "检察院移送",
        },
    )  # fmt: skip
    told.sees(cast.OFFICER, told.clue_url()).says("1 件，立案时自动进入案卷")
    told.check()
    told.propose()
    assert "不起诉决定书" in told.look(tab="evidence").words
    piece = evidence.evidence_of(told.case.dossier).get()
    assert evidence.origin_of(piece).dossier_id == clue.pk, "同一份文件，没有重新收集"
