"""Whatever people do, in whatever order: no unlawful decision, no lost act, no trace of a refusal.

Random steps of the ordinary procedure with random answers; what must never happen is worked out
here from the record of acts, not by the guards that are under test.
"""

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from zhiheng.kernel.errors import ZhihengError
from zhiheng.ledger import api as ledger
from zhiheng.procedures import api as procedures
from zhiheng.procedures.tests.factories import (
    MONDAY,
    PlainMatter,
    actor,
    matter,
    notified,
    take,
    usual,
)
from zhiheng.rulebook import api as rulebook

WALKS, STEPS = 24, 24
WINDOW = 5  # working days, 住建程序规定第二十二条
ODD = 0.06  # how often an answer is not the usual one
ODDER = {
    "fine_decided": 0.6, "fine_notified": 0.3, "crime_suspected": 0.3, "crime_checked": 0.3,
    "defence_points": 0.4,
}  # fmt: skip
FINES = (0, 499999, 500000, 800000, 1000000, 5000001)


def answer(name: str, on: date, dice: random.Random) -> Any:
    """Mostly the usual answer, now and then any other legal one."""
    fact = rulebook.current().all_facts[name]
    if dice.random() > ODDER.get(name, ODD):
        return usual(name, on)
    if fact.type == "bool":
        return dice.choice([True, False])
    if fact.type == "cents":
        return dice.choice(FINES)
    if fact.type == "enum":
        return dice.choice(list(fact.choices))
    if fact.type == "date":
        return on - timedelta(days=dice.randrange(3))
    if fact.type == "int":
        return dice.randrange(4)
    return f"说明{dice.randrange(100)}"


def choose(made: PlainMatter, dice: random.Random) -> str:
    """A step that starts here; the way forward more often than the side ways."""
    open_steps = procedures.procedure_of(made.run).steps_from(made.run.dossier.state)
    weights = [WEIGHTS.get(step.id, 12 if step.primary else 0.3) for step in open_steps]
    return dice.choices([step.id for step in open_steps], weights)[0]


WEIGHTS = {
    "show_id": 6, "countersign": 10, "waive_defence": 5, "answer_defence": 5, "record_payment": 8,
    "review_again": 5, "arrange_hearing": 5, "hold_hearing": 5, "resume": 8, "discuss": 3,
    "amend_proposal": 8, "withdraw": 0.1, "transfer_crime": 0.3, "refuse_filing": 1,
    "return_report": 2, "amend_report": 2, "decide_no_penalty": 0.4, "reopen": 2, "request_hearing": 3,
}  # fmt: skip


def traces(made: PlainMatter) -> tuple[Any, ...]:
    """What a step may leave behind."""
    made.run.refresh_from_db()
    dossier = ledger.find_dossier(made.run.dossier.number)
    made.run.dossier = dossier
    tasks = [(task.step_id, task.role) for task in ledger.open_tasks_of(dossier.pk)]
    return (dossier.state, made.run.facts, len(ledger.acts_of(dossier)), tasks)


class Story:
    """What the record of acts tells, read without the rulebook."""

    def __init__(self, made: PlainMatter) -> None:
        acts = [a for a in ledger.acts_of(made.run.dossier) if a.kind.startswith("plain.")]
        last = {"reopen": -1, "return_report": -1, "return_proposal": -1, "recall_report": -1}
        self.steps: list[tuple[str, Any]] = []
        for place, act in enumerate(acts):
            step = act.kind.removeprefix("plain.")
            self.steps.append((step, act))
            if step in last:
                last[step] = place
        self.reopened = last["reopen"]

    def after_reopening(self, step: str) -> list[Any]:
        """The acts of a step since the last reopening."""
        return [act for name, act in self.steps[self.reopened + 1 :] if name == step]

    def place(self, *steps: str) -> int:
        """Where one of the steps happened last."""
        return max((n for n, (name, _) in enumerate(self.steps) if name in steps), default=-1)


UNREVIEWED = ("conclude", "amend_report", "return_report", "return_proposal")


def must_be_lawful(made: PlainMatter, on: date) -> None:
    """A penalty was decided: everything that the law wants before it is in the record."""
    story, facts = Story(made), procedures.kept_facts(made.run)
    served = story.after_reopening("serve_notice")
    assert story.after_reopening("issue_notice"), "没有告知"
    assert served, "告知没有送达"
    day = date.fromisoformat(served[-1].facts["served_on"])
    waived = story.after_reopening("waive_defence")
    first, yesterday = day + timedelta(days=1), on - timedelta(days=1)
    over = ledger.current_calendar().count_workdays(first, yesterday) >= WINDOW
    assert over or waived, "陈述申辩期没有过"
    assert story.place("review") > story.place(*UNREVIEWED), "没有审核"
    assert facts["fine_decided"] <= facts["fine_notified"], "比告知的重"
    assert facts["crime_checked"], "没有核对是否涉罪"
    assert not facts["crime_suspected"], "以罚代刑"
    assert facts["defence_points_answered"] >= facts["defence_points"], "意见没有复核"
    assert story.place("suspend") <= story.place("resume"), "中止期间作出决定"
    if story.after_reopening("request_hearing"):
        assert story.after_reopening("hold_hearing"), "要求听证而没有举行"
    if facts["hearing_outcome"] == "HELD":
        assert story.place("review_again") > story.place("hold_hearing"), "听证后没有审核"
    if facts["complex_case"]:
        assert story.after_reopening("discuss"), "没有集体讨论"
    must_not_grow(story, facts)


def must_not_grow(story: Story, facts: dict[str, Any]) -> None:
    """The fine never exceeds the first notice unless new facts or another basis were found."""
    notices = [
        story.steps[n - 1 :: -1]
        for n, (name, _) in enumerate(story.steps)
        if name == "serve_notice"
    ]
    first = next(act for name, act in notices[0] if name == "issue_notice").facts["fine_notified"]
    if facts["fine_decided"] > first:
        assert facts["reopen_ground"] in ("NEW_FACTS", "WRONG_BASIS"), "因申辩而加重"


def one_step(made: PlainMatter, on: date, dice: random.Random) -> str:
    """Take one random step; a refusal leaves no trace. Returns the step if it was taken."""
    step_id = choose(made, dice)
    step = procedures.procedure_of(made.run).steps[step_id]
    values = {name: answer(name, on, dice) for name in step.asks}
    before = traces(made)
    try:
        take(made, step_id, on=on, actor=actor(dice.choice(step.by)), values=values)
    except ZhihengError:
        left = traces(made)
    else:
        return step_id
    assert left == before, f"{step_id} 被拒却留下了痕迹"
    return ""


@pytest.mark.django_db
@pytest.mark.law("apl-2021:44", "apl-2021:45", "apl-2021:57", "apl-2021:58", "apl-2021:63")
def test_no_random_walk_ends_in_an_unlawful_decision():
    ends: Counter[str] = Counter()
    decided = 0
    for seed in range(WALKS):
        dice = random.Random(seed)
        made, on = matter(number=f"案〔2026〕{seed}号"), MONDAY
        if seed % 4:
            notified(made)
        procedure = procedures.procedure_of(made.run)
        for _ in range(STEPS):
            taken = one_step(made, on, dice)
            state = made.run.dossier.state
            assert state in procedure.states
            if taken == "decide":
                must_be_lawful(made, on)
                decided += 1
            if procedure.states[state].final:
                break
            assert ledger.open_tasks_of(made.run.pk), f"{state} 没有人知道该办什么"
            on += timedelta(days=dice.choice([0, 0, 1, 2, 4]))
        seqs = [act.seq for act in ledger.acts_of(made.run.dossier)]
        assert seqs == list(range(1, len(seqs) + 1))
        ends[made.run.dossier.state] += 1
    assert decided >= 4, f"走到决定的太少（{decided}），看不出什么：{ends}"
    assert len(ends) >= 4, ends
