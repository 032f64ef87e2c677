"""Each kind of evidence with a paper of its own: one act takes the file and makes the paper."""

from datetime import timedelta

import pytest

from tests import cast
from tests.journeys.papers import reader, text_of
from zhiheng.documents import api as documents
from zhiheng.evidence import api as evidence


@pytest.fixture
def filed(walk_from):
    """A case that has been filed; the officers have shown their certificates."""
    walk = walk_from(stage="filed")
    walk.does("show_id")
    return walk


def made(walk, code):
    """The newest paper of a kind, as printed; it is on the dossier's screen, with its number."""
    paper = documents.latest_document(dossier=walk.case.dossier, code=code)
    assert paper is not None, f"没有制作 {code}"
    page = walk.look(tab="documents").says(paper.title)
    if paper.number:
        page.says(paper.number)
    return paper, text_of(reader(paper))


def newest(walk):
    """The evidence last taken."""
    return list(evidence.evidence_of(walk.case.dossier))[-1]


def test_a_plan_of_the_site_is_drawn(filed):
    form = filed.sees(cast.OFFICER, filed.url("draw_plan"))
    assert form.fields["plan_direction"] == ["上北下南"]
    assert form.fields["photo_place"] == [filed.case.place], "知道的地点不再问"
    page = filed.cannot("draw_plan", plan_legend="")
    page.says("请填写图例和说明")
    filed.does("draw_plan")
    item = newest(filed)
    assert (item.kind, item.title) == ("SITE_RECORD", "现场平面图")
    paper, words = made(filed, "F-10")
    assert "上北下南" in words
    assert "通道，宽2.4米" in words
    assert "李执法" in words
    assert item.file_sha256 in words.replace("‐", "")
    assert paper.kind == "record"


def test_a_plan_without_its_picture_is_refused(filed):
    filed.wait()
    typed = filed.usual("draw_plan")
    del typed["file"]
    page = filed.fills(cast.OFFICER, filed.url("draw_plan"), typed)
    assert page.status == 422
    page.says("请选择图的照片或者扫描件")


def test_a_statement_in_the_partys_own_hand_is_taken_in(filed):
    filed.does("record_interview")
    form = filed.sees(cast.OFFICER, filed.url("take_statement"))
    assert form.fields["written_id"] == ["110105194912310024"], "笔录里问过的不再问"
    filed.cannot("take_statement", written_on="2026年12月1日").says("还没有到")
    filed.does(
        "take_statement",
        written_kind="WITNESS",
        written_role="楼上住户",
        written_id="11010519491231002X",
    )
    assert newest(filed).kind == "WITNESS"
    _, words = made(filed, "F-13")
    assert "楼上住户" in words
    assert "女" in words
    assert "76岁" in words, "性别、年龄从号码里取"


def test_electronic_data_is_extracted(filed):
    filed.cannot("extract_data", data_why_not="").says("没有提取原始介质的，请写明原因")
    filed.does("extract_data", minutes_taken="20")
    item = newest(filed)
    assert item.kind == "ELECTRONIC"
    _, words = made(filed, "F-16")
    assert "收银流水截屏" in words
    assert "KB" in words
    assert item.file_sha256[:8] in words


def test_electronic_data_waits_until_the_certificate_was_shown(walk_from):
    walk = walk_from(stage="filed")
    page = walk.cannot("extract_data")
    assert any("亮证" in line for line in page.errors)


def test_a_recording_is_explained(filed):
    filed.cannot("add_recording", av_carrier="COPY").says("复制件要写明为什么")
    filed.cannot("add_recording", av_from="傍晚").says("请写成 09:30 这样的时刻")
    filed.cannot("add_recording", av_on="2026年12月1日").says("还没有到")
    filed.does("add_recording")
    item = newest(filed)
    assert (item.kind, item.mime) == ("AUDIOVISUAL", "audio/wav")
    _, words = made(filed, "F-17")
    assert "8时20分" in words
    assert "8时25分" in words, "止时由用时算出"
    assert "情况属实" in words
    assert item.sm3[:8] in words


def test_somebody_is_summoned_for_questions(filed):
    filed.cannot("summon", summon_on="2026年3月1日").says("已经过去")
    filed.cannot("summon", summon_time="上午").says("请写成 09:30 这样的时刻")
    page = filed.cannot("summon", summon_papers="")
    page.says("请填写要带的材料")
    filed.does("summon")
    paper, words = made(filed, "F-11")
    assert "询通字〔2026〕第000001号" in paper.number
    assert "9时30分" in words
    assert paper.kind == "external"


def test_evidence_is_requested_with_a_list(filed):
    filed.cannot("request_evidence", wanted_list="").says("请填写要调取的证据")
    filed.does("request_evidence", wanted_from="青衡县农村商业银行")
    paper, words = made(filed, "F-14")
    assert "调证字〔2026〕第000001号" in paper.number
    assert "青衡县农村商业银行" in words
    assert "进货台账" in words
    assert "近三个月流水" in words


def test_what_is_taken_is_evidence_like_any_other(filed):
    filed.does("draw_plan", "take_statement", "extract_data", "add_recording")
    assert [each.status for each in evidence.evidence_of(filed.case.dossier)] == ["COLLECTED"] * 4
    filed.does("verify_evidence")
    assert {each.status for each in evidence.evidence_of(filed.case.dossier)} == {"VERIFIED"}
    assert filed.acts().count("evidence.add") == 4


def test_another_summons_starts_with_the_day_left_open(filed):
    filed.does("summon")
    filed.go_to(filed.day + timedelta(days=1))
    form = filed.sees(cast.OFFICER, filed.url("summon"))
    assert form.fields["summon_on"] == [""]
    assert form.fields["summon_matters"] != [""]
