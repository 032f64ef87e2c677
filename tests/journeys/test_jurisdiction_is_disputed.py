"""Two organs dispute who is competent: they agree, or their common superior decides."""

from django.urls import reverse

from tests import cast


def raised(walk):
    url = walk.url() + "beside/new/jurisdiction/"
    offered = walk.sees(cast.AGENCY_HEAD, url).options("dispute_organ")
    who = next(value for words, value in offered.items() if "QH-SCJG" in words)
    return walk.begins(
        "jurisdiction", dispute_organ=who, dispute_text="门前经营归谁管", dispute_view="归本机关"
    )


def test_the_other_organ_yields_and_the_case_goes_on(walk_from):
    walk = walk_from(stage="filed")
    dispute = raised(walk)
    walk.todo(cast.OTHER_HEAD).says("同意由提出机关管辖")
    page = walk.sees(cast.OTHER_HEAD, reverse("assist", args=[dispute.side.pk]))
    page.says("门前经营归谁管")
    assert walk.case.party_name not in page.words
    assert "归本机关" not in page.words
    dispute.does("yield", by=cast.OTHER_HEAD).says("商定由提出机关管辖")
    walk.cannot("hand_on")


def test_the_other_organ_filed_first_and_the_case_is_handed_on(walk_from):
    walk = walk_from(stage="notified")
    walk.does("waive_defence")
    dispute = raised(walk)
    dispute.does("claim", by=cast.OTHER_HEAD, dispute_claim="本机关先立案")
    dispute.does("concede").says("商定由另一机关管辖").says("本机关先立案")
    assert any("移交有管辖权的机关" in line for line in walk.cannot("decide").errors)
    walk.does("hand_on")
    assert walk.state == "HANDED_ON"
    assert walk.case.dossier.closed_at


def test_they_do_not_agree_and_the_superior_designates(walk_from):
    walk = walk_from(stage="filed")
    dispute = raised(walk)
    assert "报请" not in walk.todo(cast.OTHER_HEAD).words, "对方只看到自己要办的"
    dispute.does("claim", by=cast.OTHER_HEAD)
    walk.todo(cast.AGENCY_HEAD).says("报请共同上级指定管辖")
    assert "管辖协商" not in walk.todo(cast.OTHER_HEAD).words
    dispute.does("report", dispute_superior="青衡县人民政府")
    dispute.does("designate_ours", designation_no="青政指〔2026〕1号").says("指定由提出机关管辖")
    walk.does("show_id")


def test_the_superior_designates_the_other_organ(walk_from):
    walk = walk_from(stage="filed")
    dispute = raised(walk)
    dispute.does("report_unanswered", "designate_theirs")
    walk.does("hand_on")
    assert walk.state == "HANDED_ON"


def test_the_dispute_is_over_by_itself_and_may_be_raised_once_at_a_time(walk_from):
    walk = walk_from(stage="filed")
    dispute = raised(walk)
    walk.look(cast.AGENCY_HEAD).says("管辖协商")
    dispute.does("drop").says("已无争议")
