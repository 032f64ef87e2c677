"""Papers that the course of a matter leaves: letters, records, approvals, with what was typed once."""

from datetime import date

import pytest

from tests import cast
from tests.journeys.papers import reader, text_of
from tests.journeys.test_another_organ_helps import ask
from tests.journeys.test_jurisdiction_is_disputed import raised
from zhiheng.documents import api as documents
from zhiheng.payments import api as payments


def papers_of(dossier, code):
    """The papers of a kind by their form, and what each says."""
    found = [one for one in documents.documents_of(dossier) if one.code == code]
    return {one.facts.get("variant", ""): (one, text_of(reader(one))) for one in found}


@pytest.mark.law("apl-2021:54")
def test_a_clue_leaves_its_registration_and_the_report_of_the_check(walk_from):
    walk = walk_from(date(2026, 3, 2))
    walk.report()
    walk.match()
    walk.check()
    page = walk.sees(cast.OFFICER, walk.clue_url())
    page.says("线索登记表", "核查报告")
    (registered, words), report = (
        papers_of(walk.clue.dossier, "F-01")[""],
        papers_of(walk.clue.dossier, "F-02")["REPORT"][1],
    )
    assert registered.kind == "internal"
    assert "身份另行保密" in words
    assert "热心群众" not in words
    assert "13900000000" not in words
    assert "后厨排烟管直通居民窗下" in report
    assert "建议立案" in report
    assert "属于本机关管辖" in report


def test_a_refused_clue_leaves_an_approval_with_its_ground(walk_from):
    walk = walk_from(date(2026, 3, 2))
    walk.report()
    walk.match()
    walk.check(initial_evidence="false", check_suggestion="REFUSE")
    page = walk.fills(
        cast.AGENCY_HEAD, walk.clue_url("refuse"), {"clue_refusal_reason": "没有发现。"}
    )
    assert page.status == 422
    page.says("请选择不立案的情形")
    walk.clue_does(
        "refuse", cast.AGENCY_HEAD, clue_refusal_ground="MINOR_CORRECTED",
        clue_refusal_reason="当场已改正。",
    )  # fmt: skip
    _, words = papers_of(walk.clue.dossier, "F-02")["REFUSAL"]
    assert "轻微并及时改正，没有造成危害后果" in words
    assert "赵局长" in words
    assert "李执法" in words


@pytest.mark.law("apl-2021:26")
def test_a_request_for_help_is_a_letter_and_the_answer_is_the_other_organs(walk_from):
    walk = walk_from(stage="filed")
    asked = ask(walk)
    asked.does("send")
    form = walk.sees(cast.OTHER_HEAD, asked.url("accept"))
    who = next(v for words, v in form.options("assist_answerer").items() if "林市场" in words)
    asked.does("accept", by=cast.OTHER_HEAD, assist_answerer=who)
    asked.does("answer", by=cast.OTHER_OFFICER, assist_reply="2024年登记。\n没有变更。")
    letters = papers_of(asked.side.dossier, "F-07")
    letter, words = letters["REQUEST"]
    assert letter.number.startswith("青综执协查字〔2026〕")
    assert "十五个工作日" in words or "3月24日" in words
    reply, answer = letters["REPLY"]
    assert reply.number.startswith("青市监协复字〔2026〕第000001号")
    assert reply.agency_code == "QH-SCJG"
    assert letter.number in answer
    assert "没有变更" in answer
    assert walk.case.party_name not in answer, "答复的机关不知道当事人是谁"
    asked.look().says(letter.number, reply.number)
    walk.sees(cast.OFFICER, f"/documents/{reply.pk}/")
    walk.sees(cast.OTHER_HEAD, f"/documents/{reply.pk}/")
    walk.sees(cast.OTHER_HEAD, f"/documents/{letter.pk}/", status=404)


def test_an_organ_that_cannot_help_says_why_on_its_own_paper(walk_from):
    walk = walk_from(stage="filed")
    asked = ask(walk)
    asked.does("send")
    asked.does("decline", by=cast.OTHER_HEAD, assist_decline_reason="属于公安机关职权。")
    _, words = papers_of(asked.side.dossier, "F-07")["REPLY"]
    assert "属于公安机关职权" in words


@pytest.mark.law("apl-2021:25")
def test_talks_that_fail_leave_a_record_and_a_request(walk_from):
    walk = walk_from(stage="filed")
    dispute = raised(walk)
    dispute.does("claim", by=cast.OTHER_HEAD, dispute_claim="本机关监测在先")
    dispute.cannot("report", dispute_superior="")
    dispute.does("report", dispute_superior="青衡县人民政府", dispute_report="各执一词。")
    papers = papers_of(dispute.side.dossier, "F-04")
    assert set(papers) == {"TALKS", "REQUEST"}
    assert "本机关监测在先" in papers["TALKS"][1]
    assert "赵局长" in papers["TALKS"][1]
    request, words = papers["REQUEST"]
    assert request.number.startswith("青综执管请字〔2026〕")
    assert "青衡县人民政府" in words
    dispute.look().says(request.number)
    dispute.does("designate_theirs", designation_no="青政指〔2026〕1号")
    form = walk.sees(cast.AGENCY_HEAD, walk.url("hand_on"))
    assert form.fields["handed_to"] == ["青衡县市场监督管理局"], "已经知道移交给谁"
    walk.does("hand_on", handed_list="立案审批表1份\n询问笔录1份")
    letter, words = papers_of(walk.case.dossier, "F-04")["TRANSFER"]
    assert letter.number.startswith("青综执管移字〔2026〕")
    assert "青政指〔2026〕1号" in words
    assert "询问笔录1份" in words


def test_talks_that_succeed_leave_a_record_alone(walk_from):
    walk = walk_from(stage="filed")
    dispute = raised(walk)
    dispute.does("yield", by=cast.OTHER_HEAD, dispute_yield="同意由你局办理。")
    papers = papers_of(dispute.side.dossier, "F-04")
    assert set(papers) == {"TALKS"}
    assert "同意由你局办理" in papers["TALKS"][1]


@pytest.mark.law("apl-2021:28")
def test_a_correction_is_looked_at_again_on_paper(walk_from):
    walk = walk_from(stage="collected")
    walk.go_to(date(2026, 3, 12))
    walk.cannot("recheck_correction", recheck_persons="").says("请写明谁在场")
    walk.does("recheck_correction", recheck_result="PARTLY", recheck_comment="还差一台，月底装好。")
    order = documents.latest_document(dossier=walk.case.dossier, code="F-26")
    _, words = papers_of(walk.case.dossier, "F-27")[""]
    assert order.number in words, "责令改正通知书的文号、内容、期限自己带出来"
    assert "还差一台" in words
    assert "没有改正的部分继续督促" in words
    walk.look(tab="documents").says("复查记录")


@pytest.mark.law("apl-2021:60")
def test_an_extension_is_approved_on_paper(walk_from):
    walk = walk_from(stage="collected")
    before = walk.clock_of("penalty.decision").due_on
    walk.cannot("extend", extension_reason="")
    walk.does("extend", reason="确有需要。")
    after = walk.clock_of("penalty.decision").due_on
    _, words = papers_of(walk.case.dossier, "F-29")[""]
    for day in (before, after):
        assert f"{day.year}年{day.month}月{day.day}日" in words
    assert "三十日" in words
    assert "机关负责人批准" in words


def test_an_ended_investigation_tells_whoever_can_be_told(walk_from):
    walk = walk_from(stage="collected")
    walk.does("propose_end", end_ground="NOT_PROVABLE")
    walk.does("end_investigation")
    papers = papers_of(walk.case.dossier, "F-28")
    assert set(papers) == {"TERMINATE", "TERMINATE_NOTICE"}
    notice, _ = papers["TERMINATE_NOTICE"]
    assert notice.number.startswith("青综执终查字〔2026〕")
    assert "李执法" in papers["TERMINATE"][1]


def test_nobody_writes_to_the_dead(walk_from):
    walk = walk_from(stage="collected")
    walk.does("propose_end", end_ground="PARTY_DEAD", end_proof="死亡注销证明。")
    walk.does("end_investigation")
    assert set(papers_of(walk.case.dossier, "F-28")) == {"TERMINATE"}


@pytest.mark.law("apl-2021:66")
def test_a_deferral_leaves_application_approval_and_notice(walk_from):
    walk = walk_from(stage="served")
    plan = "2026-05-31 3000.00\n2026-06-30 5000.00"
    asked = {
        "deferral_kind": "INSTALMENTS", "deferral_hardship": "true",
        "deferral_asked_until": "2026年6月30日", "deferral_proof": "停业证明\n医院收据",
    }  # fmt: skip
    page = walk.begins_not("execution.deferral", **asked)
    page.says("分期缴的，请一行一期写明日期和金额")
    beside = walk.begins("execution.deferral", **asked, deferral_asked_schedule=plan)
    assert set(papers_of(beside.side.dossier, "F-44")) == {"APPLICATION"}
    form = walk.sees(cast.AGENCY_HEAD, beside.url("grant"))
    beside.does(
        "grant", deferral_until=form.fields["deferral_until"][0],
        deferral_schedule=form.fields["deferral_schedule"][0],
    )  # fmt: skip
    papers = papers_of(beside.side.dossier, "F-44")
    assert set(papers) == {"APPLICATION", "APPROVAL", "NOTICE"}
    assert "医院收据" in papers["APPLICATION"][1]
    assert "停业证明" in papers["APPROVAL"][1]
    assert papers["NOTICE"][0].number.startswith("青综执延缴字〔2026〕")
    assert "5,000.00" in papers["NOTICE"][1]
    beside.look().says(papers["NOTICE"][0].number)


@pytest.mark.law("apl-2021:67")
def test_the_payment_slip_carries_the_code_that_it_is_paid_by(walk_from):
    walk = walk_from(stage="served")
    order = payments.fine_order_of(walk.case.pk)
    slip, words = papers_of(walk.case.dossier, "F-45")[""]
    assert "手机扫码缴款" in words
    assert slip.facts["payment_url"] == payments.public_address(order)
    address = slip.facts["payment_url"].split("://", 1)[1].partition("/")[2]
    page = walk.as_(cast.OFFICER).get(f"/{address}", follow=True)
    assert "8,000.00" in page.content.decode(), "扫了码，不用再报号码末四位"


@pytest.mark.law("apl-2021:48", "mr-p-2021:4")
def test_a_closed_case_leaves_its_publication_review_and_summary(walk_from):
    walk = walk_from(stage="served")
    walk.does("record_payment", "confirm_performance")
    walk.cannot("close", publication_conclusion="NOT_PUBLISH", publication_reason="").says(
        "不公开的，请写明理由"
    )
    walk.does("close")
    papers = papers_of(walk.case.dossier, "F-53")
    assert set(papers) == {"REVIEW", "SUMMARY"}
    review, summary = papers["REVIEW"][1], papers["SUMMARY"][1]
    decision = documents.latest_document(dossier=walk.case.dossier, code="F-39")
    for words in (review, summary):
        assert decision.number in words
        assert "2029年3月23日" in words
    owner = walk.case.subject.legal_representative
    assert not owner or owner not in summary
    assert walk.case.place not in summary
    assert "李执法" not in summary
    walk.look(tab="documents").says("行政处罚信息摘要", "行政处罚信息公示审查表")
