"""One ordinary case, whole: a telephone report becomes a sealed file on the shelf."""

from datetime import date

import pytest

from tests import cast
from tests.journeys.papers import checked, finished, made, proofs_of, reader, text_of
from zhiheng.ledger import api as ledger

LI, WU, WANG = cast.OFFICER, cast.UNIT_HEAD, cast.LEGAL_REVIEWER
ZHAO, FENG = cast.AGENCY_HEAD, cast.INTAKE_CLERK
SEALED = {"F-26", "F-32", "F-39"}
NUMBERED = {"F-26", "F-32", "F-39"}
OF_THE_FILE = {"dossier.open", "evidence.add", "evidence.verify"}


def _reported_and_filed(walk):
    walk.report().says("已登记，线索编号 QX339901-2026-", "已登记", "匹配事项")
    walk.todo(FENG).says("匹配事项", "楼下饭店排出的油烟")
    walk.match()
    walk.todo(FENG).says("没有等您办的事")
    walk.todo(LI).says("核查线索")
    walk.go_to(date(2026, 3, 3))
    walk.check()
    walk.propose().says("已提请立案，等行政机关负责人批准", "主办 李执法", "协办 周执法")
    walk.todo(ZHAO).says("批准立案", walk.case.title)
    walk.look(LI).says("等行政机关负责人办理")
    walk.does("file").says("调查取证", "作出处罚决定的期限", "90 天")
    walk.todo(ZHAO).is_silent_on("批准立案")


def _investigated(walk):
    walk.go_to(date(2026, 3, 4))
    page = walk.look(LI)
    assert page.cards["调查终结"].status == "blocked"
    assert "第五十五条" in page.cards["调查终结"].text, "亮证是调查的前提"
    walk.does("show_id", "record_site", "record_interview", "add_photo", "add_photo")
    walk.does("verify_evidence", "order_correction", "confirm_address")
    walk.look(LI, tab="evidence").says("现场照片1", "现场照片2", "已核实")
    walk.go_to(date(2026, 3, 9))
    walk.does("conclude", fine_proposed="8,000").says("调查终结待审")


def _reviewed_and_told(walk):
    walk.todo(WU).says("办案机构负责人会签")
    walk.does("countersign")
    walk.go_to(date(2026, 3, 11))
    walk.todo(WANG).says("法制审核")
    walk.does("review").says("审核通过待告知")
    form = walk.sees(ZHAO, walk.url("issue_notice"))
    assert form.fields["fine_notified"] == ["8,000"], "数额从报告带来，不用再填"
    form.says("从轻", "同意承办意见")
    walk.does("issue_notice").says("告知书已签发待送达")
    walk.go_to(date(2026, 3, 12))
    walk.does("serve_notice").says("已告知", "陈述申辩期")


def _decided_and_paid(walk):
    walk.go_to(date(2026, 3, 13))
    walk.does("waive_defence")
    walk.go_to(date(2026, 3, 16))
    walk.todo(ZHAO).says("作出处罚决定")
    walk.does("decide").says("已决定待送达")
    walk.go_to(date(2026, 3, 17))
    walk.does("serve_decision").says("已送达待履行", "缴纳罚款的期限")
    walk.go_to(date(2026, 3, 30))
    assert "还没有缴清" in walk.look(LI).cards["确认履行完毕"].text
    walk.does("record_payment", paid_cents="8000")
    walk.does("confirm_performance").says("已履行")


def _closed_and_archived(walk):
    walk.go_to(date(2026, 4, 1))
    walk.does("close").says("已结案")
    ledger.sequence_all(at=walk.case.dossier.opened_at)
    walk.go_to(date(2026, 4, 2))
    page = walk.does("archive")
    page.says("已归档")
    assert not page.cards
    walk.todo(LI).says("没有等您办的事")
    walk.todo(ZHAO).says("没有等您办的事")


@pytest.mark.law("apl-2021:44", "apl-2021:54", "apl-2021:57", "apl-2021:58", "apl-2021:59")
def test_a_telephone_report_becomes_an_archived_file(walk_from):
    walk = walk_from(date(2026, 3, 2))
    _reported_and_filed(walk)
    _investigated(walk)
    _reviewed_and_told(walk)
    _decided_and_paid(walk)
    _closed_and_archived(walk)
    _acts_follow_each_other(walk)
    _papers_are_made_numbered_sealed_and_checkable(walk)


def _acts_follow_each_other(walk):
    acts = list(ledger.acts_of(walk.case.dossier))
    assert len(acts) >= 20
    assert [act.seq for act in acts] == list(range(1, len(acts) + 1))
    assert {"李执法", "吴队长", "王审核", "赵局长"} <= {act.actor_name for act in acts}
    assert {act.kind for act in acts if not act.rule_id} <= OF_THE_FILE


def _papers_are_made_numbered_sealed_and_checkable(walk):
    assert len({one.code for one in made(walk)}) >= 14
    papers = finished(walk)
    numbers = [one.number for one in papers if one.number]
    assert len(numbers) == len(set(numbers))
    assert {one.code for one in papers if one.number} >= NUMBERED
    for paper in papers:
        assert paper.is_ready, f"{paper.title} 没有成文：{paper.last_error}"
        assert paper.sealed or paper.code not in SEALED, paper.title
        page = checked(paper)
        page.says("平台存有这份文书", paper.title)
        if paper.sealed:
            page.says("模拟签章")
    decision = next(one for one in papers if one.code == "F-39")
    text_of_decision = text_of(reader(decision))
    for part in ("捌仟元整", "行政复议", "行政诉讼", "青衡县人民政府", "面馆", decision.number):
        assert part in text_of_decision, part
    _the_archive_holds_everything(papers)


def _the_archive_holds_everything(papers):
    archive = papers[-1]
    assert archive.code == "F-55"
    assert archive.sealed
    pdf = reader(archive)
    assert "目录" in text_of(pdf)
    titles = text_of(pdf, 0) + text_of(pdf, 1)
    for paper in papers[:-1]:
        assert "".join(paper.title.split()) in titles, paper.title
    for number in range(1, len(pdf.pages)):
        assert f"卷内第{number + 1}页" in text_of(pdf, number)
    proofs = proofs_of(pdf)
    assert len(proofs["documents"]) == len(papers) - 1
    assert proofs["acts"], "存证证明随卷"
    assert all(one["proof"]["head"]["size"] > 0 for one in proofs["acts"])
