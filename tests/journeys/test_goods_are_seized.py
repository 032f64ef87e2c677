"""Goods are seized beside a case: kept, extended, confiscated or given back, never forgotten."""

from datetime import date

import pytest

from tests import cast
from tests.journeys.reading import Page
from zhiheng.cases.models import GoodMove
from zhiheng.cases.sides.pending import known_sides, pending_facts
from zhiheng.cases.tasks import follow
from zhiheng.ledger import api as ledger

SEIZURE = "measure.seizure"
IN_TIME = {"return_signed": "SIGNED", "storage_charged": "false"}


def seized(walk):
    beside = walk.begins(SEIZURE)
    beside.does("approve", "implement")
    return beside


def ends(walk, beside):
    """The worker's round: what is over is marked, and who is told of it acts."""
    ledger.remind(at=walk.clock_now())
    for act in list(ledger.acts_of(beside.side.dossier)):
        if act.kind.startswith("deadline."):
            follow(act.pk, at=walk.clock_now())


@pytest.mark.law("acl-2011:18", "acl-2011:24", "acl-2011:28")
def test_sealed_and_lifted(walk_from):
    walk = walk_from(stage="collected")
    beside = walk.begins(SEIZURE, seizure_kind="SEAL")
    walk.todo(cast.AGENCY_HEAD).says("批准查封扣押")
    beside.does("approve")
    beside.does("implement", seizure_keeper_kind="THIRD").says("查封扣押中")
    assert beside.clock_of("seizure.period").due_on == date(2026, 4, 3)
    assert pending_facts(known_sides(walk.case))["seizure_pending"] is True
    beside.does("lift", lift_ground="UNRELATED").says("已解除")
    walk.todo(cast.OFFICER).says("退还")
    beside.does("return_goods", compensation_due="false", **IN_TIME).says("已退还")
    (good,) = beside.goods()
    assert (good.state, good.ended_on, good.due_on) == ("RETURNED", walk.day, None)
    assert pending_facts(known_sides(walk.case))["seizure_pending"] is False


@pytest.mark.law("acl-2011:18", "acl-2011:23", "acl-2011:24")
def test_what_is_missing_on_the_spot_stops_the_seizure(walk_from):
    walk = walk_from(stage="collected")
    beside = walk.begins(SEIZURE)
    beside.does("approve")
    beside.cannot("implement", measure_presence="NONE")
    beside.cannot("implement", seizure_handed="false")
    beside.cannot("implement", living_necessities="true")
    beside.cannot("implement", seizure_keeper_kind="THIRD")
    page = beside.cannot("implement", **{"goods_list-0-quantity": "两片"})
    assert any("第 1 行：数量请写数字" in line for line in page.errors)
    page = beside.cannot(
        "implement", **{f"goods_list-0-{c}": "" for c in ("name", "quantity", "unit", "value")}
    )
    assert any("清单" in line for line in page.errors)
    assert beside.goods() == []
    beside.does("implement")


def test_more_rows_are_given_without_losing_what_was_typed(walk_from):
    walk = walk_from(stage="collected")
    beside = walk.begins(SEIZURE)
    beside.does("approve")
    form = walk.sees(cast.OFFICER, beside.url("implement"))
    typed = {
        **beside.usual("implement"),
        "seizure_place": "物证室甲柜",
        "measure_presence": "WITNESS",
    }
    sent = {n: v[0] for n, v in form.fields.items()}
    client = walk.as_(cast.OFFICER)
    page = Page(client.post(beside.url("implement"), {**sent, **typed, "more_rows": "1"}))
    assert page.status == 200
    assert page.fields["seizure_place"] == ["物证室甲柜"]
    assert page.fields["measure_presence"] == ["WITNESS"]
    assert page.fields["goods_list-0-name"] == ["净化器滤网"]
    assert "goods_list-3-name" in page.fields
    assert not page.errors
    assert beside.goods() == []


@pytest.mark.law("acl-2011:25", "acl-2011:27")
def test_seized_extended_and_confiscated(walk_from):
    walk = walk_from(stage="collected")
    beside = seized(walk)
    walk.does("conclude")
    walk.go_to(date(2026, 3, 30))
    beside.does("extend")
    assert beside.clock_of("seizure.extension").due_on == date(2026, 5, 3), (
        "自原期限届满之日起三十日"
    )
    assert beside.goods()[0].due_on == date(2026, 5, 3)
    beside.cannot("extend")
    page = beside.cannot("decide_goods", goods_decision="CONFISCATE", destroy_prescribed="false")
    assert any("处罚决定" in line for line in page.errors)
    beside.does("tell_extension")
    walk.does("countersign", "review", "issue_notice", "serve_notice")
    walk.go_to(date(2026, 4, 10))
    walk.does("decide", "serve_decision")
    beside.does("decide_goods", goods_decision="CONFISCATE", destroy_prescribed="false")
    sold = {"storage_charged": "false", "disposal_proceeds": "300"}
    beside.cannot("carry_out", **sold).says("有所得的，请填写上缴国库的票据号")
    beside.does("carry_out", **sold, disposal_treasury_no="QH2026-018").says("已处理")
    (good,) = beside.goods()
    assert (good.state, good.proceeds_cents) == ("CONFISCATED", 30000)


@pytest.mark.law("acl-2011:19")
def test_an_emergency_is_approved_within_the_day(walk_from):
    walk = walk_from(stage="collected")
    beside = walk.begins(SEIZURE, seizure_urgent="true")
    beside.does("implement_urgent").says("待补批")
    walk.wait(20 * 60)
    beside.does("approve_after").says("查封扣押中")


@pytest.mark.law("acl-2011:19", "acl-2011:28")
def test_an_emergency_not_approved_in_a_day_is_lifted(walk_from):
    walk = walk_from(stage="collected")
    beside = walk.begins(SEIZURE, seizure_urgent="true")
    beside.does("implement_urgent")
    walk.go_to(date(2026, 3, 5))
    walk.wait(60)
    page = beside.cannot("approve_after")
    assert any("二十四小时" in line for line in page.errors)
    beside.does("lift", lift_ground="NOT_APPROVED")
    beside.does("return_goods", compensation_due="false", **IN_TIME).says("已退还")


def test_without_an_emergency_nothing_is_seized_before_approval(walk_from):
    walk = walk_from(stage="collected")
    beside = walk.begins(SEIZURE)
    beside.cannot("implement_urgent")
    beside.does("refuse").says("不批准")
    assert beside.goods() == []


@pytest.mark.law("acl-2011:25", "acl-2011:28")
def test_a_period_that_runs_out_raises_the_alarm_and_leaves_only_the_release(walk_from):
    walk = walk_from(stage="collected")
    beside = seized(walk)
    walk.go_to(date(2026, 4, 4))
    ends(walk, beside)
    kinds = [act.kind for act in ledger.acts_of(beside.side.dossier)]
    assert "deadline.missed" in kinds
    walk.todo(cast.AGENCY_HEAD).says("解除查封扣押")
    beside.cannot("decide_goods", goods_decision="HAND_OVER", destroy_prescribed="false")
    beside.cannot("extend")
    beside.does("lift", lift_ground="EXPIRED")
    beside.does("return_goods", compensation_due="false", **IN_TIME)


def test_a_case_cannot_be_withdrawn_with_goods_held(walk_from):
    walk = walk_from(stage="collected")
    beside = seized(walk)
    page = walk.cannot("withdraw")
    assert any("查封" in line for line in page.errors)
    beside.does("lift")
    walk.cannot("withdraw")
    beside.does("return_goods", compensation_due="false", **IN_TIME)
    walk.does("withdraw")


@pytest.mark.law("acl-2011:28")
def test_perishable_goods_are_sold_and_the_rest_goes_back_in_part(walk_from):
    walk = walk_from(stage="collected")
    beside = walk.begins(SEIZURE)
    beside.does("approve")
    fish = {"goods_list-1-name": "鲜鱼", "goods_list-1-quantity": "30.5", "goods_list-1-unit": "千克",
            "goods_list-2-name": "秤", "goods_list-2-quantity": "1", "goods_list-2-unit": "台"}  # fmt: skip
    beside.does("implement", **fish)
    filters, fish_good, scale = beside.goods()
    assert fish_good.amount == "30.5 千克"
    beside.does("sell_perishable", goods_chosen=[str(fish_good.pk)], sale_proceeds="800",
                sale_below_market="true")  # fmt: skip
    beside.does("return_part", goods_chosen=[str(scale.pk)], return_signed="SIGNED")
    beside.does("move_goods", goods_chosen=[str(filters.pk)], custody_move="STORE")
    beside.does("lift")
    beside.cannot("return_goods", compensation_due="false", **IN_TIME)
    beside.does("return_goods", compensation_due="true", **IN_TIME)
    assert [good.state for good in beside.goods()] == ["RETURNED", "AUCTIONED", "RETURNED"]
    acts = {act.pk: act for act in ledger.acts_of(beside.side.dossier)}
    moves = list(GoodMove.objects.filter(good__case=walk.case))
    assert len(moves) == 3 + 1 + 1 + 1 + 1
    named = [m for m in moves if m.digest]
    assert named
    assert all(move.digest in acts[move.act_id].evidence_digests for move in named)


def test_two_officers_release_at_once_and_only_one_does(walk_from):
    walk = walk_from(stage="collected")
    beside = seized(walk)
    beside.does("lift")
    address = beside.url("return_goods")
    one, two = walk.sees(cast.OFFICER, address), walk.sees(cast.SECOND_OFFICER, address)
    typed = {**beside.usual("return_goods"), "compensation_due": "false", **IN_TIME}
    assert walk.sends(cast.OFFICER, address, one, typed).path == beside.url()
    late = walk.sends(cast.SECOND_OFFICER, address, two, typed)
    assert late.status == 422
    assert any("刚刚办理了" in line for line in late.errors)
    assert [good.state for good in beside.goods()] == ["RETURNED"]
    assert GoodMove.objects.filter(good__case=walk.case, kind="ENDED").count() == 1


@pytest.mark.law("acl-2011:21")
def test_goods_go_along_when_the_case_goes_to_the_police(walk_from):
    walk = walk_from(stage="collected")
    beside = seized(walk)
    walk.does("conclude", crime_suspected="true")
    police = walk.begins("transfer.police")
    police.does("approve", transfer_package_complete="true")
    police.does("send", "police_file")
    police.does("hand_over", party_told_transfer="true")
    walk.does("transfer_crime")
    beside.does("decide_goods", goods_decision="HAND_OVER", destroy_prescribed="false")
    page = beside.cannot("carry_out", party_told_of_transfer="false", storage_charged="false")
    assert any("书面告知当事人" in line for line in page.errors)
    beside.does("carry_out", party_told_of_transfer="true", storage_charged="false")
    assert [good.state for good in beside.goods()] == ["HANDED_OVER"]
