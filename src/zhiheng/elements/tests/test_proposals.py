"""A change of an element: drafted, reviewed and published by three different people."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from zhiheng.elements import services as elements
from zhiheng.elements.models import Body, DutyBoundary, Item, Proposal, ProposalStep
from zhiheng.elements.proposals import comparing, selectors, services
from zhiheng.elements.proposals.applying import target_of
from zhiheng.elements.tests.factories import (
    AT,
    DRAFTER,
    FROM,
    PUBLISHER,
    REVIEWER,
    boundary,
    draft,
    draft_of_boundary,
    published,
    take,
)
from zhiheng.kernel.errors import Conflict, Invalid, NotAllowed

pytestmark = pytest.mark.usefixtures("county")
SECOND = cast.SECOND_ELEMENT_ADMIN
NEW = "县司法局执法协调科"


def now_and_then() -> tuple[str, str]:
    """What the boundary says the day before and on the day of the change."""
    known = DutyBoundary.objects
    before = known.active(FROM - timedelta(days=1)).get(code="QH-BJ-01")
    return before.dispute_channel, known.active(FROM).get(code="QH-BJ-01").dispute_channel


def test_three_people_bring_a_change_into_the_register():
    old = boundary().dispute_channel
    done = published(draft_of_boundary(dispute_channel=NEW))
    assert now_and_then() == (old, NEW)
    assert (done.drafted_by.name, done.reviewed_by.name, done.published_by.name) == (
        "褚要素", "王审核", "赵局长",
    )  # fmt: skip
    newest = DutyBoundary.objects.active(FROM).get(code="QH-BJ-01")
    assert newest.approved_by == "赵局长"


@pytest.mark.parametrize(
    ("steps", "refused", "by", "why"),
    [
        (["submit"], "approve", DRAFTER, "须由别人"),
        (["submit", "approve"], "publish", DRAFTER, "须由别人"),
        (["submit"], "approve", "lizhifa", "角色不能"),
        (["submit"], "publish", PUBLISHER, "不在这一步"),
        ([], "submit", SECOND, "只有起草人"),
        (["submit"], "withdraw", SECOND, "只有起草人"),
    ],
)
def test_nobody_takes_a_step_that_is_not_theirs(steps, refused, by, why):
    proposal = draft_of_boundary(dispute_channel=NEW)
    for step in steps:
        take(proposal, step, DRAFTER if step == "submit" else REVIEWER)
    with pytest.raises(NotAllowed, match=why):
        take(proposal, refused, by)
    assert boundary().version == 1


def test_whoever_reviewed_does_not_publish():
    proposal = draft_of_boundary(dispute_channel=NEW)
    take(proposal, "submit", DRAFTER)
    take(proposal, "approve", SECOND)
    with pytest.raises(NotAllowed, match="第三个人"):
        take(proposal, "publish", SECOND)


def test_a_return_needs_a_reason_and_leads_back_to_the_drafter():
    proposal = draft_of_boundary(dispute_channel=NEW)
    take(proposal, "submit", DRAFTER)
    with pytest.raises(Invalid, match="理由"):
        take(proposal, "return", REVIEWER)
    back = take(proposal, "return", REVIEWER, note="文号没有写")
    assert (back.state, back.returned_reason) == ("DRAFT", "文号没有写")
    waiting = selectors.waiting_for(actor=cast.actor(DRAFTER))
    assert [(one.key, one.count) for one in waiting] == [("returned", "1")]
    again = services.revise(
        proposal=back, values={"dispute_channel": NEW}, valid_from=FROM, reason="机构调整",
        approve_doc="青政办〔2026〕1号", actor=cast.actor(DRAFTER), at=AT,
    )  # fmt: skip
    assert published(again).state == "PUBLISHED"


def test_a_draft_that_is_withdrawn_changes_nothing():
    proposal = draft_of_boundary(dispute_channel=NEW)
    assert take(proposal, "withdraw", DRAFTER).state == "WITHDRAWN"
    assert boundary().version == 1
    with pytest.raises(NotAllowed):
        take(proposal, "submit", DRAFTER)


def test_a_second_click_takes_nothing_twice():
    first = draft_of_boundary(key="k-1", dispute_channel=NEW)
    assert draft_of_boundary(key="k-1", dispute_channel="别的").pk == first.pk
    published(first)
    take(first, "publish", PUBLISHER)
    assert DutyBoundary.objects.filter(code="QH-BJ-01").count() == 3
    kinds = list(first.steps.order_by("id").values_list("kind", flat=True))
    assert kinds == ["DRAFTED", "SUBMITTED", "APPROVED", "PUBLISHED"]


def test_what_waits_is_shown_to_those_who_can_take_it():
    proposal = draft_of_boundary(dispute_channel=NEW)
    take(proposal, "submit", DRAFTER)

    def keys(username: str) -> list[str]:
        return [one.key for one in selectors.waiting_for(actor=cast.actor(username))]

    assert (keys(REVIEWER), keys(SECOND), keys(DRAFTER)) == (["review"], ["review"], ["sent"])
    take(proposal, "approve", SECOND)
    assert (keys(PUBLISHER), keys(SECOND), keys(REVIEWER)) == (["publish"], [], [])


def test_two_administrators_at_once_and_the_second_carries_over():
    mine = draft_of_boundary(by=SECOND, dispute_channel="我的渠道", after_care="我的后续")
    published(draft_of_boundary(dispute_channel=NEW, daily_inspection="改了检查"))
    take(mine, "submit", SECOND)
    take(mine, "approve", DRAFTER)
    with pytest.raises(Conflict, match="被别人改过"):
        take(mine, "publish", PUBLISHER)
    target = target_of(proposal=mine)
    assert target.stale
    rows = comparing.three_way(proposal=mine, target=target, open_personal=False)
    assert {one.name: one.choose for one in rows} == {
        "daily_inspection": False, "dispute_channel": True, "after_care": False,
    }  # fmt: skip
    kept = comparing.carried(proposal=mine, target=target, choices={"dispute_channel": "theirs"})
    assert kept == {"after_care": "我的后续"}
    moved = services.carry_over(proposal=mine, values=kept, actor=cast.actor(SECOND), at=AT)
    assert (moved.state, moved.reviewed_by) == ("DRAFT", None)
    published(moved)
    newest = DutyBoundary.objects.active(FROM).get(code="QH-BJ-01")
    assert (newest.dispute_channel, newest.daily_inspection, newest.after_care) == (
        NEW, "改了检查", "我的后续",
    )  # fmt: skip


def test_one_sees_that_somebody_else_is_at_it():
    draft_of_boundary(by=SECOND, dispute_channel=NEW)
    assert [one.drafted_by.name for one in selectors.open_on(uid=boundary().uid)] == ["魏要素"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": "QH-BJ-02"}, "code"),
        ({"assist_bodies": ["QH-NOBODY"]}, "assist_bodies"),
        ({"items": ["QH-CG-001", "QH-CG-999"]}, "items"),
        ({"matter": " "}, "matter"),
        ({"doc_no": "长" * 81}, "doc_no"),
    ],
)
def test_what_could_not_be_published_is_not_drafted(values, field):
    with pytest.raises(Invalid) as refused:
        draft_of_boundary(**values)
    assert field in refused.value.fields
    assert not Proposal.objects.exists()


def test_a_change_before_the_version_began_is_refused():
    with pytest.raises(Invalid) as refused:
        draft(base=boundary(), values={"dispute_channel": NEW}, valid_from=date(2020, 1, 1))
    assert "valid_from" in refused.value.fields


def test_a_link_to_what_has_ended_is_refused():
    body = Body.objects.known().get(code="QH-WJ")
    elements.end(row=body, valid_until=date(2026, 10, 1), at=AT)
    with pytest.raises(Invalid) as refused:
        draft_of_boundary(penalty_body=body.pk)
    assert "终止" in refused.value.fields["penalty_body"]


def test_what_belongs_to_the_nation_is_not_changed_by_a_county():
    item = Item.objects.active(FROM).get(code="QH-CG-001")
    law = item.penalty_basis.basis
    with pytest.raises(NotAllowed, match="不属于您管理的地区"):
        draft(base=law, values={"title": "改名"}, slug="bases")


def test_a_new_element_is_born_by_publication():
    proposal = draft(
        base=None, kind="NEW", slug="things", region_code="339901",
        values={
            "code": "QH-JS-99", "name": "犬只管理一件事", "items": ["QH-NY-001"],
            "lead_body": Body.objects.active(FROM).get(code="QH-NY").pk,
        },
    )  # fmt: skip
    assert proposal.title == "犬只管理一件事"
    published(proposal)
    from zhiheng.elements.models import OneThing

    born = OneThing.objects.active(FROM).get(code="QH-JS-99")
    assert (born.uid, born.valid_from) == (proposal.element_uid, FROM)


def test_an_element_that_others_point_at_ends_only_with_them():
    item = Item.objects.active(FROM).get(code="QH-CG-024")
    with pytest.raises(Conflict, match="指向它"):
        draft(base=item, values={}, kind="END", slug="items")
    together = draft(base=item, values={}, kind="END", slug="items", together=True)
    assert len(together.together) >= 6
    published(together)
    assert not Item.objects.active(FROM).filter(code="QH-CG-024").exists()
    assert Item.objects.active(FROM - timedelta(days=1)).filter(code="QH-CG-024").exists()
    from zhiheng.elements.links import pointing_at

    assert pointing_at(row=item, on=FROM) == []


def test_somebody_who_begins_to_point_meanwhile_stops_the_end():
    body = Body.objects.known().get(code="QH-WJ")
    ending = draft(base=body, values={}, kind="END", slug="bodies", together=True)
    take(ending, "submit", DRAFTER)
    take(ending, "approve", REVIEWER)
    elements.amend(row=boundary(), changes={"assist_bodies": ["QH-WJ"]}, valid_from=FROM, at=AT)
    with pytest.raises(Conflict, match="餐饮油烟扰民"):
        take(ending, "publish", PUBLISHER)
    assert Body.objects.active(FROM).filter(code="QH-WJ").exists()


def test_the_steps_of_a_proposal_cannot_be_rewritten():
    draft_of_boundary(dispute_channel=NEW)
    with pytest.raises(IntegrityError, match="不能修改或删除"), transaction.atomic():
        ProposalStep.objects.update(note="改写")


def test_a_citizen_s_name_stands_in_no_title():
    from zhiheng.elements.models import Subject

    person = Subject.objects.known().filter(kind="CITIZEN").first()
    proposal = draft(base=person, values={"is_minor": True}, slug="subjects")
    assert person.name not in proposal.title
