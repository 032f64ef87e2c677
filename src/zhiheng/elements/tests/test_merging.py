"""One party registered twice: merged, found by both, parted again exactly as before."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections
from django.urls import reverse

from tests import cast
from zhiheng.elements import api, services
from zhiheng.elements.merging import selectors
from zhiheng.elements.merging import services as merging
from zhiheng.elements.models import Subject, SubjectMerge
from zhiheng.elements.tests.factories import AT, DRAFTER, merged, twins
from zhiheng.kernel.errors import Conflict, Invalid, NotAllowed

LATER = AT + timedelta(days=2)
IGNORED = {"id", "version", "known_from", "known_until", "approved_by", "approve_doc"}
REACH = ("339901",)


def picture(uid) -> list[dict]:
    """Everything known now of a registration but the bookkeeping."""
    rows = Subject.objects.known().filter(uid=uid).order_by("valid_from")
    return [{k: v for k, v in row.items() if k not in IGNORED} for row in rows.values()]


def undo(merge: SubjectMerge, at=LATER) -> SubjectMerge:
    return merging.undo(merge=merge, reason="不是同一家", actor=cast.actor(DRAFTER), at=at)


def test_the_likely_ones_are_found_by_code_and_by_name_and_place(county):
    found = selectors.likely(prefixes=REACH)
    assert sorted(pair.sign for pair in found) == ["名称和地址相同", "统一社会信用代码相同"]
    one, other = twins()
    assert [p.other.uid for p in selectors.likely_twins(subject=one, prefixes=REACH)] == [other.uid]
    assert selectors.likely(prefixes=("3388",)) == []


def test_finding_duplicates_costs_few_queries(county, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        selectors.likely(prefixes=REACH)


def test_the_survivor_takes_the_values_chosen_and_the_other_is_gone(county):
    one, other = twins()
    merged({"legal_representative": "gone", "uscc": "kept", "id": "gone"})
    newest = api.latest_subject(one)
    assert (newest.uid, newest.legal_representative, newest.uscc) == (one.uid, "", one.uscc)
    assert not Subject.objects.known().filter(uid=other.uid).exists()
    assert Subject.objects.as_of(cast.ON, AT - timedelta(days=1)).filter(uid=other.uid).exists()


def test_matters_of_both_stay_found_from_either_side(county):
    one, other = twins()
    merged({"legal_representative": "gone"})
    both = set(Subject.objects.filter(uid__in=(one.uid, other.uid)).values_list("pk", flat=True))
    assert set(api.subject_versions(one.uid)) == both == set(api.subject_versions(other.uid))
    assert api.latest_subject(other).uid == one.uid


def test_whoever_registers_the_other_s_code_again_gets_the_survivor(county):
    rows = list(Subject.objects.known().filter(name__contains="柿子红果业"))
    kept = Subject.objects.known().get(name="青衡县月半弯茶餐厅", legal_representative="何月")
    gone = next(row for row in rows if row.name == "柿子红果业")
    merging.merge(kept=rows[0] if rows[0] != gone else rows[1], gone=gone, survived={},
                  reason="同码", actor=cast.actor(DRAFTER), at=AT)  # fmt: skip
    first = api.ensure_subject(
        kind="ORG", name="柿子红", region_code="339901", uscc=gone.uscc, at=LATER
    )
    assert first.uid != gone.uid
    merging.merge(kept=kept, gone=first, survived={}, reason="试", actor=cast.actor(DRAFTER),
                  at=LATER)  # fmt: skip
    again = api.ensure_subject(
        kind="ORG", name="柿子红", region_code="339901", uscc=gone.uscc, at=LATER
    )
    assert again.uid == kept.uid


@pytest.mark.parametrize("survived", [{}, {"legal_representative": "gone", "phone": "gone"}])
def test_an_undo_restores_both_exactly(county, survived):
    one, other = twins()
    before = picture(one.uid), picture(other.uid)
    done = undo(merged(survived))
    assert (picture(one.uid), picture(other.uid)) == before
    assert done.undo_note == ""
    assert set(api.subject_versions(other.uid)).isdisjoint(api.subject_versions(one.uid))


def test_an_undo_after_later_changes_keeps_them_and_says_so(county):
    one, other = twins()
    before = picture(other.uid)
    merge = merged({"legal_representative": "gone"})
    services.amend(
        row=api.latest_subject(one), changes={"industry": "6220"}, valid_from=one.valid_from,
        at=AT + timedelta(hours=1),
    )  # fmt: skip
    told = merging.later_changes_shown(merge=merge)
    assert "行业代码" in told[0]
    done = undo(merge)
    newest = api.latest_subject(one)
    assert (newest.industry, newest.legal_representative) == ("6220", one.legal_representative)
    assert picture(other.uid) == before
    assert "行业代码" in done.undo_note


def test_a_merge_under_another_merge_is_undone_last(county):
    merge, (one, _) = merged(), twins_after()
    third = Subject.objects.known().exclude(uid=one.uid).filter(kind="SOLE").first()
    merging.merge(kept=third, gone=one, survived={}, reason="又是它", actor=cast.actor(DRAFTER),
                  at=LATER)  # fmt: skip
    assert len(api.subject_versions(third.uid)) >= 3
    with pytest.raises(Conflict, match="又并入"):
        undo(merge)


def twins_after() -> tuple[Subject, None]:
    return Subject.objects.known().get(name="青衡县月半弯茶餐厅"), None


def test_a_merge_needs_a_reason_two_registrations_and_the_region(county):
    one, other = twins()
    known = {"survived": {}, "at": AT}
    with pytest.raises(Invalid):
        merging.merge(kept=one, gone=other, reason=" ", actor=cast.actor(DRAFTER), **known)
    with pytest.raises(Invalid):
        merging.merge(kept=one, gone=one, reason="同一条", actor=cast.actor(DRAFTER), **known)
    with pytest.raises(NotAllowed):
        merging.merge(kept=one, gone=other, reason="试", actor=cast.actor("lizhifa"), **known)


def test_the_same_two_cannot_be_merged_twice(county):
    one, other = twins()
    merged()
    with pytest.raises(Conflict, match="刚刚被别人"):
        merging.merge(kept=other, gone=one, survived={}, reason="反过来",
                      actor=cast.actor("weiyaosu"), at=LATER)  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_merges_at_the_same_moment_leave_one():
    cast.county()
    one, other = twins()
    actor, answers = cast.actor(DRAFTER), []
    gate = threading.Barrier(2)

    def go(kept: Subject, gone: Subject) -> None:
        gate.wait()
        try:
            merging.merge(kept=kept, gone=gone, survived={}, reason="同时", actor=actor, at=AT)
            answers.append("merged")
        except Conflict:
            answers.append("refused")
        finally:
            connections.close_all()

    both = [threading.Thread(target=go, args=pair) for pair in ((one, other), (other, one))]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(answers) == ["merged", "refused"]
    assert Subject.objects.known().filter(name="青衡县月半弯茶餐厅").count() == 1
    connection.close()


def test_merging_on_screen_and_parting_again(county, client):
    admin, (one, other) = cast.sign_in(client, DRAFTER), twins()
    assert "名称和地址相同" in admin.get(reverse("element_duplicates")).content.decode()
    address = reverse("element_merge", args=[one.uid, other.uid])
    shown = admin.get(address).content.decode()
    assert "何月" not in shown
    assert "左右对调" in shown
    assert admin.post(address, {"reason": ""}).status_code == 422
    admin.post(address, {"reason": "营业执照相同", "legal_representative": "kept"})
    page = admin.get(reverse("element_show", args=["subjects", one.uid])).content.decode()
    assert "营业执照相同" in page
    assert "撤销合并" in page
    gone = admin.get(reverse("element_show", args=["subjects", other.uid])).content.decode()
    assert "已并入另一个对象" in gone
    merge = SubjectMerge.objects.get()
    undo_address = reverse("element_merge_undo", args=[merge.pk])
    assert admin.get(undo_address).status_code == 200
    admin.post(undo_address, {"reason": "看错了"})
    assert Subject.objects.known().filter(uid=other.uid).exists()
    assert datetime.now(UTC) > SubjectMerge.objects.get().undone_at
