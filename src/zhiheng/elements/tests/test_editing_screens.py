"""Editing in the browser: forms keep what was typed, three people walk a change through."""

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import cast
from zhiheng.elements.models import DutyBoundary, Expert, Item, Laboratory, Proposal, Subject
from zhiheng.elements.registers import REGISTERS
from zhiheng.elements.tests.factories import (
    AT,
    DRAFTER,
    PUBLISHER,
    REVIEWER,
    boundary,
    draft_of_boundary,
    published,
    take,
)
from zhiheng.kernel import ciphers

pytestmark = pytest.mark.usefixtures("county")
SECOND = cast.SECOND_ELEMENT_ADMIN


def signed(username: str) -> Client:
    return cast.sign_in(Client(), username)


def filled(client: Client, address: str, **typed: object) -> dict[str, object]:
    """What the form at an address would send, with some boxes typed over."""
    form = client.get(address).context["form"]
    data: dict[str, object] = {}
    for bound in form:
        value = bound.value()
        shown = bound.field.widget.format_value(value)
        data[bound.html_name] = "" if value is None else shown if shown is not None else ""
        if isinstance(value, bool):
            data[bound.html_name] = "true" if value else "false"
    return data | typed


@pytest.mark.parametrize("slug", REGISTERS)
def test_every_register_has_a_form_for_new_ones_and_for_changes(slug):
    admin = signed(DRAFTER)
    assert admin.get(reverse("element_new", args=[slug])).status_code == 200
    row = REGISTERS[slug].model.objects.active(cast.ON).first()
    assert admin.get(reverse("element_edit", args=[slug, row.uid])).status_code == 200
    assert admin.get(reverse("element_end", args=[slug, row.uid])).status_code == 200


@pytest.mark.parametrize("slug", REGISTERS)
def test_a_form_sent_as_it_came_changes_nothing(slug):
    admin = signed(DRAFTER)
    rows = REGISTERS[slug].model.objects.active(cast.ON)
    row = rows.filter(region_code__startswith="3399").first() or rows.first()
    address = reverse("element_edit", args=[slug, row.uid])
    answer = admin.post(address, filled(admin, address, reason="看看"))
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "什么也没有改" in words, answer.context["form"].errors


def test_a_change_is_walked_through_by_three_people():
    admin, row = signed(DRAFTER), boundary()
    address = reverse("element_edit", args=["boundaries", row.uid])
    typed = {
        "dispute_channel": "县司法局执法协调科",
        "reason": "机构调整",
        "valid_from": "2026-12-01",
    }
    answer = admin.post(address, filled(admin, address, **typed))
    proposal = Proposal.objects.get()
    here = reverse("element_proposal", args=[proposal.pk])
    assert answer.url == here
    page = admin.get(here).content.decode()
    assert "县司法局执法协调科" in page
    assert "起草人提交" in page

    def step(who: str, step_id: str) -> None:
        done = reverse("element_proposal_step", args=[proposal.pk, step_id])
        assert signed(who).get(done).status_code == 200
        assert signed(who).post(done, {"note": ""}).url == here

    step(DRAFTER, "submit")
    assert "须由别人来办" in admin.get(here).content.decode()
    step(REVIEWER, "approve")
    assert "第三人发布" in signed(REVIEWER).get(here).content.decode()
    assert not ProcrastinateJob.objects.filter(task_name="elements.sweep_now").exists()
    step(PUBLISHER, "publish")
    assert ProcrastinateJob.objects.filter(task_name="elements.sweep_now").count() == 1
    newest = DutyBoundary.objects.as_of(typed_day()).get(code="QH-BJ-01")
    assert newest.dispute_channel == "县司法局执法协调科"
    shown = admin.get(reverse("element_show", args=["boundaries", row.uid])).content.decode()
    assert "县司法局执法协调科" in shown
    assert "赵局长" in shown
    assert "餐饮油烟扰民" in admin.get(reverse("element_home")).content.decode()


def typed_day():
    from datetime import date

    return date(2026, 12, 1)


def test_the_button_pressed_twice_makes_one_draft():
    admin = signed(DRAFTER)
    address = reverse("element_edit", args=["boundaries", boundary().uid])
    data = filled(admin, address, reason="一次", matter="改名")
    first, second = admin.post(address, data), admin.post(address, data)
    assert first.url == second.url
    assert Proposal.objects.count() == 1


def test_a_wrong_field_keeps_all_that_was_typed():
    admin = signed(DRAFTER)
    address = reverse("element_edit", args=["boundaries", boundary().uid])
    data = filled(admin, address, reason="试", items="QH-CG-001\nQH-XX-404", matter="打了很多字")
    answer = admin.post(address, data)
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "QH-XX-404" in words
    assert "打了很多字" in words


def test_a_link_is_named_by_its_code_and_money_is_typed_in_yuan():
    admin = signed(DRAFTER)
    item = Item.objects.active(cast.ON).get(code="QH-CG-018")
    address = reverse("element_edit", args=["items", item.uid])
    data = filled(
        admin, address, reason="幅度调整", fine_max_cents="0.2万",
        penalty_basis="zj-appearance-2021 16.3", valid_from="2026-12-01",
    )  # fmt: skip
    assert admin.post(address, data).status_code == 302
    kept = Proposal.objects.get().values
    assert kept["fine_max_cents"] == 200_000
    assert set(kept) == {"fine_max_cents", "penalty_basis"}
    wrong = admin.post(address, data | {"penalty_basis": "不存在 1.1"})
    assert "没有“不存在 1.1”" in wrong.content.decode()


def test_the_second_administrator_sees_who_is_at_it_and_who_was_faster():
    other = signed(SECOND)
    draft = draft_of_boundary(by=SECOND, dispute_channel="我的")
    edit = signed(DRAFTER).get(reverse("element_edit", args=["boundaries", boundary().uid]))
    assert "魏要素" in edit.content.decode()
    published(draft_of_boundary(dispute_channel="他们的"))
    here = other.get(reverse("element_proposal", args=[draft.pk])).content.decode()
    assert "褚要素" in here
    assert "争议协调" in here
    carry = reverse("element_proposal_carry", args=[draft.pk])
    three = other.get(carry).content.decode()
    assert "他们的" in three
    assert "我的" in three
    assert other.post(carry, {"dispute_channel": "mine"}).status_code == 302
    draft.refresh_from_db()
    assert draft.values == {"dispute_channel": "我的"}
    published(draft)


def test_publishing_on_a_version_that_has_gone_is_a_sentence():
    mine = draft_of_boundary(by=SECOND, dispute_channel="我的")
    take(mine, "submit", SECOND)
    take(mine, "approve", REVIEWER)
    other = draft_of_boundary(dispute_channel="他们的")
    take(other, "submit", DRAFTER)
    take(other, "approve", SECOND)
    take(other, "publish", PUBLISHER)
    answer = signed(PUBLISHER).post(reverse("element_proposal_step", args=[mine.pk, "publish"]))
    assert answer.status_code == 409
    assert "最新版本" in answer.content.decode()


def test_a_sealed_field_is_typed_open_and_kept_sealed():
    admin = signed(DRAFTER)
    expert = Expert.objects.known().first()
    address = reverse("element_edit", args=["experts", expert.uid])
    page = admin.get(address).content.decode()
    assert ciphers.open_field(expert.phone) not in page
    admin.post(address, filled(admin, address, reason="换号", phone="10001112222"))
    proposal = Proposal.objects.get()
    assert ciphers.open_field(proposal.values["phone"]) == "10001112222"
    seen = signed(DRAFTER).get(reverse("element_proposal", args=[proposal.pk])).content.decode()
    assert "10001112222" not in seen
    assert "100****2222" in seen


def test_who_may_not_see_a_person_s_name_does_not_edit_it():
    person = Subject.objects.known().filter(kind="CITIZEN").first()
    page = signed(DRAFTER).get(reverse("element_edit", args=["subjects", person.uid]))
    assert "name" not in page.context["form"].fields
    assert person.name not in page.content.decode()


def test_ending_lists_who_points_and_asks():
    admin = signed(DRAFTER)
    item = Item.objects.active(cast.ON).get(code="QH-CG-001")
    address = reverse("element_end", args=["items", item.uid])
    page = admin.get(address).content.decode()
    assert "QH-CL-CG-001" in page
    refused = admin.post(address, filled(admin, address, reason="取消"))
    assert refused.status_code == 422
    assert "一并终止" in refused.content.decode()
    assert (
        admin.post(address, filled(admin, address, reason="取消", together="on")).status_code == 302
    )


def test_an_owner_is_given_and_seen():
    admin, row = signed(DRAFTER), Laboratory.objects.known().first()
    address = reverse("element_owner", args=["laboratories", row.uid])
    assert "不止一人" not in admin.post(address, {"owner": "魏要素"}).content.decode()
    page = reverse("element_show", args=["laboratories", row.uid])
    assert "魏要素" in admin.get(page).content.decode()
    listed = reverse("element_list", args=["laboratories"])
    assert row.name in signed(SECOND).get(listed, {"mine": "1"}).content.decode()
    assert row.name not in admin.get(listed, {"mine": "1"}).content.decode()
    assert admin.post(address, {"owner": "没有这个人"}).status_code == 422
    assert Laboratory.objects.history(row.uid)[0].name == row.name


def test_a_page_of_changes_costs_few_queries(django_assert_max_num_queries):
    admin, proposal = signed(DRAFTER), draft_of_boundary(dispute_channel="新")
    here = reverse("element_proposal", args=[proposal.pk])
    admin.get(here)
    with django_assert_max_num_queries(30):
        admin.get(here)
    with django_assert_max_num_queries(10):
        admin.get(reverse("element_proposals"))
    assert proposal.drafted_at == AT
