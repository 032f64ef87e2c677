"""Enforcement walked at random beside a real case: money and orders agree whatever happens."""

import contextlib
import random
from datetime import date, timedelta
from typing import Any

import pytest

from zhiheng.cases.models import Case, Side
from zhiheng.cases.sides.matters import SideMatter
from zhiheng.cases.sides.selectors import may_begin, side_by_number
from zhiheng.cases.sides.services import open_side, take_side_step
from zhiheng.cases.tests.factories import collected, matter_of
from zhiheng.cases.tests.traces import odd
from zhiheng.cases.tests.walks import Walker, every_step, left_of
from zhiheng.kernel.errors import ZhihengError
from zhiheng.ledger import api as ledger
from zhiheng.payments import api as payments
from zhiheng.procedures import api as procedures
from zhiheng.rulebook import api as rulebook

ROAD = ("conclude", "countersign", "review", "issue_notice", "serve_notice", "waive_defence",
        "decide", "serve_decision")  # fmt: skip
PROCEDURES = (
    "execution.agreement", "execution.court", "execution.deferral", "execution.own",
    "execution.restoring", "execution.substitute",
)  # fmt: skip
PARTY_ACTS = ("execution.deferral", "GRANTED")  # the party pays; then, or not, somebody acts
LONG = 40
TEXT = {"implement_from": "09:00", "implement_to": "11:00", "court_receipt_no": "库1"}


def likely(name: str, fact: Any, on: date, left: int, dice: random.Random) -> Any:
    """An answer that people would give; at times an odd one."""
    if dice.random() < 0.1:
        return odd(fact, on, dice)
    if name.endswith("schedule"):
        return f"{on + timedelta(days=20)} {left / 100:.2f}"
    if fact.type == "date":
        behind = name in ("served_on", "failed_on")
        return on if behind else on + timedelta(days=dice.randrange(1, 30))
    if fact.type == "bool":
        return dice.random() < 0.8 and name not in ("performer_related", "hiding_assets")
    if fact.type == "cents":
        return dice.choice([0, left, 1000])
    if fact.type == "enum":
        return dice.choice([code for code in fact.choices if code != "NONE"] or ["NONE"])
    return TEXT.get(name, "如实填写")


def answers(step: Any, player: Any, left: int, dice: random.Random) -> dict[str, Any]:
    """All that a step asks."""
    known = rulebook.current().all_facts
    return {name: likely(name, known[name], player.day, left, dice) for name in step.asks}


def holds(case_pk: int, on: date, before: int) -> int:
    """What must be true of money at all times; gives back what has been paid."""
    order = payments.fine_order_of(case_pk)
    if order is None:
        return before
    assert not payments.sum_is_wrong(order), "到账合计与缴款单不一致"
    assert payments.gross_addition(order, on=on) <= order.fine_cents, "加处超过罚款"
    assert order.paid_cents <= order.principal * 2, "收了两次"
    assert order.paid_cents >= before, "收到的钱不会变少"
    if order.state == "PAID":
        assert payments.owed(order, on=on).left == 0
    return order.paid_cents


def pay(player: Any, bank_no: str, cents: int) -> None:
    """The party pays at a bank."""
    order, at = payments.fine_order_of(player.case.pk), player.now()
    received, _ = payments.receive(order=order, at=at, money=payments.Money(
        bank_no=bank_no, cents=cents, channel="BANK", account=order.account, paid_on=player.day,
    ))  # fmt: skip
    payments.post(received, at=at)


def one_move(player: Any, dice: random.Random, number: int) -> None:
    """Begin something, go on with something, or pay something."""
    case = Case.objects.select_related("dossier__run", "item", "subject", "lead").get(
        pk=player.case.pk
    )
    order = payments.fine_order_of(case.pk)
    left = payments.owed(order, on=player.day).left if order else 0
    running = list(Side.objects.filter(case=case, closed_on=None))
    key, at = f"{player.prefix}/{number}", player.now()
    if order and left and dice.random() < 0.1:
        pay(player, key, dice.choice([left, left // 2 + 1, left + 5]))
    elif not running or dice.random() < 0.2:
        chosen = dice.choice(
            [p for p in may_begin(case, list(case.sides.all())) if p.id in PROCEDURES]
        )
        step = chosen.steps[chosen.attaches.opens]
        open_side(
            case=case, procedure_id=chosen.id, actor=player.actor(step.by[0]), at=at,
            idempotency_key=key, values=answers(step, player, left, dice), reason="情况属实。",
        )  # fmt: skip
    else:
        matter = SideMatter(side_by_number(case=case, number=dice.choice(running).number))
        steps = procedures.procedure_of(matter.run).steps_from(matter.dossier.state)
        step = dice.choice([s for s in steps for _ in range(4 if s.primary else 1)])
        take_side_step(
            matter, step_id=step.id, actor=player.actor(step.by[0]), at=at, idempotency_key=key,
            values=answers(step, player, left, dice), reason="情况属实。",
        )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [3, 11, 29])
def test_enforcement_at_random_never_breaks_and_never_collects_twice(seed):
    dice, player = random.Random(seed), collected(prefix=f"enforce/{seed}")
    player.steps(*ROAD)
    paid = 0
    for number in range(LONG):
        player.move_to(player.day + timedelta(days=dice.choice([0, 1, 5, 12])))
        with contextlib.suppress(ZhihengError):
            one_move(player, dice, number)
        paid = holds(player.case.pk, player.day, paid)
        for side in Side.objects.select_related("dossier").filter(case_id=player.case.pk):
            assert side.state == side.dossier.state
            assert bool(side.closed_on) == bool(side.dossier.closed_at)
            waits = bool(side.closed_on) or (side.procedure_id, side.state) == PARTY_ACTS
            assert waits or ledger.open_tasks_of(side.pk), f"{side.state} 没有人知道该办什么"
    told = matter_of(player).run.facts.get("_paid_total", 0)
    assert told == paid, "案件记的与收到的一样多"


def urged(prefix: str) -> Walker:
    """A case whose fine is overdue and was urged: enforcement has begun."""
    player = collected(prefix=prefix)
    player.steps(*ROAD)
    walker = Walker(player, random.Random(prefix))
    walker.usual = {
        "urge_until": lambda: player.day + timedelta(days=14),
        "addition_waived": lambda: 0,
        "agreement_schedule": lambda: (
            f"{player.day + timedelta(days=20)} {left_of_fine(walker):.2f}"
        ),
    }
    walker.passes(30)
    number = next(filter(None, (walker.begins("execution.court") for _ in range(9))))
    while not walker.taken["execution.court/serve_urge"]:
        walker.goes_on(number, towards=frozenset({"serve_urge"}))
    return walker


def left_of_fine(walker: Walker) -> float:
    """What is still owed, in yuan."""
    order = payments.fine_order_of(walker.case.pk)
    return payments.owed(order, on=walker.player.day).left / 100


@pytest.mark.django_db
def test_every_step_of_an_agreement_is_taken_and_paid_at_last():
    walker = urged("every/agreement")
    kind = rulebook.current().procedure("execution.agreement")

    def meanwhile() -> None:
        walker.passes(0, 0, 25)
        agreed = walker.case.sides.filter(procedure_id=kind.id, state="AGREED").exists()
        if agreed and left_of(walker, kind) == {"settle"} and left_of_fine(walker):
            pay(walker.player, f"paid/{walker.tried}", round(left_of_fine(walker) * 100))

    every_step(walker, "execution.agreement", meanwhile=meanwhile)
    walker.all_is_told()
    assert payments.fine_order_of(walker.case.pk).state == "PAID"


CARRIED_OUT = frozenset({"serve_urge", "decide", "serve_order", "carry_out", "finish"})
MENDED = frozenset({"review", "decide", "serve", "finish", "finish_revoked"})


def executed(prefix: str) -> Walker:
    """A case in which something was carried out by the organ itself."""
    player = collected(prefix=prefix)
    player.steps(*ROAD)
    walker = Walker(player, random.Random(prefix))
    soon = {"urge_until": 12, "execution_planned": 3, "implement_on": 0, "restore_until": 20}
    walker.usual = {
        "power_level": lambda: "LAW", "execution_object": lambda: "OTHER",
        "implement_from": lambda: "09:00", "implement_to": lambda: "11:00",
        "restore_ground": lambda: "WRONG",
        **{name: lambda days=days: player.day + timedelta(days=days) for name, days in soon.items()},
    }  # fmt: skip
    while not walker.taken["execution.own/carry_out"]:
        number = walker.begins("execution.own")
        while number in walker.running() and not walker.taken["execution.own/carry_out"]:
            walker.passes(1, 7)
            walker.goes_on(number, towards=CARRIED_OUT)
    return walker


@pytest.mark.django_db
def test_what_was_carried_out_is_restored_or_not_whatever_becomes_of_the_decision():
    walker = executed("every/restoring")

    def meanwhile() -> None:
        if walker.dice.random() < 0.05 and (number := walker.begins("revision")):
            for _ in range(12):
                if number in walker.running():
                    walker.goes_on(number, towards=MENDED)

    every_step(walker, "execution.restoring", meanwhile=meanwhile)
    walker.all_is_told()
