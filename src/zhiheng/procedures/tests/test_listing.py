"""What a listing guard finds is kept once, with the step, and with nothing personal in it."""

import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction

from zhiheng.kernel.errors import ZhihengError
from zhiheng.procedures import api as procedures
from zhiheng.procedures import listing
from zhiheng.procedures.api import SupervisionClue
from zhiheng.procedures.tests.factories import actor, key, matter, take
from zhiheng.rulebook import api as rulebook

pytestmark = pytest.mark.django_db
LATE = date(2026, 4, 1)
FACTS = {"initial_evidence": True, "in_jurisdiction": True, "within_limitation": True,
         "check_suggestion": "FILE"}  # fmt: skip


@pytest.fixture
def checked():
    """A report matched on 2 March, whose fifteen working days ended on the 23rd."""
    made = matter("clue.intake", number="线〔2026〕1号")
    take(made, "match")
    take(made, "check", **FACTS)
    return made


def test_a_step_taken_in_time_lists_nothing(checked):
    act = take(checked, "propose_filing").act
    assert not SupervisionClue.objects.exists()
    assert "listed" not in act.payload


def test_a_step_taken_late_is_kept_with_rule_facts_period_and_whose_it_was(checked):
    officer = actor("officer", account_id=7)
    act = take(checked, "propose_filing", on=LATE, actor=officer).act
    clue = SupervisionClue.objects.get()
    assert (clue.dossier_id, clue.act_id, clue.guard_id) == (checked.run.pk, act.pk, "G-306")
    assert (clue.actor_id, clue.agency_code, clue.region_code) == (7, "QH-ZF", "339901")
    assert (clue.step_id, clue.procedure_id, clue.acted_on) == (
        "propose_filing", "clue.intake", LATE,
    )  # fmt: skip
    assert clue.sentence == "线索没有在核查期限内办结核查。"
    assert clue.facts == [["已过核查期限", "是"]]
    assert clue.lapses == [{"rule": "clue.check", "title": "线索核查期限", "due_on": "2026-03-23"}]
    assert "行政处罚法" in clue.basis
    assert not clue.checked, "规则的日数待核，线索上要看得出"
    assert (clue.state, act.payload["listed"]) == ("PENDING", ["G-306"])


def test_sent_twice_it_is_kept_once(checked):
    same = key()
    take(checked, "propose_filing", on=LATE, idempotency_key=same)
    take(checked, "propose_filing", on=LATE, idempotency_key=same)
    assert SupervisionClue.objects.count() == 1


def test_a_refused_step_lists_nothing(checked):
    with pytest.raises(ZhihengError):
        take(checked, "propose_filing", on=LATE, proposal_note="")
    checked.fails_with = RuntimeError("下游出错")
    with pytest.raises(RuntimeError):
        take(checked, "propose_filing", on=LATE)
    assert not SupervisionClue.objects.exists()


def test_the_same_lapse_is_listed_at_the_first_step_after_it_and_not_again(checked):
    done = take(checked, "propose_filing", on=LATE)
    later = take(matter(number="别〔2026〕1号"), "file").act
    assert done.reading is not None
    assert listing.keep(checked.run, act=later, reading=done.reading, happened_on=LATE) == []
    assert SupervisionClue.objects.count() == 1


def test_another_lapse_of_the_same_rule_is_listed_again(checked):
    done = take(checked, "propose_filing", on=LATE)
    procedures.start(checked.run, rule_id="clue.check", on=LATE, at=done.act.occurred_at)
    later = take(matter(number="别〔2026〕1号"), "file").act
    assert done.reading is not None
    assert len(listing.keep(checked.run, act=later, reading=done.reading, happened_on=LATE)) == 1


def test_what_is_personal_or_free_text_is_not_kept(checked):
    done = take(checked, "propose_filing", on=LATE)
    assert done.reading is not None
    known = rulebook.current().all_facts
    words = SimpleNamespace(
        facts_used={
            "check_overdue": SimpleNamespace(title="已过核查期限", text="是"),
            "proposal_note": SimpleNamespace(title="立案建议", text="张三住在某街"),
            "confirmed_address": SimpleNamespace(title="送达地址", text="某街 1 号"),
        },
        known=known,
    )
    assert known["confirmed_address"].personal
    assert listing._facts(words) == [["已过核查期限", "是"]]


def test_what_could_not_be_decided_blames_nobody(checked):
    done = take(checked, "propose_filing", on=LATE)
    assert done.reading is not None
    unknown = tuple(replace(each, error="还不能判断。") for each in done.reading.findings)
    other = take(matter(number="别〔2026〕1号"), "file").act
    reading = replace(done.reading, findings=unknown)
    run = matter(number="别〔2026〕2号").run
    assert listing.keep(run, act=other, reading=reading, happened_on=LATE) == []


def test_nobody_changes_or_removes_it_and_it_is_settled_once(checked):
    take(checked, "propose_filing", on=LATE)
    clue = SupervisionClue.objects.get()
    rows = SupervisionClue.objects.all()
    for change in (
        rows.delete,
        lambda: rows.update(sentence="没有问题。"),
        lambda: rows.update(state="DISMISSED", actor_id=1),
    ):
        with pytest.raises(DatabaseError, match="只能追加"), transaction.atomic():
            change()
    procedures.settle(clue, state="CONFIRMED")
    with pytest.raises(DatabaseError, match="只能追加"), transaction.atomic():
        procedures.settle(clue, state="DISMISSED")


def test_every_rule_that_lists_tells_supervisors_what_happened_and_draws_no_conclusion():
    listing_rules = [g for g in rulebook.current().guards.values() if g.mode == "list"]
    assert len(listing_rules) >= 6
    for guard in listing_rules:
        assert guard.listed_as != guard.says
        assert not re.search(r"(^|[，。；])请", guard.listed_as), "不是对办案人说的话"
        assert not any(word in guard.listed_as for word in ("违法", "责任", "线索。"))
