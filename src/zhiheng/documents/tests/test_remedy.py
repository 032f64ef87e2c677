"""The remedy paragraph: generated from the procedure, the organs and the way of service."""

import pytest

from zhiheng.documents.remedy import Remedy, missing_remedy_parts, remedy_text

PLACE = {
    "organ": "青衡县综合行政执法局",
    "reconsideration_organ": "青衡县人民政府",
    "court": "青衡县人民法院",
    "reconsideration": "六十日",
    "lawsuit": "六个月",
    "afterwards": "十五日",
}


@pytest.mark.law("arl-2023:20", "arl-2023:24", "all-2017:46")
def test_ordinary_decisions_leave_the_choice():
    text = remedy_text(remedy=Remedy(procedure="ordinary", **PLACE))
    assert "六十日内" in text
    assert "青衡县人民政府申请行政复议；也可以" in text
    assert "六个月内" in text
    assert "第四十六条" in text
    assert "互联网" not in text


@pytest.mark.law("arl-2023:23")
def test_decisions_on_the_spot_must_be_reconsidered_first():
    text = remedy_text(remedy=Remedy(procedure="summary", **PLACE))
    assert "先向青衡县人民政府申请行政复议" in text
    assert "不能直接提起行政诉讼" in text
    assert "六个月" not in text


@pytest.mark.law("arl-2023:22")
def test_service_over_the_internet_brings_a_channel():
    facts = {"procedure": "ordinary", **PLACE, "electronic": True}
    assert missing_remedy_parts(facts) == ["互联网复议申请渠道（电子送达时必须一并提供）"]
    text = remedy_text(remedy=Remedy(**facts, internet_channel="https://example.cn/fuyi"))
    assert "https://example.cn/fuyi" in text
    assert "第二十二条" in text


def test_every_gap_is_named():
    assert missing_remedy_parts({"procedure": "guess"}) == [
        "作出决定的机关", "复议机关", "管辖法院",
        "申请行政复议的期限", "提起行政诉讼的期限", "复议后起诉的期限",
        "程序种类（ordinary、fast_track、no_penalty、coercion、execution、summary 之一）",
    ]  # fmt: skip
