"""停用与恢复: out of use from a day on, by three people; what that means for everybody else."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests import cast
from zhiheng.elements import competence_memory, history, selectors
from zhiheng.elements import services as elements
from zhiheng.elements.api import may_body_do_item, officer_choices
from zhiheng.elements.models import Benchmark, Body, Grant, Item, Officer, Seal
from zhiheng.elements.picture_pages import lanes_of
from zhiheng.elements.sealing import seal_fault
from zhiheng.elements.tests.factories import AT, DRAFTER, draft, published, take
from zhiheng.elements.upkeep.links import RULES
from zhiheng.kernel.errors import Conflict, Invalid
from zhiheng.people.api import Account

pytestmark = pytest.mark.usefixtures("county")
FROM, BACK = date(2026, 12, 1), date(2027, 2, 1)
DAY = timedelta(days=1)
ASKED = {"body_code": "QH-ZF", "item_code": "QH-CG-001", "region_code": "339901"}


def item(on: date = FROM) -> Item:
    return Item.objects.as_of(on).get(code="QH-CG-001")


def paused(row, until: date | None = None, kind: str = "SUSPEND", on: date = FROM, slug="items"):
    """The element, out of use or back in use by a published proposal."""
    proposal = draft(
        base=row, values={}, kind=kind, slug=slug, valid_from=on, valid_until=until,
        reason="上级暂停执行",
    )  # fmt: skip
    return published(proposal)


def statuses(row) -> list[tuple[date, date | None, str]]:
    known = type(row).objects.known().filter(uid=row.uid).order_by("valid_from")
    late = [one for one in known if one.ends_after(FROM - DAY)]
    return [(one.valid_from, one.valid_until, one.status) for one in late]


def test_out_of_use_for_a_time_it_is_in_use_before_and_after():
    first = item().valid_from
    paused(item(), BACK)
    assert statuses(item()) == [
        (first, FROM, "ACTIVE"), (FROM, BACK, "SUSPENDED"), (BACK, None, "ACTIVE"),
    ]  # fmt: skip
    assert item().approved_by == "赵局长"


def test_out_of_use_until_further_notice_it_comes_back_by_another_proposal():
    paused(item())
    assert item(date(2030, 1, 1)).status == "SUSPENDED"
    paused(item(), kind="RESUME", on=BACK)
    assert [one[2] for one in statuses(item())] == ["ACTIVE", "SUSPENDED", "ACTIVE"]
    assert item(BACK).status == "ACTIVE"


def test_a_suspension_that_has_not_begun_is_called_off():
    paused(item(), BACK)
    paused(item(), kind="RESUME", on=FROM)
    assert {one[2] for one in statuses(item())} == {"ACTIVE"}


def test_versions_that_come_later_are_out_of_use_as_well():
    elements.amend(row=item(), changes={"name": "新名"}, valid_from=FROM + 10 * DAY, at=AT)
    paused(item())
    assert [one[2] for one in statuses(item())] == ["ACTIVE", "SUSPENDED", "SUSPENDED"]


@pytest.mark.parametrize(
    ("kind", "until", "field", "said"),
    [
        ("RESUME", None, "valid_from", "没有停用"),
        ("SUSPEND", FROM, "valid_until", "晚于停用的日子"),
    ],
)
def test_what_makes_no_sense_is_refused(kind, until, field, said):
    with pytest.raises(Invalid) as refused:
        paused(item(), until, kind=kind)
    assert said in refused.value.fields[field]


def test_who_is_out_of_use_is_not_put_out_of_use_again():
    paused(item())
    with pytest.raises(Invalid) as refused:
        paused(item())
    assert "不用再停用" in refused.value.fields["valid_from"]


@pytest.mark.parametrize("memory", [False, True])
@pytest.mark.parametrize(
    ("slug", "row"),
    [
        ("items", lambda: item()),
        ("bodies", lambda: Body.objects.active(FROM).get(code="QH-ZF")),
        ("grants", lambda: Grant.objects.active(FROM).get(
            body__code="QH-ZF", item__code="QH-CG-001", region_code="339901")),
    ],
)  # fmt: skip
def test_no_competence_comes_of_what_is_out_of_use(slug, row, memory):
    assert may_body_do_item(**ASKED, on=FROM).ok
    paused(row(), BACK, slug=slug)
    if memory:
        competence_memory.refresh()
    answers = [may_body_do_item(**ASKED, on=day).ok for day in (FROM - DAY, FROM, BACK)]
    competence_memory.forget()
    assert answers == [True, False, True]


def test_an_item_out_of_use_is_not_offered():
    name = item().name
    paused(item(), BACK)
    offered = [
        "QH-CG-001" in {one.code for one in selectors.find_items(text=name, on=day)}
        for day in (FROM - DAY, FROM, BACK)
    ]
    assert offered == [True, False, True]


def test_an_officer_out_of_use_is_not_assigned():
    account = Account.objects.get(username=cast.OFFICER)
    officer = Officer.objects.active(FROM).get(account=account)
    paused(officer, BACK, slug="officers")
    refused = [bool(officer_choices(accounts=[account], on=d)[1]) for d in (FROM - DAY, FROM, BACK)]
    assert refused == [False, True, False]
    labels, _ = officer_choices(accounts=[account], on=FROM)
    assert "停用" in labels[0][1]


def test_a_seal_out_of_use_stands_on_nothing():
    seal = Seal.objects.active(FROM).get(body__code="QH-ZF")
    code = seal.templates[0]
    paused(seal, BACK, slug="seals")
    faults = [
        seal_fault(body_code="QH-ZF", document_code=code, on=d) for d in (FROM - DAY, FROM, BACK)
    ]
    assert [bool(one) for one in faults] == [False, True, False]
    assert seal.name in faults[1]


def test_what_points_at_an_item_out_of_use_needs_no_mending():
    rules = {one.id: one for one in RULES}
    paused(item(), BACK)
    for name in ("benchmark.item", "grant.item", "example.item"):
        assert list(rules[name].find(FROM, FROM)) == []
    law = item().penalty_basis
    elements.amend(row=law, changes={"status": "SUSPENDED"}, valid_from=law.valid_from, at=AT)
    other = [one.key for one in rules["item.penalty"].find(FROM - DAY, FROM - DAY)]
    assert str(item().uid) in other  # a clause that is out of use carries no item


def test_history_and_time_line_tell_of_it():
    paused(item(), BACK)
    moments = history.moments(versions=list(Item.objects.history(item().uid)), open_personal=False)
    assert ("状态", "有效", "停用") in {
        (one.label, one.before, one.after) for one in moments[0].changes
    }
    lanes = dict(lanes_of(item()))
    assert [one.tone for one in lanes["事项"]][-3:] == ["", "stopped", ""]


def test_the_page_offers_what_fits(client):
    admin = cast.sign_in(client, DRAFTER)
    address = reverse("element_show", args=["items", item().uid])
    assert ">停用<" in admin.get(address).content.decode().replace("</svg>", ">")
    paused(item(AT.date()), on=AT.date())
    words = admin.get(address).content.decode()
    assert reverse("element_resume", args=["items", item().uid]) in words
    assert reverse("element_suspend", args=["items", item().uid]) not in words


def test_drafted_on_screen_the_form_keeps_what_was_typed(client):
    admin = cast.sign_in(client, DRAFTER)
    address = reverse("element_suspend", args=["items", item().uid])
    shown = admin.get(address).content.decode()
    assert "停用期间它们不用改" in shown
    sent = {"valid_from": "2026-12-10", "valid_until": "2026-12-01", "reason": "上级暂停",
            "key": "k-1"}  # fmt: skip
    wrong = admin.post(address, sent)
    assert wrong.status_code == 422
    assert "恢复的日子应晚于停用的日子" in wrong.content.decode()
    assert "上级暂停" in wrong.content.decode()
    done = admin.post(address, sent | {"valid_until": "2027-01-01"}, follow=True)
    words = done.content.decode()
    assert "停用　" in words
    assert "2027年1月1日" in words


def test_two_who_stop_it_at_once_and_the_second_is_told():
    first = draft(base=item(), values={}, kind="SUSPEND", slug="items", valid_from=FROM)
    second = draft(base=item(), values={}, kind="SUSPEND", slug="items", valid_from=FROM,
                   by=cast.SECOND_ELEMENT_ADMIN)  # fmt: skip
    take(second, "submit", cast.SECOND_ELEMENT_ADMIN)
    take(second, "approve", "wangshenhe")
    published(first)
    with pytest.raises(Conflict, match="被别人改过"):
        take(second, "publish", "zhaojuzhang")


def test_a_benchmark_out_of_use_is_not_applied():
    row = Benchmark.objects.active(FROM).filter(item__code="QH-CG-001").first()
    paused(row, BACK, slug="benchmarks")
    assert selectors.benchmark_for(item=item(), on=FROM) is None
    assert selectors.benchmark_for(item=item(), on=BACK) is not None
