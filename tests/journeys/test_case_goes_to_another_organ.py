"""A matter goes to another organ: received with its evidence, sent back, withdrawn, never twice."""

from datetime import date

import pytest
from django.urls import reverse

from tests import cast
from tests.journeys.driver import Beside
from zhiheng.cases.models import Case, Side
from zhiheng.clues.api import Clue
from zhiheng.evidence import api as evidence
from zhiheng.ledger import api as ledger

MARKET, WHY = "QH-SCJG", "对方管食品经营。"


def theirs(walk):
    url = walk.url() + "beside/new/transfer.organ/"
    offered = walk.sees(cast.OFFICER, url).options("handover_organ")
    return next(value for words, value in offered.items() if MARKET in words)


def proposed(walk, scope="WHOLE", **typed):
    """The officers of the case propose that it go there."""
    usual = {
        "handover_organ": theirs(walk), "handover_scope": scope, "handover_ground": "NOT_OURS",
        "handover_facts": "三月三日检查发现，店内从业人员没有健康证明。",
    }  # fmt: skip
    return walk.begins("transfer.organ", **{**usual, **typed})


def clues_there():
    return Clue.objects.filter(agency_code=MARKET, source="TRANSFER").order_by("pk")


@pytest.mark.law("apl-2021:22")
def test_the_other_organ_receives_the_case_with_its_evidence(walk_from):
    walk = walk_from(stage="collected")
    transfer = proposed(walk)
    transfer.cannot("send").says("查不到接收机关有这个事项的处罚权")
    transfer.does("send", handover_opinion="同意移送。", reason=WHY)
    assert [p.code for p in transfer.papers()] == ["F-52"]
    assert transfer.clock_of("handover.receipt").due_on == date(2026, 3, 11), "五个工作日"
    walk.todo(cast.OTHER_HEAD).says("接收并登记线索")
    page = walk.sees(cast.OTHER_HEAD, reverse("assist", args=[transfer.side.pk]))
    page.says("没有健康证明").says("现场照片1").says("摘要")
    transfer.does("receive", by=cast.OTHER_HEAD, handover_receipt="属于本机关管辖，接收。")
    clue = clues_there().get()
    assert clue.subject_id == walk.case.subject_id
    ours = evidence.evidence_of(walk.case.dossier)
    there = evidence.evidence_of(clue.dossier)
    assert [e.file_sha256 for e in there] == [e.file_sha256 for e in ours], "同一份文件"
    assert [e.collected_at for e in there] == [e.collected_at for e in ours], "谁、何时收集照旧"
    page = walk.sees(cast.OTHER_OFFICER, reverse("clue", args=[clue.number]))
    page.says("其他部门移送").says("青衡县综合行政执法局").says(transfer.papers()[0].number)
    walk.sees(cast.OTHER_OFFICER, reverse("evidence_item", args=[there[0].pk])).says("没有重新收集")
    walk.todo(cast.AGENCY_HEAD).says("移交有管辖权的机关")
    walk.does("hand_on")
    assert walk.state == "HANDED_ON"
    assert clues_there().count() == 1, "移送过的不再生成线索"
    assert "F-52" not in [p.code for p in walk.papers()], "移送函只有一份"


def test_received_evidence_goes_on_into_the_case_of_the_other_organ(walk_from):
    walk = walk_from(stage="collected")
    transfer = proposed(walk)
    transfer.does("send", reason=WHY)
    transfer.does("receive", by=cast.OTHER_HEAD)
    theirs_clue, before = clues_there().get(), walk.case
    from zhiheng.cases.services.propose import open_case

    case = open_case(
        clue=theirs_clue, item=before.item, subject=before.subject, place=before.place,
        actor=cast.actor(cast.OTHER_OFFICER, walk.day), agency_code=MARKET,
        co_handlers=[cast.account(cast.OTHER_HEAD).pk], at=walk.clock_now(),
        idempotency_key="theirs/1",
    )  # fmt: skip
    pieces = evidence.evidence_of(case.dossier)
    first = evidence.evidence_of(before.dossier).first()
    assert pieces.count() == evidence.evidence_of(before.dossier).count()
    assert evidence.origin_of(pieces[0]) == first, "几经移送，说的都是第一次收集的那一件"
    assert {e.status for e in pieces} == {"COLLECTED"}, "接收的机关自己核实"


@pytest.mark.law("apl-2021:25")
def test_sent_back_the_case_goes_on_and_a_second_time_needs_reasons(walk_from):
    walk = walk_from(stage="collected")
    transfer = proposed(walk)
    transfer.does("send", reason=WHY)
    transfer.does(
        "give_back", by=cast.OTHER_HEAD, handover_return_ground="NOT_THEIRS",
        handover_return_reason="没有健康证明的问题已由你局一并查处。",
    )  # fmt: skip
    walk.look().says("移送其他机关")
    transfer.look().says("对方退回").says("一并查处")
    assert not clues_there().exists()
    assert walk.cannot("hand_on").errors
    again = proposed(walk)
    again.cannot("send").says("退回过本案")
    again.does("refuse")
    walk.does("record_site")


def test_what_is_on_its_way_is_neither_decided_nor_sent_twice(walk_from):
    walk = walk_from(stage="notified")
    walk.does("waive_defence")
    transfer = proposed(walk)
    transfer.does("send", reason=WHY)
    walk.cannot("decide").says("全案正在移送")
    page = walk.fills(
        cast.OFFICER, walk.url() + "beside/new/transfer.organ/",
        {**Beside(walk, "transfer.organ").usual("propose"), "handover_organ": theirs(walk),
         "handover_scope": "WHOLE", "handover_ground": "NOT_OURS"},
    )  # fmt: skip
    page.says("全案已经在移送")
    assert Side.objects.filter(procedure_id="transfer.organ").count() == 1
    transfer.does("withdraw")
    walk.does("decide")


def test_a_part_goes_and_the_case_goes_on(walk_from):
    walk = walk_from(stage="notified")
    walk.does("waive_defence")
    transfer = proposed(walk, scope="PART", handover_ground="OTHER_ACT")
    transfer.does("send", reason=WHY)
    transfer.does("receive", by=cast.OTHER_HEAD)
    assert clues_there().get().item is None, "另一件违法行为，由对方自己匹配事项"
    assert not walk.case.dossier.closed_at
    walk.does("decide")


def test_both_act_at_once_and_only_one_of_them_is_heard(walk_from):
    walk = walk_from(stage="collected")
    transfer = proposed(walk)
    transfer.does("send", reason=WHY)
    url, ours = transfer.url("receive"), transfer.url("withdraw")
    form, mine = walk.sees(cast.OTHER_HEAD, url), walk.sees(cast.AGENCY_HEAD, ours)
    transfer.does("receive", by=cast.OTHER_HEAD)
    walk.sends(cast.OTHER_HEAD, url, form, {"handover_receipt": "再点一次"})
    walk.sends(cast.AGENCY_HEAD, ours, mine, {"handover_withdraw_reason": "想撤回"})
    assert transfer.state == "RECEIVED"
    assert clues_there().count() == 1
    kinds = [act.kind for act in ledger.acts_of(transfer.side.dossier)]
    assert sum(kind.endswith(".receive") for kind in kinds) == 1


def test_an_agreed_competence_makes_the_clue_there_by_itself(walk_from):
    from tests.journeys.test_jurisdiction_is_disputed import raised

    walk = walk_from(stage="collected")
    dispute = raised(walk)
    dispute.does("claim", by=cast.OTHER_HEAD)
    dispute.does("concede")
    walk.does("hand_on", handed_to="青衡县市场监督管理局")
    clue = clues_there().get()
    assert evidence.evidence_of(clue.dossier).exists()
    assert "F-52" in [p.code for p in walk.papers()]


def test_a_clue_referred_to_an_organ_on_the_platform_is_theirs_at_once(walk_from):
    walk = walk_from(date(2026, 3, 2))
    walk.report()
    walk.match()
    walk.check(in_jurisdiction="false", check_suggestion="REFER")
    walk.clue_does(
        "refer", cast.AGENCY_HEAD, refer_to="青衡县市场监督管理局", refer_body=MARKET,
        refer_reason="属食品安全监督管理职责。",
    )  # fmt: skip
    clue = clues_there().get()
    page = walk.sees(cast.OTHER_OFFICER, reverse("clue", args=[clue.number]))
    page.says("属食品安全监督管理职责").says(walk.clue.number)
    assert not Case.objects.exists()


def test_a_published_standard_says_to_whom_and_what_the_receiver_deals_with(walk_from):
    walk = walk_from(stage="collected")
    url = walk.url() + "beside/new/transfer.organ/"
    form = walk.sees(cast.OFFICER, url)
    offered = form.options("handover_standard").items()
    standard = next(value for words, value in offered if "QH-YS-01" in words)
    river = next(value for words, value in offered if "QH-YS-07" in words)
    usual = {
        **Beside(walk, "transfer.organ").usual("propose"), "handover_standard": river,
        "handover_scope": "PART", "handover_ground": "STANDARD",
    }  # fmt: skip
    page = walk.fills(cast.OFFICER, url, {**usual, "handover_organ": theirs(walk)})
    page.says("按这个标准应当移送")
    transfer = proposed(walk, scope="PART", handover_ground="STANDARD", handover_standard=standard)
    transfer.look().says("检查时未见食品经营许可证").says("收到之日起5个工作日内")
    transfer.does("send")
    transfer.does("receive", by=cast.OTHER_HEAD)
    assert clues_there().get().item.code == "QH-SC-005", "对方办的是标准里的事项"
