"""A candidate becomes an item by three people: drafted, reviewed, published, or sent back."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from tests import cast
from zhiheng.elements import services as elements
from zhiheng.elements.candidates import services
from zhiheng.elements.models import Basis, BasisNode, Item, ItemCandidate, Proposal
from zhiheng.elements.proposals import services as proposals
from zhiheng.elements.tests import clause_maker
from zhiheng.elements.tests.factories import DRAFTER, PUBLISHER, REVIEWER, published, take
from zhiheng.elements.tests.test_candidates import AT, VALUES
from zhiheng.kernel.errors import Conflict, Invalid, NotAllowed

SECOND = cast.SECOND_ELEMENT_ADMIN
SENT = {"way": "accept", "name": "风筝未编号", "code": "QH-FZ-001", "domain": "urban",
        "valid_from": "2026-12-01"}  # fmt: skip


@pytest.fixture
def first(county):
    return clause_maker.candidate()


def accept(candidate, by=DRAFTER, **changed):
    return services.accept(
        number=candidate.pk, actor=cast.actor(by), at=AT, **VALUES | changed
    )  # fmt: skip


def bare_item() -> Item:
    row = Item(code="QH-FZ-009", name="风筝", domain="urban", kind="PENALTY",
               region_code="339901", valid_from=date(2024, 1, 1))  # fmt: skip
    return elements.record(row=row, at=AT - timedelta(days=1))


def state_of(candidate) -> tuple[str, str]:
    candidate.refresh_from_db()
    return candidate.state, candidate.reason


def test_accepted_it_waits_for_two_more_people_and_is_no_item_yet(first):
    proposal = accept(first)
    assert state_of(first)[0] == "IN_PROPOSAL"
    assert first.proposal_id == proposal.pk
    assert not Item.objects.filter(code=VALUES["code"]).exists()
    assert not Basis.objects.filter(law_version=first.law_version).exists()


def test_published_it_is_an_item_that_stands_on_the_place_in_the_law(first):
    published(accept(first))
    stored = Item.objects.active(date(2026, 11, 20)).get(code=VALUES["code"])
    node = stored.penalty_basis
    assert (node.law_node_id, node.basis.law_version_id) == (
        first.law_node_id,
        first.law_version_id,
    )
    assert (node.label, node.approved_by) == ("第一条第一款", "赵局长")
    assert stored.valid_from == date(2024, 3, 1)  # not before its law
    assert stored.penalty_kinds == ["WARNING", "FINE"]
    assert (stored.fine_min_cents, stored.fine_max_cents) == (100_000, 500_000)
    assert stored.refusal_required
    assert stored.order_correction
    assert stored.fine_rules[0]["party"] == "直接责任人员"
    assert state_of(first)[0] == "ACCEPTED"
    assert first.item_uid == stored.uid


def test_two_candidates_of_one_law_share_its_basis(first):
    published(accept(first))
    other = ItemCandidate.objects.get(law_node__path="2/1")
    published(accept(other, code="QH-FZ-002"))
    assert Basis.objects.filter(law_version=first.law_version).count() == 1


@pytest.mark.parametrize(
    ("steps", "by", "said"),
    [
        (["submit", "return"], REVIEWER, "王审核退回了变更单：名称不对"),
        (["submit", "approve", "send_back"], PUBLISHER, "赵局长退回了变更单：名称不对"),
        (["submit", "withdraw"], DRAFTER, "褚要素撤回了变更单：名称不对"),
    ],
)
def test_what_comes_back_is_open_again_with_the_reason(first, steps, by, said):
    proposal = accept(first)
    takers = {"submit": DRAFTER, "approve": REVIEWER}
    for step in steps:
        take(proposal, step, takers.get(step, by), note="名称不对")
    assert state_of(first) == ("OPEN", said)
    assert not BasisNode.objects.filter(law_node=first.law_node).exists()


def test_a_returned_draft_that_is_mended_takes_its_candidate_along(first):
    proposal = accept(first)
    take(proposal, "submit", DRAFTER)
    take(proposal, "return", REVIEWER, note="名称不对")
    take(proposal, "submit", DRAFTER)
    assert state_of(first) == ("IN_PROPOSAL", "")
    take(proposal, "approve", REVIEWER)
    take(proposal, "publish", PUBLISHER)
    assert state_of(first)[0] == "ACCEPTED"


def test_decided_anew_the_returned_draft_is_given_up(first):
    proposal = accept(first)
    take(proposal, "submit", DRAFTER)
    take(proposal, "return", REVIEWER, note="名称不对")
    again = accept(first, by=SECOND)
    proposal.refresh_from_db()
    assert proposal.state == "WITHDRAWN"
    with pytest.raises(NotAllowed):
        take(proposal, "submit", DRAFTER)
    published(again)
    assert Item.objects.filter(code=VALUES["code"]).count() == 1


def test_a_code_on_its_way_is_refused(first):
    accept(first)
    with pytest.raises(Invalid) as refused:
        accept(ItemCandidate.objects.get(law_node__path="2/1"))
    assert "褚要素的变更单已经用了编码" in refused.value.fields["code"]


def test_an_item_does_not_begin_before_its_law(first):
    proposal = accept(first)
    moved = proposals.revise(
        proposal=proposal, values=proposal.values, valid_from=date(2020, 1, 1), reason="早一点",
        approve_doc="", actor=cast.actor(DRAFTER), at=AT,
    )  # fmt: skip
    with pytest.raises(Invalid) as refused:
        take(moved, "submit", DRAFTER)
    assert "起施行" in refused.value.fields["valid_from"]


def test_a_merged_item_without_a_clause_gets_one_by_three_people(first):
    bare = bare_item()
    proposal = services.merge(
        number=first.pk, code=bare.code, reason="同一件事", actor=cast.actor(DRAFTER), at=AT
    )
    assert isinstance(proposal, Proposal)
    assert Item.objects.known().get(uid=bare.uid).penalty_basis is None
    published(proposal)
    assert Item.objects.active(AT.date()).get(uid=bare.uid).penalty_basis.law_node_id == (
        first.law_node_id
    )
    assert state_of(first)[0] == "MERGED"
    assert first.item_uid == bare.uid


def test_a_proposal_of_the_item_s_clause_shows_it_before_it_is_registered(client, first):
    bare = bare_item()
    proposal = services.merge(
        number=first.pk, code=bare.code, reason="", actor=cast.actor(DRAFTER), at=AT, submit=True
    )
    words = page_of(client, proposal, REVIEWER)
    plain = re.sub(r"<[^>]+>", "", words)
    assert "《风筝管理办法》第一条第一款（发布时一并登记这一条款）" in plain


def page_of(client, proposal, username) -> str:
    address = reverse("element_proposal", args=[proposal.pk])
    return cast.sign_in(client, username).get(address).content.decode()


@pytest.mark.parametrize("username", [REVIEWER, PUBLISHER])
def test_reviewer_and_publisher_see_every_value_and_the_words_it_rests_on(client, first, username):
    proposal = accept(first, submit=True)
    words = page_of(client, proposal, username)
    assert '<mark class="on-amount" title="罚多少">一千元以上五千元以下</mark>' in words
    for value in (
        "风筝未编号",
        "QH-FZ-001",
        "1,000 元",
        "5,000 元",
        "《风筝管理办法》第一条第一款",
    ):
        assert value in words


def test_accepting_on_screen_goes_to_review_and_on_to_the_next(client, first):
    admin, address = cast.sign_in(client, DRAFTER), reverse("candidate", args=[first.pk])
    answer = admin.post(address, SENT)
    second = ItemCandidate.objects.filter(state="OPEN").order_by("id").first()
    assert answer.url == reverse("candidate", args=[second.pk])
    assert Proposal.objects.get().state == "IN_REVIEW"
    words = admin.get(address).content.decode()
    assert "已拟稿，待审核发布" in words
    assert reverse("element_proposal", args=[Proposal.objects.get().pk]) in words


def test_drafted_only_the_draft_is_opened(client, first):
    admin = cast.sign_in(client, DRAFTER)
    answer = admin.post(reverse("candidate", args=[first.pk]), SENT | {"way": "accept-draft"})
    proposal = Proposal.objects.get()
    assert (proposal.state, answer.url) == (
        "DRAFT", reverse("element_proposal", args=[proposal.pk]),
    )  # fmt: skip


def test_the_drafter_finds_the_returned_draft_from_the_candidate(client, first):
    proposal = accept(first, submit=True)
    take(proposal, "return", REVIEWER, note="名称不对")
    address = reverse("candidate", args=[first.pk])
    own = cast.sign_in(client, DRAFTER).get(address).content.decode()
    assert "打开退回的草稿" in own
    assert "名称不对" in own
    others = cast.sign_in(client, SECOND).get(address).content.decode()
    assert "名称不对" in others
    assert "打开退回的草稿" not in others


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_wins_and_the_other_is_told():
    cast.county()
    found = clause_maker.candidate()

    def try_it(by: str) -> str:
        try:
            return f"{accept(found, by=by, code=f'QH-FZ-{by}').pk}"
        except Conflict as late:
            return str(late)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        told = list(threads.map(try_it, (DRAFTER, SECOND)))
    assert Proposal.objects.count() == 1
    assert sum("刚刚已经处理了这一条" in one for one in told) == 1


def test_fines_by_multiples_survive_an_edited_draft():
    from zhiheng.elements.proposals.fields import RowsField

    field = RowsField(name="fine_rules", required=False)
    kept = [
        {"party": "单位", "when": "情节严重", "min_cents": None, "max_cents": None, "base": "违法所得",
         "min_hundredths": 100, "max_hundredths": 550},
        {"party": "", "when": "", "min_cents": None, "max_cents": 20_000},
    ]  # fmt: skip
    assert field.clean(field.prepare_value(kept)) == kept
