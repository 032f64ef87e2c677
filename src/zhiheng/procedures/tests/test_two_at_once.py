"""Two people, or one impatient finger, at the same moment: one act, and both are told."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from zhiheng.kernel.errors import Conflict
from zhiheng.ledger import api as ledger
from zhiheng.procedures.models import Run
from zhiheng.procedures.tests.factories import PlainMatter, actor, key, matter, take

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run each in a thread of its own, all let go at the same moment; results or refusals."""
    gate, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        gate.wait()
        try:
            results[number] = act()
        except Exception as refused:
            results[number] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def seen_by_another(made: PlainMatter) -> PlainMatter:
    """The same matter as another request holds it."""
    return PlainMatter(Run.objects.select_related("dossier").get(pk=made.run.pk))


def test_a_double_click_is_one_act():
    made, same = matter(), key()
    results = at_once(
        *(lambda: take(seen_by_another(made), "file", idempotency_key=same) for _ in range(4))
    )
    assert len({each.act.pk for each in results}) == 1
    assert sum(each.act.replayed for each in results) == 3
    assert [a.kind for a in ledger.acts_of(made.run.dossier)].count("plain.file") == 1


def test_of_two_heads_one_wins_and_the_other_learns_who():
    made = matter()
    names = ("赵局长", "钱副局长")
    results = at_once(
        *(
            lambda name=name: take(
                seen_by_another(made), "file", actor=actor("agency_head", name=name)
            )
            for name in names
        )
    )
    (lost,) = [each for each in results if isinstance(each, Conflict)]
    (won,) = [each for each in results if each is not lost]
    assert f"{won.act.actor_name}刚刚办理了“批准立案”" in lost.message


def test_two_different_steps_from_one_state_do_not_both_happen():
    made = matter()
    results = at_once(
        lambda: take(seen_by_another(made), "file"),
        lambda: take(seen_by_another(made), "refuse_filing"),
    )
    assert sum(isinstance(each, Conflict) for each in results) == 1
    kinds = [act.kind for act in ledger.acts_of(made.run.dossier)]
    assert len({"plain.file", "plain.refuse_filing"} & set(kinds)) == 1


def test_steps_that_leave_the_state_all_happen_and_lose_no_fact():
    made = matter()
    take(made, "file")
    take(made, "show_id")
    results = at_once(
        lambda: take(seen_by_another(made), "record_site", site_findings="后厨没有净化设施"),
        lambda: take(seen_by_another(made), "order_correction", correction_content="停止排放"),
        lambda: take(seen_by_another(made), "confirm_address", confirmed_receiver="老板"),
    )
    assert not [each for each in results if isinstance(each, Exception)]
    made.run.refresh_from_db()
    assert made.run.facts["site_findings"] == "后厨没有净化设施"
    assert made.run.facts["correction_content"] == "停止排放"
    assert made.run.facts["confirmed_receiver"] == "老板"
    seqs = [act.seq for act in ledger.acts_of(made.run.dossier)]
    assert seqs == list(range(1, len(seqs) + 1))
