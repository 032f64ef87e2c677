"""改终止日: an end that has been published is moved or lifted while its day has not come."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from tests import cast
from zhiheng.elements import services as elements
from zhiheng.elements.models import Grant, Item, OneThing, Proposal
from zhiheng.elements.tests.factories import AT, DRAFTER, PUBLISHER, draft, published, take
from zhiheng.kernel.errors import Invalid

pytestmark = pytest.mark.usefixtures("county")
ENDS = date(2027, 3, 1)
LATER, EARLIER = date(2027, 6, 1), date(2027, 1, 1)
DAY = timedelta(days=1)


def thing() -> OneThing:
    return OneThing.objects.known().order_by("code", "-valid_from").first()


@pytest.fixture
def ending() -> OneThing:
    """Something that nobody points at, with an end in the future."""
    published(draft(base=thing(), values={}, kind="END", slug="things", valid_from=ENDS))
    return thing()


def move(row, to: date | None, slug: str = "things", **more) -> Proposal:
    known = {"valid_from": min(to or ENDS, ENDS), "valid_until": to, "reason": "推迟"}
    return draft(base=row, values={}, kind="MOVE_END", slug=slug, **known | more)


@pytest.mark.parametrize("to", [LATER, EARLIER, None])
def test_three_people_move_or_lift_an_end(ending, to):
    published(move(ending, to))
    newest = thing()
    assert (newest.valid_until, newest.approved_by) == (to, "赵局长")
    assert newest.version == ending.version + 1


@pytest.mark.parametrize(
    ("to", "said"),
    [(ENDS, "一样"), (date(2026, 11, 20), "今天以后"), (date(2020, 1, 1), "今天以后")],
)
def test_days_that_make_no_sense_are_refused(ending, to, said):
    with pytest.raises(Invalid) as refused:
        move(ending, to)
    assert said in refused.value.fields["valid_until"]


def test_what_has_no_end_has_none_to_move():
    with pytest.raises(Invalid) as refused:
        move(thing(), LATER)
    assert "没有定终止日" in refused.value.fields["valid_until"]


def test_once_the_day_has_come_nothing_is_moved(ending):
    proposal = move(ending, LATER)
    take(proposal, "submit", DRAFTER)
    take(proposal, "approve", cast.LEGAL_REVIEWER)
    late = datetime(2027, 3, 1, 2, tzinfo=UTC)
    with pytest.raises(Invalid) as refused:
        take(proposal, "publish", PUBLISHER, at=late)
    assert "过了这天就不能再改" in refused.value.fields["valid_until"]
    assert thing().valid_until == ENDS


def test_a_code_given_to_another_from_that_day_on_stops_it(ending):
    other = OneThing(
        code=ending.code, name="接替的", region_code=ending.region_code, items=ending.items,
        lead_body=ending.lead_body, valid_from=ENDS,
    )  # fmt: skip
    elements.record(row=other, at=AT)
    with pytest.raises(Invalid) as refused:
        move(ending, LATER)
    assert "接替的" in refused.value.fields["valid_until"]


def test_what_was_to_end_together_moves_together():
    item = Item.objects.active(ENDS).get(code="QH-CG-024")
    published(draft(base=item, values={}, kind="END", slug="items", valid_from=ENDS, together=True))
    item = Item.objects.active(AT.date()).get(code="QH-CG-024")
    held = Grant.objects.known().filter(item__uid=item.uid, valid_until=ENDS).count()
    assert held
    published(move(item, LATER, slug="items", together=True))
    assert Item.objects.active(ENDS).filter(code="QH-CG-024").exists()
    assert Grant.objects.active(ENDS).filter(item__uid=item.uid).count() == held
    assert not Grant.objects.active(LATER).filter(item__uid=item.uid).exists()


def test_an_earlier_end_leaves_nobody_behind():
    item = Item.objects.active(ENDS).get(code="QH-CG-024")
    published(draft(base=item, values={}, kind="END", slug="items", valid_from=ENDS, together=True))
    item = Item.objects.active(AT.date()).get(code="QH-CG-024")
    with pytest.raises(Invalid) as refused:
        move(item, EARLIER, slug="items")
    assert "还有要素指向它" in refused.value.fields["valid_until"]
    published(move(item, EARLIER, slug="items", together=True))
    assert not Grant.objects.active(EARLIER).filter(item__uid=item.uid).exists()


def test_what_rests_on_something_that_ends_cannot_outlive_it():
    grant = Grant.objects.active(ENDS).filter(item__code="QH-CG-024").first()
    elements.amend(row=grant, changes={"valid_until": ENDS}, valid_from=grant.valid_from, at=AT)
    grant = Grant.objects.known().get(uid=grant.uid)
    for row in Item.objects.known().filter(uid=grant.item.uid):
        elements.end(row=row, valid_until=ENDS, at=AT)
    with pytest.raises(Invalid) as refused:
        move(grant, LATER, slug="grants")
    assert "已经终止" in refused.value.fields["valid_until"]


def test_on_screen_one_of_two_is_asked_for_and_the_past_is_refused(client, ending):
    admin = cast.sign_in(client, DRAFTER)
    here = ["things", ending.uid]
    show = admin.get(reverse("element_show", args=here)).content.decode()
    assert reverse("element_move_end", args=here) in show
    assert reverse("element_end", args=here) not in show
    address = reverse("element_move_end", args=here)
    wrong = admin.post(address, {"reason": "推迟", "key": "k"})
    assert "二选一" in wrong.content.decode()
    done = admin.post(address, {"lift": "on", "reason": "推迟", "key": "k"}, follow=True)
    assert "取消终止，继续有效" in done.content.decode()
    rest = OneThing.objects.known().exclude(uid=ending.uid).first()
    answer = admin.get(reverse("element_move_end", args=["things", rest.uid]), follow=True)
    assert "没有定终止日" in answer.content.decode()
